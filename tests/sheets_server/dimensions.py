"""Requests about rows and columns: insert, delete, move, append, resize, hide."""

from __future__ import annotations

import math
from collections.abc import Iterable

from tests.sheets_server.batch import Batch, handles
from tests.sheets_server.engine import Column, Json, Row, Sheet

LETTER, ROW = 9.26, 21
"""How wide a capital A is in the font of a new sheet, and how high a row of it (pixels)."""
_RANGED = (
    "merges",
    "conditionalFormats",
    "filterViews",
    "protectedRanges",
    "bandedRanges",
    "tables",
)


def span(batch: Batch, area: Json, *, beyond: bool = False) -> tuple[Sheet, bool, int, int]:
    """Return a DimensionRange's tab, whether it is about rows, its start and its end."""
    sheet = batch.sheet(area.get("sheetId", 0))
    dimension = area.get("dimension")
    if dimension not in ("ROWS", "COLUMNS"):
        raise batch.refuse("No dimension set.")
    rows = dimension == "ROWS"
    size = len(sheet.rows) if rows else len(sheet.columns)
    start, end = area.get("startIndex", 0), area.get("endIndex", size)
    if start > end or start < 0 or (not beyond and (start > size or end > size)):
        raise batch.refuse(
            f"Cannot {batch.kind} in {'rows' if rows else 'columns'} {start} to {end}: "
            f"there are {size}."
        )
    return sheet, rows, start, end


def _remap(sheet: Sheet, order: list[int | None]) -> None:
    """Put columns in a new order: old indexes, None for a new one."""
    sheet.columns = [Column() if old is None else sheet.columns[old] for old in order]
    to = {old: new for new, old in enumerate(order) if old is not None}
    for index, row in enumerate(sheet.rows):
        if row.cells:
            own = sheet.own(index)
            own.cells = {to[c]: cell for c, cell in own.cells.items() if c in to}


def _areas(sheet: Sheet) -> list[Json]:
    """Return every range that the tab's objects have."""
    found: list[Json] = []
    for name in _RANGED:
        for thing in sheet.objects[name]:
            if name == "merges":
                found.append(thing)
            elif name == "conditionalFormats":
                found += thing.get("ranges", [])
            elif "range" in thing:
                found.append(thing["range"])
    if sheet.basic_filter and "range" in sheet.basic_filter:
        found.append(sheet.basic_filter["range"])
    return found


def _stretch(batch: Batch, sheet: Sheet, rows: bool, at: int, count: int) -> None:
    """Move the objects' ranges along: ``count`` lines inserted at, or (negative) deleted from."""
    first, last = (
        ("startRowIndex", "endRowIndex") if rows else ("startColumnIndex", "endColumnIndex")
    )
    kind = "rowGroups" if rows else "columnGroups"
    for group in sheet.objects[kind]:
        _slide(group["range"], "startIndex", "endIndex", at, count)
    sheet.objects[kind] = [
        group
        for group in sheet.objects[kind]
        if group["range"]["startIndex"] < group["range"]["endIndex"]
    ]
    for area in (*_areas(sheet), *_named(batch, sheet)):
        _slide(area, first, last, at, count)
    for name in _RANGED:
        sheet.objects[name] = [
            thing for thing in sheet.objects[name] if not _is_empty(thing, first, last)
        ]


def _named(batch: Batch, sheet: Sheet) -> list[Json]:
    """Return the ranges of this tab that have a name."""
    ranges = [named["range"] for named in batch.book.named_ranges]
    return [area for area in ranges if area.get("sheetId", 0) == sheet.sheet_id]


def _slide(area: Json, first: str, last: str, at: int, count: int) -> None:
    """Move one range along."""
    if count > 0:
        if area.get(first, 0) >= at and first in area:
            area[first] += count
        if last in area and area[last] > at:
            area[last] += count
        return
    for key in (first, last):
        if key in area and area[key] > at:
            area[key] = max(at, area[key] + count)


def _is_empty(thing: Json, first: str, last: str) -> bool:
    area = thing.get("range", thing)
    return last in area and area[last] <= area.get(first, 0)


@handles("insertDimension")
def insert_dimension(batch: Batch, body: Json) -> Json:
    sheet, rows, start, end = span(batch, body.get("range", {}), beyond=True)
    size = len(sheet.rows) if rows else len(sheet.columns)
    if start > size or (start == size and not body.get("inheritFromBefore")):
        raise batch.refuse(f"range.startIndex[{start}] must be less than the grid size ({size})")
    count = end - start
    if rows:
        sheet.rows[start:start] = [Row(sheet.edition) for _ in range(count)]
    else:
        order: list[int | None] = list(range(len(sheet.columns)))
        order[start:start] = [None] * count
        _remap(sheet, order)
    _stretch(batch, sheet, rows, start, count)
    return {}


