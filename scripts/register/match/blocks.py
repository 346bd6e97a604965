"""Blocks: rows that share a value. A value of too many different names tells nobody apart."""

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol, TypeVar

SHARED = 4
"""A mailbox, phone or site with this many different names or more belongs to nobody in
particular."""


class NamedRow(Protocol):
    """A row of any tab with an id and a whole name."""

    @property
    def row_id(self) -> str:
        """The row's id."""

    @property
    def whole(self) -> str:
        """The row's whole name, as it is compared."""


BlockRow = TypeVar("BlockRow", bound=NamedRow)


def rows_by_value(
    rows: Iterable[BlockRow], value: Callable[[BlockRow], str], *, shared: bool
) -> Iterator[list[BlockRow]]:
    """Yield the rows of each value (a block), sorted by id; blocks of one row are left out.

    Rows whose value is '' are in no block. Unless ``shared`` is True, a block with :data:`SHARED`
    or more different names is left out, too.
    """
    found: dict[str, list[BlockRow]] = {}
    for row in rows:
        if key := value(row):
            found.setdefault(key, []).append(row)
    for block in found.values():
        if len(block) > 1 and (shared or len({row.whole for row in block}) < SHARED):
            yield sorted(block, key=lambda row: row.row_id)
