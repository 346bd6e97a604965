"""The size of an .xlsx package, measured while it is unpacked, before anything is kept in memory.

A cell may be a million rows down, one shared string may be in every cell, and a file of 1 MB may
unpack to gigabytes, while a reader allocates the whole rectangle. Cells without a value cost
nothing and are not counted.
"""

import re
import zipfile
import zlib
from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from html import unescape
from posixpath import dirname, join, normpath

from defusedxml import ElementTree

MOST_CELLS = 12_000_000
"""The maximum number of filled cells in all; the rectangle of one sheet may have twice as many."""

MOST_TEXT = 600 * 1024 * 1024
"""The maximum number of characters in all cells; a shared text counts once for each cell."""

_LOOKED_INTO = (".xml", ".rels", ".vml")
_PIECE = 1 << 20
_LONGEST_ROW = 32 << 20
_FILLED = rb"[^>]*(?<!/)>\s*<(?:\w+:)?(?:v|is|f)\b"
_FAR = re.compile(rb'<(?:\w+:)?c\b[^>]*?\sr="(?:([A-Z]{2,3})(\d+)|([A-Z])(\d{6,7}))"' + _FILLED)
_FAR_AT_MOST = re.compile(rb' r="(?:[A-Z]{1,3}(?=\d{6})|([A-Z]{2,3})\d)')
_LAST = re.compile(rb'<(?:\w+:)?row\b[^>]*?\sr="(\d+)"')
_NAMELESS = re.compile(rb"<(?:\w+:)?c\b(?![^>]*\sr=)" + _FILLED)
_ROW = re.compile(rb"<(?:\w+:)?row\b(?![^>]*\sr=)[^>]*(?<!/)>")
_VALUE = re.compile(rb"<(?:\w+:)?(?:v|is)>")
_SHARED = re.compile(rb'\st="s"[^>]*>\s*<(?:\w+:)?v>\s*(\d{1,9})')
_ITEM = re.compile(rb"<(?:\w+:)?si\b")
_TAGS = re.compile(rb"<[^>]*>")
_WIDE = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")

_MOST_HIDDEN = 300
_COLUMN_TAG = re.compile(rb"<(?:\w+:)?col((?:\s[^>]*)?)>")
_LEAST = re.compile(rb"""\smin=["'](\d{1,6})["']""")
_MOST = re.compile(rb"""\smax=["'](\d{1,6})["']""")
_STYLE = re.compile(rb"""\ss=["'](\d{1,6})["']""")
_STYLED = re.compile(
    rb"<(?:\w+:)?(?:(row)|c)((?:[\s/][^>]*)?)>"
    rb"(?:(?:\s*<(?:\w+:)?f(?:\s[^>]*)?(?:/>|>[^<]*</(?:\w+:)?f>))?\s*<(?:\w+:)?v>(\d{1,9})</)?"
)
_ROW_TAG = re.compile(rb"<(?:\w+:)?row((?:\s[^>]*)?)>")
_HIDDEN = re.compile(rb"""\shidden=["'](?:1|true)["']""")
_CALCULATED = re.compile(rb"""<(?:\w+:)?f[\s/>]|\st=["']e["']""")
_STEP = re.compile(
    rb"<(?:\w+:)?(?:(row)|c)((?:[\s/][^>]*)?)>"
    rb"(?:\s*(<(?:\w+:)?f(?:\s[^>]*)?(?:/>|>[^<]*</(?:\w+:)?f>)))?"
    rb"(?:\s*(<(?:\w+:)?v(?:\s[^>]*)?/?>)([^<]+)?)?"
)
_LINK = re.compile(r'>\s*HYPERLINK\("([^"]*)"(?:\s*,\s*"([^"]*)")?\)\s*<', re.IGNORECASE)
_LINK_TAG = re.compile(rb"<(?:\w+:)?hyperlink\s[^>]*>")
_LINK_PLACE = re.compile(rb"""\sref=["']([A-Z]+\d+)["':]""")
_RELATION = re.compile(rb"""\s\w+:id=["']([^"']+)["']""")
_PLACE = re.compile(rb"""\sr=["']([A-Z]*)(\d+)["']""")
_KIND = re.compile(rb"""\st=["'](\w+)["']""")


