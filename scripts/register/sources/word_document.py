"""A document (.docx, .odt) as the rows of one sheet: its paragraphs and tables, in order.

ECMA-376 Part 1, 17 (WordprocessingML), read by mammoth. Text deleted by tracked changes is not
read; inserted text is. Text boxes stand below their paragraphs.
"""

import zipfile
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any
from xml.etree.ElementTree import ParseError
from xml.parsers.expat import ExpatError

from register.book.errors import UsageError
from register.sources.document_text import DocumentText, RunText
from register.sources.formats import refusal
from register.sources.limits import clean_text, too_large
from register.sources.links import contact_behind_link
from register.sources.marks import CellPlace
from register.sources.table_cells import TableCells
from register.unpacking import BROKEN_ARCHIVE, TooLarge, check_beginning

_MOST_TEXT = 24 * 1024 * 1024
"""The most bytes of XML; a book of 1,000 pages has a third of it."""

_MOST_PARTS = 2_000
_MOST_TAGS = 400_000
"""The most tags; a table of 7,000 rows has about as many."""

_TEXT = "Paragraph"
_BROKEN = (
    *BROKEN_ARCHIVE,
    *(ExpatError, ParseError, AttributeError, TypeError, IndexError),
)


def read_document(data: bytes, name: str, kind: str) -> DocumentText:
    """Read a file's bytes; ``kind`` is ``docx`` or ``odt``.

    Raises UsageError if the file is too large or broken.
    """
    from mammoth import docx

    from register.sources.open_text import open_text

    try:
        parts = dict(_texts(data))
        if kind == "docx":
            document = docx.read(_packed(parts)).value
        else:
            document = open_text(parts["content.xml"])
        reading = _Reading(name, document)
        reading.read(document.children)
    except TooLarge as fault:
        raise too_large(name) from fault
    except UsageError:
        raise
    except _BROKEN as fault:
        raise refusal("broken", name) from fault
    return reading.found


def _texts(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield the name and content of a package's XML parts, or raise TooLarge first."""
    with zipfile.ZipFile(BytesIO(data)) as package:
        parts = [one for one in package.infolist() if one.filename.endswith((".xml", ".rels"))]
        if len(parts) > _MOST_PARTS or sum(one.file_size for one in parts) > _MOST_TEXT:
            raise TooLarge
        tags = 0
        for part in parts:
            content = package.read(part)
            tags += content.count(b"<")
            if tags > _MOST_TAGS:
                raise TooLarge
            check_beginning(content, part.filename)
            yield part.filename, content


def _packed(parts: Mapping[str, bytes]) -> BytesIO:
    """Return a package of XML parts alone, without pictures and other content."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as texts:
        for name, content in parts.items():
            texts.writestr(name, content)
    return out


class _Reading:
    """The state of reading a document; its elements are mammoth's."""

    def __init__(self, name: str, document: Any) -> None:  # noqa: ANN401
        self.found = DocumentText(sum(1 for _ in _within(document.children, "Table")))
        self._name = name
        self._notes = document.notes
        self._comments = {one.comment_id: one.body for one in document.comments}

    def read(self, elements: Any) -> None:  # noqa: ANN401
        """Add the rows of paragraphs and tables."""
        for element in elements:
            kind = type(element).__name__
            if kind == "Table":
                self._table(element)
            elif kind == "Paragraph":
                self._paragraph(element)
        self.found.end_block()

    def _paragraph(self, element: Any) -> None:  # noqa: ANN401
        if (element.style_name or "").casefold().startswith(("heading", "title")):
            self.found.end_block()
        self.found.add_paragraph(self._told(element.children))

    def _table(self, table: Any) -> None:  # noqa: ANN401
        grid, inner = TableCells(self._name), list[Any]()
        marks: dict[CellPlace, RunText] = {}
        for row in _within(table.children, "TableRow"):
            grid.begin_row()
            named = [cell for cell in row.children if self._plain(_within(cell.children, _TEXT))]
            for cell in row.children:
                told = RunText()
                for block in cell.children:
                    if type(block).__name__ != "Table":
                        told.add(self._told(block.children))
                    elif any(other is not cell for other in named):
                        told.text.append(self._lines(block))
                    else:
                        inner.append(block)
                    told.text.append("\n")
                marks[len(grid.rows), len(grid.rows[-1]) + 1] = told
                lines = "".join(told.text).replace("\t", " ").split("\n")
                text = "\n".join(line.strip() for line in lines if line.strip())
                grid.put(clean_text(text), cell.colspan, cell.rowspan)
        self.found.add_table(grid.rows, marks)
        for one in inner:
            self._table(one)

    def _lines(self, table: Any) -> str:  # noqa: ANN401
        """Return the rows of a nested table as lines of the cell that contains it."""
        rows = _within(table.children, "TableRow")
        cells = ([self._plain(cell.children) for cell in row.children] for row in rows)
        return "\n".join(", ".join(filter(None, row)) for row in cells)

    def _told(self, elements: Any) -> RunText:  # noqa: ANN401
        told = RunText()
        for element in elements:
            kind = type(element).__name__
            if kind == "Text":
                told.text.append(element.value)
            elif kind == "Tab":
                told.text.append("\t")
            elif kind == "Break":
                told.text.append("\n")
            elif kind == "Checkbox":
                told.text.append("x" if element.checked else "")
            elif kind == "NoteReference":
                told.beside.append(self._plain(self._notes.resolve(element).body))
            elif kind == "CommentReference" and element.comment_id in self._comments:
                told.beside.append(self._plain(self._comments[element.comment_id]))
            elif hasattr(element, "children"):
                inner = self._told(element.children)
                if kind == "Run" and element.is_strikethrough:
                    inner.struck = list(inner.text)
                if kind == "Hyperlink":
                    inner.text += [
                        " ",
                        contact_behind_link(element.href or "", "".join(inner.text)),
                    ]
                told.add(inner)
        return told

    def _plain(self, blocks: Any) -> str:  # noqa: ANN401
        texts = (" ".join("".join(self._told(one.children).text).split()) for one in blocks)
        return clean_text(" ".join(filter(None, texts)))


def _within(elements: Any, kind: str) -> Iterator[Any]:  # noqa: ANN401
    return (one for one in elements if type(one).__name__ == kind)
