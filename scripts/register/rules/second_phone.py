"""Two numbers in one cell, and nothing else: the second goes into the column for it."""

from collections.abc import Iterator

from register.book.finding import Finding
from register.book.table import Book
from register.people.records import live_cells
from register.rules.rule import RuleContext, is_blank
from register.values import phone


def check(book: Book, setting: RuleContext) -> Iterator[Finding]:
    """Yield the cells with two numbers whose row has room for the second."""
    for key in ("organisations", "people"):
        table = book.table(key)
        if not (table.has("phone") and table.has("phone2")):
            continue
        header = table.tab.column("phone2").headers[book.language]
        for row_id, cell, second in live_cells(table, "phone", "phone2"):
            if (row_id, "phone") in table.formulas or not is_blank(second):
                continue
            if two := phone.read_two(cell):
                yield Finding(
                    *(key, row_id, "phone", "phone-second", cell, two[0]),
                    detail=header,
                    others=(("phone2", two[1]),),
                )