BROKEN_ARCHIVE = (
    *(zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, EOFError, OSError),
    *(NotImplementedError, RuntimeError, KeyError, ValueError),
)
"""What :mod:`zipfile` and :mod:`zlib` raise for a package that is broken, encrypted or unknown."""


class TooLarge(ValueError):
    """A sheet holds more than can be read."""


class UnsafePart(ValueError):
    """A part has a document type, or an encoding that could hide one."""


@dataclass(slots=True)
class SheetExtent:
    """The last row and column of a sheet's filled cells, from 1, and the number of these cells."""

    rows: int = 0
    columns: int = 26
    cells: int = 0
    texts: int = field(default=0)


def check_package(
    archive: zipfile.ZipFile,
    *,
    most_rows: int,
    most_columns: int,
    most_bytes: int,
    most_cells: int = MOST_CELLS,
    whole: bool = False,
) -> None:
    """Read every part once, in pieces; raise TooLarge or UnsafePart if it must not be opened.

    ``most_rows``, ``most_columns`` and ``most_cells`` concern filled cells, including headers.
    Faults of the package itself are raised as :mod:`zipfile` and :mod:`zlib` do. If ``whole`` is
    True, other parts such as pictures are read as well to find such faults.
    """
    total = 0
    cells = 0
    sheets: list[str] = []
    for entry in archive.infolist():
        if not entry.filename.endswith(_LOOKED_INTO):
            if whole:
                archive.read(entry)
            continue
        is_sheet = "worksheets/" in entry.filename and entry.filename.endswith(".xml")
        extent = SheetExtent()
        first = True
        for piece in _pieces(archive, entry.filename):
            total += len(piece)
            if total > most_bytes + _LONGEST_ROW:
                raise TooLarge
            if first:
                check_beginning(piece, entry.filename)
            first = False
            if is_sheet:
                _measure(piece, extent, most_rows, most_columns)
                if cells + extent.cells > most_cells:
                    raise TooLarge
        if is_sheet:
            sheets.append(entry.filename)
            cells += extent.cells
            if extent.rows * extent.columns > 2 * most_cells:
                raise TooLarge
    _measure_texts(archive, sheets, cells)


def check_beginning(content: bytes, name: str) -> None:
    """Raise UnsafePart if a part has a document type, or an encoding that could hide one."""
    if content.startswith(_WIDE) or b"<!DOCTYPE" in content[:65_536]:
        raise UnsafePart(name)


def _measure(piece: bytes, extent: SheetExtent, most_rows: int, most_columns: int) -> None:
    # Counting takes a tenth of the pattern's time, and in nearly every cell the address is first.
    named = piece.count(b"<c") == piece.count(b'<c r="') and b":c" not in piece
    further = not named or _may_reach_further(piece, extent)
    for found in _FAR.finditer(piece) if further else ():
        letters, row = (found[1], found[2]) if found[1] else (found[3], found[4])
        extent.columns = max(extent.columns, column_number(letters.decode()))
        if int(row) > most_rows or extent.columns > most_columns:
            raise TooLarge
    if not named and _NAMELESS.search(piece):
        extent.rows += len(_ROW.findall(piece))
        numbers = _LAST.findall(piece)
        if numbers:
            extent.rows = max(extent.rows, *map(int, numbers))
    else:
        filled = max(piece.rfind(b"<v>"), piece.rfind(b"<is>"), piece.rfind(b"<f"))
        last = [int(row) for row in _LAST.findall(piece, 0, filled)] if filled > 0 else []
        extent.rows = max([extent.rows, *last])
    plain = b":v>" not in piece and b":is>" not in piece
    extent.cells += (
        piece.count(b"<v>") + piece.count(b"<is>") if plain else len(_VALUE.findall(piece))
    )
    if extent.rows > most_rows or extent.cells > MOST_CELLS:
        raise TooLarge


