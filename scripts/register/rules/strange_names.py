"""A name shows letters that somebody is called by, and is no formula and no number."""

from collections.abc import Iterator

from register.book.finding import Finding
from register.book.table import Book
from register.people.names import COLUMNS, name_fault
from register.people.records import live_cells
from register.rules.rule import RuleContext


def check(book: Book, setting: RuleContext) -> Iterator[Finding]:
    """Yield the name cells of people and organisations that hold no name."""
    for tab, columns in COLUMNS.items():
        table = book.table(tab)
        for column in columns:
            for row_id, cell in live_cells(table, column):
                if (code := name_fault(cell)) and (row_id, column) not in table.formulas:
                    yield Finding(tab, row_id, column, code, cell)
