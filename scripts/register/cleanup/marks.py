"""What open questions leave on the rows that they are about: a state, and notes on cells."""

from collections.abc import Iterable, Iterator, Mapping

from register.book.change import Change
from register.book.notes import tidy_note
from register.book.table import Book
from register.people.records import NOT_LIVE
from register.review.question import Cell, Question


def state_changes(
    book: Book,
    open_questions: Iterable[Question],
    lacking: Mapping[tuple[str, str], Iterable[str]],
) -> Iterator[Change]:
    """Yield ``status`` of each row from the questions that are open about it, else what it lacks.

    ``lacking`` are the ids of rows by tab and the column that is empty.
    """
    worst = {(tab, row_id): "incomplete" for (tab, _), rows in lacking.items() for row_id in rows}
    for case in open_questions:
        state = "error" if case.severity == "error" else "check"
        for row in case.rows:
            if worst.get(row) != "error":
                worst[row] = state
    for table in book.tables.values():
        for row_id, state in table.column("status"):
            if state in NOT_LIVE:
                continue
            wanted = worst.get((table.tab.key, row_id), "ok")
            if state != wanted:
                yield Change(table.tab.key, row_id, "status", state, wanted, "state")


def note_changes(
    book: Book, open_questions: Iterable[Question], told: Mapping[Cell, str]
) -> Iterator[Change]:
    """Yield the tool's notes on the cells of open questions, and the end of the others.

    ``told`` are notes of other cells: what can be decided about each question.
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
