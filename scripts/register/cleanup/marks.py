"""Marks of open questions on the rows that they are about: a status, and notes on cells."""

from collections.abc import Iterable, Iterator, Mapping

from register.book.change import Change
from register.book.notes import tidy_note
from register.book.table import Book
from register.people.records import NOT_LIVE, OFFERED_STATUS
from register.review.question import Cell, Question


def state_changes(
    book: Book,
    open_questions: Iterable[Question],
    lacking: Mapping[tuple[str, str], Iterable[str]],
) -> Iterator[Change]:
    """Yield the changes of each row's ``status``, by its open questions, else by what it lacks.

    A word that a person typed there stays until the question about it is answered.
    ``lacking`` are the ids of rows by tab and blank column.
    """
    worst = {(tab, row_id): "incomplete" for (tab, _), rows in lacking.items() for row_id in rows}
    for case in open_questions:
        state = "error" if case.severity == "error" else "check"
        for row in case.rows:
            if worst.get(row) != "error":
                worst[row] = state
    for table in book.tables.values():
        for row_id, state in table.column("status"):
            if state in NOT_LIVE or state not in OFFERED_STATUS:
                continue
            wanted = worst.get((table.tab.key, row_id), "ok")
            if state != wanted:
                yield Change(table.tab.key, row_id, "status", state, wanted, "state")


def note_changes(
    book: Book, open_questions: Iterable[Question], told: Mapping[Cell, str]
) -> Iterator[Change]:
    """Yield the changes of the tool's notes: those of open questions are written, others removed.

    ``told`` are further notes by cell: what can be decided about each question.
    """
    wanted = {cell: [text] for cell, text in told.items()}
    for case in open_questions:
        for tab, row_id in case.rows:
            column, text = case.notes.get((tab, row_id), case.note)
            if text and book.table(tab).has(column):
                wanted.setdefault((tab, row_id, column), []).append(text)
    there = {
        (table.tab.key, *cell): text
        for table in book.tables.values()
        for cell, text in table.notes.items()
    }
    for cell in sorted({*there, *wanted}):
        before = there.get(cell, "")
        after = tidy_note("\n\n".join(dict.fromkeys(wanted.get(cell, ()))))
        if before != after:
            yield Change(*cell, before, after, "note", kind="note")
