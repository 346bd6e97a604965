"""From Google's replies to typed cells: what a tab holds, and which cells are never written.

The values are asked for twice: calculated, with dates as text (UNFORMATTED_VALUE, FORMATTED_STRING)
and as they were entered, with dates as serial numbers (FORMULA, SERIAL_NUMBER). Together they tell
a date from a number and a formula from a text, and whether somebody edited in between. Both are
documented at https://developers.google.com/workspace/sheets/api/reference/rest/v4/ValueRenderOption
and …/DateTimeRenderOption. Blank rows and cells at the end are not in a reply.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import zip_longest
from typing import Any

from register.book.cells import EPOCH, Raw
from register.book.notes import parted
from register.stores.reading import Sheet

CALCULATED = {
    "valueRenderOption": "UNFORMATTED_VALUE",
    "dateTimeRenderOption": "FORMATTED_STRING",
}
ENTERED = {"valueRenderOption": "FORMULA", "dateTimeRenderOption": "SERIAL_NUMBER"}
ABOUT = (
    "properties(title,locale,timeZone),"
    "sheets(properties(sheetId,title,index,sheetType,gridProperties(rowCount,columnCount)),merges,"
    "data(startRow,startColumn,rowData(values(note))))"
)
"""What is asked about a spreadsheet besides its values."""

_LAST_SERIAL = 2958465
"""The 31st of December 9999, as a serial number (days)."""

Cells = Sequence[Sequence[Any]]


class EditedBetween(Exception):
    """The two replies are not of one moment: somebody edited the sheet in between."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A tab of a spreadsheet: its number, size, the cells that merged cells cover, whole notes.

    Cells are ``(row, column)`` from 1.
    """

    sheet_id: int
    title: str
    rows: int
    columns: int
    covered: frozenset[tuple[int, int]] = frozenset()
    notes: Mapping[tuple[int, int], str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class About:
    """A spreadsheet's title, its tabs by title, in their order, and its settings by name."""

    title: str
    grids: Mapping[str, Grid]
    settings: Mapping[str, str] = field(default_factory=dict)


def about(reply: Mapping[str, Any]) -> About:
    """Read what Google says about a spreadsheet; tabs without cells (charts) are left out."""
    grids: dict[str, Grid] = {}
    for sheet in reply.get("sheets", ()):
        properties = sheet["properties"]
        size = properties.get("gridProperties", {})
        if properties.get("sheetType", "GRID") == "GRID":
            title = str(properties["title"])
            covered = frozenset(cell for merge in sheet.get("merges", ()) for cell in _under(merge))
            grids[title] = Grid(
                int(properties.get("sheetId", 0)),
                title,
                int(size.get("rowCount", 0)),
                int(size.get("columnCount", 0)),
                covered,
                dict(_notes(sheet)),
            )
    properties = reply.get("properties", {})
    settings = {name: str(properties.get(name, "")) for name in ("locale", "timeZone")}
    return About(str(properties.get("title", "")), grids, settings)


def in_a1(title: str, area: str = "") -> str:
    """Return the name of an area of a tab, '' for the whole tab."""
    quoted = "'" + title.replace("'", "''") + "'"
    return f"{quoted}!{area}" if area else quoted


def sheet_of(calculated: Cells, entered: Cells, grid: Grid) -> Sheet:
    """Return a tab's typed cells from the two replies about it.

    Raises EditedBetween where they can't be of one moment.
    """
    rows: list[list[Raw]] = []
    formulas: dict[tuple[int, int], str] = {}
    for number, (left, right) in enumerate(zip_longest(calculated, entered, fillvalue=()), start=1):
        if left == right:
            rows.append(list(left))
            continue
        row: list[Raw] = []
        for column, (value, typed) in enumerate(zip_longest(left, right, fillvalue=""), start=1):
            if value != typed and isinstance(typed, str) and typed.startswith("="):
                formulas[number, column] = typed[1:]
            row.append(_cell(value, typed))
        rows.append(row)
    own = {at: ours for at, whole in grid.notes.items() if (ours := parted(whole)[1])}
    return Sheet(rows, dict.fromkeys(grid.covered, "") | formulas, own)


def _cell(value: Raw, typed: Raw) -> Raw:
    """Return one cell: a date where it is shown as text and kept as a number."""
    if value == typed:
        return value
    if isinstance(typed, str):
        if typed.startswith("=") or typed == f"'{value}":
            return value
    elif isinstance(value, str) and isinstance(typed, int | float):
        if not 0 <= typed <= _LAST_SERIAL:
            return value
        moment = EPOCH + timedelta(seconds=round(typed * 86400))
        return moment.time() if typed < 1 else moment
    raise EditedBetween


def _notes(sheet: Mapping[str, Any]) -> Iterator[tuple[tuple[int, int], str]]:
    """Yield the notes of a tab with their places."""
    for area in sheet.get("data", ()):
        top, left = area.get("startRow", 0) + 1, area.get("startColumn", 0) + 1
        for row, line in enumerate(area.get("rowData", ()), start=top):
            for column, cell in enumerate(line.get("values", ()), start=left):
                if note := cell.get("note"):
                    yield (row, column), str(note)


def _under(merge: Mapping[str, int]) -> Iterator[tuple[int, int]]:
    """Yield the cells of a merged area but for the first one, which has the value."""
    top, left = merge.get("startRowIndex", 0), merge.get("startColumnIndex", 0)
    for row in range(top, merge["endRowIndex"]):
        for column in range(left, merge["endColumnIndex"]):
            if (row, column) != (top, left):
                yield row + 1, column + 1
