"""A name is a name: no web address and no @ in it, for it is read out in letters."""

import re
from collections.abc import Iterator

from register.book.finding import Finding
from register.book.table import Book
from register.rules.rule import RuleInfo, Setting, live_rows

CODES = (
    RuleInfo(
        "name-with-link",
        "error",
        "“{cell}” holds an address; a name must not. Please move it to its own column.",
    ),
)
_COLUMNS = {
    "organisations": ("name", "short"),
    "people": ("first", "last", "former_name"),
    "networks": ("name",),
    "meetings": ("name",),
}
_LINK = re.compile(r"@|://|\bwww\.|<[a-z!/]", re.IGNORECASE)


def check(book: Book, setting: Setting) -> Iterator[Finding]:
    """Yield the names that hold a link, an address or HTML."""
    for key, columns in _COLUMNS.items():
        for row_id, row in live_rows(book.table(key)):
            for column in columns:
                cell = row.get(column, "")
                if _LINK.search(cell[:1000]):
                    yield Finding(key, row_id, column, "name-with-link", "error", cell)
