"""Requests about tabs and what they hold besides cells: rules, views, protections, names."""

from __future__ import annotations

import copy
import secrets
from typing import Any

from tests.sheets_server import field_mask
from tests.sheets_server.batch import Batch, handles
from tests.sheets_server.defaults import copy_name
from tests.sheets_server.engine import Json, Sheet, new_sheet, unique
from tests.sheets_server.errors import PROTECTED


@handles("addSheet")
def add_sheet(batch: Batch, body: Json) -> Json:
    sheet = new_sheet(batch.book, body.get("properties", {}), batch.where)
    batch.book.sheets.insert(sheet.properties["index"], sheet)
    batch.added(sheet)
    batch.own_properties()
    return {"addSheet": {"properties": batch.book.sheet(sheet.sheet_id).shown_properties()}}


@handles("deleteSheet")
def delete_sheet(batch: Batch, body: Json) -> Json:
    sheet = batch.sheet(body.get("sheetId", 0))
    if len(batch.book.sheets) == 1:
        raise batch.refuse("You can't remove all the sheets in a document.")
    batch.book.sheets.remove(sheet)
    batch.own_properties()
    return {}


@handles("duplicateSheet")
def duplicate_sheet(batch: Batch, body: Json) -> Json:
    source = batch.book.sheet(body.get("sourceSheetId", 0), batch.where)
    wanted = {
        "title": body.get("newSheetName") or copy_name(batch.book.locale, source.title),
        "index": body.get("insertSheetIndex", 0),
    }
    if "newSheetId" in body:
        wanted["sheetId"] = body["newSheetId"]
    sheet = new_sheet(batch.book, wanted, batch.where)
    twin = source.fork()
    twin.properties = {**twin.properties, **{k: sheet.properties[k] for k in ("sheetId", "title")}}
    for thing in twin.objects["filterViews"]:
        thing["filterViewId"] = _number()
    for thing in twin.objects["protectedRanges"]:
        thing["protectedRangeId"] = _number()
    batch.book.sheets.insert(sheet.properties["index"], twin)
    batch.added(twin)
    batch.own_properties()
    return {"duplicateSheet": {"properties": batch.book.sheet(twin.sheet_id).shown_properties()}}


@handles("updateSheetProperties")
def update_sheet_properties(batch: Batch, body: Json) -> Json:
    wanted = body.get("properties", {})
    sheet = batch.sheet(wanted.get("sheetId", 0))
    if not body.get("fields"):
        raise batch.refuse("At least one field must be listed in 'fields'.")
    for path in field_mask.paths(str(body["fields"])):
        if path and path[0] == "title":
            unique(batch.book, wanted.get("title", ""), batch.where, sheet)
        if path == ("index",):
            _move(batch, sheet, wanted.get("index"))
            continue
        if path in (("gridProperties", "rowCount"), ("gridProperties",)):
            _resize(sheet, wanted.get("gridProperties", {}).get("rowCount"), None)
        if path in (("gridProperties", "columnCount"), ("gridProperties",)):
            _resize(sheet, None, wanted.get("gridProperties", {}).get("columnCount"))
        if path and path[-1] not in ("rowCount", "columnCount", "sheetId"):
            _assign(sheet.properties, wanted, path)
        if path and path[0] in ("tabColor", "tabColorStyle"):
            _color(sheet.properties, path[0])
    sheet.properties.get("gridProperties", {}).pop("rowCount", None)
    sheet.properties.get("gridProperties", {}).pop("columnCount", None)
    if all(one.properties.get("hidden") for one in batch.book.sheets):
        raise batch.refuse("You can't hide all the sheets in a document.")
    return {}


def _move(batch: Batch, sheet: Sheet, goal: int | None) -> None:
    """Move a tab; the index is one of before the move, none is the end."""
    sheets = batch.book.sheets
    now = sheets.index(sheet)
    goal = len(sheets) if goal is None else min(goal, len(sheets))
    sheets.remove(sheet)
    sheets.insert(goal - 1 if goal > now else goal, sheet)
    batch.own_properties()


