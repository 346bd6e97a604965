"""Makes small books for tests: rows as dictionaries, by the keys of the schema."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from register.book.schema import Language, schema
from register.book.table import Book, Table

Rows = Sequence[Mapping[str, str]]


def table(tab: str, rows: Rows, formulas: Sequence[tuple[int, str]] = ()) -> Table:
    """Return a tab with these rows from row 2 on; missing cells are blank."""
    definition = schema().tab(tab)
    columns = [column.key for column in definition.columns]
    columns += sorted({key for row in rows for key in row} - set(columns))
    cells = [(n, [row.get(key, "") for key in columns]) for n, row in enumerate(rows, start=2)]
    return Table.of(definition, columns, cells, formulas=formulas)


def book(language: Language = "fi", **tabs: Rows) -> Book:
    """Return a register with these rows; the other tabs are empty."""
    empty = Book.empty(language)
    return Book({**empty.tables, **{key: table(key, rows) for key, rows in tabs.items()}}, language)


def with_headers(start: Book, tab: str, drop: Sequence[str], *own: str) -> Book:
    """Return the book without these columns of a tab, and with empty ones of people's own."""
    there = start.table(tab)
    columns = [key for key in there.columns if key not in drop] + [f"+{name}" for name in own]
    cells = {
        row_id: [row.get(key, "") for key in columns] for row_id, row in dict(there.rows()).items()
    }
    made = Table(
        there.tab, columns, cells, there.numbers, there.formulas, there.notes, there.formats
    )
    return Book({**start.tables, tab: made}, start.language)
