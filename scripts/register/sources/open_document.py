"""Scan an OpenDocument spreadsheet (.ods) for its size, its merged cells and its marks.

OASIS OpenDocument 1.3, Part 3: 9.1 (tables), 14.1 (annotations), 16 (styles).
"""

from __future__ import annotations

import zipfile
from dataclasses import dataclass, field
from io import BytesIO
from typing import IO, TYPE_CHECKING

from defusedxml import ElementTree

from register.sources.limits import (
    MOST_ABOVE,
    MOST_LIST_CELLS,
    MOST_LIST_COLUMNS,
    MOST_LIST_ROWS,
    clean_text,
)
from register.sources.marks import CellLook, MergedCells, SheetMarks, cell_look, record_look
from register.sources.package import BesideCells, check_entries
from register.unpacking import TooLarge

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_URN = "{urn:oasis:names:tc:opendocument:xmlns:"
_TABLE, _STYLE, _OFFICE = f"{_URN}table:1.0}}", f"{_URN}style:1.0}}", f"{_URN}office:1.0}}"
_TEXT = f"{_URN}text:1.0}}"
_FORMATS = f"{_URN}xsl-fo-compatible:1.0}}"
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")
_INVISIBLE = ("collapse", "filter")


@dataclass(slots=True)
class _Reading:
    """The state of a scan: what has been found, and the current sheet, row and column."""

    looks: dict[str, CellLook | None] = field(default_factory=dict)
    unseen: set[str] = field(default_factory=set)
    """The styles of hidden sheets."""

    struck: set[str] = field(default_factory=set)
    """The styles of struck-through letters."""

    merged: dict[str, list[MergedCells]] = field(default_factory=dict)
    marks: dict[str, SheetMarks] = field(default_factory=dict)
    hidden: set[str] = field(default_factory=set)
    title: str = ""
    rows: int = 0
    columns: list[str] = field(default_factory=list)
    """The default cell style of each column."""

    cells: int = 0


def scan_ods(data: bytes) -> BesideCells:
    """Return what stands beside the cells' values; raises TooLarge before they are laid out."""
    reading = _Reading()
    with zipfile.ZipFile(BytesIO(data)) as archive:
        check_entries(archive)
        for part in ("styles.xml", "content.xml"):
            if part in archive.namelist():
                with archive.open(part) as opened:
                    _read(opened, reading)
    return BesideCells(
        merged=reading.merged,
        hidden=frozenset(reading.hidden),
        marks_of=lambda title: reading.marks.get(title, SheetMarks()),
    )


def _read(part: IO[bytes], reading: _Reading) -> None:
    for event, element in ElementTree.iterparse(part, ("start", "end"), forbid_dtd=True):
        if event == "start":
            if element.tag == f"{_TABLE}table":
                _begin_sheet(element, reading)
        elif element.tag == f"{_STYLE}style":
            _take_style(element, reading)
        elif element.tag == f"{_TABLE}table-column":
            _take_column(element, reading)
        elif element.tag == f"{_TABLE}table-row":
            _take_row(element, reading)
            element.clear()


def _begin_sheet(table: Element, reading: _Reading) -> None:
    reading.title = table.get(f"{_TABLE}name", "")
    reading.marks[reading.title], reading.merged[reading.title] = SheetMarks(), []
    reading.rows, reading.columns = 0, []
    if table.get(f"{_TABLE}style-name", "") in reading.unseen:
        reading.hidden.add(reading.title)


def _take_style(style: Element, reading: _Reading) -> None:
    name, family = style.get(f"{_STYLE}name", ""), style.get(f"{_STYLE}family")
    if family == "table":
        shown = style.find(f"{_STYLE}table-properties")
        if shown is not None and shown.get(f"{_TABLE}display") == "false":
            reading.unseen.add(name)
    elif family == "text":
        if _line_through(style.find(f"{_STYLE}text-properties")) not in ("", "none"):
            reading.struck.add(name)
    elif family == "table-cell":
        cell, text = (style.find(f"{_STYLE}{kind}-properties") for kind in ("table-cell", "text"))
        parent = reading.looks.get(style.get(f"{_STYLE}parent-style-name", ""))
        fill = "" if cell is None else cell.get(f"{_FORMATS}background-color", "")
        ink = "" if text is None else text.get(f"{_FORMATS}color", "")
        line = _line_through(text)
        own = (
            cell_look(fill.lstrip("#"), ink.lstrip("#"), struck=line not in ("", "none"))
            or CellLook()
        )
        if parent:
            own = CellLook(
                own.fill or ("" if fill else parent.fill),
                own.ink or ("" if ink else parent.ink),
                own.struck or (parent.struck and line != "none"),
            )
        reading.looks[name] = own if own != CellLook() else None