def _resize(sheet: Sheet, rows: int | None, columns: int | None) -> None:
    sheet.grow(rows or 0, columns or 0)
    if rows:
        del sheet.rows[rows:]
    if columns:
        del sheet.columns[columns:]
        for index, row in enumerate(sheet.rows):
            if any(c >= columns for c in row.cells):
                own = sheet.own(index)
                own.cells = {c: cell for c, cell in own.cells.items() if c < columns}


def _color(properties: Json, given: str) -> None:
    """Keep a tab's colour in both the ways that Google gives it."""
    style = properties.pop("tabColorStyle", None) or {}
    color = properties.pop("tabColor", None)
    if given == "tabColorStyle":
        color = style.get("rgbColor")
    if color is not None:
        color = {name: share for name, share in color.items() if share}
        properties["tabColor"] = color
        properties["tabColorStyle"] = {"rgbColor": color}
    elif style.get("themeColor"):
        properties["tabColorStyle"] = style


def _assign(into: Json, source: Json, path: tuple[str, ...]) -> None:
    """Copy one masked path of a JSON object, an empty path all of it."""
    if not path:
        into.update(copy.deepcopy(source))
        return
    if len(path) == 1:
        if path[0] in source:
            into[path[0]] = copy.deepcopy(source[path[0]])
        else:
            into.pop(path[0], None)
        return
    _assign(into.setdefault(path[0], {}), source.get(path[0], {}), path[1:])


@handles("updateSpreadsheetProperties")
def update_spreadsheet_properties(batch: Batch, body: Json) -> Json:
    if not body.get("fields"):
        raise batch.refuse("At least one field must be listed in 'fields'.")
    for path in field_mask.paths(str(body["fields"])):
        _assign(batch.book.properties, body.get("properties", {}), path)
    return {}


@handles("addConditionalFormatRule")
def add_conditional_format_rule(batch: Batch, body: Json) -> Json:
    rule = copy.deepcopy(body.get("rule", {}))
    if not rule.get("ranges"):
        raise batch.refuse("rule.ranges must be set.")
    if not ("booleanRule" in rule or "gradientRule" in rule):
        raise batch.refuse("rule must be set.")
    sheet = batch.sheet(rule["ranges"][0].get("sheetId", 0))
    for area in rule["ranges"]:
        batch.box(area)
    rules = sheet.objects["conditionalFormats"]
    rules.insert(int(body.get("index", len(rules))), rule)
    return {}


@handles("updateConditionalFormatRule")
def update_conditional_format_rule(batch: Batch, body: Json) -> Json:
    sheet = batch.sheet(body.get("sheetId", 0))
    rules = sheet.objects["conditionalFormats"]
    index = body.get("index", 0)
    if index >= len(rules):
        raise batch.refuse(f"No conditional format on sheet: {sheet.sheet_id} at index: {index}")
    old = rules.pop(index)
    new = copy.deepcopy(body.get("rule", old))
    rules.insert(body.get("newIndex", index), new)
    return {"updateConditionalFormatRule": {"oldRule": old, "newRule": new}}


@handles("deleteConditionalFormatRule")
def delete_conditional_format_rule(batch: Batch, body: Json) -> Json:
    sheet = batch.sheet(body.get("sheetId", 0))
    rules = sheet.objects["conditionalFormats"]
    index = body.get("index", 0)
    if index >= len(rules):
        raise batch.refuse(f"No conditional format on sheet: {sheet.sheet_id} at index: {index}")
    return {"deleteConditionalFormatRule": {"rule": rules.pop(index)}}


def _add(batch: Batch, name: str, field: str, id_name: str, thing: Json) -> Json:
    """Add an object that has a range and a number of its own."""
    new: Json = copy.deepcopy(thing)
    sheet = batch.sheet(new.get("range", {}).get("sheetId", 0))
    if "range" in new:
        batch.box(new["range"])
    taken = {t[id_name] for s in batch.book.sheets for t in s.objects[name]}
    if new.setdefault(id_name, _number()) in taken:
        raise batch.refuse(f"{field} with id {new[id_name]} already exists.")
    sheet.objects[name].append(new)
    return new


