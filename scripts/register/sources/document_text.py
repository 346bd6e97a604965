"""The paragraphs and tables of a document as the rows of one sheet, whatever file it came in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from register.intake.text_line import has_contact_details
from register.sources.limits import clean_text
from register.sources.marks import CellPlace, SheetMarks


@dataclass(slots=True)
class RunText:
    """What runs of text say: all of it, what of it is struck through, what notes say beside it."""

    text: list[str] = field(default_factory=list)
    struck: list[str] = field(default_factory=list)
    beside: list[str] = field(default_factory=list)

    def add(self, other: RunText) -> None:
        """Add what the next runs say."""
        self.text += other.text
        self.struck += other.struck
        self.beside += other.beside


@dataclass(slots=True)
class DocumentText:
    """The rows of a document up to a place in it; ``tables`` is how many it has in all.

    ``beside`` are paragraphs by which somebody is reached, where they stand between tables.
    ``marks`` say what is struck through; what comments and footnotes say of a cell is its comment.
    """

    tables: int
    rows: list[list[str]] = field(default_factory=list)
    beside: list[str] = field(default_factory=list)
    marks: SheetMarks = field(default_factory=SheetMarks)
    _block: list[tuple[list[str], RunText]] = field(default_factory=list)

    def add_paragraph(self, told: RunText) -> None:
        """Add a line of text, its tabs apart; a blank one ends what belongs together."""
        cells = [clean_text(cell) for cell in "".join(told.text).split("\t")]
        if any(cells):
            self._block.append((cells, told))
        else:
            self.end_block()

    def end_block(self, *, above: bool = False) -> None:
        """Put paragraphs into rows; beside the tables where they reach somebody.

        ``above`` says that a table follows: the last of them is its heading.
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
        """Add a table below what stands above it; ``told`` is what its cells say, by place."""
        self.end_block(above=True)
        while self.rows and not any(self.rows[-1]):
            self.rows.pop()
        above = len(self.rows)
        self.rows += rows
        for (row, column), of_cell in told.items():
            self._mark((above + row, column), rows[row - 1][column - 1], of_cell)
        self.rows.append([])

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

    def _mark(self, place: CellPlace, cell: str, told: RunText) -> None:
        struck = clean_text("".join(told.struck))
        if struck and struck in cell:
            self.marks.struck[place] = None if struck == cell else struck
        if told.beside:
            self.marks.comments[place] = "; ".join(told.beside)
