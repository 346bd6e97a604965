"""A listing for people and programs: columns, and rows in groups."""

from dataclasses import dataclass, field

LOOK_UP = "look_up"
"""The key of a column of our own links; only this one is shown as links on pages."""


@dataclass(frozen=True, slots=True)
class ListingColumn:
    """A column: its key, and the tab and column that give its header and its cells' labels.

    If ``tab`` is '', ``column`` is the msgid of the header, and cells are shown as they are.
    """

    key: str
    tab: str
    column: str


def columns_of(tab: str, *columns: str) -> tuple[ListingColumn, ...]:
    """Return columns with the headers of a tab's columns."""
    return tuple(ListingColumn(column, tab, column) for column in columns)


@dataclass(frozen=True, slots=True)
class ListingGroup:
    """Rows under a heading; ``note`` explains them, or says that there are none (both msgids)."""

    key: str
    heading: str
    rows: tuple[tuple[str, ...], ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """A listing in groups; cells are as in the Book."""

    columns: tuple[ListingColumn, ...]
    groups: tuple[ListingGroup, ...] = field(default=())