def _remove(batch: Batch, name: str, id_name: str, number: Any) -> None:
    for sheet in list(batch.book.sheets):
        if any(thing[id_name] == number for thing in sheet.objects[name]):
            own = batch.sheet(sheet.sheet_id)
            own.objects[name] = [t for t in own.objects[name] if t[id_name] != number]
            return
    raise batch.refuse(f"No {name} with id: {number}")


def _update(batch: Batch, name: str, id_name: str, thing: Json, fields: str) -> Json:
    for sheet in list(batch.book.sheets):
        if any(old[id_name] == thing.get(id_name) for old in sheet.objects[name]):
            own = batch.sheet(sheet.sheet_id)
            mine = next(t for t in own.objects[name] if t[id_name] == thing[id_name])
            for path in field_mask.paths(fields or "*"):
                _assign(mine, thing, path)
            return mine
    raise batch.refuse(f"No {name} with id: {thing.get(id_name)}")


@handles("addProtectedRange")
def add_protected_range(batch: Batch, body: Json) -> Json:
    thing = _add(
        batch,
        "protectedRanges",
        "A protected range",
        "protectedRangeId",
        body.get("protectedRange", {}),
    )
    editors = thing.get("editors")
    thing["requestingUserCanEdit"] = True
    if not thing.pop("warningOnly", False):
        users = (editors or {}).get("users") or []
    else:
        thing["warningOnly"], users = True, []
    mine = [] if batch.account in users else [batch.account]
    thing["editors"] = {**(editors or {}), "users": [*users, *mine]}
    return {
        "addProtectedRange": {"protectedRange": {**copy.deepcopy(thing), "editors": editors or {}}}
    }


@handles("updateProtectedRange")
def update_protected_range(batch: Batch, body: Json) -> Json:
    thing = body.get("protectedRange", {})
    for sheet in batch.book.sheets:
        for old in sheet.objects["protectedRanges"]:
            mine = old["protectedRangeId"] == thing.get("protectedRangeId")
            if mine and batch.book.keeps_out(old, batch.account):
                raise batch.refuse(PROTECTED)
    _update(batch, "protectedRanges", "protectedRangeId", thing, str(body.get("fields", "")))
    return {}


@handles("deleteProtectedRange")
def delete_protected_range(batch: Batch, body: Json) -> Json:
    _remove(batch, "protectedRanges", "protectedRangeId", body.get("protectedRangeId"))
    return {}


@handles("addFilterView")
def add_filter_view(batch: Batch, body: Json) -> Json:
    thing = _add(batch, "filterViews", "A filter view", "filterViewId", body.get("filter", {}))
    thing.setdefault("title", "Suodatin 1")
    return {"addFilterView": {"filter": thing}}


@handles("updateFilterView")
def update_filter_view(batch: Batch, body: Json) -> Json:
    _update(
        batch, "filterViews", "filterViewId", body.get("filter", {}), str(body.get("fields", ""))
    )
    return {}


@handles("deleteFilterView")
def delete_filter_view(batch: Batch, body: Json) -> Json:
    _remove(batch, "filterViews", "filterViewId", body.get("filterId"))
    return {}


@handles("duplicateFilterView")
def duplicate_filter_view(batch: Batch, body: Json) -> Json:
    for sheet in list(batch.book.sheets):
        for view in sheet.objects["filterViews"]:
            if view["filterViewId"] == body.get("filterId"):
                title = copy_name(batch.book.locale, view.get("title", ""))
                twin = {**copy.deepcopy(view), "filterViewId": _number(), "title": title}
                batch.sheet(sheet.sheet_id).objects["filterViews"].append(twin)
                return {"duplicateFilterView": {"filter": twin}}
    raise batch.refuse(f"No filterViews with id: {body.get('filterId')}")


