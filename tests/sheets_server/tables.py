"""Tables ("Convert to table"): addTable, updateTable, deleteTable, and what they refuse.

https://developers.google.com/workspace/sheets/api/guides/tables. A column with a type keeps its own
number format and dropdown: Google refuses others with the messages below, which its users quote.
Whether it refuses them in updateCells and appendCells too is not documented; this server does.
"""

from __future__ import annotations

import copy
import secrets
from collections.abc import Iterator, Sequence
from typing import Any

from tests.sheets_server import field_mask
from tests.sheets_server.batch import Batch, handles
from tests.sheets_server.dimensions import insert_dimension
from tests.sheets_server.engine import Json, Sheet, Spreadsheet
from tests.sheets_server.errors import Refused

FORMAT = "You can't set the number format of cells in a typed column."
VALIDATION = "This operation is not allowed on cells in typed columns."

Box = tuple[int, int, int, int]
"""Top, bottom, left and right, the ends not included."""


@handles("addTable")
def add_table(batch: Batch, body: Json) -> Json:
    table = copy.deepcopy(body.get("table", {}))
    sheet, top, bottom, left, right = batch.box(table.get("range", {}))
    if bottom - top < 2:
        raise batch.refuse("A table must have a header and a row.")
    for other in sheet.objects["tables"]:
        if _overlap(_box(sheet, other), (top, bottom, left, right)):
            raise batch.refuse("You can't add a table that overlaps another table.")
    taken = [one for each in batch.book.sheets for one in each.objects["tables"]]
    table.setdefault("tableId", str(secrets.randbelow(2**31)))
    table.setdefault("name", f"Taulukko{len(taken) + 1}")
    if any(one["name"].casefold() == table["name"].casefold() for one in taken):
        raise batch.refuse(f"A table with the name {table['name']} already exists.")
    given = {one.get("columnIndex", 0): one for one in table.get("columnProperties", ())}
    table["columnProperties"] = [
        {
            "columnIndex": index,
            "columnName": batch.book.formatted(sheet, top, left + index) or f"Sarake {index + 1}",
            **given.get(index, {}),
        }
        for index in range(right - left)
    ]
    table["range"] = _range(sheet, (top, bottom, left, right))
    sheet.objects["tables"].append(table)
    return {"addTable": {"table": copy.deepcopy(table)}}


@handles("updateTable")
def update_table(batch: Batch, body: Json) -> Json:
    wanted = body.get("table", {})
    if not body.get("fields"):
        raise batch.refuse("At least one field must be listed in 'fields'.")
    sheet, table = _found(batch, wanted.get("tableId"))
    for path in field_mask.paths(str(body["fields"])):
        if path and path[0] == "range":
            _, *box = batch.box(wanted.get("range", {}), sheet)
            table["range"] = _range(sheet, (box[0], box[1], box[2], box[3]))
        elif path:
            table[path[0]] = copy.deepcopy(wanted.get(path[0]))
    return {}


@handles("deleteTable")
def delete_table(batch: Batch, body: Json) -> Json:
    sheet, table = _found(batch, body.get("tableId"))
    sheet.objects["tables"].remove(table)
    return {}


def room_in_table(batch: Batch, table_id: str, count: int, width: int) -> tuple[Sheet, int, int]:
    """Make room for rows in a table's body; return its tab, their first row, their first column."""
    sheet, table = _found(batch, table_id)
    top, bottom, left, right = _box(sheet, table)
    if width > right - left:
        raise batch.refuse("The rows are wider than the table.")
    end = bottom - bool(table.get("rowsProperties", {}).get("footerColorStyle"))
    filled = [
        row
        for row in range(top, end)
        if any(sheet.has_value(row, column) for column in range(left, right))
    ]
    start = max(filled, default=top) + 1
    if (short := start + count - end) > 0:
        span = {"sheetId": sheet.sheet_id, "dimension": "ROWS"}
        lines = {**span, "startIndex": end, "endIndex": end + short}
        insert_dimension(batch, {"range": lines, "inheritFromBefore": True})
        if table["range"]["endRowIndex"] < bottom + short:
            table["range"]["endRowIndex"] = bottom + short
    return sheet, start, left


def refuse_in_typed(batch: Batch, sheet: Sheet, box: Box, paths: Sequence[tuple[str, ...]]) -> None:
    """Refuse a number format or a dropdown in a column that has a type."""
    formats = any(path[:2] in ((n,), (n, "numberFormat")) for path in paths for n in _FORMATS)
    rules = any(path[0] == "dataValidation" for path in paths)
    if not (formats or rules):
        return
    for typed in _typed(sheet):
        if _overlap(typed, box):
            raise batch.refuse(FORMAT if formats else VALIDATION)


_FORMATS = ("userEnteredFormat",)


def _typed(sheet: Sheet) -> Iterator[Box]:
    for table in sheet.objects["tables"]:
        top, bottom, left, _ = _box(sheet, table)
        for one in table.get("columnProperties", ()):
            if one.get("columnType", "COLUMN_TYPE_UNSPECIFIED") != "COLUMN_TYPE_UNSPECIFIED":
                column = left + one.get("columnIndex", 0)
                yield top + 1, bottom, column, column + 1


def _found(batch: Batch, table_id: Any) -> tuple[Sheet, Json]:
    for sheet in batch.book.sheets:
        if any(table["tableId"] == table_id for table in sheet.objects["tables"]):
            own = batch.sheet(sheet.sheet_id)
            return own, next(t for t in own.objects["tables"] if t["tableId"] == table_id)
    raise _none(batch, table_id)


def _none(batch: Batch, table_id: Any) -> Refused:
    return batch.refuse(f"No table with id: {table_id}")


def _box(sheet: Sheet, table: Json) -> Box:
    area = table["range"]
    return (
        area.get("startRowIndex", 0),
        area.get("endRowIndex", len(sheet.rows)),
        area.get("startColumnIndex", 0),
        area.get("endColumnIndex", len(sheet.columns)),
    )


def _range(sheet: Sheet, box: Box) -> Json:
    names = ("startRowIndex", "endRowIndex", "startColumnIndex", "endColumnIndex")
    return {"sheetId": sheet.sheet_id, **dict(zip(names, box, strict=True))}


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[1] and other[0] < one[1] and one[2] < other[3] and other[2] < one[3]


def tables_of(book: Spreadsheet, title: str) -> list[Json]:
    """Return a tab's tables."""
    return book.titled(title).objects["tables"]
