"""Requests about cells: updateCells, appendCells, repeatCell, sortRange, merges, notes, and so on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from tests.sheets_server import arrays, field_mask
from tests.sheets_server.batch import Batch, handles
from tests.sheets_server.engine import Json, Row, Sheet
from tests.sheets_server.tables import refuse_in_typed, room_in_table

_CELL = (
    "userEnteredValue",
    "userEnteredFormat",
    "note",
    "dataValidation",
    "textFormatRuns",
    "hyperlink",
    "pivotTable",
    "chipRuns",
    "dataSourceTable",
    "dataSourceFormula",
)
_VALUES = ("stringValue", "numberValue", "boolValue", "formulaValue")

Paths = Sequence[tuple[str, ...]]


def mask_of(batch: Batch, body: Json) -> Paths:
    """Return the paths of a request's mask; each begins with a field of a cell."""
    if not body.get("fields"):
        raise batch.refuse(
            "At least one field must be listed in 'fields'. (Use '*' to indicate all fields.)"
        )
    paths = list(field_mask.paths(str(body["fields"])))
    if () in paths:
        return [(name,) for name in _CELL]
    for path in paths:
        if path[0] not in _CELL:
            raise batch.refuse(f"Invalid field: {'.'.join(path)}")
    return paths


def merged(old: Json, new: Json, paths: Paths) -> Json:
    """Return a cell with the masked parts of another one in place of its own."""
    cell = dict(old)
    for path in paths:
        _set(cell, new, path)
    if "userEnteredFormat" in cell and any(path[0] == "userEnteredFormat" for path in paths):
        cell["userEnteredFormat"] = styled(cell["userEnteredFormat"], paths)
    return cell


def styled(looks: Json, paths: Paths) -> Json:
    """Return a format with each colour that a write touched in both of the ways Google gives it."""
    given = {name for path in paths for name in path if name.endswith("ColorStyle")}
    shown: Json = {}
    for name, value in looks.items():
        shown[name] = styled(value, paths) if name == "textFormat" else value
    for name in ("backgroundColor", "foregroundColor"):
        style = f"{name}Style"
        if style in given and "rgbColor" in shown.get(style, {}):
            shown[name] = shown[style]["rgbColor"]
        elif name in shown:
            shown[style] = {"rgbColor": shown[name]}
        elif "rgbColor" in shown.get(style, {}):
            shown[name] = shown[style]["rgbColor"]
    return shown


def _set(into: Json, source: Json, path: tuple[str, ...]) -> None:
    name, rest = path[0], path[1:]
    if not rest:
        if source.get(name) in (None, "", {}):
            into.pop(name, None)
        else:
            into[name] = source[name]
        return
    below = dict(into.get(name, {}))
    _set(below, source.get(name, {}), rest)
    if below:
        into[name] = below
    else:
        into.pop(name, None)


def checked(batch: Batch, cell: Json) -> Json:
    """Refuse a cell that Google would not take; numbers are kept as they are."""
    for name in cell:
        if name not in (*_CELL, "effectiveValue", "effectiveFormat", "formattedValue"):
            raise batch.refuse(f'Unknown name "{name}" in a cell.')
    value = cell.get("userEnteredValue", {})
    if len(value) > 1 or any(kind not in _VALUES for kind in value):
        raise batch.refuse("A cell holds one value.")
    if "formulaValue" in value and not str(value["formulaValue"]).startswith("="):
        raise batch.refuse("A formula begins with =.")
    return cell


@handles("updateCells")
def update_cells(batch: Batch, body: Json) -> Json:
    paths = mask_of(batch, body)
    rows = body.get("rows", [])
    if "range" in body:
        sheet, top, bottom, left, right = batch.box(body["range"])
    elif "start" in body:
        start = body["start"]
        sheet = batch.sheet(start.get("sheetId", 0))
        top, left = start.get("rowIndex", 0), start.get("columnIndex", 0)
        bottom = top + len(rows)
        right = left + max((len(row.get("values", ())) for row in rows), default=0)
        if bottom > len(sheet.rows) or right > len(sheet.columns):
            raise batch.refuse(
                f"Attempting to write column: {right - 1}, row: {bottom - 1} beyond the last "
                f"requested column or row of: {len(sheet.columns) - 1}, {len(sheet.rows) - 1}"
            )
    else:
        raise batch.refuse("area must be set.")
    batch.may_edit(sheet, top, bottom, left, right)
    refuse_in_typed(batch, sheet, (top, bottom, left, right), paths)
    whole = "range" in body
    for index in range(top, bottom):
        values = rows[index - top].get("values", []) if index - top < len(rows) else []
        _write(batch, sheet, index, left, right if whole else left + len(values), values, paths)
    return {}