@handles("deleteDimension")
def delete_dimension(batch: Batch, body: Json) -> Json:
    sheet, rows, start, end = span(batch, body.get("range", {}))
    size = len(sheet.rows) if rows else len(sheet.columns)
    if end - start >= size:
        raise batch.refuse(
            f"You can't delete all the {'rows' if rows else 'columns'} on the sheet."
        )
    if rows:
        batch.may_edit(sheet, start, end, 0, len(sheet.columns))
        del sheet.rows[start:end]
    else:
        batch.may_edit(sheet, 0, len(sheet.rows), start, end)
        kept: list[int | None] = [c for c in range(len(sheet.columns)) if not start <= c < end]
        _remap(sheet, kept)
    _stretch(batch, sheet, rows, start, start - end)
    return {}


@handles("moveDimension")
def move_dimension(batch: Batch, body: Json) -> Json:
    sheet, rows, start, end = span(batch, body.get("source", {}))
    goal = body.get("destinationIndex", 0)
    size = len(sheet.rows) if rows else len(sheet.columns)
    if not 0 <= goal <= size:
        raise batch.refuse("destinationIndex is outside of the grid.")
    if start <= goal <= end:
        return {}
    if rows:
        batch.may_edit(sheet, start, end, 0, len(sheet.columns))
    first, last = (
        ("startRowIndex", "endRowIndex") if rows else ("startColumnIndex", "endColumnIndex")
    )
    for merge in sheet.objects["merges"]:
        if any(merge[first] < edge < merge[last] for edge in (start, end, goal)):
            raise batch.refuse("You can't move a part of merged cells.")
    order: list[int | None] = list(range(size))
    del order[start:end]
    at = goal - (end - start) if goal > start else goal
    order[at:at] = range(start, end)
    if rows:
        sheet.rows = [sheet.rows[index] for index in order if index is not None]
    else:
        _remap(sheet, order)
    displaced = (end, goal) if goal > start else (goal, start)
    steps = ((start, end, at - start), (*displaced, (start - end) if goal > start else end - start))
    for area in (*_areas(sheet), *_named(batch, sheet)):
        _carry(area, first, last, steps)
    return {}


def _carry(area: Json, first: str, last: str, steps: Iterable[tuple[int, int, int]]) -> None:
    """Move a range along whose lines all go: ``steps`` are from where to where, and how far."""
    for start, end, far in steps:
        if first in area and last in area and start <= area[first] and area[last] <= end:
            area[first] += far
            area[last] += far
            break


@handles("appendDimension")
def append_dimension(batch: Batch, body: Json) -> Json:
    sheet = batch.sheet(body.get("sheetId", 0))
    length = body.get("length", 0)
    if body.get("dimension") == "ROWS":
        sheet.grow(len(sheet.rows) + length, 0)
    elif body.get("dimension") == "COLUMNS":
        sheet.grow(0, len(sheet.columns) + length)
    else:
        raise batch.refuse("No dimension set.")
    return {}


@handles("updateDimensionProperties")
def update_dimension_properties(batch: Batch, body: Json) -> Json:
    sheet, rows, start, end = span(batch, body.get("range", {}))
    wanted = body.get("properties", {})
    fields = str(body.get("fields", "")).replace(" ", "").split(",")
    if not body.get("fields"):
        raise batch.refuse("At least one field must be listed in 'fields'.")
    for index in range(start, end):
        line = sheet.own(index) if rows else sheet.columns[index]
        if "pixelSize" in fields or "*" in fields:
            line.size = wanted.get("pixelSize", line.size)
        if "hiddenByUser" in fields or "*" in fields:
            line.hidden = bool(wanted.get("hiddenByUser", False))
    return {}


@handles("autoResizeDimensions")
def auto_resize_dimensions(batch: Batch, body: Json) -> Json:
    sheet, rows, start, end = span(batch, body.get("dimensions", {}))
    for index in range(start, end):
        if rows:
            sheet.own(index).size = ROW
        elif longest := _longest(batch, sheet, index):
            sheet.columns[index].size = math.ceil(longest * LETTER)
    return {}


def _longest(batch: Batch, sheet: Sheet, column: int) -> int:
    """Return the length of a column's longest line."""
    shown = (
        batch.book.formatted(sheet, row, column)
        for row in range(len(sheet.rows))
        if sheet.has_value(row, column)
    )
    return max((len(line) for text in shown for line in text.splitlines()), default=0)
