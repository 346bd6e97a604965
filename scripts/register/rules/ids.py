"""A row is known by its id: one id, one row, and an id that this tool has given."""

from collections.abc import Iterator

from register.book.finding import Finding
from register.book.table import Book
from register.rules.rule import RuleContext


def check(book: Book, setting: RuleContext) -> Iterator[Finding]:
    """Yield the rows whose id is missing, doubled, or not one that this tool gives."""
    for table in book.tables.values():
        if not table.tab.letter:
            continue
        for row_id, cell in table.column("id"):
            if not row_id.startswith("#"):
                continue
            code = "id-missing" if not cell else "id-foreign"
            if cell.strip() in table:
                code = "id-doubled"
            yield Finding(table.tab.key, row_id, "id", code, cell)
