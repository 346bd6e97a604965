"""Applying a plan: recorded in the journal before, logged with it, remembered after it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from register.book.cells import iso_minute
from register.book.change import Change
from register.book.errors import BookChanged, VerkostoError
from register.book.log import deleted_row_lines, log_rows
from register.book.outcome import Outcome, WriteOutcome, run_id
from register.book.personal_identity_code import mask_certain_identity_codes
from register.book.plan import Plan
from register.book.table import Book
from register.ports.journal import Journal
from register.ports.store import Store
from register.review.astray import astray_questions
from register.words.sentences import Sentences

TELLING = "astray"
"""The verb of the plan that asks in ``review`` about cells that could not be put right."""

_SHOWN = 12
"""Maximum number of conflicts that an error names."""


def apply_plan(
    store: Store, journal: Journal, now: datetime, book: Book, plan: Plan, verb: str
) -> WriteOutcome:
    """Write a plan made from ``book``, and return what was written of it.

    Changes whose cell has been edited meanwhile are not written; they are the conflicts. Cells that
    could not be put right become questions in ``review``. Rows that were deleted since the last run
    get a line in ``log``.
    """
    run = run_id(now)
    at, say = iso_minute(now), Sentences(book.language)
    gone = Plan.of(
        deleted_row_lines(_gone(book, journal), run, at, say.reason("gone"), book)
    ).changes
    if not plan.changes and not gone and book.cut_off is None:
        journal.remember(book)
        return WriteOutcome()

    def lines(changes: Sequence[Change], there: Book) -> Sequence[Mapping[str, str]]:
        return [
            {key: mask_certain_identity_codes(text) for key, text in line.items()}
            | {"why": say.reason(line["why"])}
            for line in log_rows(changes, run, at, there)
        ]

    journal.begin(run, verb, now, plan)
    written = store.write(replace(plan, changes=(*plan.changes, *gone)), lines)
    written = replace(written, changes=tuple(c for c in written.changes if c not in gone))
    journal.finish(run, written)
    journal.remember(book.with_changes(written.changes))
    if not written.astray or verb == TELLING:
        return written
    asked = Plan.of(astray_questions(book, written.astray))
    later = now + timedelta(microseconds=100)
    try:
        told = apply_plan(store, journal, later, book.with_changes(written.changes), asked, TELLING)
    except VerkostoError:
        return written
    return replace(written, changes=(*written.changes, *told.changes))


def _gone(book: Book, journal: Journal) -> set[tuple[str, str]]:
    """Return the rows (tab, id) that the last run knew and that no longer exist.

    Rows of ``review`` are ignored: questions come and go.
    """
    return {
        (table.tab.key, row_id)
        for table in book.tables.values()
        if table.tab.key != "review"
        for row_id in journal.known_ids(table.tab.key) - table.numbers.keys()
    }


def apply_saved(
    store: Store, journal: Journal, now: datetime, plan: Plan, verb: str, *, apply: bool
) -> Outcome:
    """Apply a saved plan exactly as it was shown, or not at all.

    Without ``apply`` only return what would be done. Raises BookChanged, naming the cells, if any
    cell that the plan changes has changed since.
    """
    book = store.read()
    _, conflicts = book.verify(plan)
    if conflicts:
        faults = [
            (
                "{row}, {column}: the plan saw “{before}”, there is now “{found}”.",
                {
                    "row": conflict.change.row_id,
                    "column": conflict.change.column,
                    "before": conflict.change.before,
                    "found": conflict.found,
                },
            )
            for conflict in conflicts[:_SHOWN]
        ]
        raise BookChanged(
            "The register has changed since this plan was made ({count} cells). Nothing was done.",
            remedy="Make a new plan with --plan-out FILE.",
            faults=faults,
            count=len(conflicts),
        )
    if not apply:
        return Outcome(verb, book, run=run_id(now), plan=plan)
    written = apply_plan(store, journal, now, book, plan, verb)
    return Outcome(verb, book, run=run_id(now), plan=plan, applied=True, written=written)
