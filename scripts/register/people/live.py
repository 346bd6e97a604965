"""The cells of rows that are in use, column by column."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import compress

from register.book.table import Table
from register.people.records import NOT_LIVE


def live_cells(table: Table, *columns: str) -> Iterator[tuple[str, ...]]:
    """Yield ``(row id, cell of each column)`` of the rows in use, '' for one not there."""
    used = (status not in NOT_LIVE for _, status in table.select("status"))
    return compress(table.select(*columns), used)
