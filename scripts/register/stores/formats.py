"""What a store's cells offer and link to, as the Book names it, and back: the same in every store.

In the Book a dropdown is the keys that it offers with spaces between, a link the tab, row id and
column that it leads to. Without a row id it leads to the column's header, where one filters; that
of ``status`` to the rows that are incomplete, where the store has a filter view of those.
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
"""The column of a tab whose cells each have a dropdown of their own, and the one whose link."""

HEADER = 1
"""The row of a tab's headers."""


@dataclass(frozen=True, slots=True)
class CellFormats:
    """Of one tab: the labels that cells offer, and the places (tab's key, cell) they lead to."""

    dropdowns: Mapping[At, tuple[str, ...]] = field(default_factory=dict)
    links: Mapping[At, tuple[str, At]] = field(default_factory=dict)


def with_formats(reading: StoreReading, formats: Mapping[str, CellFormats]) -> Book:
    """Return the book that was read, with what the cells of these tabs offer and link to."""
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
    """Yield what cells offer and link to as the Book names it."""
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
    """Return the row of the sheet that each id is in, by tab and id."""
    return {
        (key, row_id): number
        for key, table in reading.book.tables.items()
        for row_id, number in table.numbers.items()
    }


def formats_of(
    changes: Iterable[Change],
    reading: StoreReading,
    numbers: Mapping[tuple[str, str], int] | None = None,
) -> dict[str, CellFormats]:
    """Return what changes of formats ask for, by tab: labels, and places; nothing where it is not.

    ``numbers`` are the rows of the sheet by tab and id, with those that are being added.
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
