"""Turns Google's replies into typed cells: the content of tabs, and the cells never written.

The values are requested twice: calculated, with dates as text (UNFORMATTED_VALUE,
FORMATTED_STRING), and as entered, with dates as serial numbers (FORMULA, SERIAL_NUMBER). Together
they distinguish a date from a number and a formula from a text, and show whether somebody edited in
between. Both are documented at
https://developers.google.com/workspace/sheets/api/reference/rest/v4/ValueRenderOption and
…/DateTimeRenderOption. Blank rows and cells at the end are not in a reply.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import zip_longest
from typing import Any

from register.book.cells import EPOCH, Raw
from register.book.notes import split_note
from register.stores.google_covers import COVERS, NAMED_RANGES, Cover, covers_of
from register.stores.google_release import ReleaseGuard, release_guards
from register.stores.google_requests import placed_cells
from register.stores.google_tables import TABLES, SheetTable, footer_rows, tables_of
from register.stores.reading import StoreSheet
from register.unpacking import column_letters

CALCULATED = {
    "valueRenderOption": "UNFORMATTED_VALUE",
    "dateTimeRenderOption": "FORMATTED_STRING",
}
ENTERED = {"valueRenderOption": "FORMULA", "dateTimeRenderOption": "SERIAL_NUMBER"}
ABOUT = (
    "properties(title,locale,timeZone),"
    "sheets(properties(sheetId,title,index,sheetType,gridProperties(rowCount,columnCount)),merges,"
    "columnGroups(depth),"
    f"{TABLES},{COVERS},"
    f"data(startRow,startColumn,rowData(values(note)))),{NAMED_RANGES}"
)
"""The fields to request for a spreadsheet, besides its values."""

SPILL = "sheets(properties(title),data(startRow,startColumn,rowData(values(userEnteredValue))))"
"""The fields to request for tabs where formulas may fill more cells than their own."""
_ARRAYS = re.compile(
    r"\{|\b(ARRAYFORMULA|ARRAY_CONSTRAIN|FILTER|QUERY|SORTN?|UNIQUE|SEQUENCE|RANDARRAY|MAP|SCAN|"
    r"BYROW|BYCOL|MAKEARRAY|LAMBDA|LET|SPLIT|TRANSPOSE|FLATTEN|IMPORT\w+|TOCOL|TOROW|[HV]STACK|"
    r"WRAPROWS|WRAPCOLS|CHOOSEROWS|CHOOSECOLS|INDEX|OFFSET|INDIRECT|GOOGLEFINANCE)\(",
    re.IGNORECASE,
)
"""Functions whose results may fill cells below and beside their own."""

_LAST_SERIAL = 2958465
"""31 December 9999 as a serial number, in days."""

_LOOKS_BELOW, _ROWS_AT_ONCE = 20, 100

_Cells = Sequence[Sequence[Any]]


class EditedBetween(Exception):
    """The two replies are not from one moment: somebody edited the sheet in between."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A tab of a spreadsheet: its id, title and size, and what is in it besides values.

    Cells are ``(row, column)`` from 1. ``covered`` are cells hidden by merged cells, ``notes``
    whole notes. ``is_folded`` is True if columns are grouped. ``filter_views`` are ids by title,
    ``release_guards`` the protections of the cells that release letters.
    """

    sheet_id: int
    title: str
    rows: int
    columns: int
    covered: frozenset[tuple[int, int]] = frozenset()
    notes: Mapping[tuple[int, int], str] = field(default_factory=dict)
    tables: tuple[SheetTable, ...] = ()
    covers: tuple[Cover, ...] = ()
    is_folded: bool = False
    filter_views: Mapping[str, int] = field(default_factory=dict)
    release_guards: tuple[ReleaseGuard, ...] = ()


@dataclass(frozen=True, slots=True)
class SpreadsheetAbout:
    """A spreadsheet's title, its tabs by title in their order, and its settings by name."""

    title: str
    grids: Mapping[str, Grid]
    settings: Mapping[str, str] = field(default_factory=dict)


def read_about(reply: Mapping[str, Any]) -> SpreadsheetAbout:
    """Read Google's description of a spreadsheet; tabs without cells (charts) are left out."""
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
                {at: str(note) for at, cell in placed_cells(sheet) if (note := cell.get("note"))},
                tables_of(sheet, int(size.get("rowCount", 0)), int(size.get("columnCount", 0))),
                covers_of(sheet, reply.get("namedRanges", ())),
                bool(sheet.get("columnGroups")),
                {
                    str(view.get("title", "")): int(view["filterViewId"])
                    for view in sheet.get("filterViews", ())
                },
                release_guards(sheet),
            )
    properties = reply.get("properties", {})
    settings = {name: str(properties.get(name, "")) for name in ("locale", "timeZone")}
    return SpreadsheetAbout(str(properties.get("title", "")), grids, settings)


