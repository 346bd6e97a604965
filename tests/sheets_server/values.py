"""spreadsheets.values: get, update, append, clear and their batches."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from tests.sheets_server import a1, arrays, render
from tests.sheets_server.batch import Batch
from tests.sheets_server.cells import merged
from tests.sheets_server.dimensions import insert_dimension
from tests.sheets_server.engine import Json, Sheet, Spreadsheet
from tests.sheets_server.errors import invalid

RENDER = ("FORMATTED_VALUE", "UNFORMATTED_VALUE", "FORMULA")
_DATES = ("DATE", "TIME", "DATE_TIME")


def get(book: Spreadsheet, text: str, options: Json) -> Json:
    """Return a ValueRange; blank rows and cells at the end are left out."""
    area = book.area(text)
    sheet = book.titled(area.sheet)
    _within(sheet, area)
    top, bottom, left, right = sheet.bounded(area)
    how = str(options.get("valueRenderOption") or "FORMATTED_VALUE")
    dates = str(options.get("dateTimeRenderOption") or "SERIAL_NUMBER")
    if how not in RENDER:
        raise invalid(f"Invalid value at 'value_render_option': \"{how}\"")
    box = (top, bottom, left, right)
    rows: list[list[Any]] = [
        list(row)
        for row in sheet.read(
            ("values", box, how, dates, book.locale), lambda: _shown(book, sheet, box, how, dates)
        )
    ]
    columns = options.get("majorDimension") == "COLUMNS"
    if columns:
        rows = _turned(rows)
    whole = replace(area, bottom=max(bottom, top + 1), right=max(right, left + 1))
    reply: Json = {"range": a1.shown(whole), "majorDimension": "COLUMNS" if columns else "ROWS"}
    if rows:
        reply["values"] = rows
    return reply


def _shown(
    book: Spreadsheet, sheet: Sheet, box: tuple[int, int, int, int], how: str, dates: str
) -> list[list[Any]]:
    """Return the values of an area, without what is blank at the end."""
    top, bottom, left, right = box
    rows: list[list[Any]] = []
    spilled = arrays.spilled(book, sheet)
    if how == "FORMULA" and not book.shown:
        spilled = {}
    lasts: dict[int, int] = {}
    for r, c in spilled:
        if top <= r < bottom and left <= c < right:
            lasts[r] = max(c, lasts.get(r, c))
    end = max([sheet.end(top, bottom), *(r + 1 for r in lasts)])
    for r in range(top, end):
        cells = sheet.rows[r].cells
        last = max(
            (c for c in cells if left <= c < right and cells[c].get("userEnteredValue")),
            default=-1,
        )
        last = max(last, lasts.get(r, -1))
        row = [_cell(book, sheet, r, c, how, dates, spilled) for c in range(left, last + 1)]
        while row and row[-1] == "":
            row.pop()
        rows.append(row)
    while rows and not rows[-1]:
        rows.pop()
    return rows


def _cell(
    book: Spreadsheet, sheet: Sheet, r: int, c: int, how: str, dates: str, spilled: Json
) -> Any:
    entered = sheet.rows[r].cells.get(c, {}).get("userEnteredValue")
    if not entered:
        return next(iter(spilled.get((r, c), {}).values()), "")
    if how == "FORMULA" and "formulaValue" in entered:
        return entered["formulaValue"]
    if how == "FORMATTED_VALUE":
        return book.formatted(sheet, r, c)
    value = book.effective(sheet, r, c)
    if "errorValue" in value:
        return render.shown(value, {}, book.locale)
    if "numberValue" in value and dates == "FORMATTED_STRING":
        looks = sheet.cell(r, c).get("userEnteredFormat", {}).get("numberFormat", {})
        if looks.get("type") in _DATES:
            return render.shown(value, looks, book.locale)
    return next(iter(value.values()), "")


def update(batch: Batch, text: str, body: Json, options: Json) -> Json:
    """Write a ValueRange: None leaves a cell as it is, '' empties it."""
    if body.get("range") and batch.book.area(body["range"]) != batch.book.area(text):
        raise invalid(
            f"Requested writing within range [{text}], but tried writing to [{body['range']}]"
        )
    area = batch.book.area(text)
    sheet = batch.sheet(batch.book.titled(area.sheet).sheet_id)
    rows = _rows(body)
    high, wide = len(rows), max((len(row) for row in rows), default=0)
    bottom = area.top + high if area.bottom is None else area.bottom
    right = area.left + wide if area.right is None else area.right
    single = area.bottom == area.top + 1 and area.right == area.left + 1
    if not single and (area.top + high > bottom or area.left + wide > right):
        beyond = "row" if area.top + high > bottom else "column"
        number = bottom + 1 if beyond == "row" else a1.letters(right)
        raise invalid(
            f"Requested writing within range [{a1.shown(replace(area, bottom=bottom, right=right))}], but tried writing to {beyond} [{number}]"
        )
    sheet_range = a1.Area(
        area.sheet, area.top, area.top + max(high, 1), area.left, area.left + max(wide, 1)
    )
    _within(sheet, sheet_range)
    count = _put(batch, sheet, area.top, area.left, rows, options)
    return {
        "spreadsheetId": batch.book.id,
        "updatedRange": a1.shown(sheet_range),
        **_counts(rows, count),
        **_echo(batch.book, sheet_range, options),
    }


def append(batch: Batch, text: str, body: Json, options: Json) -> Json:
    """Write below the table that the range touches."""
    area = batch.book.area(text)
    sheet = batch.sheet(batch.book.titled(area.sheet).sheet_id)
    rows = _rows(body)
    table = _table(sheet, area)
    at, left = (table[1], table[2]) if table else (area.top, area.left)
    high, wide = len(rows), max((len(row) for row in rows), default=0)
    if options.get("insertDataOption") == "INSERT_ROWS" and at < len(sheet.rows):
        span = {
            "sheetId": sheet.sheet_id,
            "dimension": "ROWS",
            "startIndex": at,
            "endIndex": at + high,
        }
        batch.kind = "insertDimension"
        insert_dimension(batch, {"range": span, "inheritFromBefore": True})
    sheet.grow(at + high, left + wide)
    count = _put(batch, sheet, at, left, rows, options)
    written = a1.Area(area.sheet, at, at + max(high, 1), left, left + max(wide, 1))
    updates = {
        "spreadsheetId": batch.book.id,
        "updatedRange": a1.shown(written),
        **_counts(rows, count),
    }
    if options.get("includeValuesInResponse") in (True, "true", "True"):
        updates["updatedData"] = get(
            batch.book,
            a1.shown(written),
            {"valueRenderOption": options.get("responseValueRenderOption")},
        )
    reply: Json = {"spreadsheetId": batch.book.id, "updates": updates}
    if table:
        top, bottom, west, east = table
        reply["tableRange"] = a1.shown(a1.Area(area.sheet, top, bottom, west, east))
    return {key: reply[key] for key in ("spreadsheetId", "tableRange", "updates") if key in reply}


def clear(batch: Batch, text: str) -> str:
    """Empty the values of an area and return it as Google names it."""
    area = batch.book.area(text)
    sheet = batch.sheet(batch.book.titled(area.sheet).sheet_id)
    _within(sheet, area)
    top, bottom, left, right = sheet.bounded(area)
    batch.may_edit(sheet, top, bottom, left, right)
    for r in range(top, bottom):
        for c in [c for c in sheet.rows[r].cells if left <= c < right]:
            sheet.put(r, c, merged(sheet.cell(r, c), {}, [("userEnteredValue",)]))
    return a1.shown(replace(area, bottom=max(bottom, top + 1), right=max(right, left + 1)))


def _put(
    batch: Batch, sheet: Sheet, top: int, left: int, rows: list[list[Any]], options: Json
) -> int:
    how = options.get("valueInputOption")
    if how not in ("RAW", "USER_ENTERED"):
        raise invalid("'valueInputOption' is required but not specified")
    wide = max((len(row) for row in rows), default=0)
    batch.may_edit(sheet, top, top + len(rows), left, left + wide)
    count = 0
    for r, row in enumerate(rows, start=top):
        for c, value in enumerate(row, start=left):
            if value is None:
                continue
            count += 1
            cell = sheet.cell(r, c)
            looks = cell.get("userEnteredFormat", {}).get("numberFormat", {})
            brings: Json = {}
            if isinstance(value, bool):
                entered: Json = {"boolValue": value}
            elif isinstance(value, int | float):
                entered = {"numberValue": value}
            elif not isinstance(value, str):
                raise invalid(f"Invalid values[{r - top}][{c - left}]: list_value")
            elif how == "RAW":
                entered = {"stringValue": value} if value else {}
            else:
                entered, brings = render.typed(value, batch.book.locale, looks)
            new = {"userEnteredValue": entered}
            paths: list[tuple[str, ...]] = [("userEnteredValue",)]
            if brings and not looks:
                new["userEnteredFormat"] = {"numberFormat": brings}
                paths.append(("userEnteredFormat", "numberFormat"))
            sheet.put(r, c, merged(cell, new, paths))
    return count


def _rows(body: Json) -> list[list[Any]]:
    rows = body.get("values", [])
    return _turned(rows, None) if body.get("majorDimension") == "COLUMNS" else rows


def _turned(rows: list[list[Any]], blank: Any = "") -> list[list[Any]]:
    wide = max((len(row) for row in rows), default=0)
    turned = [[row[c] if c < len(row) else blank for row in rows] for c in range(wide)]
    for line in turned:
        while line and line[-1] == blank:
            line.pop()
    return turned


def _counts(rows: list[list[Any]], cells: int) -> Json:
    if not cells:
        return {}
    return {
        "updatedRows": len(rows),
        "updatedColumns": max(len(row) for row in rows),
        "updatedCells": cells,
    }


def _echo(book: Spreadsheet, area: a1.Area, options: Json) -> Json:
    if options.get("includeValuesInResponse") not in (True, "true", "True"):
        return {}
    how = {"valueRenderOption": options.get("responseValueRenderOption")}
    return {"updatedData": get(book, a1.shown(area), how)}


def _within(sheet: Sheet, area: a1.Area) -> None:
    rows, columns = len(sheet.rows), len(sheet.columns)
    over = (area.bottom or 0) > rows or (area.right or 0) > columns
    if area.top >= rows or area.left >= columns or over:
        shown = a1.shown(replace(area, bottom=area.bottom or rows, right=area.right or columns))
        raise invalid(
            f"Range ({shown}) exceeds grid limits. Max rows: {rows}, max columns: {columns}"
        )


def _table(sheet: Sheet, area: a1.Area) -> tuple[int, int, int, int] | None:
    """Return the table that an area touches: filled cells that hang together, within the grid."""
    top, bottom, left, right = sheet.bounded(area)
    filled = set(_filled(sheet))
    inside = [(r, c) for r, c in filled if top <= r < bottom and left <= c < right]
    if not inside:
        return None
    start = max(inside) if area.bottom is None or bottom - top > 1 else min(inside)
    top, bottom, left, right = start[0], start[0] + 1, start[1], start[1] + 1
    grown = True
    while grown:
        grown = False
        for r, c in filled:
            near = top - 1 <= r <= bottom and left - 1 <= c <= right
            if near and not (top <= r < bottom and left <= c < right):
                top, bottom = min(top, r), max(bottom, r + 1)
                left, right = min(left, c), max(right, c + 1)
                grown = True
    return top, bottom, left, right


def _filled(sheet: Sheet) -> Iterable[tuple[int, int]]:
    for r, row in enumerate(sheet.rows):
        for c, cell in row.cells.items():
            if cell.get("userEnteredValue"):
                yield r, c
