"""Texts of a workbook outside the register's cells: read, or redacted to remove a person.

They are people's comments, their own tabs, file properties, texts of drawings, links, filters,
choice lists, names, headers and footers: every text and attribute value in an XML part. Shared
strings that no cell uses any more belong to them too (ECMA-376 Part 1: 18.4, 18.7).
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from html import unescape
from xml.sax.saxutils import escape

from register.book.joined_cells import Redact, joined_row, redacted_row
from register.stores.comments import part_of_sheet
from register.stores.package import Package
from register.stores.reading import StoreReading, read_sheets, texts_of
from register.stores.sheet_xml import CellValue, SheetPatch, patch_sheet, scan_sheet

_WHOLE = re.compile(
    r"<((?:\w+:)?)(si|is|comment|threadedComment)\b([^<>]*)(?<!/)>(.*?)</\1\2>", re.S
)
_TOKEN = re.compile(
    r"""<!--.*?-->|<!\[CDATA\[.*?\]\]>|<(?:[^<>"']|"[^"]*"|'[^']*')*>|[^<]+""", re.S
)
_RUN = re.compile(r"(<(?:\w+:)?(?:t|text)(?:\s[^<>]*)?(?<!/)>)([^<]*)(?=<)")
_ATTRIBUTE = re.compile(r"""(=\s*)("[^"]*"|'[^']*')""")
_FRACTION = re.compile(r"[-+]?\d*[.]\d+(?:[eE][-+]?\d+)?|[-+]?\d+[eE][-+]?\d+")
_CODE = re.compile(r"(&[A-Z])")
"""A code in a page header that starts a section or inserts a field; text follows it directly."""

_SHORTEST = 5
"""The length of the shortest name, address or phone that identifies a person, in characters."""

_SHARED_CELL = re.compile(
    rb'<(?:\w+:)?c\b[^<>]*\bt="s"[^<>]*>(?:(?!</(?:\w+:)?c>).)*?<(?:\w+:)?v>(\d+)<', re.S
)
_STRING = re.compile(rb"<((?:\w+:)?)si\b[^<>]*?(?:/>|>.*?</\1si>)", re.DOTALL)
_CELLS = re.compile(r"<((?:\w+:)?sheetData)\b.*</\1>", re.S)
_REF = re.compile(r'\bref="[A-Z]{1,3}(\d+)"')
_STRINGS = "xl/sharedStrings.xml"


def texts_beside(package: Package, reading: StoreReading, name: str) -> Iterator[tuple[str, str]]:
    """Yield ``(place, text)`` of texts outside the register's cells."""
    for title, rows in _others(package, reading, name).items():
        yield from ((title, said) for row in rows if (said := joined_row(row)))
    sheets = set(package.sheets.values())
    for part, data in package.parts.items():
        if part == _STRINGS or not _is_xml(part):
            continue
        text = data.decode("utf-8", "replace")
        found = _Gathered()
        _rewritten(_CELLS.sub("", text) if part in sheets else text, found)
        yield from ((part, text) for text in dict.fromkeys(found.texts) if text.strip())


def _others(package: Package, reading: StoreReading, name: str) -> dict[str, list[list[str]]]:
    """Return the texts of the tabs outside the register, by title."""
    register = {place.title for place in reading.places.values()}
    others = [title for title in package.sheets if title not in register]
    found = read_sheets(package, name, others)
    return {title: texts_of(rows) for title, rows in found.items()}


class _Gathered:
    """A redaction that changes nothing and collects the texts it gets."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def __call__(self, text: str) -> str:
        self.texts.append(text)
        return text


def scrubbed_parts(
    package: Package,
    reading: StoreReading,
    redact: Redact,
    rows: Collection[tuple[str, str]],
    name: str,
) -> dict[str, bytes]:
    """Return the parts with every text redacted.

    The comments on ``rows`` (tab, id) are emptied.
    """
    parts = dict(package.parts)
    for title, cells in _others(package, reading, name).items():
        part = package.sheets[title]
        parts[part] = _without_joined(parts[part], cells, redact)
    for tab, place in reading.places.items():
        numbers = {
            number
            for row_id, number in reading.book.table(tab).numbers.items()
            if (tab, row_id) in rows
        }
        for kind in ("comments", "threadedComment"):
            if numbers and (part := part_of_sheet(parts, package.sheets[place.title], kind)):
                parts[part] = _emptied(parts[part].decode(), numbers).encode()
    if _STRINGS in parts:
        used = _used(parts, package.sheets)
        parts[_STRINGS] = _only(parts[_STRINGS], used)
    for part, data in parts.items():
        if _is_xml(part):
            text = data.decode("utf-8", "surrogateescape")
            left = _rewritten(text, redact)
            if left != text:
                parts[part] = left.encode("utf-8", "surrogateescape")
    return parts


def _without_joined(xml: bytes, rows: Sequence[Sequence[str]], redact: Redact) -> bytes:
    """Return a sheet redacted of names that are split over adjacent cells of a row."""
    patch = SheetPatch()
    for number, row in enumerate(rows, start=1):
        left = redacted_row(row, redact)
        if any(redact(row[at]) == row[at] for at in left):
            patch.cells[number] = {at + 1: CellValue(cell) for at, cell in left.items()}
    return patch_sheet(xml, scan_sheet(xml, patch.rows), patch) if patch.cells else xml


def _is_xml(part: str) -> bool:
    return part.endswith((".xml", ".rels", ".vml"))


def _rewritten(xml: str, redact: Redact) -> str:
    """Return XML with every text and every attribute value redacted.

    Texts that are split into runs come first, as people read them.
    """
    xml = _WHOLE.sub(lambda found: _whole(found, redact), xml)
    return _TOKEN.sub(lambda found: _token(found[0], redact), xml)


def _token(token: str, redact: Redact) -> str:
    if len(token) < _SHORTEST:
        return token
    if token.startswith(("<!--", "<![CDATA[")):
        return redact(token)
    if token[0] == "<":
        return _ATTRIBUTE.sub(
            lambda found: f"{found[1]}{found[2][0]}{_said(found[2][1:-1], redact)}{found[2][0]}",
            token,
        )
    return _said(token, redact)


def _said(text: str, redact: Redact) -> str:
    """Return an XML text redacted.

    A whole number becomes '', since a cell of numbers can hold no words.
    """
    plain = unescape(text)
    if len(plain) < _SHORTEST or _FRACTION.fullmatch(plain):
        return text
    left = "".join(one if _CODE.fullmatch(one) else redact(one) for one in _CODE.split(plain))
    if left == plain:
        return text
    return "" if plain.isdecimal() else escape(left, {'"': "&quot;", "'": "&apos;"})


def _whole(found: re.Match[str], redact: Redact) -> str:
    """Return an element whose text is split into runs; a redacted text goes into the first run."""
    runs = _RUN.findall(found[4])
    if len(runs) < 2:
        return found[0]
    plain = unescape("".join(text for _, text in runs))
    left = redact(plain)
    if left == plain or "".join(redact(unescape(text)) for _, text in runs) == left:
        return found[0]
    texts = iter([escape(left), *[""] * (len(runs) - 1)])
    inner = _RUN.sub(lambda run: run[1] + next(texts), found[4])
    return f"<{found[1]}{found[2]}{found[3]}>{inner}</{found[1]}{found[2]}>"


def _emptied(xml: str, numbers: Collection[int]) -> str:
    def emptied(found: re.Match[str]) -> str:
        row = _REF.search(found[3])
        if row is None or int(row[1]) not in numbers:
            return found[0]
        inner = _RUN.sub(lambda run: run[1], found[4])
        return f"<{found[1]}{found[2]}{found[3]}>{inner}</{found[1]}{found[2]}>"

    return _WHOLE.sub(emptied, xml)


def _used(parts: Mapping[str, bytes], sheets: Mapping[str, str]) -> set[int]:
    return {int(index) for part in sheets.values() for index in _SHARED_CELL.findall(parts[part])}


def _only(strings: bytes, used: Collection[int]) -> bytes:
    """Return the shared strings with unused ones emptied; their indexes stay."""
    number = iter(range(1 << 31))

    def kept(found: re.Match[bytes]) -> bytes:
        if next(number) in used:
            return found[0]
        p = found[1]
        return b"<" + p + b"si><" + p + b"t></" + p + b"t></" + p + b"si>"

    return _STRING.sub(kept, strings)
