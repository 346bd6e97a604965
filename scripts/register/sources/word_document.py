"""A Word document (.docx) as the rows of one sheet: its paragraphs, and its tables among them.

ECMA-376 Part 1, 17 (WordprocessingML), read by mammoth: what tracked changes delete is not read,
what they insert is; text boxes stand below their paragraphs.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from urllib.parse import unquote
from xml.parsers.expat import ExpatError

from register.book.errors import UsageError
from register.intake.text_line import reaches
from register.sources.formats import refusal
from register.sources.limits import clean_text, too_large
from register.sources.marks import CellPlace, SheetMarks
from register.sources.table_cells import TableCells
from register.unpacking import TooLarge, Unsafe, check_beginning

_MOST_TEXT = 24 * 1024 * 1024
"""So many bytes of XML; a book of 1,000 pages has a third of it."""

_MOST_PARTS = 2_000
_MOST_TAGS = 400_000
"""A table of 7,000 rows has so many."""

_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, ExpatError, Unsafe, EOFError, OSError, RuntimeError),
    *(NotImplementedError, KeyError, ValueError, AttributeError, TypeError, IndexError),
)


@dataclass(slots=True)
class WordDocument:
    """The rows of a document, and how many tables are among them.

    ``beside`` are paragraphs by which somebody is reached, where they stand between tables.
    ``marks`` say what is struck through; what comments and footnotes say of a cell is its comment.
    """

    rows: list[list[str]] = field(default_factory=list)
    beside: list[str] = field(default_factory=list)
    marks: SheetMarks = field(default_factory=SheetMarks)
    tables: int = 0

    def lines(self) -> tuple[list[str], list[str]]:
        """Return its text without what is struck through, notes at the ends of lines; and that."""
        lines, struck = list[str](), list[str]()
        for number, row in enumerate(self.rows, start=1):
            cells = list(row)
            for column, cell in enumerate(row, start=1):
                if (number, column) in self.marks.struck:
                    struck.append(self.marks.struck[number, column] or cell)
                    cells[column - 1] = " ".join(cell.replace(struck[-1], " ", 1).split())
                if note := self.marks.comments.get((number, column)):
                    cells[-1] += f" ({note})"
            lines.append("\t".join(cells).strip())
        return lines, struck


def read_document(data: bytes, name: str) -> WordDocument:
    """Read a .docx file's bytes; raises UsageError where it is too large, or broken."""
    from mammoth import docx

    try:
        document = docx.read(_texts(data)).value
        reading = _Reading(name, document)
        reading.read(document.children)
    except TooLarge as fault:
        raise too_large(name) from fault
    except UsageError:
        raise
    except _BROKEN as fault:
        raise refusal("broken", name) from fault
    return reading.found