def _write(
    batch: Batch, sheet: Sheet, row: int, left: int, right: int, values: list[Json], paths: Paths
) -> None:
    for column in range(left, right):
        given = values[column - left] if column - left < len(values) else {}
        new = checked(batch, given or {})
        sheet.put(row, column, merged(sheet.cell(row, column), new, paths))


@handles("appendCells")
def append_cells(batch: Batch, body: Json) -> Json:
    paths = mask_of(batch, body)
    rows = body.get("rows", [])
    width = max((len(row.get("values", ())) for row in rows), default=0)
    if table_id := body.get("tableId"):
        sheet, start, left = room_in_table(batch, table_id, len(rows), width)
    else:
        sheet, left = batch.sheet(body.get("sheetId", 0)), 0
        start = sheet.last_row()
        sheet.grow(start + len(rows), width)
    batch.may_edit(sheet, start, start + len(rows), left, left + width)
    refuse_in_typed(batch, sheet, (start, start + len(rows), left, left + width), paths)
    for index, row in enumerate(rows, start=start):
        values = row.get("values", [])
        _write(batch, sheet, index, left, left + len(values), values, paths)
    return {}


@handles("repeatCell")
def repeat_cell(batch: Batch, body: Json) -> Json:
    paths = mask_of(batch, body)
    sheet, top, bottom, left, right = batch.box(body.get("range", {}))
    batch.may_edit(sheet, top, bottom, left, right)
    refuse_in_typed(batch, sheet, (top, bottom, left, right), paths)
    cell = checked(batch, body.get("cell", {}))
    looks_only = all(path[0] != "userEnteredValue" and path[0] != "note" for path in paths)
    if looks_only and bottom == len(sheet.rows):
        _paint(sheet, top, left, right, lambda old: merged(old, cell, paths))
        return {}
    for row in range(top, bottom):
        for column in range(left, right):
            sheet.put(row, column, merged(sheet.cell(row, column), cell, paths))
    return {}


def _paint(sheet: Sheet, top: int, left: int, right: int, change: Any) -> None:
    """Change the looks of whole columns from a row on: those of untouched cells only once."""
    for column in range(left, right):
        about = sheet.columns[column]
        if about.looks and about.looks_from != top:
            for row in range(len(sheet.rows)):
                if row >= about.looks_from and column not in sheet.rows[row].cells:
                    sheet.own(row).cells[column] = about.looks
            about.looks = {}
        for row in range(top, len(sheet.rows)):
            if column in sheet.rows[row].cells:
                sheet.own(row).cells[column] = change(sheet.cell(row, column))
        about.looks, about.looks_from = change(about.looks), top


@handles("setDataValidation")
def set_data_validation(batch: Batch, body: Json) -> Json:
    sheet, top, bottom, left, right = batch.box(body.get("range", {}))
    rule = body.get("rule", {})
    if rule and rule.get("condition", {}).get("type") == "ONE_OF_RANGE":
        formula = rule["condition"]["values"][0]["userEnteredValue"]
        batch.book.area(formula.lstrip("=").replace("$", ""))
    paths: Paths = [("dataValidation",)]
    refuse_in_typed(batch, sheet, (top, bottom, left, right), paths)
    if bottom == len(sheet.rows):
        _paint(sheet, top, left, right, lambda old: merged(old, {"dataValidation": rule}, paths))
        return {}
    for row in range(top, bottom):
        for column in range(left, right):
            sheet.put(row, column, merged(sheet.cell(row, column), {"dataValidation": rule}, paths))
    return {}


@handles("mergeCells")
def merge_cells(batch: Batch, body: Json) -> Json:
    sheet, top, bottom, left, right = batch.box(body.get("range", {}))
    kind = body.get("mergeType", "MERGE_ALL")
    areas = {
        "MERGE_ALL": [(top, bottom, left, right)],
        "MERGE_ROWS": [(row, row + 1, left, right) for row in range(top, bottom)],
        "MERGE_COLUMNS": [(top, bottom, column, column + 1) for column in range(left, right)],
    }.get(kind)
    if areas is None:
        raise batch.refuse(f"Invalid mergeType: {kind}")
    _unmerge(sheet, top, bottom, left, right)
    for first, end, west, east in areas:
        sheet.objects["merges"].append(_area(sheet, first, end, west, east))
        for row in range(first, end):
            for column in range(west, east):
                if (row, column) != (first, west) and sheet.has_value(row, column):
                    cell = merged(sheet.cell(row, column), {}, [("userEnteredValue",)])
                    sheet.put(row, column, cell)
    return {}


