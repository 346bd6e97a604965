"""Requests about groups of rows and columns that can be folded."""

from __future__ import annotations

from tests.sheets_server.batch import Batch, handles
from tests.sheets_server.dimensions import span
from tests.sheets_server.engine import Json, Sheet


def _name(rows: bool) -> str:
    return "rowGroups" if rows else "columnGroups"


def _depths(sheet: Sheet, rows: bool) -> list[int]:
    """Return how many groups each line is in."""
    depths = [0] * (len(sheet.rows) if rows else len(sheet.columns))
    for group in sheet.objects[_name(rows)]:
        for index in range(group["range"]["startIndex"], group["range"]["endIndex"]):
            depths[index] = max(depths[index], group["depth"])
    return depths


def _regroup(sheet: Sheet, rows: bool, depths: list[int]) -> list[Json]:
    """Make the groups those that the depths say; a group that stays keeps its fold."""
    folded = {
        (g["range"]["startIndex"], g["range"]["endIndex"], g["depth"])
        for g in sheet.objects[_name(rows)]
        if g.get("collapsed")
    }
    groups: list[Json] = []
    for depth in range(1, max(depths, default=0) + 1):
        start = None
        for index, here in enumerate([*depths, 0]):
            if here >= depth and start is None:
                start = index
            elif here < depth and start is not None:
                group: Json = {
                    "range": {
                        "sheetId": sheet.sheet_id,
                        "dimension": "ROWS" if rows else "COLUMNS",
                        "startIndex": start,
                        "endIndex": index,
                    },
                    "depth": depth,
                }
                if (start, index, depth) in folded:
                    group["collapsed"] = True
                groups.append(group)
                start = None
    sheet.objects[_name(rows)] = groups
    return groups


@handles("addDimensionGroup")
def add_dimension_group(batch: Batch, body: Json) -> Json:
    sheet, rows, start, end = span(batch, body.get("range", {}))
    depths = _depths(sheet, rows)
    if max(depths[start:end], default=0) >= 8:
        raise batch.refuse("A group can be nested at most 8 deep.")
    depths[start:end] = [depth + 1 for depth in depths[start:end]]
    side = "rowGroupControlAfter" if rows else "columnGroupControlAfter"
    sheet.properties.setdefault("gridProperties", {})[side] = True
    return {"addDimensionGroup": {"dimensionGroups": _regroup(sheet, rows, depths)}}


@handles("deleteDimensionGroup")
def delete_dimension_group(batch: Batch, body: Json) -> Json:
    sheet, rows, start, end = span(batch, body.get("range", {}))
    depths = _depths(sheet, rows)
    if not any(depths[start:end]):
        raise batch.refuse("There is no group over the specified range.")
    depths[start:end] = [max(depth - 1, 0) for depth in depths[start:end]]
    groups = _regroup(sheet, rows, depths)
    return {"deleteDimensionGroup": {"dimensionGroups": groups} if groups else {}}


@handles("updateDimensionGroup")
def update_dimension_group(batch: Batch, body: Json) -> Json:
    wanted = body.get("dimensionGroup", {})
    sheet, rows, start, end = span(batch, wanted.get("range", {}))
    if not body.get("fields"):
        raise batch.refuse("At least one field must be listed in 'fields'.")
    for group in sheet.objects[_name(rows)]:
        place = (group["range"]["startIndex"], group["range"]["endIndex"], group["depth"])
        if place == (start, end, wanted.get("depth", 0)):
            group["collapsed"] = bool(wanted.get("collapsed", False))
            for index in range(start, end):
                line = sheet.own(index) if rows else sheet.columns[index]
                line.hidden = group["collapsed"]
            if not group["collapsed"]:
                del group["collapsed"]
            return {}
    raise batch.refuse("There is no group over the specified range at the specified depth.")
