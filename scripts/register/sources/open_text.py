"""Turn an OpenDocument text (.odt) into the document model of mammoth, as for Word files.

OASIS OpenDocument 1.3, Part 3: 5 and 6 (text), 9.1 (tables), 14.1 (annotations). Text deleted by
tracked changes stands apart and is not read.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from defusedxml import ElementTree
from mammoth import documents

from register.unpacking import TooLarge

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_URN = "{urn:oasis:names:tc:opendocument:xmlns:"
_TABLE, _TEXT = f"{_URN}table:1.0}}", f"{_URN}text:1.0}}"
_BODY = f"{_URN}office:1.0}}body/{_URN}office:1.0}}text"
_STYLE = f"{_URN}style:1.0}}"
_LINK = "{http://www.w3.org/1999/xlink}href"
_ANNOTATION = f"{_URN}office:1.0}}annotation"
_UNREAD = (f"{_TEXT}tracked-changes", f"{_ANNOTATION}-end")
_MOST_REPEATED, _MOST_CELLS = 10_000, 200_000


@dataclass(slots=True)
class _Reading:
    """The state of a reading: struck-through styles, comments and number of cells so far."""

    struck: set[str] = field(default_factory=set)
    comments: list[documents.Comment] = field(default_factory=list)
    cells: int = 0
    boxes: list[Any] = field(default_factory=list)
    """The content of text boxes, which goes below the paragraph that they are anchored in."""


def open_text(content: bytes) -> documents.Document:
    """Return the document of a ``content.xml``; raises TooLarge, or what the XML parser raises."""
    root = ElementTree.fromstring(content, forbid_dtd=True)
    reading = _Reading()
    for style in root.iter(f"{_STYLE}style"):
        letters = style.find(f"{_STYLE}text-properties")
        if (
            letters is not None
            and letters.get(f"{_STYLE}text-line-through-style", "none") != "none"
        ):
            reading.struck.add(style.get(f"{_STYLE}name", ""))
    body = root.find(_BODY)
    blocks = list(_blocks(() if body is None else body, reading))
    return documents.document(blocks, comments=reading.comments)


def _blocks(elements: "Iterable[Element]", reading: _Reading) -> Iterator[Any]:
    """Yield paragraphs and tables in order, also those in lists and sections."""
    for element in elements:
        if element.tag in (f"{_TEXT}p", f"{_TEXT}h"):
            heading = "heading" if element.tag == f"{_TEXT}h" else None
            yield documents.paragraph(list(_runs(element, reading)), style_name=heading)
            boxes, reading.boxes = reading.boxes, []
            yield from boxes
        elif element.tag == f"{_TABLE}table":
            yield documents.table(list(_rows(element, reading)))
        elif element.tag not in _UNREAD:
            yield from _blocks(element, reading)


def _rows(table: "Element", reading: _Reading) -> Iterator[Any]:
    for element in table:
        if element.tag == f"{_TABLE}table-row":
            cells = [one for cell in element for one in _cells(cell, reading)]
            count = _count(element, f"{_TABLE}number-rows-repeated")
            reading.cells += count * len(cells)
            if reading.cells > _MOST_CELLS:
                raise TooLarge
            yield from [documents.table_row(cells)] * count
        elif element.tag.startswith(f"{_TABLE}table-"):
            yield from _rows(element, reading)


def _cells(cell: "Element", reading: _Reading) -> list[Any]:
    """Return a cell as often as it is repeated, [] for a cell covered by another."""
    if cell.tag != f"{_TABLE}table-cell":
        return []
    across, down = (_count(cell, f"{_TABLE}number-{what}-spanned") for what in ("columns", "rows"))
    one = documents.table_cell(list(_blocks(cell, reading)), across, down)
    return [one] * _count(cell, f"{_TABLE}number-columns-repeated")


def _runs(element: "Element", reading: _Reading) -> Iterator[Any]:
    """Yield the text and elements of a paragraph, or of a part of one."""
    if element.text:
        yield documents.text(element.text)
    for part in element:
        yield from _part(part, reading)
        if part.tail:
            yield documents.text(part.tail)


def _part(part: "Element", reading: _Reading) -> Iterator[Any]:
    match part.tag.removeprefix(_TEXT):
        case "s":
            yield documents.text(" " * _count(part, f"{_TEXT}c"))
        case "tab":
            yield documents.tab()
        case "line-break":
            yield documents.line_break
        case "a":
            yield documents.hyperlink(list(_runs(part, reading)), href=part.get(_LINK, ""))
        case "span":
            struck = part.get(f"{_TEXT}style-name", "") in reading.struck
            yield documents.run(list(_runs(part, reading)), is_strikethrough=struck)
        case "note":
            body = part.find(f"{_TEXT}note-body")
            yield _remark(() if body is None else body, reading)
        case _ if part.tag == _ANNOTATION:
            yield _remark(part, reading)
        case _ if part.tag.startswith(f"{_URN}drawing:1.0}}"):
            inside = list(_blocks(part, reading))
            reading.boxes += inside
        case _:
            yield from _runs(part, reading)


def _remark(elements: "Iterable[Element]", reading: _Reading) -> Any:  # noqa: ANN401
    """Store a footnote or a comment, and return a reference to it."""
    number = str(len(reading.comments))
    told = [one for one in elements if one.tag.startswith(_TEXT)]
    reading.comments.append(documents.comment(number, list(_blocks(told, reading))))
    return documents.comment_reference(number)


def _count(element: "Element", attribute: str) -> int:
    count = int(element.get(attribute, "1"))
    if count > _MOST_REPEATED:
        raise TooLarge
    return max(1, count)