def _may_reach_further(piece: bytes, extent: SheetExtent) -> bool:
    """Return True if a piece may have a cell in a row of six digits, or right of the extent.

    Only for pieces whose cells have their addresses first. Finding the letters takes an eighth of
    the time that finding the filled cells takes.
    """
    letters = set(_FAR_AT_MOST.findall(piece))
    return b"" in letters or any(column_number(one.decode()) > extent.columns for one in letters)


def _measure_texts(archive: zipfile.ZipFile, sheets: list[str], cells: int) -> None:
    """Raise TooLarge if the shared strings, each counted as often as it is used, are too long."""
    if "xl/sharedStrings.xml" not in archive.namelist():
        return
    size = archive.getinfo("xl/sharedStrings.xml").file_size
    if size * max(cells, 1) < MOST_TEXT or size == 0:
        return
    lengths: list[int] = []
    for piece in _pieces(archive, "xl/sharedStrings.xml", b"</si>"):
        starts = [found.start() for found in _ITEM.finditer(piece)]
        for start, end in zip(starts, [*starts[1:], len(piece)], strict=True):
            lengths.append(len(_TAGS.sub(b"", piece[start:end])) if end - start > 200 else 200)
    if max(lengths, default=0) * cells < MOST_TEXT:
        return
    total = 0
    for name in sheets:
        for piece in _pieces(archive, name):
            for found in _SHARED.finditer(piece):
                at = int(found[1])
                total += lengths[at] if at < len(lengths) else 0
            if total > MOST_TEXT:
                raise TooLarge


def _pieces(archive: zipfile.ZipFile, name: str, end: bytes = b"</row>") -> Iterator[bytes]:
    """Yield a part in pieces that end with ``end``, so that rows are whole."""
    left = b""
    with archive.open(name) as part:
        while more := part.read(_PIECE):
            left += more
            cut = left.rfind(end)
            if cut < 0 and len(left) < _LONGEST_ROW and b"<row" in left:
                continue
            cut = cut + len(end) if cut >= 0 else len(left)
            yield left[:cut]
            left = left[cut:]
    if left:
        yield left


def column_number(letters: str) -> int:
    """Return the number of a column from 1: A is 1, AA is 27."""
    number = 0
    for char in letters:
        number = number * 26 + ord(char) - 64
    return number


