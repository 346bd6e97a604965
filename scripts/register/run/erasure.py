"""``privacy.py erase``: removes a person from the register and from all that the tool keeps.

The order is kept in the state until it is done, so that an interrupted run can be continued.
"""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from register.book.cells import iso_minute
from register.book.change import Change
from register.book.errors import UsageError, VerkostoError
from register.book.hashes import Hashes
from register.book.log import log_rows
from register.book.outcome import run_id
from register.book.plan import Plan
from register.book.table import Book
from register.disk import (
    read_limited,
    remove_stale_drafts,
    remove_stale_scratch,
    write_private,
)
from register.privacy.erase import ERASURE_REASON, erasure_plan, remaining_mentions
from register.privacy.subject import Subject
from register.privacy.traces import traces
from register.review.retention import erased_question
from register.run.kept_state import renew_after_erasure
from register.run.personal_files import (
    NOT_SEARCHED,
    file_traces,
    generated_files,
    learn_subject,
    mentions_in,
    peoples_files,
    places_in_register,
    rows_of,
)
from register.run.session import Session, check_key
from register.show.erasure import Erasure
from register.state.backups import BACKUPS, SEALED, backups
from register.state.keys import register_key, register_keys
from register.state.personal import forget_in_state
from register.state.written_files import forget_files
from register.stores.workbook import Workbook
from register.words.sentences import Sentences

ERASURE_FILE = "erasure.json"
_ROUNDS = 4
"""Number of attempts at cells that people edit meanwhile."""


@dataclass(frozen=True, slots=True)
class _Order:
    """The person to be erased, and the ids of the person's rows."""

    subject: Subject
    rows: frozenset[str]


def _ordered(session: Session, book: Book, whom: str) -> _Order:
    """Return the person named by ``whom``, or the person of an interrupted erasure.

    Raises UsageError where an erasure was interrupted and ``whom`` names another person.
    """
    begun = _begun(session.state)
    if begun is None:
        subject = learn_subject(session, book, whom)
        return _Order(subject, rows_of(book, subject))
    if whom and not begun.subject.is_called(whom):
        raise UsageError(
            "An erasure was cut off, and it is not about “{whom}”.",
            remedy="Go on with it first: python3 scripts/privacy.py erase --apply",
            whom=whom,
        )
    return replace(begun, rows=begun.rows | rows_of(book, begun.subject))


def _planned(session: Session, book: Book, order: _Order) -> Erasure:
    """Return everything that the erasure would remove."""
    subject = order.subject
    told = traces(book, subject)
    counts = Counter(one.tab for one in told if one.goes)
    closed, holding = _copies(session, subject)
    counts["backups"] = len(holding)
    gone = closed
    for trace in file_traces(session, subject, order.rows, backups(session.state)):
        if not Path(trace.place).is_absolute():
            counts["beside" if trace.sort == "words" else trace.place] += 1
        else:
            gone.append(Path(trace.place))
    return Erasure(
        subject,
        {place: count for place, count in counts.items() if count},
        [(path, datetime.fromtimestamp(path.stat().st_mtime, session.now.tzinfo)) for path in gone],
        remaining_mentions(book, subject),
        [one for one in told if one.how == "doubt"],
        *_own_files(session, subject),
        bool(subject.traits),
    )


def _own_files(session: Session, subject: Subject) -> tuple[list[Path], list[Path]]:
    """Return people's own files that name the person, and those that cannot be searched whole."""
    found = {path: mentions_in(path, subject.anywhere) for path in peoples_files(session)}
    named = [path for path, said in found.items() if set(said) - {NOT_SEARCHED}]
    return named, [path for path, said in found.items() if said == [NOT_SEARCHED]]


def erase_person(session: Session, book: Book, whom: str) -> Erasure:
    """Erase a person, or continue an erasure; return what was done and what is left.

    The steps are in such an order that the same command continues a run interrupted anywhere.
    Without ``--apply`` nothing is changed.
    """
    order = _ordered(session, book, whom)
    subject, planned = order.subject, _planned(session, book, order)
    if not session.options.apply:
        return planned
    check_key(session.state, book)
    register_key(session.state)
    hashes = Hashes(register_keys(session.state))
    _begin(session.state, order)
    _out_of_book(session, order, hashes)
    session.store.scrub(subject.redact, _own_rows(subject))
    for path, _ in planned.files:
        path.unlink(missing_ok=True)
    remove_stale_drafts(session.state / BACKUPS)
    remove_stale_scratch(session.config.match.folder)
    for copy in backups(session.state):
        if copy.suffix != SEALED:
            _out_of_copy(Workbook(copy, session.language), subject, session.now.date())
    forget_in_state(session.state, subject, order.rows, lambda text: hashes.made(f"mailbox:{text}"))
    forget_files(session.state)
    renew_after_erasure(session)
    session.journal.remember(session.store.read())
    left = _left(session, subject)
    if not left:
        (session.state / ERASURE_FILE).unlink(missing_ok=True)
    return replace(planned, applied=True, left=left)


