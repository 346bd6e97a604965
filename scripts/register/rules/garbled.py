"""No cell holds text that was decoded wrongly on its way here: "PÃ¤ivi" for "Päivi".

What such a cell was meant to say is mostly certain (:mod:`register.values.mojibake`); where a byte
was lost as well, only a person knows.
"""

from collections.abc import Callable, Iterator

from register.book.finding import Finding
from register.book.table import Book
from register.people.records import cells_found
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
            look: Callable[[str], tuple[str, bool] | None] = _mended_name if refers else _mended
            for row_id, cell, (text, certain) in cells_found(table, name, look):
                if certain:
                    yield Finding(key, row_id, name, "encoding-form", cell, text)
                else:
                    yield Finding(key, row_id, name, "text-mojibake", cell)


def _mended(cell: str) -> tuple[str, bool] | None:
    """Return what a wrongly decoded cell was meant to say and whether that is certain, or None."""
    if cell.isascii() and "=C3=" not in cell and "&" not in cell:
        return None
    text, certain = mend_mojibake(cell)
    return None if certain and text == cell else (text, certain)


def _mended_name(cell: str) -> tuple[str, bool] | None:
    """Return the same of a reference; None if it has an id, for its name is another row's cell."""
    return None if "·" in cell else _mended(cell)