def column_letters(column: int) -> str:
    """Return the letters of a column: 1 is A, 28 is AB."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def sheet_parts(workbook: bytes, relations: bytes, names: Container[str]) -> dict[str, str]:
    """Return the part of each worksheet by its title, in the order of the tabs.

    Raises ValueError if there is no worksheet, KeyError or an error of the parser if this is no
    workbook.
    """
    targets = {
        one.get("Id"): one.get("Target", "")
        for one in ElementTree.fromstring(relations, forbid_dtd=True).iterfind("{*}Relationship")
    }
    sheets: dict[str, str] = {}
    for sheet in ElementTree.fromstring(workbook, forbid_dtd=True).iterfind(".//{*}sheet"):
        relation = next((value for key, value in sheet.items() if key.endswith("}id")), "")
        target = targets[relation]
        part = normpath(target.lstrip("/") if target.startswith("/") else join("xl", target))
        if part in names and dirname(part).endswith("worksheets"):
            sheets[sheet.get("name", "")] = part
    if not sheets:
        raise ValueError("no sheets")
    return sheets


@dataclass(frozen=True, slots=True)
class CalculatedCell:
    """A cell with a formula or an error; row and column are counted from 1.

    ``stored`` is True if it has a calculated value: a text may be empty, a number may not.
    ``error`` is the error that it shows (``#N/A``), else ''. If the formula is only a link,
    ``link`` is its target and ``shown`` its text: such a cell need not be calculated.
    """

    row: int
    column: int
    stored: bool
    error: str
    link: str = ""
    shown: str = ""


def calculated_cells(archive: zipfile.ZipFile, part: str) -> Iterator[CalculatedCell]:
    """Yield the cells of a sheet with formulas or errors, row by row."""
    row = column = 0
    for piece in _pieces(archive, part):
        if not _CALCULATED.search(piece):
            numbers = _LAST.findall(piece)
            row = int(numbers[-1]) if numbers else row + len(_ROW.findall(piece))
            continue
        for is_row, about, formula, stored, value in _STEP.findall(piece):
            row, column = _next_place((row, column), about, is_row)
            if is_row:
                continue
            kind = _KIND.search(about) if formula or stored else None
            letter = kind[1] if kind else b""
            if formula or letter == b"e":
                has_value = bool(value) or bool(stored and letter in (b"str", b"s"))
                error = value.decode(errors="replace") if letter == b"e" else ""
                found = _LINK.search(unescape(formula.decode(errors="replace")))
                link, shown = (found[1], found[2] or "") if found else ("", "")
                yield CalculatedCell(row, column, has_value or bool(link), error, link, shown)


def _next_place(last: tuple[int, int], about: bytes, is_row: bytes) -> tuple[int, int]:
    """Return row and column of a tag's attributes: column 0 for a row, or behind the ``last``."""
    row, column = last
    place = _PLACE.search(about)
    if is_row:
        return int(place[2]) if place else row + 1, 0
    return row, column_number(place[1].decode()) if place else column + 1


def cell_links(archive: zipfile.ZipFile, part: str) -> Iterator[tuple[tuple[int, int], str]]:
    """Yield the linked cells of a sheet, ``((row, column), relation id)``."""
    for piece in _pieces(archive, part):
        for about in _LINK_TAG.findall(piece):
            place, relation = _LINK_PLACE.search(about), _RELATION.search(about)
            if place and relation:
                yield row_and_column(place[1].decode()), relation[1].decode()


def hidden_rows(archive: zipfile.ZipFile, part: str) -> Iterator[int]:
    """Yield the numbers of a sheet's hidden rows."""
    row = 0
    for piece in _pieces(archive, part):
        for about in _ROW_TAG.findall(piece):
            place = _PLACE.search(about)
            row = int(place[2]) if place else row + 1
            if _HIDDEN.search(about):
                yield row


def hidden_columns(archive: zipfile.ZipFile, part: str) -> list[int]:
    """Return the numbers of a sheet's hidden columns, up to column 300."""
    head = next(_pieces(archive, part), b"").partition(b"<sheetData")[0]
    found: list[int] = []
    for about in _COLUMN_TAG.findall(head):
        least, most = _LEAST.search(about), _MOST.search(about)
        if least and most and _HIDDEN.search(about):
            found += range(int(least[1]), min(int(most[1]), _MOST_HIDDEN) + 1)
    return found


def styled_cells(archive: zipfile.ZipFile, part: str) -> Iterator[tuple[tuple[int, int], int, int]]:
    """Yield ``(row, column)``, style and shared string (-1 for none) of each cell of a sheet."""
    row = column = 0
    for piece in _pieces(archive, part):
        for is_row, about, string in _STYLED.findall(piece):
            row, column = _next_place((row, column), about, is_row)
            if is_row:
                continue
            style, kind = _STYLE.search(about), _KIND.search(about)
            shared = bool(string and kind and kind[1] == b"s")
            yield (row, column), int(style[1]) if style else 0, int(string) if shared else -1


def row_and_column(reference: str) -> tuple[int, int]:
    """Return row and column of an address, from 1: B7 is (7, 2); (0, 0) if it is none."""
    found = re.fullmatch(r"([A-Z]{1,3})(\d{1,7})", reference)
    return (int(found[2]), column_number(found[1])) if found else (0, 0)
