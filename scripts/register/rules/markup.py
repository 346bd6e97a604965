"""A name is a name: no web address and no @ in it, for it is read out in letters."""

import re
from collections.abc import Iterator

from register.book.finding import Finding
from register.book.table import Book
from register.people.records import live_cells
from register.rules.rule import RuleContext

_COLUMNS = {
    "organisations": ("name", "short"),
    "people": ("first", "last", "former_name"),
    "networks": ("name",),
    "meetings": ("name",),
}
_LINK = re.compile(r"@|://|\bwww\.|<[a-z!/]|\w\.[a-z]{2,12}/\w", re.IGNORECASE)
_HOST = re.compile(r"\w\.(?:com|net|org|info|fi|se|eu|io|ru|xyz|example)(?!\w)", re.IGNORECASE)
"""Host names, forbidden only in a person's name: an association may be called Nettikylä.fi."""


def check(book: Book, setting: RuleContext) -> Iterator[Finding]:
    """Yield the names that contain a link, an address or HTML."""
    for key, columns in _COLUMNS.items():
        for column in columns:
            linked = {
                cell
                for _, cell in live_cells(book.table(key), column)
                if not cell.isalpha()
                and (_LINK.search(cell[:1000]) or (key == "people" and _HOST.search(cell[:1000])))
            }
            for row_id, cell in live_cells(book.table(key), column) if linked else ():
                if cell in linked:
                    yield Finding(key, row_id, column, "name-with-link", cell)
