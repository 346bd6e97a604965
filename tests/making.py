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