def _texts(data: bytes) -> BytesIO:
    """Return the package with its texts alone, once it is known what they unpack to."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as package, zipfile.ZipFile(out, "w") as texts:
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
            texts.writestr(part.filename, content)
    return out


@dataclass(slots=True)
class _Told:
    """What runs of text say: all of it, what of it is struck through, what notes say beside it."""

    text: list[str] = field(default_factory=list)
    struck: list[str] = field(default_factory=list)
    beside: list[str] = field(default_factory=list)

    def add(self, other: _Told) -> None:
        self.text += other.text
        self.struck += other.struck
        self.beside += other.beside


class _Reading:
    """What is known of a document up to a place in it; its elements are mammoth's."""

    def __init__(self, name: str, document: Any) -> None:  # noqa: ANN401
        self.found = WordDocument()
        self._name = name
        self._block = list[tuple[list[str], _Told]]()
        self._has_tables = any(_within(document.children, "Table"))
        self._notes = document.notes
        self._comments = {one.comment_id: one.body for one in document.comments}

    def read(self, elements: Any) -> None:  # noqa: ANN401
        """Add rows for paragraphs and tables."""
        for element in elements:
            kind = type(element).__name__
            if kind == "Table":
                self._end_block(above=True)
                self._table(element)
            elif kind == "Paragraph":
                self._paragraph(element)
        self._end_block()

    def _paragraph(self, element: Any) -> None:  # noqa: ANN401
        is_heading = (element.style_name or "").casefold().startswith(("heading", "title"))
        if is_heading:
            self._end_block()
        told = self._told(element.children)
        cells = [clean_text(cell) for cell in "".join(told.text).split("\t")]
        if any(cells):
            self._block.append((cells, told))
        if is_heading or not any(cells):
            self._end_block()

    def _end_block(self, *, above: bool = False) -> None:
        """Put paragraphs into rows; beside the tables where they reach somebody.

        ``above`` says that a table follows: the last of them is its heading.
        """
        block, self._block = self._block, []
        heads = above and block and not reaches("\t".join(block[-1][0]))
        heading = [block.pop()] if heads else []
        if self._has_tables and any(reaches("\t".join(cells)) for cells, _ in block):
            self.found.beside += ["", *("\t".join(cells) for cells, _ in block)]
            block = []
        for cells, told in [*block, *heading]:
            self._add_row(cells)
            for column, cell in enumerate(cells, start=1):
                self._mark((len(self.found.rows), column), cell, told)
                told.beside = []
        if self.found.rows and any(self.found.rows[-1]):
            self._add_row([])

    def _add_row(self, cells: list[str]) -> None:
        self.found.rows.append(cells)

    def _mark(self, place: CellPlace, cell: str, told: _Told) -> None:
        struck = clean_text("".join(told.struck))
        if struck and struck in cell:
            self.found.marks.struck[place] = None if struck == cell else struck
        if told.beside:
            self.found.marks.comments[place] = "; ".join(told.beside)

    def _table(self, table: Any) -> None:  # noqa: ANN401
        grid, inner = TableCells(self._name), list[Any]()
        marks: dict[CellPlace, _Told] = {}
        for row in _within(table.children, "TableRow"):
            grid.begin_row()
            for cell in row.children:
                told = _Told()
                for block in cell.children:
                    if type(block).__name__ == "Table":
                        inner.append(block)
                        continue
                    of_block = self._told(block.children)
                    told.add(of_block)
                    told.text.append("\n")
                marks[len(grid.rows), len(grid.rows[-1]) + 1] = told
                lines = "".join(told.text).replace("\t", " ").split("\n")
                text = "\n".join(line.strip() for line in lines if line.strip())
                grid.put(clean_text(text), cell.colspan, cell.rowspan)
        while self.found.rows and not any(self.found.rows[-1]):
            self.found.rows.pop()  # what stands above a table is its heading
        above = len(self.found.rows)
        self.found.rows += grid.rows
        for (row, column), told in marks.items():
            self._mark((above + row, column), grid.rows[row - 1][column - 1], told)
        self.found.tables += 1
        self._add_row([])
        for one in inner:
            self._table(one)

    def _told(self, elements: Any) -> _Told:  # noqa: ANN401
        told = _Told()
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
                    inner.text += _address(element.href or "", "".join(inner.text))
                told.add(inner)
        return told

    def _plain(self, blocks: Any) -> str:  # noqa: ANN401
        texts = (" ".join("".join(self._told(one.children).text).split()) for one in blocks)
        return clean_text(" ".join(filter(None, texts)))


def _within(elements: Any, kind: str) -> Iterator[Any]:  # noqa: ANN401
    return (one for one in elements if type(one).__name__ == kind)


def _address(href: str, text: str) -> list[str]:
    """Return the address that a link leads to, where its text does not say it."""
    if not href.casefold().startswith("mailto:"):
        return []
    address = unquote(href[len("mailto:") :].split("?")[0])
    return [] if address.casefold() in text.casefold() else [f" {address}"]
