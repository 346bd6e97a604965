"""Tables of a Google Sheet ("Convert to table"), and adding rows below a tab's data.

A table's column may have a type; Google then refuses number formats and dropdowns in it. A new row
belongs to a table only if it is added by the table's id, or the table's range is extended to it.
https://developers.google.com/workspace/sheets/api/guides/tables
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from register.stores.google_cells import (
    VALUE,
    WRITTEN_FIELDS,
    Json,
    append_cells,
    update_cells,
)
from register.stores.google_covers import Cover, stretch_requests
from register.stores.google_requests import area_of, span_of

TABLES = (
    "tables(tableId,range,columnProperties(columnIndex,columnType),"
    "rowsProperties(footerColorStyle))"
)
"""The fields to request for a tab's tables."""

_NO_TYPE = ("", "COLUMN_TYPE_UNSPECIFIED")


@dataclass(frozen=True, slots=True)
class SheetTable:
    """A table: its id, its area (indexes from 0, ends exclusive), and its typed columns.

    ``typed`` are column numbers of the tab, from 1; ``footer`` is True if the last row holds
    totals.
    """

    table_id: str
    top: int
    bottom: int
    left: int
    right: int
    typed: frozenset[int] = frozenset()
    footer: bool = False

    def holds(self, row: int, column: int) -> bool:
        """Return True if a cell (numbered from 1) is in the table below its header."""
        return self.top + 1 < row <= self.bottom and self.left < column <= self.right


def tables_of(sheet: Mapping[str, Any], rows: int, columns: int) -> tuple[SheetTable, ...]:
    """Return the tables in Google's description of a tab."""
    found: list[SheetTable] = []
    for one in sheet.get("tables", ()):
        area = one.get("range", {})
        left = int(area.get("startColumnIndex", 0))
        typed = {
            left + int(column.get("columnIndex", 0)) + 1
            for column in one.get("columnProperties", ())
            if column.get("columnType", "") not in _NO_TYPE
        }
        found.append(
            SheetTable(
                str(one.get("tableId", "")),
                int(area.get("startRowIndex", 0)),
                int(area.get("endRowIndex", rows)),
                left,
                int(area.get("endColumnIndex", columns)),
                frozenset(typed),
                bool(one.get("rowsProperties", {}).get("footerColorStyle")),
            )
        )
    return tuple(found)


def footer_rows(tables: Iterable[SheetTable]) -> frozenset[int]:
    """Return the totals rows (from 1) of tables whose first row is the header row."""
    return frozenset(table.bottom for table in tables if table.footer and not table.top)


def is_typed(tables: Collection[SheetTable], row: int, column: int) -> bool:
    """Return True if a cell is in a typed column of a table, and so keeps its format."""
    return any(column in table.typed and table.holds(row, column) for table in tables)


def update_rows(
    sheet_id: int, cells: Mapping[tuple[int, int], Json], tables: Collection[SheetTable]
) -> list[Json]:
    """Return the requests that write cells and their notes, by ``(row, column)``.

    Cells in typed columns keep their format.
    """
    kinds: dict[str, dict[tuple[int, int], Json]] = {}
    for at, cell in cells.items():
        fields = VALUE if is_typed(tables, *at) else WRITTEN_FIELDS
        kinds.setdefault(f"{fields},note" if "note" in cell else fields, {})[at] = cell
    return [
        request for fields, of in kinds.items() for request in update_cells(sheet_id, of, fields)
    ]


def added_rows(
    sheet_id: int,
    rows: Collection[Mapping[int, Json]],
    tables: Collection[SheetTable],
    free_row: int,
    live: Collection[int] | None,
    covers: Collection[Cover] = (),
) -> list[Json]:
    """Return the requests that add rows, given as cells by column, below the last row of data.

    ``free_row`` is the row below the data. ``live`` are the columns whose formulas people have
    filled down to there and beyond; None if nothing is below. ``covers`` are extended to the new
    rows too. Where possible, Google itself finds the place, since somebody may be adding rows at
    the same time.
    """
    columns = {column for row in rows for column in row}
    ours = [t for t in tables if not t.top and any(t.left < n <= t.right for n in columns)]
    cover = [t for t in ours if not t.left and max(columns, default=0) <= t.right]
    ends = free_row - 1, free_row - 1 + len(rows)
    if live is None and not ours:
        return [append_cells(sheet_id, map(_in_order, rows)), *stretch_requests(covers, *ends)]
    if live is None and cover:
        pushed = cover[0].bottom - cover[0].footer
        return [*_in_table(sheet_id, rows, cover[0]), *stretch_requests(covers, *ends, pushed)]
    inserted = _inserted(sheet_id, rows, ours, free_row, live or ())
    return [*inserted, *stretch_requests(covers, *ends, ends[0])]


def _in_table(
    sheet_id: int, rows: Collection[Mapping[int, Json]], table: SheetTable
) -> Iterator[Json]:
    """Yield the requests that add rows to a table.

    If it has typed columns, formats are set separately, for whole columns without a type.
    """
    columns = {column for row in rows for column in row}
    fields = VALUE if any(column <= max(columns) for column in table.typed) else WRITTEN_FIELDS
    yield append_cells(sheet_id, map(_in_order, rows), fields, table.table_id)
    if fields == WRITTEN_FIELDS:
        return
    for column in sorted(columns - table.typed):
        formats = [row[column].get("userEnteredFormat") for row in rows if column in row]
        look = next((one for one in formats if one), None)
        if look and look["numberFormat"]["type"] != "TEXT":
            area = area_of(sheet_id, rows=(table.top + 1, None), columns=(column - 1, column))
            cell = {"userEnteredFormat": look}
            fields_of = "userEnteredFormat.numberFormat"
            yield {"repeatCell": {"range": area, "cell": cell, "fields": fields_of}}


def _inserted(
    sheet_id: int,
    rows: Collection[Mapping[int, Json]],
    tables: Collection[SheetTable],
    free_row: int,
    live: Collection[int],
) -> Iterator[Json]:
    """Yield the requests that insert rows at the end of the data, above results of formulas."""
    start, count = free_row - 1, len(rows)
    span = span_of(sheet_id, "ROWS", start, start + count)
    yield {"insertDimension": {"range": span, "inheritFromBefore": start > 1}}
    grown: list[SheetTable] = []
    for table in tables:
        bottom = table.bottom + count
        if table.bottom >= start:
            if table.bottom == start:
                columns = (table.left, table.right)
                area = area_of(sheet_id, rows=(table.top, bottom), columns=columns)
                wanted = {"tableId": table.table_id, "range": area}
                yield {"updateTable": {"table": wanted, "fields": "range"}}
            grown.append(replace(table, bottom=bottom))
    for column in sorted(live):
        above, below = (
            area_of(sheet_id, rows=rows, columns=(column - 1, column))
            for rows in ((start - 1, start), (start, start + count))
        )
        paste = {"source": above, "destination": below, "pasteType": "PASTE_FORMULA"}
        yield {"copyPaste": paste}
    cells = {
        (free_row + index, column): cell
        for index, row in enumerate(rows)
        for column, cell in row.items()
    }
    yield from update_rows(sheet_id, cells, grown)


def _in_order(row: Mapping[int, Json]) -> list[Json]:
    return [row.get(column, {}) for column in range(1, max(row, default=0) + 1)]