@handles("unmergeCells")
def unmerge_cells(batch: Batch, body: Json) -> Json:
    _unmerge(*batch.box(body.get("range", {})))
    return {}


def _unmerge(sheet: Sheet, top: int, bottom: int, left: int, right: int) -> None:
    """Take away the merges that an area touches."""
    sheet.objects["merges"] = [
        m
        for m in sheet.objects["merges"]
        if m["endRowIndex"] <= top
        or m["startRowIndex"] >= bottom
        or m["endColumnIndex"] <= left
        or m["startColumnIndex"] >= right
    ]


@handles("sortRange")
def sort_range(batch: Batch, body: Json) -> Json:
    sheet, top, bottom, left, right = batch.box(body.get("range", {}))
    batch.may_edit(sheet, top, bottom, left, right)
    order = list(range(top, bottom))
    for spec in reversed(body.get("sortSpecs", [])):
        column = spec.get("dimensionIndex", 0)
        down = spec.get("sortOrder", "ASCENDING") == "DESCENDING"
        keys = {row: _rank(batch.book.effective(sheet, row, column)) for row in order}
        filled = [row for row in order if keys[row] is not None]
        blank = [row for row in order if keys[row] is None]
        order = sorted(filled, key=lambda row: keys[row] or (0, 0), reverse=down) + blank
    lines = [{c: sheet.rows[r].cells.get(c) for c in range(left, right)} for r in order]
    for row, line in enumerate(lines, start=top):
        for column, cell in line.items():
            sheet.put(row, column, cell or {})
    return {}


def _rank(value: Json) -> tuple[int, Any] | None:
    """Return the place of a value in a sort: numbers, texts, booleans; blanks have none."""
    if "numberValue" in value:
        return (0, value["numberValue"])
    if value.get("stringValue"):
        return (1, str(value["stringValue"]).casefold())
    if "boolValue" in value:
        return (2, value["boolValue"])
    return None


@handles("findReplace")
def find_replace(batch: Batch, body: Json) -> Json:
    find, replacement = str(body.get("find", "")), str(body.get("replacement", ""))
    counts = dict.fromkeys(
        ("valuesChanged", "rowsChanged", "sheetsChanged", "occurrencesChanged"), 0
    )
    if body.get("allSheets"):
        numbers = [sheet.sheet_id for sheet in batch.book.sheets]
    else:
        numbers = [body.get("sheetId", body.get("range", {}).get("sheetId", 0))]
    for sheet_id in numbers:
        looked = batch.book.sheet(sheet_id, batch.where)
        hits = [
            (r, c)
            for r, row in enumerate(looked.rows)
            for c, cell in row.cells.items()
            if _found(cell, find, body)
        ]
        if not hits:
            continue
        sheet = batch.sheet(sheet_id)
        counts["sheetsChanged"] += 1
        counts["rowsChanged"] += len({r for r, _ in hits})
        for r, c in hits:
            cell = sheet.cell(r, c)
            text = cell["userEnteredValue"]["stringValue"]
            whole = body.get("matchEntireCell")
            counts["valuesChanged"] += 1
            counts["occurrencesChanged"] += 1 if whole else text.count(find)
            new = replacement if whole else text.replace(find, replacement)
            sheet.put(r, c, {**cell, "userEnteredValue": {"stringValue": new}})
    return {"findReplace": {k: v for k, v in counts.items() if v}}


def _found(cell: Json, find: str, body: Json) -> bool:
    text = cell.get("userEnteredValue", {}).get("stringValue")
    if text is None:
        return False
    if not body.get("matchCase"):
        text, find = text.casefold(), find.casefold()
    return bool(find == text if body.get("matchEntireCell") else find in text)


@handles("copyPaste")
def copy_paste(batch: Batch, body: Json) -> Json:
    source, top, bottom, left, right = batch.box(body.get("source", {}))
    target, first, _, west, _ = batch.box(body.get("destination", {}))
    kind = body.get("pasteType", "PASTE_NORMAL")
    if kind == "PASTE_FORMULA":
        return _copy_formulas(batch, body)
    if kind == "PASTE_CONDITIONAL_FORMATTING":
        return _copy_rules(batch, body)
    names = {"PASTE_VALUES": ("userEnteredValue",), "PASTE_FORMAT": ("userEnteredFormat",)}
    paths: Paths = [(name,) for name in names.get(kind, _CELL)]
    held = _held(source, top, bottom, left, right)
    for r, line in enumerate(held):
        for c, cell in enumerate(line):
            target.put(first + r, west + c, merged(target.cell(first + r, west + c), cell, paths))
    return {}


