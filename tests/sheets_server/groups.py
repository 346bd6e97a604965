"""Requests about groups of rows and columns that can be folded, and about borders.

https://developers.google.com/workspace/sheets/api/reference/rest/v4/spreadsheets/request
"""

from __future__ import annotations

from typing import Any

from tests.sheets_server.batch import Batch, handles
from tests.sheets_server.dimensions import span
from tests.sheets_server.engine import Json, Sheet

_INNER = {"top": "innerHorizontal", "bottom": "innerHorizontal"} | {
    "left": "innerVertical",
    "right": "innerVertical",
}


@handles("addDimensionGroup")
def add_dimension_group(batch: Batch, body: Json) -> Json:
    sheet, area = _asked(batch, body)
    start, end = area["startIndex"], area["endIndex"]
    groups = _groups(sheet, area)
    around = [g for g in groups if _start(g) <= start and end <= _end(g)]
    within = [g for g in groups if start <= _start(g) and _end(g) <= end and g not in around]
    depth = max((g["depth"] for g in around), default=0) + 1
    for group in within:
        group["depth"] += 1
    groups.append({"range": area, "depth": depth})
    side = "columnGroupControlAfter" if area["dimension"] == "COLUMNS" else "rowGroupControlAfter"
    sheet.properties.setdefault("gridProperties", {})[side] = True
    groups.sort(key=lambda g: (g["depth"], _start(g)))
    return {"addDimensionGroup": {"dimensionGroups": [dict(group) for group in groups]}}


@handles("deleteDimensionGroup")
def delete_dimension_group(batch: Batch, body: Json) -> Json:
    sheet, area = _asked(batch, body)
    groups = _groups(sheet, area)
    over = [g for g in groups if _start(g) < area["endIndex"] and area["startIndex"] < _end(g)]
    if not over:
        raise batch.refuse("There is no group to remove there.")
    deepest = max(group["depth"] for group in over)
    left: list[Json] = []
    for group in groups:
        if group not in over or group["depth"] < deepest:
            left.append(group)
            continue
        for start, end in (
            (_start(group), area["startIndex"]),
            (area["endIndex"], _end(group)),
        ):
            if start < end:
                piece = {**group["range"], "startIndex": start, "endIndex": end}
                left.append({**group, "range": piece})
    groups[:] = left
    return {"deleteDimensionGroup": {"dimensionGroups": groups} if groups else {}}


@handles("updateDimensionGroup")
def update_dimension_group(batch: Batch, body: Json) -> Json:
    wanted = body.get("dimensionGroup", {})
    sheet, area = _asked(batch, wanted)
    for group in _groups(sheet, area):
        if group["range"] == area and group["depth"] == wanted.get("depth", 1):
            if "collapsed" in str(body.get("fields", "")) or body.get("fields") == "*":
                group["collapsed"] = bool(wanted.get("collapsed"))
            return {}
    raise batch.refuse("There is no such group.")


@handles("updateBorders")
def update_borders(batch: Batch, body: Json) -> Json:
    sheet, top, bottom, left, right = batch.box(body.get("range", {}))
    batch.may_edit(sheet, top, bottom, left, right)
    for r in range(top, bottom):
        for c in range(left, right):
            outer = {
                "top": r == top,
                "bottom": r == bottom - 1,
                "left": c == left,
                "right": c == right - 1,
            }
            lines = {
                side: body[side if on_edge else _INNER[side]]
                for side, on_edge in outer.items()
                if (side if on_edge else _INNER[side]) in body
            }
            if lines:
                cell = sheet.cell(r, c)
                looks = cell.get("userEnteredFormat", {})
                borders = {**looks.get("borders", {}), **lines}
                sheet.put(r, c, {**cell, "userEnteredFormat": {**looks, "borders": borders}})
    return {}


def _asked(batch: Batch, body: Json) -> tuple[Sheet, Json]:
    sheet, rows, start, end = span(batch, body.get("range", {}))
    if start >= end:
        raise batch.refuse("The range must not be empty.")
    area = {
        "sheetId": sheet.sheet_id,
        "dimension": "ROWS" if rows else "COLUMNS",
        "startIndex": start,
        "endIndex": end,
    }
    return sheet, area


def _groups(sheet: Sheet, area: Json) -> list[Any]:
    return sheet.objects["rowGroups" if area["dimension"] == "ROWS" else "columnGroups"]


def _start(group: Json) -> int:
    return int(group["range"]["startIndex"])


def _end(group: Json) -> int:
    return int(group["range"]["endIndex"])
