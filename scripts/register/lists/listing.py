"""A plain list for people and programs: columns, rows, and what stands apart."""

from dataclasses import dataclass, field

LOOK_UP = "look_up"
"""The key of a column of our own links, which pages show as links."""


@dataclass(frozen=True, slots=True)
class ListingColumn:
    """A column: its key, and whence its header and its cells' labels are (tab and column).

    Where ``tab`` is '' the header is the msgid ``column`` and cells are shown as they are.
    """

    key: str
    tab: str
    column: str


def columns_of(tab: str, *columns: str) -> tuple[ListingColumn, ...]:
    """Return columns that are called as those of a tab."""
    return tuple(ListingColumn(column, tab, column) for column in columns)


@dataclass(frozen=True, slots=True)
class ListingGroup:
    """Rows under a heading (a msgid); ``note`` (a msgid) says what they are or that none are."""

    key: str
    heading: str
    rows: tuple[tuple[str, ...], ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """A list in groups; a cell is as in the Book."""

    columns: tuple[ListingColumn, ...]
    groups: tuple[ListingGroup, ...] = field(default=())
