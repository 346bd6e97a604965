"""Puts the tool's own tabs into a Google Sheet, as requests of one atomic write.

Each is marked by a protection that only warns, whose description holds the tab's title.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from register.ports import GeneratedTab, TabsWritten
from register.stores import looks
from register.stores.google_cells import Json
from register.stores.google_dress import area_of, rgb, width_of
from register.stores.own_tabs import HEAD, free_titles

OWN = "sheets(properties(sheetId,title),protectedRanges(description,range))"
"""What is asked about a spreadsheet to know its tabs and their marks."""

_MARK = "Verkosto: {title}"
_PIXELS = 7


def generated_tab_requests(
    reply: Mapping[str, Any], tabs: Sequence[GeneratedTab]
) -> tuple[TabsWritten, list[Json]]:
    """Return what tabs the sheet then has, and the requests that make them."""
    own: dict[str, int] = {}
    others: list[str] = []
    numbers: set[int] = set()
    for sheet in reply.get("sheets", ()):
        title = str(sheet["properties"]["title"])
        numbers.add(number := int(sheet["properties"].get("sheetId", 0)))
        marks = {str(one.get("description", "")) for one in sheet.get("protectedRanges", ())}
        if _MARK.format(title=title) in marks:
            own[title] = number
        else:
            others.append(title)
    wanted = free_titles(tabs, others)
    requests: list[Json] = [{"deleteSheet": {"sheetId": number}} for number in own.values()]
    free = (number for number in range(2001, 3001 + len(numbers)) if number not in numbers)
    for (title, tab), number in zip(wanted.items(), free, strict=False):
        requests += _made(number, title, tab)
    return TabsWritten(
        tuple(wanted), tuple(title for title in own if title not in wanted)
    ), requests


def _made(number: int, title: str, tab: GeneratedTab) -> Iterator[Json]:
    width = len(tab.widths)
    size = {"rowCount": len(tab.rows) + 1, "columnCount": width, "frozenRowCount": HEAD}
    properties = {"sheetId": number, "title": title, "gridProperties": size}
    yield {"addSheet": {"properties": properties}}
    rows = [{"values": [_cell(text) for text in row]} for row in tab.rows]
    start = {"sheetId": number, "rowIndex": 0, "columnIndex": 0}
    yield {"updateCells": {"start": start, "rows": rows, "fields": "userEnteredValue"}}
    text: Json = {"numberFormat": {"type": "TEXT", "pattern": "@"}}
    heading = {"textFormat": {"bold": True, "fontSize": 16}}
    header = {
        "backgroundColorStyle": {"rgbColor": rgb(looks.INK)},
        "textFormat": {"bold": True, "foregroundColorStyle": {"rgbColor": rgb(looks.PAPER)}},
    }
    wrapped = {"wrapStrategy": "WRAP", "verticalAlignment": "TOP"}
    for rows_of, look in (
        ((0, 1), heading),
        ((1, HEAD - 1), {}),
        ((HEAD - 1, HEAD), header | wrapped),
        ((HEAD, None), wrapped),
    ):
        area = area_of(number, rows=rows_of)
        cell = {"userEnteredFormat": text | look}
        yield {"repeatCell": {"range": area, "cell": cell, "fields": "userEnteredFormat"}}
    for index, characters in enumerate(tab.widths):
        yield width_of(number, index, characters * _PIXELS + 12)
    mark = {"description": _MARK.format(title=title), "warningOnly": True}
    area = area_of(number)
    yield {"addProtectedRange": {"protectedRange": {"range": area, **mark}}}


def _cell(text: str) -> Json:
    return {"userEnteredValue": {"stringValue": text}} if text else {}
