"""Lists in .xlsx workbooks: the first sheet that has a table, its values as texts."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Sequence
from io import BytesIO
from xml.parsers import expat

from python_calamine import CalamineError, CalamineWorkbook

from register.book.cells import Raw, to_book
from register.book.errors import UsageError
from register.sources.limits import MOST_COLUMNS, MOST_ROWS, clean_text, too_large

_MOST_ENTRIES = 2_000
_MOST_UNPACKED = 200 * 1024 * 1024
_CELL = re.compile(r"([A-Z]{1,3})(\d{1,7})")


def read_spreadsheet(data: bytes, name: str) -> tuple[list[list[str]], str, list[str]]:
    """Return the rows of the first sheet with a table, its title, and titles of others with text.

    Numbers keep all their digits, dates are ISO, a formula is its last value. Raises UsageError.
    """
    _look_over(data, name)
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(data))
        sheets = [
            (title, _texts(book.get_sheet_by_name(title).to_python(skip_empty_area=False)))
            for title in book.sheet_names
        ]
    except (CalamineError, OSError, ValueError) as fault:
        raise _no_workbook(name) from fault
    filled = [(title, rows) for title, rows in sheets if any(map(any, rows))]
    if not filled:
        return [], "", []
    chosen = max(filled, key=lambda sheet: _is_table(sheet[1]))
    others = [title for title, rows in filled if rows is not chosen[1]]
    return chosen[1], chosen[0], others


def _is_table(rows: Sequence[Sequence[str]]) -> int:
    """Return 2 for several rows of several cells, 1 for several rows, 0 for less."""
    if sum(sum(map(bool, row)) > 1 for row in rows) > 1:
        return 2
    return int(sum(map(any, rows)) > 1)


def _texts(rows: Sequence[Sequence[Raw]]) -> list[list[str]]:
    return [[clean_text(_text(cell)) for cell in row] for row in rows]


def _text(raw: Raw) -> str:
    if isinstance(raw, float) and raw.is_integer() and abs(raw) < 1e22:
        return str(int(raw))
    return to_book(None, raw, "fi")


def _look_over(data: bytes, name: str) -> None:
    """Refuse a workbook that would unpack to too much, before anything unpacks it."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            entries = archive.infolist()
            size = sum(entry.file_size for entry in entries)
            if len(entries) > _MOST_ENTRIES or size > _MOST_UNPACKED:
                raise too_large(name)
            for entry in entries:
                if entry.filename.endswith((".xml", ".rels")):
                    _measure(archive.read(entry), name)
            names = {entry.filename for entry in entries}
    except (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, EOFError) as fault:
        raise _no_workbook(name) from fault
    except (NotImplementedError, RuntimeError, OSError, expat.ExpatError) as fault:
        raise _no_workbook(name) from fault
    if "xl/workbook.xml" not in names:
        raise _no_workbook(name)


def _measure(xml: bytes, name: str) -> None:
    """Refuse entities, and a cell so far out that the sheet would not fit in memory."""
    parser = expat.ParserCreate()
    is_sheet = False

    def begin(tag: str, attributes: dict[str, str]) -> None:
        nonlocal is_sheet
        kind = tag.rpartition(":")[2]
        if kind == "worksheet":
            is_sheet = True
        elif is_sheet and kind == "c":
            found = _CELL.fullmatch(attributes.get("r", "A1"))
            if not found or int(found[2]) > MOST_ROWS + 100 or _number(found[1]) > MOST_COLUMNS:
                raise too_large(name)

    def doctype(*_: object) -> None:
        raise _no_workbook(name)

    parser.StartElementHandler = begin
    parser.StartDoctypeDeclHandler = doctype
    parser.Parse(xml, True)


def _number(letters: str) -> int:
    number = 0
    for char in letters:
        number = number * 26 + ord(char) - 64
    return number


def _no_workbook(name: str) -> UsageError:
    return UsageError(
        "{file} is not a workbook that can be read, or it is protected by a password.",
        remedy="Open it in LibreOffice or Excel and save it as .xlsx without a password.",
        file=name,
    )
