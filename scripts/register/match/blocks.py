"""Rows that share a value; what too many different names share tells nobody apart."""

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol, TypeVar

SHARED = 4
"""From so many different names on, a mailbox, a phone or a site is nobody's own."""


class NamedRow(Protocol):
    """A row with an id and a whole name, whatever it is of."""

    @property
    def row_id(self) -> str:
        """Its id."""

    @property
    def whole(self) -> str:
        """Its whole name."""


BlockRow = TypeVar("BlockRow", bound=NamedRow)


def rows_by_value(
    rows: Iterable[BlockRow], value: Callable[[BlockRow], str], *, shared: bool
) -> Iterator[list[BlockRow]]:
    """Yield the rows with one value in the order of their ids; not what too many names share.

    Where it may be ``shared``, many names are no matter. Nothing is yielded for a lone row.
    """
    found: dict[str, list[BlockRow]] = {}
    for row in rows:
        if key := value(row):
            found.setdefault(key, []).append(row)
    for block in found.values():
        if len(block) > 1 and (shared or len({row.whole for row in block}) < SHARED):
            yield sorted(block, key=lambda row: row.row_id)
