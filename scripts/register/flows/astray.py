"""Cells that a write could not put right again: each is a question of Tarkista until answered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from register.book.ids import fingerprint, reference_id
from register.book.outcome import Astray
from register.book.plan import Change
from register.book.schema import schema
from register.book.table import Book
from register.report.sentences import Sentences
from register.review.question import SHOWN, Question, shown_cells

KIND = "astray"
"""The kind of these rows of Tarkista; no cleanup can find their reason again."""

_CELL = (
    "Rows or columns were moved while this was being written: in {tab}, {row}, the column {column}"
    " holds “{value}”, which belongs elsewhere; before it held “{before}”. Put it right by hand,"
    " then accept."
)
_ROW = (
    "Rows or columns were moved while this was being written: in {tab} a row {row} was added that"
    " should not be there. Empty it by hand, then accept."
)


def astray_questions(book: Book, cells: Iterable[Astray]) -> Iterator[Change]:
    """Yield a row of Tarkista for each cell that holds what was meant for another one."""
    say = Sentences(book.language)
    for cell in cells:
        case = fingerprint(KIND, cell.tab, cell.row_id, cell.header, cell.holds)
        if case in book.table("review"):
            continue
        values = {
            "tab": say.title(cell.tab),
            "row": say.row(book, cell.tab, cell.row_id),
            "column": cell.header,
            "value": cell.holds,
            "before": cell.before,
        }
        shown = {
            "kind": KIND,
            "severity": "error",
            "link": f"{say.title(cell.tab)}: {book.reference(cell.tab, cell.row_id)}",
            "message": say(_CELL if cell.header else _ROW, **values),
            "left": cell.holds,
            "right": cell.before,
        }
        for column, value in (("id", case), *shown_cells(shown)):
            if value:
                yield Change("review", case, column, "", value, KIND, kind="add")


def astray_open(book: Book) -> list[Question]:
    """Return these questions as Tarkista has them, until somebody says that it is put right."""
    choices: dict[str, tuple[Change, ...]] = {"accept": (), "ignore": ()}
    questions = []
    for case, row in book.table("review").rows():
        if row.get("kind") == KIND and not row.get("done"):
            about = reference_id(row.get("link", ""))
            tab = schema().tab_of_id(about)
            rows = ((tab.key, about),) if tab and about in book.table(tab.key) else ()
            shown = shown_cells({key: row.get(key, "") for key in SHOWN})
            questions.append(Question(case, rows, "error", shown, choices))
    return questions
