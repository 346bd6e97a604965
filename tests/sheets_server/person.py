"""Somebody who edits a spreadsheet in a browser while our programs use it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.sheets_server import a1
from tests.sheets_server.batch import Batch
from tests.sheets_server.engine import Json, Sheet, Spreadsheet
from tests.sheets_server.values import get, update

if TYPE_CHECKING:
    from tests.sheets_server.server import SheetsServer


class Person:
    """A person's hands; rows count from 1, columns are letters, cells as ``B3``."""

    def __init__(self, server: SheetsServer, book: Spreadsheet, account: str) -> None:
        self._server = server
        self.book = book
        self.account = account

    def type(self, tab: str, cell: str, text: str) -> None:
        """Type into a cell; what it becomes is up to the sheet."""
        self.types(tab, cell, [[text]])

    def types(self, tab: str, cell: str, rows: list[list[str]]) -> None:
        """Type rows of cells from a cell on."""
        with self._server.lock:
            batch = Batch(self.book, self.account)
            body = {"values": rows}
            update(batch, _in(tab, cell), body, {"valueInputOption": "USER_ENTERED"})
            batch.commit()

    def value(self, tab: str, cell: str) -> str:
        """Return what a cell shows."""
        rows = self.rows(tab, cell)
        return rows[0][0] if rows else ""

    def rows(self, tab: str, area: str = "") -> list[list[str]]:
        """Return what a tab shows, blank rows and cells at the end left out."""
        with self._server.lock:
            text = _in(tab, area) if area else a1.quoted(tab)
            found: list[list[str]] = get(self.book, text, {}).get("values", [])
            return found

    def clear(self, tab: str) -> None:
        """Delete what all cells of a tab hold."""
        body = {"range": {"sheetId": self._sheet(tab).sheet_id}, "fields": "userEnteredValue"}
        self._do({"updateCells": body})

    def everything(self) -> dict[str, list[list[str]]]:
        """Return what every tab shows."""
        return {sheet.title: self.rows(sheet.title) for sheet in self.book.sheets}

    def sort(self, tab: str, column: str, *, down: bool = False, top: int = 2) -> None:
        """Sort the rows below the header by a column."""
        spec = {
            "dimensionIndex": a1.number(column),
            "sortOrder": "DESCENDING" if down else "ASCENDING",
        }
        area = {"sheetId": self._sheet(tab).sheet_id, "startRowIndex": top - 1}
        self._do({"sortRange": {"range": area, "sortSpecs": [spec]}})

    def insert_rows(self, tab: str, at: int, count: int = 1) -> None:
        """Insert blank rows above a row."""
        self._do({"insertDimension": {"range": self._lines(tab, "ROWS", at - 1, count)}})

    def delete_rows(self, tab: str, at: int, count: int = 1) -> None:
        """Delete rows."""
        self._do({"deleteDimension": {"range": self._lines(tab, "ROWS", at - 1, count)}})

    def move_rows(self, tab: str, at: int, count: int, before: int) -> None:
        """Move rows above another."""
        source = self._lines(tab, "ROWS", at - 1, count)
        self._do({"moveDimension": {"source": source, "destinationIndex": before - 1}})

    def insert_columns(self, tab: str, column: str, count: int = 1) -> None:
        """Insert blank columns left of a column."""
        span = self._lines(tab, "COLUMNS", a1.number(column), count)
        self._do({"insertDimension": {"range": span}})

    def delete_columns(self, tab: str, column: str, count: int = 1) -> None:
        """Delete columns."""
        span = self._lines(tab, "COLUMNS", a1.number(column), count)
        self._do({"deleteDimension": {"range": span}})

    def move_columns(self, tab: str, column: str, before: str) -> None:
        """Move a column left of another."""
        source = self._lines(tab, "COLUMNS", a1.number(column), 1)
        self._do({"moveDimension": {"source": source, "destinationIndex": a1.number(before)}})

    def hide_rows(self, tab: str, at: int, count: int = 1) -> None:
        """Hide rows."""
        span = self._lines(tab, "ROWS", at - 1, count)
        wanted = {"range": span, "properties": {"hiddenByUser": True}, "fields": "hiddenByUser"}
        self._do({"updateDimensionProperties": wanted})

    def rename_tab(self, tab: str, title: str) -> None:
        """Give a tab another title."""
        properties = {"sheetId": self._sheet(tab).sheet_id, "title": title}
        self._do({"updateSheetProperties": {"properties": properties, "fields": "title"}})

    def add_tab(self, title: str) -> None:
        """Add a tab."""
        self._do({"addSheet": {"properties": {"title": title}}})

    def delete_tab(self, tab: str) -> None:
        """Delete a tab."""
        self._do({"deleteSheet": {"sheetId": self._sheet(tab).sheet_id}})

    def note(self, tab: str, cell: str, text: str) -> None:
        """Write a note on a cell."""
        body = {
            "range": self._area(tab, cell),
            "rows": [{"values": [{"note": text}]}],
            "fields": "note",
        }
        self._do({"updateCells": body})

    def note_of(self, tab: str, cell: str) -> str:
        """Return the note on a cell."""
        area = self._area(tab, cell)
        held = self._sheet(tab).cell(area["startRowIndex"], area["startColumnIndex"])
        return str(held.get("note", ""))

    def merge(self, tab: str, area: str) -> None:
        """Merge cells."""
        self._do({"mergeCells": {"range": self._area(tab, area), "mergeType": "MERGE_ALL"}})

    def filter(self, tab: str, column: str, *hidden: str) -> None:
        """Filter a tab so that rows with these values in a column are hidden."""
        sheet = self._sheet(tab)
        criteria = {"hiddenValues": list(hidden)}
        spec = {"columnIndex": a1.number(column), "filterCriteria": criteria}
        body = {"range": {"sheetId": sheet.sheet_id}, "filterSpecs": [spec]}
        self._do({"setBasicFilter": {"filter": body}})

    def table(self, tab: str, area: str, types: dict[int, str], **more: Json) -> str:
        """Make an area a table whose columns (from 0) have these types; return its id."""
        columns = [{"columnIndex": n, "columnType": kind} for n, kind in types.items()]
        table = {"range": self._area(tab, area), "columnProperties": columns, **more}
        (reply,) = self._do({"addTable": {"table": table}})
        return str(reply["addTable"]["table"]["tableId"])

    def protect(self, tab: str, area: str = "") -> None:
        """Protect an area, or a tab, so that nobody else may edit it."""
        range_ = self._area(tab, area) if area else {"sheetId": self._sheet(tab).sheet_id}
        self._do({"addProtectedRange": {"protectedRange": {"range": range_}}})

    def do(self, *requests: Json) -> list[Json]:
        """Do what batchUpdate can and this class has no word for."""
        return self._do(*requests)

    def _do(self, *requests: Json) -> list[Json]:
        with self._server.lock:
            batch = Batch(self.book, self.account)
            replies = batch.run(list(requests))
            batch.commit()
            return replies

    def _sheet(self, tab: str) -> Sheet:
        return self.book.titled(tab)

    def _area(self, tab: str, text: str) -> Json:
        area = self.book.area(_in(tab, text))
        found: dict[str, Any] = {
            "sheetId": self._sheet(tab).sheet_id,
            "startRowIndex": area.top,
            "endRowIndex": area.bottom,
            "startColumnIndex": area.left,
            "endColumnIndex": area.right,
        }
        return {name: value for name, value in found.items() if value is not None}

    def _lines(self, tab: str, dimension: str, start: int, count: int) -> Json:
        return {
            "sheetId": self._sheet(tab).sheet_id,
            "dimension": dimension,
            "startIndex": start,
            "endIndex": start + count,
        }


def _in(tab: str, area: str) -> str:
    return f"{a1.quoted(tab)}!{area}"
