"""Turns changes into requests to Google, in parts that are small enough and self-contained."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil

from register.book.change import Change
from register.book.groups import given_ids, indivisible_lists
from register.book.notes import join_note, split_note, tidy_note
from register.book.table import Book
from register.stores.formats import tabs_of
from register.stores.google_cells import Json, cell_of, update_cells
from register.stores.google_http import payload
from register.stores.google_keeping import (
    GridCell,
    HiddenCopies,
    entered_value,
    keep_copies,
    text_of,
)
from register.stores.google_reading import Grid, a1_range
from register.stores.google_tables import added_rows, update_rows
from register.stores.reading import StoreReading
from register.unpacking import column_letters

LARGEST_WRITE = 1_900_000
"""The largest size of a request in bytes; Google advises 2 MB."""
_FILLED = 0.9
"""The share of that which a part is meant to have, for its size is estimated before it is made."""

TabCell = tuple[str, int, int]


@dataclass(slots=True)
class WritePart:
    """One atomic write: changes with their lines of ``log``, as requests.

    By tab: ``written`` are the cells of existing rows, ``notes`` their whole notes, ``noted`` these
    notes when last read, ``added`` the cells of new rows by id and column, ``kept`` the copies of
    what is overwritten. ``meant`` are the changes that ask for each cell. ``seen`` is, by tab, what
    was last read in the written cells, in all headers, and in the cells that identify a row, which
    ``marks`` lists by row. ``given`` are the rows that get their id in this write, by that id.
    ``located`` are the tabs whose rows the reply locates, with their sheet ids.
    """

    changes: tuple[Change, ...] = ()
    lines: tuple[Change, ...] = ()
    requests: list[Json] = field(default_factory=list)
    ranges: list[str] = field(default_factory=list)
    written: dict[str, dict[GridCell, Json]] = field(default_factory=dict)
    notes: dict[str, dict[GridCell, str]] = field(default_factory=dict)
    noted: dict[str, dict[GridCell, str]] = field(default_factory=dict)
    meant: dict[TabCell, list[Change]] = field(default_factory=dict)
    added: dict[str, dict[str, dict[int, Json]]] = field(default_factory=dict)
    kept: dict[str, HiddenCopies] = field(default_factory=dict)
    seen: dict[str, dict[GridCell, Json]] = field(default_factory=dict)
    marks: dict[tuple[str, int], list[GridCell]] = field(default_factory=dict)
    given: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    located: dict[str, int] = field(default_factory=dict)

    @property
    def body(self) -> Json:
        """The body of the batchUpdate; the reply shows what was in the written places."""
        return {
            "requests": self.requests,
            "includeSpreadsheetInResponse": True,
            "responseRanges": self.ranges,
            "responseIncludeGridData": True,
        }


def write_parts(
    changes: Sequence[Change],
    reading: StoreReading,
    grids: Mapping[str, Grid],
    lines_for: Callable[[Sequence[Change], Book], Sequence[Change]],
) -> Iterator[WritePart]:
    """Yield the writes, each small enough; changes of one row or one group stay together.

    ``lines_for`` makes a part's lines of ``log``; it gets the book with the earlier parts written.
    """
    book = reading.book
    waiting = [indivisible_lists(changes)]
    while waiting:
        groups = waiting.pop(0)
        mine = tuple(change for group in groups for change in group)
        part = part_of(mine, tuple(lines_for(mine, book)), reading, grids)
        size = len(payload(part.body)) if len(groups) > 1 else 0
        if size > LARGEST_WRITE:
            waiting[:0] = _split(groups, ceil(size / (_FILLED * LARGEST_WRITE)))
            continue
        yield part
        book = book.with_changes((*part.changes, *part.lines))


def part_of(
    changes: tuple[Change, ...],
    lines: tuple[Change, ...],
    reading: StoreReading,
    grids: Mapping[str, Grid],
    back: Mapping[str, Mapping[GridCell, Json]] | None = None,
    notes_back: Mapping[str, Mapping[GridCell, str]] | None = None,
) -> WritePart:
    """Return the write of these changes and log lines into the sheet as it was read.

    ``back`` and ``notes_back`` are cells and notes to be restored by the same write, by tab and
    place.
    """
    part = WritePart(changes, lines, given=given_ids(changes))
    copies, requests = list[Json](), list[Json]()
    by_tab: dict[str, list[Change]] = {tab: [] for tab in {**(back or {}), **(notes_back or {})}}
    for change in (*changes, *lines):
        if change.kind != "format":
            by_tab.setdefault(change.tab, []).append(change)
    for key, wanted in by_tab.items():
        part.written[key] = dict((back or {}).get(key, {}))
        part.notes[key] = dict((notes_back or {}).get(key, {}))
        _sort_out(part, key, [change for change in wanted if change.kind != "note"], reading)
        _add_notes(part, key, [c for c in wanted if c.kind == "note"], reading, grids[key])
        requests += _request(part, key, reading, grids[key])
        copies += part.kept[key].requests(grids[key].sheet_id)
    part.requests = copies + requests
    _locate_rows(part, reading, grids)
    return part


def _split(groups: Sequence[list[Change]], count: int) -> list[list[list[Change]]]:
    """Return two or more groups in at most ``count`` lists that make parts of about one size."""
    weights = [sum(map(_weight, group)) for group in groups]
    largest = sum(weights) / count
    lists, weight = [[groups[0]]], weights[0]
    for group, more in zip(groups[1:], weights[1:], strict=True):
        if weight + more > largest and len(lists) < count:
            lists.append([])
            weight = 0
        lists[-1].append(group)
        weight += more
    return lists


def _weight(change: Change) -> int:
    """Return roughly the bytes of a change in a request; a cell by itself has an address."""
    if change.kind == "format":
        return 0
    return (130 if change.kind == "add" else 370) + len(change.after)


def _locate_rows(part: WritePart, reading: StoreReading, grids: Mapping[str, Grid]) -> None:
    """Ask for the ids in the tabs that get dropdowns and links or are linked, as the write ends."""
    if not part.requests:
        return
    for key in sorted(tabs_of(part.changes) & reading.places.keys()):
        place = reading.places[key]
        part.located[key] = grids[key].sheet_id
        part.ranges.append(a1_range(place.title, "1:1"))
        if own := column_letters(place.columns.get("id", 0)):
            part.ranges.append(a1_range(place.title, f"{own}:{own}"))


def _sort_out(part: WritePart, key: str, changes: Iterable[Change], reading: StoreReading) -> None:
    """Assign a tab's changes to cells of existing rows or of new rows."""
    table, place, language = reading.book.table(key), reading.places[key], reading.book.language
    for change in changes:
        _, row_id = part.given.get(change.row, change.row)
        column = place.columns.get(change.column)
        if column is None:
            continue
        cell = cell_of(table.tab.by_key.get(change.column), change.after, language)
        if row_id in table.numbers:
            number = table.numbers[row_id]
            part.written[key][number, column] = cell
            part.meant.setdefault((key, number, column), []).append(change)
        else:
            part.added.setdefault(key, {}).setdefault(row_id, {})[column] = cell


