"""Cells in the form of Google's batchUpdate: texts as texts, dates as numbers with a format."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from register.book.cells import EPOCH, date_serial, to_book, to_cell
from register.book.schema import Column, Language

Json = dict[str, Any]

LONGEST_GOOGLE_CELL = 50_000
"""The longest text in a cell of a Google Sheet, in characters."""

VALUE = "userEnteredValue"
WRITTEN_FIELDS = f"{VALUE},userEnteredFormat.numberFormat"
"""The fields of a cell that a write sets; colours, notes and dropdowns stay as people made them."""

_TEXT = {"type": "TEXT", "pattern": "@"}
_FORMATS: Mapping[str, Mapping[str, str]] = {
    "date": {"type": "DATE", "pattern": "d.m.yyyy"},
    "timestamp": {"type": "DATE_TIME", "pattern": "d.m.yyyy h:mm"},
    "time": {"type": "TIME", "pattern": "h:mm"},
    "integer": {"type": "NUMBER", "pattern": "0"},
}


def number_format(column: Column | None) -> Json:
    """Return a column's number format; a column that people added (None) gets the text format."""
    return dict(_FORMATS.get(column.type, _TEXT) if column else _TEXT)


def cell_of(column: Column | None, value: str, language: Language) -> Json:
    """Return the cell that holds a value of the Book; '' gives an empty cell."""
    cell: Json = {"userEnteredFormat": {"numberFormat": number_format(column)}}
    typed = to_cell(column, value, language) if column else value
    if isinstance(typed, date | datetime | time):
        cell["userEnteredValue"] = {"numberValue": date_serial(typed)}
    elif isinstance(typed, int):
        cell["userEnteredValue"] = {"numberValue": typed}
    elif typed:
        cell["userEnteredValue"] = {"stringValue": typed}
    return cell


def book_value(column: Column | None, value: Json, language: Language) -> str:
    """Return an entered value in the form of the Book."""
    raw = next(iter(value.values()), "")
    if "numberValue" in value and column and column.type in ("date", "timestamp"):
        raw = EPOCH + timedelta(days=float(raw))
    return to_book(column, raw, language)


def update_cells(
    sheet_id: int, cells: Mapping[tuple[int, int], Json], fields: str = WRITTEN_FIELDS
) -> list[Json]:
    """Return the requests that write cells by ``(row, column)`` from 1, one for each rectangle."""
    runs: dict[int, list[tuple[int, list[Json]]]] = {}
    for (row, column), cell in sorted(cells.items(), key=lambda item: item[0]):
        of_row = runs.setdefault(row, [])
        if of_row and of_row[-1][0] + len(of_row[-1][1]) == column:
            of_row[-1][1].append(cell)
        else:
            of_row.append((column, [cell]))
    open_blocks: dict[tuple[int, int, int], list[Json]] = {}
    requests: list[Json] = []
    for row, of_row in runs.items():
        below: dict[tuple[int, int, int], list[Json]] = {}
        for column, run in of_row:
            rows = open_blocks.get((row, column, len(run)))
            if rows is None:
                rows = []
                start = {"sheetId": sheet_id, "rowIndex": row - 1, "columnIndex": column - 1}
                update = {"start": start, "rows": rows, "fields": fields}
                requests.append({"updateCells": update})
            rows.append({"values": run})
            below[row + 1, column, len(run)] = rows
        open_blocks = below
    return requests


def append_cells(
    sheet_id: int, rows: Iterable[Sequence[Json]], fields: str = WRITTEN_FIELDS, table_id: str = ""
) -> Json:
    """Return the request that adds rows below everything in the tab, or in the given table."""
    added = [{"values": list(row)} for row in rows]
    noted = any("note" in cell for row in added for cell in row["values"])
    named = {"tableId": table_id} if table_id else {"sheetId": sheet_id}
    return {
        "appendCells": {**named, "rows": added, "fields": f"{fields},note" if noted else fields}
    }