def _copy_formulas(batch: Batch, body: Json) -> Json:
    """Copy one row's formulas and values into every row of an area."""
    source, top, _, left, right = batch.box(body.get("source", {}))
    target, first, end, west, _ = batch.box(body.get("destination", {}))
    for row in range(first, end):
        for column in range(left, right):
            cell = source.cell(top, column).get("userEnteredValue", {})
            if "formulaValue" in cell:
                text = arrays.moved(cell["formulaValue"], row - top, west - left)
                cell = {"formulaValue": text}
            there = column - left + west
            new = merged(
                target.cell(row, there), {"userEnteredValue": cell}, [("userEnteredValue",)]
            )
            target.put(row, there, new)
    return {}


def _copy_rules(batch: Batch, body: Json) -> Json:
    """Make the rules for colours of one area those of another of its width, below it, too."""
    source, top, bottom, left, right = batch.box(body.get("source", {}))
    target, first, end, west, east = batch.box(body.get("destination", {}))
    if (source, left, right) != (target, west, east):
        raise batch.refuse("this server copies rules to cells below only.")
    for rule in source.objects["conditionalFormats"]:
        for area in rule["ranges"]:
            _, above, below, one, other = batch.box(area, source)
            if above < bottom and top < below and one < right and left < other and below < end:
                if (one, other) == (left, right) and first <= below:
                    area["endRowIndex"] = end
                    break
                columns = {"startColumnIndex": max(one, left), "endColumnIndex": min(other, right)}
                rows = {"startRowIndex": first, "endRowIndex": end}
                rule["ranges"].append({"sheetId": source.sheet_id, **rows, **columns})
                break
    return {}


@handles("cutPaste")
def cut_paste(batch: Batch, body: Json) -> Json:
    source, top, bottom, left, right = batch.box(body.get("source", {}))
    goal = body.get("destination", {})
    target = batch.sheet(goal.get("sheetId", 0))
    held = _held(source, top, bottom, left, right)
    for row in range(top, bottom):
        for column in range(left, right):
            source.put(row, column, {})
    for r, line in enumerate(held):
        for c, cell in enumerate(line):
            target.put(goal.get("rowIndex", 0) + r, goal.get("columnIndex", 0) + c, cell)
    return {}


def _held(sheet: Sheet, top: int, bottom: int, left: int, right: int) -> list[list[Json]]:
    return [[sheet.cell(r, c) for c in range(left, right)] for r in range(top, bottom)]


@handles("insertRange")
def insert_range(batch: Batch, body: Json) -> Json:
    sheet, top, bottom, left, right = batch.box(body.get("range", {}))
    _shift(sheet, (top, bottom, left, right), body.get("shiftDimension", "ROWS"), +1)
    return {}


@handles("deleteRange")
def delete_range(batch: Batch, body: Json) -> Json:
    sheet, top, bottom, left, right = batch.box(body.get("range", {}))
    _shift(sheet, (top, bottom, left, right), body.get("shiftDimension", "ROWS"), -1)
    return {}


def _shift(sheet: Sheet, box: tuple[int, int, int, int], dimension: str, way: int) -> None:
    top, bottom, left, right = box
    if dimension == "ROWS":
        if way > 0:
            sheet.grow(sheet.last_row() + bottom - top, 0)
        for column in range(left, right):
            line = [sheet.rows[r].cells.get(column) for r in range(top, len(sheet.rows))]
            _lay(line, bottom - top, way)
            for r, cell in enumerate(line, start=top):
                sheet.put(r, column, cell or {})
        return
    for r in range(top, bottom):
        line = [sheet.rows[r].cells.get(c) for c in range(left, len(sheet.columns))]
        _lay(line, right - left, way)
        for c, cell in enumerate(line, start=left):
            sheet.put(r, c, cell or {})


def _lay(line: list[Json | None], count: int, way: int) -> None:
    size = len(line)
    if way > 0:
        line[:0] = [None] * count
    else:
        del line[:count]
        line += [None] * count
    del line[size:]


def _area(sheet: Sheet, top: int, bottom: int, left: int, right: int) -> Json:
    return {
        "sheetId": sheet.sheet_id,
        "startRowIndex": top,
        "endRowIndex": bottom,
        "startColumnIndex": left,
        "endColumnIndex": right,
    }


def blank_rows(sheet: Sheet, count: int) -> Iterable[Row]:
    """Yield new rows of a tab."""
    return (Row(sheet.edition) for _ in range(count))
