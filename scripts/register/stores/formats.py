"""Dropdowns and links of single cells, converted between a store and the Book.

In the Book a dropdown is the keys that it offers, separated by spaces. A link is the tab, row id
and column that it leads to. Without a row id it leads to the column's header, where people filter;
a link to the header of ``status`` leads to the filter view of incomplete rows if the store has one.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from register.book.change import Change
from register.book.schema import schema
from register.book.table import Book
from register.stores.reading import StoreReading

At = tuple[int, int]
"""``(row, column)`` of a cell in a tab, from 1."""

DROPDOWNS: Mapping[str, str] = {"review": "decision"}
LINKS: Mapping[str, str] = {"review": "link"}
"""By tab: the column whose cells have their own dropdowns, and the one whose cells have links."""

HEADER = 1
"""The row of a tab's headers."""


@dataclass(frozen=True, slots=True)
class CellFormats:
    """The dropdowns and links of one tab, by cell: labels offered, and targets (tab key, cell)."""

    dropdowns: Mapping[At, tuple[str, ...]] = field(default_factory=dict)
    links: Mapping[At, tuple[str, At]] = field(default_factory=dict)


def with_formats(reading: StoreReading, formats: Mapping[str, CellFormats]) -> Book:
    """Return the book that was read, with the dropdowns and links of these tabs' cells."""
    book = reading.book
    tables = dict(book.tables)
    for key, found in formats.items():
        table, place = book.table(key), reading.places[key]
        rows = {number: row_id for row_id, number in table.numbers.items()}
        columns = {number: column for column, number in place.columns.items()}
        texts = {
            (rows[row], columns[column]): text
            for (row, column), text in _named(reading, key, found)
            if row in rows and column in columns
        }
        tables[key] = table.with_formats(texts)
    return replace(book, tables=tables)


def _named(reading: StoreReading, key: str, found: CellFormats) -> Iterator[tuple[At, str]]:
    """Yield cells with their dropdowns and links in the Book's form."""
    if key in DROPDOWNS:
        enum = schema().enum(schema().tab(key).column(DROPDOWNS[key]).enum)
        for at, labels in found.dropdowns.items():
            keys = [enum.value(label, reading.book.language) or "" for label in labels]
            yield at, " ".join(keys)
    rows = {
        tab: {number: row_id for row_id, number in reading.book.table(tab).numbers.items()}
        for tab in {tab for tab, _ in found.links.values()}
    }
    for at, (tab, (row, column)) in found.links.items():
        names = {number: name for name, number in reading.places[tab].columns.items()}
        yield at, f"{tab} {rows[tab].get(row, '')} {names.get(column, '')}"


def row_numbers(reading: StoreReading) -> dict[tuple[str, str], int]:
    """Return the sheet's row numbers by ``(tab, row id)``."""
    return {
        (key, row_id): number
        for key, table in reading.book.tables.items()
        for row_id, number in table.numbers.items()
    }


def tabs_of(changes: Iterable[Change]) -> set[str]:
    """Return the tabs that get dropdowns and links by these changes, and those they link to."""
    found: set[str] = set()
    for change in changes:
        linked = LINKS.get(change.tab) == change.column
        if change.kind == "format" and (linked or DROPDOWNS.get(change.tab) == change.column):
            found |= {change.tab, *(change.after.split(" ")[:1] if linked else ())}
    return found


def formats_of(
    changes: Iterable[Change],
    reading: StoreReading,
    numbers: Mapping[tuple[str, str], int] | None = None,
) -> dict[str, CellFormats]:
    """Return the dropdowns and links that changes ask for, by tab.

    ``numbers`` are the sheet's row numbers by ``(tab, row id)``, including rows that are being
    added. A link whose target does not exist becomes ``("", (0, 0))``.
    """
    numbers = row_numbers(reading) if numbers is None else numbers
    dropdowns: dict[str, dict[At, tuple[str, ...]]] = {}
    links: dict[str, dict[At, tuple[str, At]]] = {}
    for change in changes:
        number = numbers.get(change.row, 0)
        column = reading.places[change.tab].columns.get(change.column, 0)
        if not number or not column:
            continue
        if DROPDOWNS.get(change.tab) == change.column:
            enum = schema().enum(schema().tab(change.tab).column(change.column).enum)
            labels = [enum.label(key, reading.book.language) for key in change.after.split()]
            dropdowns.setdefault(change.tab, {})[number, column] = tuple(labels)
        elif LINKS.get(change.tab) == change.column:
            tab, row_id, name = (*change.after.split(" ", 2), "", "", "")[:3]
            place = reading.places.get(tab)
            row = numbers.get((tab, row_id), 0) if row_id else HEADER
            at = place.columns.get(name, 1) if place else 0
            to = (tab, (row, at)) if row and at else ("", (0, 0))
            links.setdefault(change.tab, {})[number, column] = to
    return {
        tab: CellFormats(dropdowns.get(tab, {}), links.get(tab, {}))
        for tab in sorted({*dropdowns, *links})
    }
