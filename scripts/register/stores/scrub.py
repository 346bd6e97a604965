"""Texts of a workbook that are no cells of the register: read, or rewritten without somebody.

People's comments, tabs of their own, properties of the file, drawings' texts, links, and the
shared strings that no cell uses any more (ECMA-376 Part 1: 18.4, 18.7, 18.10; Part 2: 10,
core properties).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from html import unescape
from xml.sax.saxutils import escape

from register.stores.comments import part_of_sheet
from register.stores.package import Package
from register.stores.reading import StoreReading, read_sheets, texts_of

Redact = Callable[[str], str]

_WHOLE = re.compile(
    r"<((?:\w+:)?)(si|is|comment|threadedComment)\b([^<>]*)(?<!/)>(.*?)</\1\2>", re.S
)
_TEXT = re.compile(
    r"(<(?:\w+:)?(?:t|text|author|creator|lastModifiedBy|title|subject|description|keywords|category"
    r"|Manager|Company|f|v|p|oddHeader|oddFooter)(?:\s[^<>]*)?(?<!/)>)([^<]+)(?=<)"
)
_RUN = re.compile(r"(<(?:\w+:)?(?:t|text)(?:\s[^<>]*)?(?<!/)>)([^<]*)(?=<)")
_ATTRIBUTE = re.compile(
    r'(\s(?:displayName|userId|Target|tooltip|display|descr|alt|location|v)=")([^"<]*)(")'
)
_NUMBER = re.compile(r"[-+]?[\d.]+(?:[eE][-+]?\d+)?")
_SHARED_CELL = re.compile(
    rb'<(?:\w+:)?c\b[^<>]*\bt="s"[^<>]*>(?:(?!</(?:\w+:)?c>).)*?<(?:\w+:)?v>(\d+)<', re.S
)
_STRING = re.compile(rb"<((?:\w+:)?)si\b[^<>]*?(?:/>|>.*?</\1si>)", re.DOTALL)
_REF = re.compile(r'\bref="[A-Z]{1,3}(\d+)"')
_STRINGS = "xl/sharedStrings.xml"


def texts_beside(package: Package, reading: StoreReading, name: str) -> Iterator[tuple[str, str]]:
    """Yield ``(place, text)`` of what is no cell of the register."""
    register = {place.title for place in reading.places.values()}
    others = [title for title in package.sheets if title not in register]
    for title, rows in read_sheets(package, name, others).items():
        yield from ((title, cell) for row in texts_of(rows) for cell in row if cell)
    sheets = set(package.sheets.values())
    for part, data in package.parts.items():
        if part in sheets or part == _STRINGS or not _is_xml(part):
            continue
        found = _Gathered()
        _rewritten(data.decode("utf-8", "replace"), found)
        yield from ((part, text) for text in dict.fromkeys(found.texts) if text.strip())


class _Gathered:
    """A redaction that leaves all as it is, and keeps what it was shown."""

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
) -> dict[str, bytes]:
    """Return the parts with every text redacted; the comments on ``rows`` (tab, id) are emptied."""
    parts = dict(package.parts)
    for tab, place in reading.places.items():
        numbers = {
            number
            for row_id, number in reading.book.table(tab).numbers.items()
            if (tab, row_id) in rows
        }
        for kind in ("comments", "threadedComment"):
            if numbers and (name := part_of_sheet(parts, package.sheets[place.title], kind)):
                parts[name] = _emptied(parts[name].decode(), numbers).encode()
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


def _is_xml(part: str) -> bool:
    return part.endswith((".xml", ".rels", ".vml"))


def _rewritten(xml: str, redact: Redact) -> str:
    """Return XML with its texts redacted: those in several runs first, as people read them."""
    xml = _WHOLE.sub(lambda found: _whole(found, redact), xml)
    xml = _TEXT.sub(lambda found: found[1] + _said(found[2], redact), xml)
    return _ATTRIBUTE.sub(lambda found: found[1] + _said(found[2], redact) + found[3], xml)


def _said(text: str, redact: Redact) -> str:
    plain = unescape(text)
    if _NUMBER.fullmatch(plain):
        return text
    left = redact(plain)
    return text if left == plain else escape(left, {'"': "&quot;"})


def _whole(found: re.Match[str], redact: Redact) -> str:
    """Return an element whose text stands in several runs; what goes takes all into the first."""
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
    """Return the shared strings with those that no cell uses emptied; their numbers stay."""
    number = iter(range(1 << 31))

    def kept(found: re.Match[bytes]) -> bytes:
        if next(number) in used:
            return found[0]
        p = found[1]
        return b"<" + p + b"si><" + p + b"t></" + p + b"t></" + p + b"si>"

    return _STRING.sub(kept, strings)
