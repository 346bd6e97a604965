"""Puts the generated tabs into a Google Sheet, as the requests of one atomic write.

Each is marked by a protection that only warns: its description holds the tab's title, its range is
the list. An existing tab keeps its sheet id and is rewritten row by row, so that links, names,
notes and comments still point to the same rows.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from register.ports.store import GeneratedTab, TabsWritten
from register.stores import looks
from register.stores.google_cells import Json
from register.stores.google_dress import rgb, width_of
from register.stores.google_requests import (
    area_of,
    new_sheet,
    placed_cells,
    span_of,
    write_block,
)
from register.stores.own_tabs import HEAD, TabStep, free_titles, kept_notes, row_steps

OWN = (
    "sheets(properties(sheetId,title,hidden,gridProperties(rowCount,columnCount)),"
    "protectedRanges(protectedRangeId,description,range))"
)
"""The fields to request to recognise the tabs of a spreadsheet and their marks."""
HELD = (
    "sheets(properties(sheetId,title),"
    "data(startRow,startColumn,rowData(values(userEnteredValue,formattedValue,note))))"
)
"""The fields to request for generated tabs that stay."""

_MARK = "Verkosto: {title}"
_PIXELS = 7
_TEXT: Json = {"numberFormat": {"type": "TEXT", "pattern": "@"}}
_WRAPPED: Json = {"wrapStrategy": "WRAP", "verticalAlignment": "TOP"}


@dataclass(frozen=True, slots=True)
class OwnTab:
    """A generated tab in the sheet: its id and grid size, and the id and range of its mark."""

    sheet_id: int
    rows: int
    columns: int
    mark: int
    area: Mapping[str, int]
    hidden: bool = False


def generated_tabs(reply: Mapping[str, Any]) -> tuple[dict[str, OwnTab], list[str], set[int]]:
    """Return the generated tabs by title, the titles of all other tabs, and all sheet ids."""
    own: dict[str, OwnTab] = {}
    others: list[str] = []
    numbers: set[int] = set()
    for sheet in reply.get("sheets", ()):
        properties = sheet["properties"]
        title = str(properties["title"])
        numbers.add(number := int(properties.get("sheetId", 0)))
        size = properties.get("gridProperties", {})
        mark = next(
            (
                one
                for one in sheet.get("protectedRanges", ())
                if one.get("description", "") == _MARK.format(title=title)
            ),
            None,
        )
        if mark is None:
            others.append(title)
            continue
        rows, columns = int(size.get("rowCount", 0)), int(size.get("columnCount", 0))
        mark_id = int(mark.get("protectedRangeId", 0))
        area, hidden = mark.get("range", {}), bool(properties.get("hidden"))
        own[title] = OwnTab(number, rows, columns, mark_id, area, hidden)
    return own, others, numbers


def generated_tab_requests(
    reply: Mapping[str, Any],
    held: Mapping[str, Any],
    tabs: Sequence[GeneratedTab],
    *,
    others: bool = False,
) -> tuple[TabsWritten, list[Json]]:
    """Return which generated tabs the sheet will have, and the requests that make them.

    ``reply`` is the reply to :data:`OWN`, ``held`` the reply to :data:`HELD` for the visible
    generated tabs. With ``others`` the generated tabs that are not among ``tabs`` stay; hidden ones
    always do.
    """
    own, foreign, numbers = generated_tabs(reply)
    contents = {str(one["properties"]["title"]): _cells(one) for one in held.get("sheets", ())}
    wanted = free_titles(tabs, foreign)
    gone = [t for t, one in own.items() if t not in wanted and not others and not one.hidden]
    requests: list[Json] = []
    free = (number for number in range(2001, 3001 + len(numbers)) if number not in numbers)
    for title, tab in wanted.items():
        if title in own:
            requests += _rewritten(own[title], contents.get(title, {}), tab)
        else:
            requests += _made(next(free), title, tab)
    requests += [{"deleteSheet": {"sheetId": own[title].sheet_id}} for title in gone]
    return TabsWritten(tuple(wanted), tuple(gone)), requests


def _made(number: int, title: str, tab: GeneratedTab) -> Iterator[Json]:
    width = len(tab.widths)
    frozen = {"frozenRowCount": HEAD}
    hidden = {"hidden": True} if tab.hidden else {}
    yield new_sheet(number, title, len(tab.rows) + 1, width, grid=frozen, **hidden)
    yield _filled(number, tab)
    heading = {"textFormat": {"bold": True, "fontSize": 16}}
    header = {
        "backgroundColorStyle": {"rgbColor": rgb(looks.INK)},
        "textFormat": {"bold": True, "foregroundColorStyle": {"rgbColor": rgb(looks.PAPER)}},
    }
    yield _dressed(number, (0, 1), width, heading)
    yield _dressed(number, (1, HEAD - 1), width, {})
    yield _dressed(number, (HEAD - 1, HEAD), width, header | _WRAPPED)
    yield _dressed(number, (HEAD, None), width, _WRAPPED)
    for index, characters in enumerate(tab.widths):
        yield width_of(number, index, characters * _PIXELS + 12)
    mark = {"description": _MARK.format(title=title), "warningOnly": True}
    yield {"addProtectedRange": {"protectedRange": {"range": _area(number, tab), **mark}}}


def _rewritten(
    own: OwnTab, cells: Mapping[tuple[int, int], Json], tab: GeneratedTab
) -> Iterator[Json]:
    """Yield the requests that replace a tab's list; what people wrote beside and below it stays."""
    number, width = own.sheet_id, len(tab.widths)
    high = max((row + 1 for (row, _), cell in cells.items() if _text(cell)), default=0)
    high = max(HEAD, min(own.area.get("endRowIndex", high), own.rows))
    wide = min(own.area.get("endColumnIndex", width), own.columns)
    before = [[_text(cells.get((r, c), {})) for c in range(wide)] for r in range(high)]
    changes = row_steps(before, tab)
    more = sum(step.new_end - step.new_start - step.end + step.start for step in changes)
    if (short := len(tab.rows) + 1 - own.rows - more) > 0:
        yield _lines(number, "ROWS", own.rows, own.rows + short, "insertDimension")
    if wide != width:
        what = "insertDimension" if wide < width else "deleteDimension"
        yield _lines(number, "COLUMNS", min(wide, width), max(wide, width), what)
    for step in reversed(changes):
        if step.end > step.start:
            yield _lines(number, "ROWS", step.start, step.end, "deleteDimension")
        if count := step.new_end - step.new_start:
            yield _lines(number, "ROWS", step.start, step.start + count, "insertDimension")
    for step in changes:
        if step.new_end > step.new_start:
            yield _dressed(number, (step.new_start, step.new_end), width, _WRAPPED)
    yield _filled(number, tab)
    if lost := _lost(cells, before, changes):
        note = kept_notes(str(cells.get((0, 0), {}).get("note", "")), lost)
        yield write_block(number, 0, 0, [[{"note": note}]], "note")
    mark = {"protectedRangeId": own.mark, "range": _area(number, tab)}
    yield {"updateProtectedRange": {"protectedRange": mark, "fields": "range"}}