def _line_through(text: Element | None) -> str:
    """Return how a style strikes letters through, '' if it does not say."""
    if text is None:
        return ""
    said = (text.get(f"{_STYLE}text-line-through-{kind}", "") for kind in ("style", "type"))
    return next(filter(None, said), "")


def _take_column(column: Element, reading: _Reading) -> None:
    count = _repeated(column, "columns")
    first = len(reading.columns) + 1
    count = min(count, MOST_LIST_COLUMNS + 1 - first)
    if column.get(f"{_TABLE}visibility") in _INVISIBLE:
        reading.marks[reading.title].hidden_columns += range(first, first + count)
    style = column.get(f"{_TABLE}default-cell-style-name", "")
    reading.columns += [style] * max(count, 0)


def _take_row(row: Element, reading: _Reading) -> None:
    """Record a row's marks; raises TooLarge if there are too many rows, columns or cells."""
    count, number, column = _repeated(row, "rows"), reading.rows + 1, 0
    reading.rows += count
    marks, filled = reading.marks[reading.title], 0
    for cell in row:
        if cell.tag not in _CELLS:
            continue
        width = _repeated(cell, "columns")
        if cell.get(f"{_OFFICE}value-type") or cell.find(f"{_TEXT}p") is not None:
            filled = column + width
            reading.cells += width * count
            _take_cell(cell, (number, column + 1), reading)
        column += width
    if filled and row.get(f"{_TABLE}visibility") in _INVISIBLE:
        marks.hidden_rows += range(number, number + min(count, MOST_LIST_ROWS))
    if filled and (
        reading.rows > MOST_LIST_ROWS + MOST_ABOVE
        or filled > MOST_LIST_COLUMNS
        or reading.cells > MOST_LIST_CELLS
    ):
        raise TooLarge


def _take_cell(cell: Element, place: tuple[int, int], reading: _Reading) -> None:
    marks, (row, column) = reading.marks[reading.title], place
    style = cell.get(f"{_TABLE}style-name", "")
    if not style and column <= len(reading.columns):
        style = reading.columns[column - 1]
    record_look(marks, place, reading.looks.get(style))
    spans = [
        "".join(span.itertext())
        for paragraph in cell.iterfind(f"{_TEXT}p")
        for span in paragraph.iterfind(f"{_TEXT}span")
        if span.get(f"{_TEXT}style-name", "") in reading.struck
    ]
    if spans:
        whole = "".join(t for p in cell.iterfind(f"{_TEXT}p") for t in p.itertext())
        out = clean_text("".join(spans))
        marks.struck.setdefault(place, out if out != clean_text(whole) else None)
    if (link := cell.find(f"{_TEXT}p/{_TEXT}a")) is not None:
        marks.links[place] = link.get("{http://www.w3.org/1999/xlink}href", "")
    down = int(cell.get(f"{_TABLE}number-rows-spanned", "1"))
    across = int(cell.get(f"{_TABLE}number-columns-spanned", "1"))
    if down > 1 or across > 1:
        last = (row + min(down, MOST_LIST_ROWS) - 2, column + across - 2)
        reading.merged[reading.title].append(((row - 1, column - 1), last))
    note = cell.find(f"{_OFFICE}annotation")
    if note is not None:
        author = note.findtext("{http://purl.org/dc/elements/1.1/}creator", "")
        said = clean_text("\n".join("".join(one.itertext()) for one in note.iter(f"{_TEXT}p")))
        marks.comments[place] = f"{said} ({author})" if author else said


def _repeated(element: Element, what: str) -> int:
    return int(element.get(f"{_TABLE}number-{what}-repeated", "1"))
