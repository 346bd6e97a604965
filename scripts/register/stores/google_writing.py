"""From changes to Google's requests, in parts that are small enough and true by themselves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from register.book.groups import together, torn
from register.book.notes import joined, parted, tidied
from register.book.plan import Change
from register.book.table import Book
from register.stores.google_cells import Json, cell_of, update_cells
from register.stores.google_http import payload
from register.stores.google_reading import Grid, in_a1
from register.stores.google_tables import added_rows, update_rows
from register.stores.reading import Place, Reading, Sheet
from register.stores.sheet_xml import column_letters

LARGEST = 1_900_000
"""The most that one request may hold (bytes): Google advises 2 MB."""

REPLY = (
    "updatedSpreadsheet.sheets(properties(sheetId),"
    "data(startRow,startColumn,rowData(values(userEnteredValue))))"
)

Cell = tuple[int, int]
"""``(row, column)``, both from 1."""
At = tuple[str, int, int]


@dataclass(slots=True)
class Part:
    """One atomic write: its changes with their lines of Loki, as requests.

    By tab: ``written`` are the cells of rows that are there, ``notes`` their whole notes, ``meant``
    the changes that ask for each of them, ``added`` the cells of new rows by id and column.
    ``wanted`` is what must stand where afterwards: the cells written, their headers, the ids of the
    rows that were meant, and all text of rows that get their id just now; ``fresh`` the ids that
    must stand in an id column.
    ``given`` are the names that such rows had, by tab and new id.
    """

    changes: tuple[Change, ...] = ()
    lines: tuple[Change, ...] = ()
    requests: list[Json] = field(default_factory=list)
    ranges: list[str] = field(default_factory=list)
    written: dict[str, dict[Cell, Json]] = field(default_factory=dict)
    notes: dict[str, dict[Cell, str]] = field(default_factory=dict)
    meant: dict[At, list[Change]] = field(default_factory=dict)
    added: dict[str, dict[str, dict[int, Json]]] = field(default_factory=dict)
    wanted: dict[str, dict[Cell, Json]] = field(default_factory=dict)
    fresh: dict[tuple[str, int], list[str]] = field(default_factory=dict)
    given: dict[tuple[str, str], str] = field(default_factory=dict)

    @property
    def body(self) -> Json:
        """The body of the batchUpdate: the reply shows what now stands in the places written."""
        return {
            "requests": self.requests,
            "includeSpreadsheetInResponse": True,
            "responseRanges": self.ranges,
            "responseIncludeGridData": True,
        }


def parts(
    changes: Sequence[Change],
    reading: Reading,
    grids: Mapping[str, Grid],
    lines_for: Callable[[Sequence[Change], Book], Sequence[Change]],
    missed: Collection[Change],
) -> Iterator[Part]:
    """Yield the writes, each small enough; what belongs to one row or one group stays together.

    ``lines_for`` makes a part's lines of Loki; it sees the book with the earlier parts written.
    ``missed`` grows by what the caller found astray: what needs that is left out of later parts.
    """
    book = reading.book
    waiting = [together(changes)]
    while waiting:
        groups = waiting.pop(0)
        left_out = torn(changes, missed) if missed else set()
        mine = tuple(change for group in groups for change in group if change not in left_out)
        if not mine:
            continue
        part = part_of(mine, tuple(lines_for(mine, book)), reading, grids)
        if len(groups) > 1 and len(payload(part.body)) > LARGEST:
            middle = len(groups) // 2
            waiting[:0] = [groups[:middle], groups[middle:]]
            continue
        yield part
        book = book.applied((*part.changes, *part.lines))


def misplaced(part: Part, reply: Mapping[str, Any], grids: Mapping[str, Grid]) -> set[At]:
    """Return the cells that do not hold what they were to hold, as ``(tab, row, column)``.

    Row 0 stands for an added row that is not there, or is there twice.
    """
    wrong: set[At] = set()
    shown = _shown(reply)
    for key, cells in part.wanted.items():
        there = shown.get(grids[key].sheet_id, {})
        wrong |= {(key, *at) for at, cell in cells.items() if there.get(at, {}) != value_of(cell)}
    for (key, column), ids in part.fresh.items():
        cells_of_tab = shown.get(grids[key].sheet_id, {}).items()
        found = Counter(v.get("stringValue") for (_, at), v in cells_of_tab if at == column)
        wrong |= {(key, 0, column) for row_id in ids if found[row_id] != 1}
    return wrong


def _shown(reply: Mapping[str, Any]) -> dict[int, dict[Cell, Json]]:
    """Return the values of the cells that a reply shows, by tab number and place."""
    shown: dict[int, dict[Cell, Json]] = {}
    for sheet in reply.get("updatedSpreadsheet", {}).get("sheets", ()):
        cells = shown.setdefault(int(sheet.get("properties", {}).get("sheetId", 0)), {})
        for area in sheet.get("data", ()):
            top, left = area.get("startRow", 0) + 1, area.get("startColumn", 0) + 1
            for row, line in enumerate(area.get("rowData", ()), start=top):
                for column, cell in enumerate(line.get("values", ()), start=left):
                    if value := value_of(cell):
                        cells[row, column] = value
    return shown


def value_of(cell: Mapping[str, Any]) -> Json:
    """Return what was entered in a cell; numbers are compared to the millisecond of a day."""
    value = dict(cell.get("userEnteredValue", {}))
    if "numberValue" in value:
        value["numberValue"] = round(float(value["numberValue"]), 8)
    return value


def _given(changes: Iterable[Change]) -> dict[tuple[str, str], str]:
    """Return what rows were called that get their id by these changes, by tab and new id."""
    ids = (c for c in changes if c.column == "id" and c.row_id.startswith("#"))
    return {(change.tab, change.after): change.row_id for change in ids}


def part_of(
    changes: tuple[Change, ...],
    lines: tuple[Change, ...],
    reading: Reading,
    grids: Mapping[str, Grid],
    back: Mapping[str, Mapping[Cell, Json]] | None = None,
    notes_back: Mapping[str, Mapping[Cell, str]] | None = None,
) -> Part:
    """Return the write of these changes and lines of Loki into the sheet as it was read.

    ``back`` and ``notes_back`` are cells and notes that are put back besides, by tab and place.
    """
    part = Part(changes, lines, given=_given(changes))
    by_tab: dict[str, list[Change]] = {tab: [] for tab in {**(back or {}), **(notes_back or {})}}
    for change in (*changes, *lines):
        if change.kind != "format":
            by_tab.setdefault(change.tab, []).append(change)
    for key, wanted in by_tab.items():
        part.written[key] = dict((back or {}).get(key, {}))
        part.notes[key] = dict((notes_back or {}).get(key, {}))
        _sort_out(part, key, [change for change in wanted if change.kind != "note"], reading)
        _add_notes(part, key, [c for c in wanted if c.kind == "note"], reading, grids[key])
        _request(part, key, reading, grids[key])
    return part


def _sort_out(part: Part, key: str, changes: Iterable[Change], reading: Reading) -> None:
    """Put a tab's changes where their cells are: in rows that are there, or in new ones."""
    table, place, language = reading.book.table(key), reading.places[key], reading.book.language
    for change in changes:
        row_id = part.given.get((key, change.row_id), change.row_id)
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
    part: Part, key: str, changes: Iterable[Change], reading: Reading, grid: Grid
) -> None:
    """Put a tab's notes on their cells: the tool's part below people's."""
    table, place = reading.book.table(key), reading.places[key]
    for change in changes:
        row_id = part.given.get((key, change.row_id), change.row_id)
        at = table.numbers.get(row_id, 0), place.columns[change.column]
        whole = joined(parted(grid.notes.get(at, ""))[0], tidied(change.after))
        if at[0]:
            part.notes[key][at] = whole
            part.meant.setdefault((key, *at), []).append(change)
        else:
            cells = part.added.setdefault(key, {}).setdefault(row_id, {})
            column = table.tab.by_key.get(change.column)
            cell = cells.get(at[1]) or cell_of(column, "", reading.book.language)
            cells[at[1]] = {**cell, "note": whole}


