"""Lists in .xlsx workbooks: the first sheet that has a table, its values as texts."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Sequence
from io import BytesIO

from python_calamine import CalamineError, CalamineWorkbook

from register.book.cells import Raw, to_book
from register.errors import UsageError
from register.sources.limits import MOST_ABOVE, MOST_COLUMNS, MOST_ROWS, clean, too_large
from register.unpacking import TooLarge, Unsafe, measured

_MOST_ENTRIES = 2_000
_MOST_UNPACKED = 400 * 1024 * 1024


def spreadsheet(data: bytes, name: str) -> tuple[list[list[str]], str, list[str]]:
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
    return [[clean(_text(cell)) for cell in row] for row in rows]


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
            measured(
                archive,
                most_rows=MOST_ROWS + MOST_ABOVE,
                most_columns=MOST_COLUMNS,
                most_bytes=_MOST_UNPACKED,
            )
            names = {entry.filename for entry in entries}
    except TooLarge as fault:
        raise too_large(name) from fault
    except (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, EOFError, Unsafe) as fault:
        raise _no_workbook(name) from fault
    except (NotImplementedError, RuntimeError, OSError) as fault:
        raise _no_workbook(name) from fault
    if "xl/workbook.xml" not in names:
        raise _no_workbook(name)


def _no_workbook(name: str) -> UsageError:
    return UsageError(
        "{file} is not a workbook that can be read, or it is protected by a password.",
        remedy="Open it in LibreOffice or Excel and save it as .xlsx without a password.",
        file=name,
    )