@handles("setBasicFilter")
def set_basic_filter(batch: Batch, body: Json) -> Json:
    wanted = copy.deepcopy(body.get("filter", {}))
    sheet, top, bottom, left, right = batch.box(wanted.get("range", {}))
    wanted["range"] = {
        "sheetId": sheet.sheet_id,
        "startRowIndex": top,
        "endRowIndex": bottom,
        "startColumnIndex": left,
        "endColumnIndex": right,
    }
    if specs := wanted.setdefault("filterSpecs", _specs(wanted.get("criteria", {}))):
        wanted["criteria"] = {str(s["columnIndex"]): s.get("filterCriteria", {}) for s in specs}
    sheet.basic_filter = wanted
    return {}


def _specs(criteria: Json) -> list[Json]:
    return [{"columnIndex": int(n), "filterCriteria": one} for n, one in criteria.items()]


@handles("clearBasicFilter")
def clear_basic_filter(batch: Batch, body: Json) -> Json:
    batch.sheet(body.get("sheetId", 0)).basic_filter = None
    return {}


@handles("addBanding")
def add_banding(batch: Batch, body: Json) -> Json:
    _bands_apart(batch, body.get("bandedRange", {}))
    thing = _add(
        batch, "bandedRanges", "A banded range", "bandedRangeId", body.get("bandedRange", {})
    )
    return {"addBanding": {"bandedRange": thing}}


@handles("updateBanding")
def update_banding(batch: Batch, body: Json) -> Json:
    thing = body.get("bandedRange", {})
    _bands_apart(batch, thing)
    _update(batch, "bandedRanges", "bandedRangeId", thing, str(body.get("fields", "")))
    return {}


def _bands_apart(batch: Batch, thing: Json) -> None:
    """Refuse alternating colours over others."""
    sheet, *box = batch.box(thing.get("range", {}))
    for other in sheet.objects["bandedRanges"]:
        _, top, bottom, left, right = batch.box(other.get("range", {}), sheet)
        apart = bottom <= box[0] or top >= box[1] or right <= box[2] or left >= box[3]
        if other["bandedRangeId"] != thing.get("bandedRangeId") and not apart:
            raise batch.refuse(
                "You cannot add alternating background colors to a range that already has "
                "alternating background colors."
            )


@handles("deleteBanding")
def delete_banding(batch: Batch, body: Json) -> Json:
    _remove(batch, "bandedRanges", "bandedRangeId", body.get("bandedRangeId"))
    return {}


@handles("addNamedRange")
def add_named_range(batch: Batch, body: Json) -> Json:
    thing = copy.deepcopy(body.get("namedRange", {}))
    thing.setdefault("namedRangeId", str(secrets.randbelow(2**31)))
    batch.box(thing.get("range", {}))
    if any(
        n["name"].casefold() == thing.get("name", "").casefold() for n in batch.book.named_ranges
    ):
        raise batch.refuse(f'A named range with the name "{thing["name"]}" already exists.')
    batch.book.named_ranges.append(thing)
    return {"addNamedRange": {"namedRange": thing}}


@handles("updateNamedRange")
def update_named_range(batch: Batch, body: Json) -> Json:
    thing = body.get("namedRange", {})
    if not body.get("fields"):
        raise batch.refuse("At least one field must be listed in 'fields'.")
    for named in batch.book.named_ranges:
        if named["namedRangeId"] == thing.get("namedRangeId"):
            for path in field_mask.paths(str(body["fields"])):
                _assign(named, thing, path)
            batch.box(named.get("range", {}))
            return {}
    raise batch.refuse(f"No named range with id: {thing.get('namedRangeId')}")


@handles("deleteNamedRange")
def delete_named_range(batch: Batch, body: Json) -> Json:
    wanted = body.get("namedRangeId")
    if all(named["namedRangeId"] != wanted for named in batch.book.named_ranges):
        raise batch.refuse(f"No named range with id: {wanted}")
    batch.book.named_ranges = [n for n in batch.book.named_ranges if n["namedRangeId"] != wanted]
    return {}


def _number() -> int:
    return secrets.randbelow(2**31)
