"""The bytes of a workbook, made in memory: openpyxl's own way leaves rows in TMPDIR if killed."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.writer.excel import ExcelWriter


def workbook_bytes(workbook: Workbook) -> bytes:
    """Return the .xlsx file of a workbook."""
    workbook.properties.modified = datetime.now(UTC).replace(tzinfo=None)
    buffer = BytesIO()
    _MemoryWriter(workbook, ZipFile(buffer, "w", ZIP_DEFLATED)).save()
    return buffer.getvalue()


class _MemoryWriter(ExcelWriter):
    """Keeps each sheet in memory until it is in the archive."""

    manifest: Any
    _archive: ZipFile

    def write_worksheet(self, ws: Any) -> None:  # noqa: ANN401 an openpyxl Worksheet, its privates
        """Write a sheet as openpyxl does, but without a temporary file."""
        ws._drawing = SpreadsheetDrawing()
        ws._drawing.charts, ws._drawing.images = ws._charts, ws._images
        sheet = BytesIO()
        writer: Any = WorksheetWriter(ws, sheet)
        writer.write()
        ws._rels = writer._rels
        self._archive.writestr(ws.path[1:], sheet.getvalue())
        self.manifest.append(ws)
