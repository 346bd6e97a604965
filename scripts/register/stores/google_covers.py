"""Ranges that cover a tab's data and must grow with added rows: filters, names, colours.

A range grows if it ends at the last row of data or a little below it. One without an end, or one
that begins below the start of the data, is left as it is. For the workbook see
:mod:`register.stores.sheet_ranges`, for tables :mod:`register.stores.google_tables`.
https://developers.google.com/workspace/sheets/api/reference/rest/v4/spreadsheets/sheets
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import inf
from typing import Any

from register.stores.google_cells import Json

NAMED_RANGES = "namedRanges(namedRangeId,range)"
"""The fields to request for a spreadsheet's named ranges."""
COVERS = (
    "basicFilter(range,filterSpecs,tableId),"
    "filterViews(filterViewId,title,range,namedRangeId,tableId),"
    "conditionalFormats(ranges),"
    "bandedRanges(bandedRangeId,range,rowProperties(footerColor,footerColorStyle)),"
    "protectedRanges(protectedRangeId,description,range,namedRangeId,tableId,"
    "requestingUserCanEdit,editors(users))"
)
"""The fields to request for a tab; ranges that belong to a table or a name move with it."""

_REQUESTS = {
    "namedRangeId": ("updateNamedRange", "namedRange"),
    "filterViewId": ("updateFilterView", "filter"),
    "bandedRangeId": ("updateBanding", "bandedRange"),
    "protectedRangeId": ("updateProtectedRange", "protectedRange"),
}


@dataclass(frozen=True, slots=True)
class Cover:
    """A range of a tab that begins with its data, and the object that it belongs to.

    ``whose`` is the name of an id and the id; ``basicFilter`` with the whole filter;
    ``conditionalFormat`` with None. ``until`` is the last row (from 1) that the range may reach.
    """

    area: Json
    whose: tuple[str, Any]
    until: float = inf

    @property
    def bottom(self) -> int:
        """The last row (from 1) that it covers."""
        return int(self.area["endRowIndex"])

    def requests(self, last: int) -> Iterator[Json]:
        """Yield the requests that extend the range down to row ``last``."""
        name, value = self.whose
        area = {**self.area, "endRowIndex": last}
        if name == "conditionalFormat":
            # A rule has only an index for an id, and that changes as soon as somebody adds a rule.
            above = {**self.area, "startRowIndex": self.bottom - 1}
            below = {**area, "startRowIndex": self.bottom}
            paste = {"source": above, "destination": below}
            yield {"copyPaste": {**paste, "pasteType": "PASTE_CONDITIONAL_FORMATTING"}}
        elif name == "basicFilter":
            yield {"setBasicFilter": {"filter": {**value, "range": area}}}
        else:
            kind, field = _REQUESTS[name]
            yield {kind: {field: {name: value, "range": area}, "fields": "range"}}


def covers_of(sheet: Mapping[str, Any], named: Iterable[Mapping[str, Any]]) -> tuple[Cover, ...]:
    """Return the ranges over a tab's data, from Google's reply and the ``named`` ranges.

    Ranges that must not be changed here are left out: those of tables and names, protected ranges
    that this account may not edit, and alternating colours with a footer.
    """
    sheet_id = sheet["properties"].get("sheetId", 0)
    found = [
        (one.get("range", {}), ("namedRangeId", one.get("namedRangeId")))
        for one in named
        if one.get("range", {}).get("sheetId", 0) == sheet_id
    ]
    for kind in ("filterViews", "bandedRanges", "protectedRanges"):
        name = f"{kind[:-1]}Id"
        for one in sheet.get(kind, ()):
            foot = any(one.get("rowProperties", {}).values())
            kept_out = not one.get("requestingUserCanEdit", kind != "protectedRanges")
            followed = not one.get(name) or one.get("namedRangeId") or one.get("tableId")
            if not (foot or kept_out or followed):
                found.append((one.get("range", {}), (name, one.get(name))))
    whole = sheet.get("basicFilter", {})
    if not whole.get("tableId"):
        found.append((whole.get("range", {}), ("basicFilter", whole)))
    for rule in sheet.get("conditionalFormats", ()):
        found += [(area, ("conditionalFormat", None)) for area in rule.get("ranges", ())]
    bands = [one.get("range", {}) for one in sheet.get("bandedRanges", ())]
    return tuple(
        Cover({**area, "sheetId": sheet_id}, whose, _until(area, bands, whose[0]))
        for area, whose in found
        if area.get("startRowIndex", 0) <= 1 and area.get("startRowIndex", 0) + 1 < _end(area)
    )


def stretch_requests(
    covers: Iterable[Cover], last: int, new_last: int, pushed: float = inf
) -> list[Json]:
    """Return the requests that extend ranges over the data to the rows that were added.

    ``last`` is the last row of data before, ``new_last`` after. Ranges that end below the row
    ``pushed`` were moved down by Google itself.
    """
    requests: list[Json] = []
    for cover in covers:
        if needs_stretching(cover, last, new_last) and cover.bottom <= pushed:
            requests += (one for one in cover.requests(new_last) if one not in requests)
    return requests


def needs_stretching(cover: Cover, last: int, new_last: int) -> bool:
    """Return True if the range ends between the old and the new last row, and may be extended."""
    return last <= cover.bottom < new_last <= cover.until


def _until(area: Mapping[str, Any], bands: Iterable[Mapping[str, Any]], name: str) -> float:
    """Return the last row before the next range of alternating colours: these may not overlap."""
    if name != "bandedRangeId":
        return inf
    left, right = area.get("startColumnIndex", 0), area.get("endColumnIndex", inf)
    below = [
        int(one.get("startRowIndex", 0))
        for one in bands
        if one.get("startColumnIndex", 0) < right and one.get("endColumnIndex", inf) > left
    ]
    return min((row for row in below if row >= _end(area)), default=inf)


def _end(area: Mapping[str, Any]) -> int:
    return int(area.get("endRowIndex", 0))
