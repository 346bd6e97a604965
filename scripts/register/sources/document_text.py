"""The paragraphs and tables of a document, of any format, as the rows of one sheet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from register.intake.text_line import has_contact_details
from register.sources.limits import clean_text
from register.sources.marks import CellPlace, SheetMarks


@dataclass(slots=True)
class RunText:
    """The text of a stretch of letters, its struck-through part, and its comments and footnotes."""

    text: list[str] = field(default_factory=list)
    struck: list[str] = field(default_factory=list)
    beside: list[str] = field(default_factory=list)

    def add(self, other: RunText) -> None:
        """Append the text that follows."""
        self.text += other.text
        self.struck += other.struck
        self.beside += other.beside


@dataclass(slots=True)
class DocumentText:
    """The rows of a document so far; ``tables`` is the number of tables in the whole document.

    ``beside`` are paragraphs between tables that have an address or number in them. ``marks`` hold
    struck-through text; a cell's comments and footnotes are its comment.
    """

    tables: int
    rows: list[list[str]] = field(default_factory=list)
    beside: list[str] = field(default_factory=list)
    marks: SheetMarks = field(default_factory=SheetMarks)
    _block: list[tuple[list[str], RunText]] = field(default_factory=list)

    def add_paragraph(self, told: RunText) -> None:
        """Add a paragraph, cut into cells at its tabs; a blank one ends the block."""
        cells = [clean_text(cell) for cell in "".join(told.text).split("\t")]
        if any(cells):
            self._block.append((cells, told))
        else:
            self.end_block()

    def end_block(self, *, above: bool = False) -> None:
        """Turn the paragraphs of a block into rows, or into ``beside``.

        They go into ``beside`` if the document has tables and the block has an address or number in
        it. ``above`` means that a table follows: the last paragraph, unless it has an address or
        number, is the table's heading and becomes a row.
        """
        block, self._block = self._block, []
        heads = above and block and not has_contact_details("\t".join(block[-1][0]))
        heading = [block.pop()] if heads else []
        if self.tables and any(has_contact_details("\t".join(cells)) for cells, _ in block):
            self.beside += ["", *("\t".join(cells) for cells, _ in block)]
            block = []
        for cells, told in [*block, *heading]:
            self.rows.append(cells)
            for column, cell in enumerate(cells, start=1):
                self._mark((len(self.rows), column), cell, told)
                told.beside = []
        if self.rows and any(self.rows[-1]):
            self.rows.append([])

    def add_table(self, rows: list[list[str]], told: Mapping[CellPlace, RunText]) -> None:
        """Add a table below its heading; ``told`` holds the texts of its cells, by place."""
        self.end_block(above=True)
        while self.rows and not any(self.rows[-1]):
            self.rows.pop()
        above = len(self.rows)
        self.rows += rows
        for (row, column), of_cell in told.items():
            self._mark((above + row, column), rows[row - 1][column - 1], of_cell)
        self.rows.append([])

    def lines(self) -> tuple[list[str], list[str]]:
        """Return the document's lines without struck-through text, and the struck-through texts.

        Comments and footnotes stand at the end of their line, in brackets.
        """
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

    def _mark(self, place: CellPlace, cell: str, told: RunText) -> None:
        struck = clean_text("".join(told.struck))
        if struck and struck in cell:
            self.marks.struck[place] = None if struck == cell else struck
        if told.beside:
            self.marks.comments[place] = "; ".join(told.beside)