def a1_range(title: str, area: str = "") -> str:
    """Return the A1 notation of an area of a tab; of the whole tab if ``area`` is ''."""
    quoted = "'" + title.replace("'", "''") + "'"
    return f"{quoted}!{area}" if area else quoted


def areas_beyond(grid: Grid, rows: int, columns: int) -> Iterator[str]:
    """Yield the areas of a grid below and to the right of these rows and columns.

    Below, they are samples of a hundred rows each, spread down to the end, to limit the reply.
    Nothing is yielded if the grid does not reach beyond.
    """
    last = column_letters(grid.columns)
    if grid.rows > rows:
        step = max((grid.rows - rows) // _LOOKS_BELOW, _ROWS_AT_ONCE)
        for top in range(rows + 1, grid.rows + 1, step):
            yield f"A{top}:{last}{min(top + _ROWS_AT_ONCE - 1, grid.rows)}"
    if grid.columns > columns:
        yield f"{column_letters(columns + 1)}1:{last}{min(_ROWS_AT_ONCE, grid.rows)}"


def sheet_of(calculated: _Cells, entered: _Cells, grid: Grid) -> StoreSheet:
    """Return a tab's typed cells from the two replies about it.

    Raises EditedBetween if they cannot be from one moment.
    """
    rows: list[list[Raw]] = []
    formulas: dict[tuple[int, int], str] = {}
    spilled: set[tuple[int, int]] = set()
    for number, (left, right) in enumerate(zip_longest(calculated, entered, fillvalue=()), start=1):
        if left == right:
            rows.append(list(left))
            continue
        row: list[Raw] = []
        for column, (value, typed) in enumerate(zip_longest(left, right, fillvalue=""), start=1):
            if value != typed and isinstance(typed, str) and typed.startswith("="):
                formulas[number, column] = typed[1:]
            if typed == "" and value != "":
                spilled.add((number, column))
                row.append(value)
            else:
                row.append(_cell(value, typed))
        rows.append(row)
    if any(not _is_below(at, formulas) for at in spilled):
        raise EditedBetween
    own = {at: ours for at, whole in grid.notes.items() if (ours := split_note(whole)[1])}
    shown = dict.fromkeys(grid.covered, "") | dict.fromkeys(spilled, "") | formulas
    return StoreSheet(rows, shown, own, frozenset(spilled), footer_rows(grid.tables))


def has_arrays(sheet: StoreSheet) -> bool:
    """Return True if a formula may fill more cells than its own, now or later."""
    return bool(sheet.spilled) or any(map(_ARRAYS.search, sheet.formulas.values()))


def may_spill(sheet: StoreSheet) -> bool:
    """Return True if cells below a formula may show its results: then their entries are needed."""
    for (top, column), text in sheet.formulas.items():
        if _ARRAYS.search(text):
            for number in range(top + 1, len(sheet.rows) + 1):
                row = sheet.rows[number - 1]
                filled = len(row) >= column and row[column - 1] not in ("", None)
                if filled and (number, column) not in sheet.formulas:
                    return True
    return False


def with_spill(sheet: StoreSheet, reply: Mapping[str, Any]) -> StoreSheet:
    """Return the tab with the cells marked that only show a formula's result."""
    entered = {at for at, cell in placed_cells(reply) if cell.get("userEnteredValue")}
    spilled = {
        (number, column)
        for number, row in enumerate(sheet.rows, start=1)
        for column, cell in enumerate(row, start=1)
        if cell not in ("", None) and (number, column) not in entered
    }
    spilled = {at for at in spilled if _is_below(at, sheet.formulas)}
    return replace(
        sheet,
        formulas=dict.fromkeys(spilled, "") | dict(sheet.formulas),
        spilled=sheet.spilled | spilled,
    )


def _is_below(at: tuple[int, int], formulas: Mapping[tuple[int, int], str]) -> bool:
    """Return True if a formula is above this cell, to its left, or both.

    Only then may its results reach the cell.
    """
    return any(row <= at[0] and column <= at[1] for row, column in formulas)


def _cell(value: Raw, typed: Raw) -> Raw:
    """Return one cell: a date if it is shown as text and stored as a number."""
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


def _under(merge: Mapping[str, int]) -> Iterator[tuple[int, int]]:
    """Yield the cells of a merged area except the first one, which has the value."""
    top, left = merge.get("startRowIndex", 0), merge.get("startColumnIndex", 0)
    for row in range(top, merge["endRowIndex"]):
        for column in range(left, merge["endColumnIndex"]):
            if (row, column) != (top, left):
                yield row + 1, column + 1
