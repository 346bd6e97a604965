"""No cell holds text that was decoded wrongly on its way here: "PÃ¤ivi" for "Päivi".

What such a cell was meant to say is mostly certain (:mod:`register.values.mojibake`); where a byte
was lost as well, only a person knows.
"""

from collections.abc import Iterator

from register.book.finding import Finding
from register.book.table import Book
from register.people.records import live_cells
from register.rules.rule import DATA_TABS, RuleContext
from register.values.mojibake import mend_mojibake


def check(book: Book, setting: RuleContext) -> Iterator[Finding]:
    """Yield the cells in people's columns that were decoded wrongly."""
    for key in DATA_TABS:
        table = book.table(key)
        columns = [
            (column.key, column.type in ("ref", "refs"))
            for column in table.tab.columns
            if not column.tool and table.has(column.key)
        ]
        for name, refers in columns:
            for row_id, cell in live_cells(table, name):
                if cell.isascii() and "=C3=" not in cell and "&" not in cell:
                    continue
                if (refers and "·" in cell) or (row_id, name) in table.formulas:
                    continue
                text, certain = mend_mojibake(cell)
                if not certain:
                    yield Finding(key, row_id, name, "text-mojibake", cell)
                elif text != cell:
                    yield Finding(key, row_id, name, "encoding-form", cell, text)
