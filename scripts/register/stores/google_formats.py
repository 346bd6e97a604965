"""Dropdowns and links of a Google Sheet's cells, read from replies and written as requests.

A link to a cell of the same spreadsheet is ``#gid=…&range=…``, one to a filter view
``#gid=…&fvid=…``. It is part of the text's format, so that the cell holds a text and no formula.
https://developers.google.com/workspace/sheets/api/reference/rest/v4/spreadsheets/cells
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from register.stores.formats import DROPDOWNS, HEADER, LINKS, At, CellFormats
from register.stores.google_cells import Json, update_cells
from register.stores.google_dress import incomplete_view
from register.stores.google_reading import Grid, a1_range
from register.stores.google_requests import area_of, one_of, placed_cells
from register.stores.google_tables import is_typed
from register.stores.reading import StoreReading
from register.stores.sheet_xml import cell_place
from register.unpacking import column_letters

FORMATS = (
    "sheets(properties(title),"
    "data(startRow,startColumn,rowData(values(hyperlink,dataValidation(condition)))))"
)
"""The fields to request for cells with dropdowns and links."""

_PLACE = re.compile(
    r"(?:https://docs\.google\.com/[^#]*)?#gid=(\d+)&(?:range=([A-Z]{1,3}\d{1,7})|fvid=(\d+))"
)


def format_ranges(reading: StoreReading) -> list[str]:
    """Return the ranges whose cells may have dropdowns or links, down to the last row of data."""
    areas: list[str] = []
    for key in (key for key in {**DROPDOWNS, **LINKS} if key in reading.places):
        place = reading.places[key]
        for column in (place.columns.get(of.get(key, "")) for of in (DROPDOWNS, LINKS)):
            if column and place.free_row > 2:
                letters = column_letters(column)
                areas.append(a1_range(place.title, f"{letters}2:{letters}{place.free_row - 1}"))
    return areas


def formats_in_reply(
    reply: Mapping[str, Any], reading: StoreReading, grids: Mapping[str, Grid]
) -> dict[str, CellFormats]:
    """Return the dropdowns and links in Google's reply, by tab key."""
    keys = {place.title: key for key, place in reading.places.items()}
    numbers = {grid.sheet_id: key for key, grid in grids.items()}
    found: dict[str, CellFormats] = {}
    for sheet in reply.get("sheets", ()):
        dropdowns: dict[tuple[int, int], tuple[str, ...]] = {}
        links: dict[tuple[int, int], tuple[str, tuple[int, int]]] = {}
        for at, cell in placed_cells(sheet):
            condition = cell.get("dataValidation", {}).get("condition", {})
            if condition.get("type") == "ONE_OF_LIST":
                values = condition.get("values", ())
                dropdowns[at] = tuple(str(one.get("userEnteredValue", "")) for one in values)
            place = _PLACE.fullmatch(cell.get("hyperlink", ""))
            if place and (key := numbers.get(int(place[1]))):
                view = str(incomplete_view(grids[key].filter_views))
                if place[2] or place[3] == view:
                    status = (HEADER, reading.places[key].columns.get("status", 0))
                    links[at] = (key, cell_place(place[2]) if place[2] else status)
        found[keys[str(sheet["properties"]["title"])]] = CellFormats(dropdowns, links)
    return found


def format_requests(
    wanted: Mapping[str, CellFormats], reading: StoreReading, grids: Mapping[str, Grid]
) -> Iterator[Json]:
    """Yield the requests that set dropdowns and links.

    Typed columns of a table get no dropdown.
    """
    for key, formats in wanted.items():
        grid = grids[key]
        for (row, column), labels in sorted(formats.dropdowns.items()):
            if is_typed(grid.tables, row, column) or not labels:
                continue
            rule = {"condition": one_of(labels), "strict": False, "showCustomUi": True}
            area = area_of(grid.sheet_id, rows=(row - 1, row), columns=(column - 1, column))
            yield {"setDataValidation": {"range": area, "rule": rule}}
        linked = {
            at: {"userEnteredFormat": {"textFormat": {"link": _link(reading, grids, *to)}}}
            for at, to in formats.links.items()
        }
        yield from update_cells(grid.sheet_id, linked, "userEnteredFormat.textFormat.link")


def _link(reading: StoreReading, grids: Mapping[str, Grid], tab: str, at: At) -> Json:
    if not tab:
        return {}
    grid = grids[tab]
    states = (HEADER, reading.places[tab].columns.get("status", 0))
    view = incomplete_view(grid.filter_views) if at == states else 0
    to = f"fvid={view}" if view else f"range={column_letters(at[1])}{at[0]}"
    return {"uri": f"#gid={grid.sheet_id}&{to}"}
