"""Parts of requests to Google's batchUpdate, and the cells of its replies.

Requests: https://developers.google.com/workspace/sheets/api/reference/rest/v4/spreadsheets/request
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from register.stores.google_cells import Json


def area_of(
    sheet_id: int,
    *,
    rows: tuple[int, int | None] | None = None,
    columns: tuple[int, int | None] | None = None,
) -> Json:
    """Return a GridRange; indexes are from 0, each end is exclusive, None for no end."""
    area: Json = {"sheetId": sheet_id}
    for name, ends in (("Row", rows), ("Column", columns)):
        if ends:
            area[f"start{name}Index"] = ends[0]
            if ends[1] is not None:
                area[f"end{name}Index"] = ends[1]
    return area


def span_of(sheet_id: int, dimension: str, start: int, end: int) -> Json:
    """Return a DimensionRange of ``ROWS`` or ``COLUMNS``; indexes as in :func:`area_of`."""
    return {"sheetId": sheet_id, "dimension": dimension, "startIndex": start, "endIndex": end}


def new_sheet(
    sheet_id: int, title: str, rows: int, columns: int, *, grid: Json | None = None, **more: object
) -> Json:
    """Return the request that adds a tab; ``grid`` and ``more`` are further properties."""
    size = {"rowCount": rows, "columnCount": columns, **(grid or {})}
    properties = {"sheetId": sheet_id, "title": title, "gridProperties": size, **more}
    return {"addSheet": {"properties": properties}}


def write_block(
    sheet_id: int, row: int, column: int, lines: Iterable[Sequence[Json]], fields: str
) -> Json:
    """Return the request that writes lines of cells from this place (from 0) on."""
    start = {"sheetId": sheet_id, "rowIndex": row, "columnIndex": column}
    rows = [{"values": list(line)} for line in lines]
    return {"updateCells": {"start": start, "rows": rows, "fields": fields}}


def one_of(labels: Iterable[str]) -> Json:
    """Return the condition of a dropdown that offers these labels."""
    return {"type": "ONE_OF_LIST", "values": [{"userEnteredValue": label} for label in labels]}


def placed_cells(sheet: Mapping[str, Any]) -> Iterator[tuple[tuple[int, int], Json]]:
    """Yield the non-empty cells of a tab in a reply, by row and column from 1."""
    for area in sheet.get("data", ()):
        top, left = area.get("startRow", 0) + 1, area.get("startColumn", 0) + 1
        for row, line in enumerate(area.get("rowData", ()), start=top):
            for column, cell in enumerate(line.get("values", ()), start=left):
                if cell:
                    yield (row, column), cell