def _own_rows(subject: Subject) -> list[tuple[str, str]]:
    return [("people", one) for one in subject.ids] + [("inbox", one) for one in subject.cards]


def _out_of_book(session: Session, order: _Order, hashes: Hashes) -> None:
    """Remove a person from the register; a text and the question about it change together."""
    run, said = run_id(session.now), Sentences(session.language)

    def lines(changes: Sequence[Change], there: Book) -> Sequence[Mapping[str, str]]:
        told = [
            Change("people", one.row_id, "status", "", "archived", reason=ERASURE_REASON)
            for one in changes
            if one.tab == "people" and one.column == "status"
        ]
        moment = iso_minute(session.now)
        blank = {"old": "", "new": "", "col": "–", "why": said.reason(ERASURE_REASON)}
        return [{**line, **blank} for line in log_rows(told, run, moment, there)]

    session.journal.begin(run, "erase", session.now, Plan())
    for _ in range(_ROUNDS):
        book = session.store.read()
        plan = erasure_plan(book, order.subject, hashes, session.now.date())
        if not plan.changes:
            return
        places = {one.cell: one.left for one in remaining_mentions(book, order.subject)}
        changes: list[Change] = []
        for change in plan.changes:
            asked: list[Change] = []
            if change.cell in places and change.kind != "note":
                asked = list(erased_question(book, change.cell, places[change.cell], said))
            group = f"{ERASURE_REASON} {' '.join(change.cell)}" if asked else change.group
            changes += [replace(one, group=group) for one in (change, *asked)]
        session.store.write(Plan.of(changes, plan.witnesses), lines)


def _copies(session: Session, subject: Subject) -> tuple[list[Path], list[Path]]:
    """Return the copies that cannot be opened here, and those of the others with the person."""
    closed, holding = [], []
    for path in backups(session.state):
        try:
            if path.suffix == SEALED:
                closed.append(path)
            elif places_in_register(Workbook(path, session.language), subject):
                holding.append(path)
        except VerkostoError:
            closed.append(path)
    return closed, holding


def _out_of_copy(copy: Workbook, subject: Subject, today: date) -> None:
    """Remove a person from a copy of the register; delete a copy where that fails."""
    try:
        for _ in range(_ROUNDS):
            plan = erasure_plan(copy.read(), subject, None, today)
            if not plan.changes:
                break
            copy.write(plan, lambda changes, there: [])
        copy.scrub(subject.redact, _own_rows(subject))
        spoilt = bool(places_in_register(copy, subject))
    except VerkostoError:
        spoilt = True
    if spoilt:
        copy.path.unlink(missing_ok=True)


def _left(session: Session, subject: Subject) -> list[str]:
    """Return the places that still hold the person, found by a byte search, packed and encoded.

    Sealed copies always count, as they cannot be searched. Unsealed copies are not searched again:
    :func:`_out_of_copy` has searched them.
    """
    left = places_in_register(session.store, subject)
    copies = {*backups(session.state)}
    left += [str(path) for path in sorted(copies) if path.suffix == SEALED]
    made = [path for path in generated_files(session) if path not in copies]
    left += [str(path) for path in made if mentions_in(path, subject.anywhere)]
    for path in session.state.iterdir():
        if path.is_file() and path.name != ERASURE_FILE and mentions_in(path, subject.pattern):
            left.append(str(path))
    return list(dict.fromkeys(left))


def _begin(folder: Path, order: _Order) -> None:
    subject = order.subject
    value = {
        "ids": list(subject.ids),
        "cards": list(subject.cards),
        "names": [list(name) for name in sorted(subject.names)],
        "addresses": sorted(subject.addresses),
        "phones": sorted(subject.phones),
        "shared": sorted(subject.shared),
        "traits": sorted(subject.traits),
        "rows": sorted(order.rows),
    }
    write_private(folder / ERASURE_FILE, json.dumps(value, ensure_ascii=False).encode())


def _begun(folder: Path) -> _Order | None:
    """Return the order of an interrupted erasure, or None; raise UsageError if it is unreadable."""
    path = folder / ERASURE_FILE
    if not path.is_file():
        return None
    try:
        value = json.loads(read_limited(path, 16 * 1024 * 1024))
        subject = Subject(
            tuple(value["ids"]),
            tuple(value["cards"]),
            frozenset((first, last) for first, last in value["names"]),
            frozenset(value["addresses"]),
            frozenset(value["phones"]),
            frozenset(value["shared"]),
            frozenset(value["traits"]),
        )
        return _Order(subject, frozenset(value["rows"]))
    except (OSError, ValueError, KeyError, TypeError) as fault:
        raise UsageError(
            "{file} says whom an erasure that was cut off is about, and cannot be read.",
            remedy="Delete the file, and give the erasure again, by name or address.",
            file=str(path),
        ) from fault