def _lost(
    cells: Mapping[tuple[int, int], Json],
    before: Sequence[Sequence[str]],
    changes: Sequence[TabStep],
) -> list[tuple[str, str]]:
    """Return people's notes on rows that go, and their texts beside them, as ``(row, text)``."""
    found: list[tuple[str, str]] = []
    for (row, column), cell in sorted(cells.items(), key=lambda item: item[0]):
        if any(step.start <= row < step.end for step in changes):
            about = " · ".join(text for text in before[row] if text)[:60]
            beside = _text(cell) if column >= len(before[row]) else ""
            found += [(about, text) for text in (str(cell.get("note", "")), beside) if text]
    return found


def _filled(number: int, tab: GeneratedTab) -> Json:
    """Return the request that writes a list; its blank cells are emptied."""
    rows = [{"values": [_cell(text) for text in row]} for row in tab.rows]
    area = _area(number, tab)
    return {"updateCells": {"range": area, "rows": rows, "fields": "userEnteredValue"}}


def _dressed(number: int, rows: tuple[int, int | None], width: int, look: Json) -> Json:
    area = area_of(number, rows=rows, columns=(0, width))
    cell = {"userEnteredFormat": _TEXT | look}
    return {"repeatCell": {"range": area, "cell": cell, "fields": "userEnteredFormat"}}


def _lines(number: int, dimension: str, start: int, end: int, what: str) -> Json:
    before = {"inheritFromBefore": True} if what == "insertDimension" else {}
    return {what: {"range": span_of(number, dimension, start, end), **before}}


def _area(number: int, tab: GeneratedTab) -> Json:
    return area_of(number, rows=(0, len(tab.rows)), columns=(0, len(tab.widths)))


def _cells(sheet: Mapping[str, Any]) -> dict[tuple[int, int], Json]:
    """Return the non-empty cells of a tab by row and column, from 0."""
    return {(row - 1, column - 1): cell for (row, column), cell in placed_cells(sheet)}


def _text(cell: Mapping[str, Any]) -> str:
    entered = cell.get("userEnteredValue", {})
    text = entered.get("stringValue", cell.get("formattedValue", ""))
    return str(text) if entered else ""


def _cell(text: str) -> Json:
    return {"userEnteredValue": {"stringValue": text}} if text else {}
