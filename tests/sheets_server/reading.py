"""spreadsheets.get: properties, objects, and with includeGridData the cells, under a field mask."""

from __future__ import annotations

from typing import Any

from tests.sheets_server import arrays, field_mask
from tests.sheets_server.engine import Json, Sheet, Spreadsheet
from tests.sheets_server.wire import lean

_OF_VALUES = {"userEnteredValue", "effectiveValue", "formattedValue", "note"}
"""The fields of a cell that a blank one has nothing of."""


def get(
    book: Spreadsheet, ranges: list[str], fields: str, grid: bool | None, account: str = ""
) -> Json:
    """Return a spreadsheet as an account sees it.

    ``grid`` is whether cells are wanted (None: if the mask asks).
    """
    mask = field_mask.parse(fields) if fields else {}
    sheet_mask: field_mask.Mask = mask.get("sheets", {})
    asks = "data" in sheet_mask
    with_cells = asks if fields else bool(grid)
    areas = [book.area(text) for text in ranges]
    wanted = {area.sheet for area in areas}
    sheets, cells = [], []
    for sheet in book.sheets:
        if areas and sheet.title not in wanted:
            continue
        shown: Json = {"properties": sheet.shown_properties()}
        if with_cells:
            boxes = [sheet.bounded(a) for a in areas if a.sheet == sheet.title]
            boxes = boxes or [(0, len(sheet.rows), 0, len(sheet.columns))]
            cells.append([_masked_data(book, sheet, box, sheet_mask) for box in boxes])
        for name, things in sheet.objects.items():
            if things:
                shown[name] = lean(things)
        for one in shown.get("protectedRanges", ()):
            if book.keeps_out(one, account):
                one.pop("requestingUserCanEdit")
        if sheet.basic_filter:
            shown["basicFilter"] = lean(sheet.basic_filter)
        sheets.append(shown)
    whole: Json = {
        "spreadsheetId": book.id,
        "properties": book.properties,
        "sheets": sheets,
        "spreadsheetUrl": book.url,
    }
    if book.named_ranges:
        whole["namedRanges"] = lean(book.named_ranges)
    selected: Json = field_mask.select(whole, mask) if mask else whole
    for shown, data in zip(selected.get("sheets", []), cells, strict=False):
        shown["data"] = data
    return selected


def _masked_data(
    book: Spreadsheet, sheet: Sheet, box: tuple[int, int, int, int], sheet_mask: field_mask.Mask
) -> Json:
    """Return the cells of an area as the mask of its tab takes them."""
    mask = sheet_mask.get("data", {})

    def look() -> Json:
        found: Json = field_mask.select(_data(book, sheet, box, mask), mask)
        return found

    seen: Json = sheet.read(("data", box, repr(mask), book.locale), look)
    return seen


def _data(
    book: Spreadsheet, sheet: Sheet, box: tuple[int, int, int, int], mask: field_mask.Mask
) -> Json:
    top, bottom, left, right = box
    data: Json = {}
    if top:
        data["startRow"] = top
    if left:
        data["startColumn"] = left
    row_mask = mask.get("rowData", {}) if mask and "*" not in mask else {}
    if not mask or "rowData" in mask or "*" in mask:
        cell_mask = row_mask.get("values", {})
        spilled = arrays.spilled(book, sheet)
        values_only = bool(cell_mask) and cell_mask.keys() <= _OF_VALUES
        if values_only and not spilled:
            bottom = sheet.end(top, bottom)
        rows = [
            _row(book, sheet, r, left, right, cell_mask, spilled)
            if sheet.rows[r].cells or not values_only
            else {}
            for r in range(top, bottom)
        ]
        while rows and not rows[-1]:
            rows.pop()
        if rows:
            data["rowData"] = rows
    if not mask or "rowMetadata" in mask or "*" in mask:
        data["rowMetadata"] = [_line(row) for row in sheet.rows[top : box[1]]]
    if not mask or "columnMetadata" in mask or "*" in mask:
        data["columnMetadata"] = [_line(column) for column in sheet.columns[left:right]]
    return data


def _row(
    book: Spreadsheet,
    sheet: Sheet,
    r: int,
    left: int,
    right: int,
    mask: field_mask.Mask,
    spilled: dict[tuple[int, int], Json],
) -> Json:
    """Return a row's cells; those at its end that the mask leaves nothing of are not there."""
    cells = sheet.rows[r].cells
    if mask and mask.keys() <= _OF_VALUES:
        right = min(right, max((c + 1 for c in cells if c < right), default=left))
    values = [_cell(book, sheet, r, c, mask, spilled) for c in range(left, right)]
    while values and not values[-1]:
        values.pop()
    return {"values": values} if values else {}


def _cell(
    book: Spreadsheet,
    sheet: Sheet,
    r: int,
    c: int,
    mask: field_mask.Mask,
    spilled: dict[tuple[int, int], Json],
) -> Json:
    held = sheet.cell(r, c)
    if mask and mask.keys() == {"userEnteredValue"}:
        entered = held.get("userEnteredValue")
        return {"userEnteredValue": entered} if entered else {}
    if mask and mask.keys() == {"note"}:
        return {"note": held["note"]} if held.get("note") else {}
    shown = dict(held)
    if value := spilled.get((r, c)):
        shown["effectiveValue"], shown["formattedValue"] = (
            value,
            book.formatted(sheet, r, c, value),
        )
    if held.get("userEnteredValue"):
        shown["effectiveValue"] = book.effective(sheet, r, c)
        shown["formattedValue"] = book.formatted(sheet, r, c)
    if held.get("userEnteredFormat"):
        shown["effectiveFormat"] = held["userEnteredFormat"]
        if link := held["userEnteredFormat"].get("textFormat", {}).get("link"):
            shown["hyperlink"] = link["uri"]
    found: Json = field_mask.select(shown, mask)
    return {name: value for name, value in found.items() if value != {}}


def _line(line: Any) -> Json:
    shown: Json = {"pixelSize": line.size}
    if line.hidden:
        shown["hiddenByUser"] = True
    return shown
