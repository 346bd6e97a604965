"""Copies of overwritten cells, kept in hidden tabs by the same atomic request that writes.

Sheets cannot make a write conditional on unchanged cells. So the requests of a write begin with
copies of the cells that it overwrites, of their rows' ids and of the headers, each at the same
place in a hidden tab, and the reply shows those copies. They tell what was overwritten, and in
which row and column it was, whatever people did since the last read. The tabs are deleted when
everything is settled.

Requests: https://developers.google.com/workspace/sheets/api/reference/rest/v4/spreadsheets/request
(AddSheetRequest, CopyPasteRequest).
"""

import secrets
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from register.book.cells import Raw, date_serial
from register.stores.google_cells import Json
from register.stores.google_reading import Grid, a1_range
from register.stores.google_requests import area_of, new_sheet, placed_cells
from register.stores.reading import StoreSheet
from register.unpacking import column_letters

GridCell = tuple[int, int]
"""``(row, column)``, both from 1."""
CopiedArea = tuple[int, int, int, int]
"""Top, left, bottom and right, all from 1 and inclusive."""

COPIED_VALUES = "userEnteredValue,note"
WHOLE = "userEnteredValue,note,userEnteredFormat(numberFormat)"
"""The cell fields to request: values with each write, with formats if a cell is restored."""
_SAME = 2e-5
"""Numbers closer than this (in days) are the same: a date was read to the second."""


@dataclass(frozen=True, slots=True)
class HiddenCopies:
    """The hidden tab that keeps copies of a tab's areas; ``sheet_id`` is its id."""

    sheet_id: int
    areas: tuple[CopiedArea, ...]

    @property
    def title(self) -> str:
        """The hidden tab's title, which differs from any title that people give."""
        return hidden_title(self.sheet_id)

    @property
    def size(self) -> tuple[int, int]:
        """The number of the hidden tab's rows and columns."""
        return max(area[2] for area in self.areas), max(area[3] for area in self.areas)

    def requests(self, source: int) -> list[Json]:
        """Return the requests that make the tab and copy the areas of ``source`` into it."""
        rows, columns = self.size
        copies = [
            {
                "copyPaste": {
                    "source": _range(source, area),
                    "destination": _range(self.sheet_id, area),
                    "pasteType": "PASTE_NORMAL",
                }
            }
            for area in self.areas
        ]
        return [new_sheet(self.sheet_id, self.title, rows, columns, hidden=True), *copies]

    @property
    def ranges(self) -> list[str]:
        """The areas in A1 notation, to be requested with the reply."""
        return [
            a1_range(self.title, f"{column_letters(left)}{top}:{column_letters(right)}{bottom}")
            for top, left, bottom, right in self.areas
        ]


def keep_copies(
    grid: Grid, rows: Collection[int], columns: Iterable[int], whole: Collection[int]
) -> HiddenCopies:
    """Return the copies to make: headers, these columns of these rows, and the ``whole`` rows.

    In a tab with merged cells everything is copied, since a copy must not cut a merged cell in two.
    """
    if grid.covered:
        areas = [(1, 1, grid.rows, grid.columns)]
    else:
        areas = [(1, 1, 1, grid.columns)]
        if rows:
            areas += [(min(rows), left, max(rows), right) for left, right in _spans(columns)]
        if whole:
            areas.append((min(whole), 1, max(whole), grid.columns))
    return HiddenCopies(secrets.randbelow(10**9) + 10**6, tuple(areas))


def fields_of(cells: str) -> str:
    """Return the fields of a spreadsheet to request, given those of its cells."""
    return f"sheets(properties(sheetId),data(startRow,startColumn,rowData(values({cells}))))"


def hidden_title(sheet_id: int) -> str:
    """Return the title of the hidden tab with this id."""
    return f"⚙ {sheet_id}"


def leftover_tabs(grids: Mapping[str, Grid]) -> list[int]:
    """Return the ids of the hidden tabs that an interrupted run left behind."""
    return [g.sheet_id for title, g in grids.items() if title == hidden_title(g.sheet_id)]


def reply_cells(reply: Mapping[str, Any]) -> dict[int, dict[GridCell, Json]]:
    """Return the cells in a reply, by tab id and place."""
    cells_of: dict[int, dict[GridCell, Json]] = {}
    for sheet in reply.get("updatedSpreadsheet", {}).get("sheets", ()):
        cells = cells_of.setdefault(int(sheet.get("properties", {}).get("sheetId", 0)), {})
        cells.update(placed_cells(sheet))
    return cells_of


def entered_value(sheet: StoreSheet, row: int, column: int) -> Json:
    """Return the entered value of a cell as Google stores it; {} if the cell is blank."""
    if formula := sheet.formulas.get((row, column)):
        return {"formulaValue": f"={formula}"}
    line = sheet.rows[row - 1] if 0 < row <= len(sheet.rows) else ()
    raw: Raw = line[column - 1] if column <= len(line) else ""
    if isinstance(raw, bool):
        return {"boolValue": raw}
    if isinstance(raw, datetime | time):
        return {"numberValue": date_serial(raw)}
    if isinstance(raw, int | float):
        return {"numberValue": raw}
    return {"stringValue": raw} if raw else {}


def entered_content(cell: Json | None) -> Json:
    """Return what was entered in a cell; {} if nothing was."""
    value: Json = (cell or {}).get("userEnteredValue", {})
    return {} if value == {"stringValue": ""} else value


def same_value(one: Json, other: Json) -> bool:
    """Return True if two entered values are equal; dates and times are compared to the second."""
    left, right = one.get("numberValue"), other.get("numberValue")
    if left is not None and right is not None:
        return abs(float(left) - float(right)) < _SAME
    return one == other


def without_note(cell: Json) -> Json:
    """Return the cell without its note, so that writing it leaves an existing note alone."""
    return {name: below for name, below in cell.items() if name != "note"}


def text_of(value: Json) -> str:
    """Return an entered text; '' for any other value."""
    return str(value.get("stringValue", ""))


def _spans(columns: Iterable[int]) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    for column in sorted(set(columns)):
        if spans and spans[-1][1] == column - 1:
            spans[-1] = spans[-1][0], column
        else:
            spans.append((column, column))
    return spans


def _range(sheet_id: int, area: CopiedArea) -> Json:
    top, left, bottom, right = area
    return area_of(sheet_id, rows=(top - 1, bottom), columns=(left - 1, right))
