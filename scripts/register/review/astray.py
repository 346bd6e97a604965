"""Cells written to the wrong place that a write could not restore: one question each."""

from collections.abc import Iterable, Iterator

from register.book.change import Change
from register.book.ids import fingerprint, linked_row
from register.book.outcome import AstrayCell
from register.book.schema import schema
from register.book.table import Book
from register.review.question import (
    Question,
    asked_rows,
    kept_cells,
    open_rows,
    question_cells,
)
from register.words.sentences import Sentences

ASTRAY_KIND = "astray"
"""The kind of these rows of ``review``; no later run can find the wrong cell again."""

_CELL = (
    "Rows or columns were moved while this was being written: in {tab}, {row}, the column {column}"
    " holds “{value}”, which belongs elsewhere; before it held “{before}”. Put it right by hand,"
    " then choose “{word:settled}”."
)
_ROW = (
    "Rows or columns were moved while this was being written: in {tab} a row {row} was added that"
    " should not be there. Empty it by hand, then choose “{word:settled}”."
)


def astray_questions(book: Book, cells: Iterable[AstrayCell]) -> Iterator[Change]:
    """Yield a row of ``review`` for each cell that holds a value meant for another cell."""
    say = Sentences(book.language)
    for cell in cells:
        message = say(
            _CELL if cell.header else _ROW,
            tab=say.title(cell.tab),
            row=say.row(book, cell.tab, cell.row_id),
            column=cell.header,
            value=cell.holds,
            before=cell.before,
        )
        shown = question_cells(
            *(book, say, (cell.tab, cell.row_id), ASTRAY_KIND, message),
            severity="error",
            left=cell.holds,
            right=cell.before,
        )
        case = fingerprint(ASTRAY_KIND, cell.tab, cell.row_id, cell.header, cell.holds)
        yield from asked_rows(book, case, shown, ASTRAY_KIND)


def open_astray_questions(book: Book) -> list[Question]:
    """Return the open questions of this kind; they stay until a person settles them."""
    choices: dict[str, tuple[Change, ...]] = {"accept": (), "ignore": ()}
    questions = []
    for case, row in open_rows(book, ASTRAY_KIND):
        about = linked_row(row)
        tab = schema().tab_of_id(about)
        rows = ((tab.key, about),) if tab and about in book.table(tab.key) else ()
        questions.append(Question(case, rows, kept_cells(row), choices))
    return questions