def _add_notes(
    part: WritePart, key: str, changes: Iterable[Change], reading: StoreReading, grid: Grid
) -> None:
    """Add a tab's notes to their cells, below people's own notes."""
    table, place = reading.book.table(key), reading.places[key]
    for change in changes:
        _, row_id = part.given.get(change.row, change.row)
        at = table.numbers.get(row_id, 0), place.columns[change.column]
        whole = join_note(split_note(grid.notes.get(at, ""))[0], tidy_note(change.after))
        if at[0]:
            part.notes[key][at] = whole
            part.meant.setdefault((key, *at), []).append(change)
        else:
            cells = part.added.setdefault(key, {}).setdefault(row_id, {})
            column = table.tab.by_key.get(change.column)
            cell = cells.get(at[1]) or cell_of(column, "", reading.book.language)
            cells[at[1]] = {**cell, "note": whole}


def _request(part: WritePart, key: str, reading: StoreReading, grid: Grid) -> list[Json]:
    """Return a tab's requests; record in the part what is there now and is kept by them."""
    sheet, own = reading.sheets[key], reading.places[key].columns.get("id", 0)
    cells, added = part.written[key], part.added.get(key, {})
    noted = {at: {"note": note} for at, note in part.notes[key].items()}
    part.noted[key] = {at: grid.notes.get(at, "") for at in noted}
    requests = update_rows(grid.sheet_id, cells, grid.tables)
    requests += update_cells(grid.sheet_id, noted, "note")
    if added:
        place, new = reading.places[key], list(added.values())
        requests += added_rows(
            grid.sheet_id, new, grid.tables, place.free_row, place.live, grid.covers
        )
    touched = cells.keys() | noted.keys()
    known = {
        number for row_id, number in reading.book.table(key).numbers.items() if row_id[0] != "#"
    }
    nameless = {row for row, _ in touched} - known
    columns = {column for _, column in touched} | ({own} if own else set())
    seen = part.seen[key] = {at: entered_value(sheet, *at) for at in touched}
    seen |= {(1, column): entered_value(sheet, 1, column) for column in range(1, grid.columns + 1)}
    for row in {row for row, _ in touched}:
        every = range(1, grid.columns + 1) if row in nameless else (own,)
        marks = [
            (row, n)
            for n in every
            if text_of(entered_value(sheet, row, n)) and (row, n) not in cells
        ]
        part.marks[key, row] = marks
        seen |= {at: entered_value(sheet, *at) for at in marks}
    part.kept[key] = keep_copies(grid, {row for row, _ in touched}, columns, nameless)
    part.ranges += part.kept[key].ranges
    return requests