def _request(part: Part, key: str, reading: Reading, grid: Grid) -> None:
    """Make a tab's requests, and say what must stand where when they are done."""
    place, sheet = reading.places[key], reading.sheets[key]
    cells, added = part.written[key], part.added.get(key, {})
    noted = {at: {"note": note} for at, note in part.notes[key].items()}
    part.requests += update_rows(grid.sheet_id, cells, grid.tables)
    part.requests += update_cells(grid.sheet_id, noted, "note")
    if added:
        new = list(added.values())
        part.requests += added_rows(grid.sheet_id, new, grid.tables, place.free_row, place.live)
        if key != "log":
            letter = column_letters(place.columns["id"])
            part.fresh[key, place.columns["id"]] = list(added)
            part.ranges.append(in_a1(place.title, f"{letter}2:{letter}"))
    touched = cells.keys() | noted.keys()
    columns = {column for _, column in touched} | {c for row in added.values() for c in row}
    heads = _texts(sheet, 1, columns)
    rows = {number for number, _ in touched}
    witnesses = {at: cell for row in rows for at, cell in _witness(reading, key, row)}
    part.wanted[key] = {**heads, **witnesses, **cells}
    part.ranges += _ranges(place, heads) + _ranges(place, witnesses.keys() | cells.keys())


def _witness(reading: Reading, key: str, number: int) -> Iterator[tuple[Cell, Json]]:
    """Yield the cells by which a row is known to be the one that was meant: its id, or its text."""
    place, sheet = reading.places[key], reading.sheets[key]
    id_column = place.columns.get("id", 0)
    names = _texts(sheet, number, [id_column]) if id_column else {}
    row_id = next((c["userEnteredValue"]["stringValue"].strip() for c in names.values()), "")
    if row_id in reading.book.table(key).numbers:
        yield from names.items()
    else:
        width = len(sheet.rows[number - 1]) if number <= len(sheet.rows) else 0
        yield from _texts(sheet, number, range(1, width + 1)).items()


def _texts(sheet: Sheet, number: int, columns: Iterable[int]) -> dict[Cell, Json]:
    """Return those of a row's cells that hold text; Google keeps all else in another form."""
    line = sheet.rows[number - 1] if number <= len(sheet.rows) else ()
    found: dict[Cell, Json] = {}
    for column in columns:
        text = line[column - 1] if column <= len(line) else ""
        if isinstance(text, str) and text and (number, column) not in sheet.formulas:
            found[number, column] = {"userEnteredValue": {"stringValue": text}}
    return found


def _ranges(place: Place, cells: Collection[Cell]) -> list[str]:
    """Return the areas that hold these cells: spans of columns, from the first row to the last."""
    rows = [row for row, _ in cells]
    columns = sorted({column for _, column in cells})
    areas: list[str] = []
    start = 0
    for end, column in enumerate(columns, start=1):
        if end == len(columns) or columns[end] != column + 1:
            left, right = column_letters(columns[start]), column_letters(column)
            areas.append(in_a1(place.title, f"{left}{min(rows)}:{right}{max(rows)}"))
            start = end
    return areas
