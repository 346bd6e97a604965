"""A name shows letters that somebody is called by, and is no formula and no number."""

from collections.abc import Iterator

from register.book.finding import Finding
from register.book.table import Book
from register.people.names import COLUMNS, name_fault
from register.people.records import live_cells
from register.rules.rule import RuleContext, RuleInfo

_WHY = "A letter would greet by it, so none is sent until a person has looked."
_REMEDY = (
    "Write the name as it is said. If it is right as it is, choose “{word:settled}” in "
    "{tab:review}: letters then go."
)

CODES = (
    RuleInfo(
        *("name-invisible", "warning", "This name shows nothing, or a part of it was lost."),
        why=_WHY,
        remedy=_REMEDY,
        example="\u3164",
    ),
    RuleInfo(
        *("name-formula", "warning", "“{cell}” is a formula and no name."),
        why=_WHY,
        remedy=_REMEDY,
        example="=1+1",
    ),
    RuleInfo(
        *("name-no-letters", "warning", "“{cell}” is a number or a sign and no name."),
        why=_WHY,
        remedy=_REMEDY,
        example="1E400",
    ),
)


def check(book: Book, setting: RuleContext) -> Iterator[Finding]:
    """Yield the names of people and organisations that are none."""
    for tab, columns in COLUMNS.items():
        table = book.table(tab)
        for column in columns:
            for row_id, cell in live_cells(table, column):
                if (code := name_fault(cell)) and (row_id, column) not in table.formulas:
                    yield Finding(tab, row_id, column, code, "warning", cell)
