"""Read a list from a workbook (.xlsx, .xls, .ods): the fullest sheet, or the given one."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from itertools import groupby

from python_calamine import CalamineWorkbook

from register.book.cells import Raw, to_book
from register.book.errors import UsageError
from register.book.headers import fold_header
from register.book.phrase import Phrase
from register.sources.further_tabs import further_tabs
from register.sources.limits import (
    MOST_ABOVE,
    MOST_LIST_CELLS,
    MOST_LIST_ROWS,
    clean_text,
    too_large,
)
from register.sources.links import follow_links
from register.sources.marks import MergedCells, SheetMarks
from register.sources.open_document import scan_ods
from register.sources.package import BesideCells, refuse_unreadable, scan_xlsx
from register.sources.several_tables import join_parts, sheets_of_one_list
from register.unpacking import CalculatedCell, column_letters
from register.words.display import first_few

ONLY_ONE_TAB = "Only the tab “{tab}” was read; left out: {others}."
_UNSEEN = (
    "Colours, struck-through text and comments of an .xls file are not seen. If they mean "
    "something, save it as .xlsx and import that."
)


@dataclass(frozen=True, slots=True)
class SpreadsheetList:
    """The sheet that is read: its rows as texts, its title, and notes for people.

    ``valueless`` are cells with formulas that no program has calculated yet, by row number from 1;
    their values are unknown. ``beside`` are the lines of text around a table. ``further`` are the
    titles of other tabs that are lists of their own.
    """

    rows: list[list[str]]
    title: str = ""
    notes: tuple[Phrase, ...] = ()
    valueless: Mapping[int, Sequence[str]] = field(default_factory=dict)
    marks: SheetMarks = field(default_factory=SheetMarks)
    beside: Sequence[str] = ()
    further: Sequence[str] = ()


def read_spreadsheet(data: bytes, name: str, kind: str, tab: str = "") -> SpreadsheetList:
    """Read the list in a workbook's bytes: the tab named ``tab``, or the fullest.

    ``kind`` is ``xlsx``, ``ods`` or ``xls``. Numbers keep all their digits, dates are ISO, a
    formula is its last value, an error its name. The text of cells merged downwards stands in each
    of their rows. Raises UsageError if the workbook cannot be read or lacks the tab.
    """
    look_over = {"xlsx": scan_xlsx, "ods": scan_ods}.get(kind)
    with refuse_unreadable(name):
        beside = look_over(data) if look_over else BesideCells()
        sheets = _read_sheets(data, beside, name)
    calculated = beside.calculated
    for title, rows in sheets:
        _show_errors(rows, calculated.get(title, ()))
    filled = [
        (title, rows) for title, rows in sheets if calculated.get(title) or any(map(any, rows))
    ]
    if not filled:
        return SpreadsheetList([])
    chosen, rows = _chosen(filled, tab, name, beside.hidden)
    parts = _parts(filled, chosen, tab) or [(chosen, 0)]
    marks_of: dict[str, SheetMarks] = {}
    for title, _ in parts:
        with refuse_unreadable(name):
            marks_of[title] = beside.marks_of(title)
        links = {(cell.row, cell.column): cell.link for cell in calculated.get(title, ())}
        follow_links(dict(filled)[title], {**links, **marks_of[title].links})
    joined, places = join_parts(filled, parts) if len(parts) > 1 else (rows, [{}])
    valueless: dict[int, list[str]] = {}
    marks, notes = SheetMarks(), list[Phrase]()
    titles = [title for title, _ in parts]
    others = [title for title, _ in filled if title not in titles]
    for (title, _), moved in zip(parts, places, strict=True):
        cells = calculated.get(title, [])
        for cell in cells:
            if not cell.stored:
                row, _ = moved.get((cell.row, cell.column), (cell.row, 0))
                valueless.setdefault(row, []).append(_address(cell))
        of_one = marks_of[title]
        notes += [*_calculated(cells), *_hidden(of_one, dict(filled)[title])]
        marks = marks.joined(of_one.moved(moved)) if moved else of_one
    if kind == "xls":
        notes.append((_UNSEEN, {}))
    notes = [*_notes(titles, others), *notes]
    further = [] if tab else further_tabs(filled, titles, beside.hidden)
    return SpreadsheetList(
        joined, ", ".join(titles), tuple(notes), valueless, marks, further=further
    )


def chosen_list(tables: list[tuple[str, list[list[str]]]], tab: str, name: str) -> SpreadsheetList:
    """Return the table of a page to read, or the parts of one list, with notes about the others."""
    chosen, rows = _chosen(tables, tab, name)
    titles = [chosen]
    if parts := _parts(tables, chosen, tab):
        titles = [title for title, _ in parts]
        rows, _ = join_parts(tables, parts)
    others = [title for title, _ in tables if title not in titles]
    return SpreadsheetList(rows, ", ".join(titles), tuple(_notes(titles, others)))


def _read_sheets(data: bytes, beside: BesideCells, name: str) -> list[tuple[str, list[list[str]]]]:
    """Return the title and rows of each sheet, in the order of the tabs."""
    sheets = []
    cells = 0
    with CalamineWorkbook.from_filelike(BytesIO(data)) as book:
        for title in book.sheet_names:
            sheet = book.get_sheet_by_name(title)
            cells += sheet.total_height * sheet.total_width
            if sheet.total_height > MOST_LIST_ROWS + MOST_ABOVE or cells > MOST_LIST_CELLS:
                raise too_large(name)
            rows = _texts(sheet.to_python(skip_empty_area=False))
            merged = sheet.merged_cell_ranges or beside.merged.get(title, ())
            sheets.append((title, _filled_down(rows, merged)))
    return sheets


def _chosen(
    filled: Sequence[tuple[str, list[list[str]]]],
    tab: str,
    name: str,
    hidden: Collection[str] = (),
) -> tuple[str, list[list[str]]]:
    """Return the given tab, else the one with most cells in rows of several cells.

    A hidden tab is read only if it is given, or if no other one has a table.
    """
    if not tab:
        return max(
            filled,
            key=lambda sheet: (
                min(_is_table(sheet[1]), 1),
                sheet[0] not in hidden,
                _is_table(sheet[1]),
                _cells_in(sheet[1]),
            ),
        )
    wanted = next((sheet for sheet in filled if fold_header(sheet[0]) == fold_header(tab)), None)
    if wanted is None:
        raise UsageError(
            "{file} has no tab “{tab}” with anything in it. It has: {others}.",
            remedy="Give the tab as it is called there: --sheet NAME",
            file=name,
            tab=tab,
            others=[title for title, _ in filled],
        )
    return wanted


def _parts(
    filled: Sequence[tuple[str, list[list[str]]]], chosen: str, tab: str
) -> list[tuple[str, int]]:
    """Return the sheets that are parts of one list, [] if a single other tab is fuller."""
    parts = [] if tab else sheets_of_one_list(filled)
    of_title = dict(filled)
    told = sum(_cells_in(of_title[title]) for title, _ in parts)
    return parts if chosen in dict(parts) or told > _cells_in(of_title[chosen]) else []


def _cells_in(rows: Sequence[Sequence[str]]) -> int:
    return sum(count for row in rows if (count := sum(map(bool, row))) > 1)


def _filled_down(rows: list[list[str]], merged: Iterable[MergedCells]) -> list[list[str]]:
    """Copy the text of cells merged downwards into each of their rows that is blank there."""
    for (top, left), (bottom, _) in merged:
        if top >= len(rows) or left >= len(rows[top]):
            continue
        for row in rows[top + 1 : bottom + 1]:
            if left < len(row) and not row[left]:
                row[left] = rows[top][left]
    return rows


def _hidden(marks: SheetMarks, rows: Sequence[Sequence[str]]) -> Iterator[Phrase]:
    """Yield notes on the hidden rows and columns with content; they are read like others."""
    numbers = [n for n in marks.hidden_rows if n <= len(rows) and any(rows[n - 1])]
    if numbers:
        yield (
            "{count} hidden rows were read like the others: {numbers}.",
            {"count": len(numbers), "numbers": first_few(list(map(str, numbers)))},
        )
    letters = [
        column_letters(n)
        for n in marks.hidden_columns
        if any(n <= len(row) and row[n - 1] for row in rows)
    ]
    if letters:
        yield (
            "{count} hidden columns were read like the others: {columns}.",
            {"count": len(letters), "columns": first_few(letters)},
        )


def _notes(titles: Sequence[str], others: Sequence[str]) -> Iterator[Phrase]:
    if len(titles) > 1:
        yield (
            "{count} tabs are parts of one list: {tabs}.",
            {"count": len(titles), "tabs": titles},
        )
    if others:
        yield (
            ONLY_ONE_TAB,
            {"tab": ", ".join(titles), "others": others},
        )


def _calculated(cells: Sequence[CalculatedCell]) -> Iterator[Phrase]:
    if formulas := [cell for cell in cells if cell.stored and not cell.error]:
        yield (
            "{count} cells are formulas; what they showed last was read: {cells}.",
            {"count": len(formulas), "cells": first_few(_areas(formulas))},
        )
    if errors := [f"{_address(cell)} ({cell.error})" for cell in cells if cell.error]:
        yield (
            "{count} cells show an error: {cells}.",
            {"count": len(errors), "cells": first_few(errors)},
        )


def _address(cell: CalculatedCell) -> str:
    return f"{column_letters(cell.column)}{cell.row}"


def _areas(cells: Sequence[CalculatedCell]) -> list[str]:
    """Return the cells as ranges within a column: "C2–C40"."""
    areas: list[str] = []
    by_column = sorted(cells, key=lambda cell: (cell.column, cell.row))
    numbered = enumerate(by_column)
    for _, run in groupby(numbered, key=lambda pair: (pair[1].column, pair[1].row - pair[0])):
        first, *rest = [_address(cell) for _, cell in run]
        areas.append(f"{first}–{rest[-1]}" if rest else first)
    return areas


def _show_errors(rows: list[list[str]], cells: Iterable[CalculatedCell]) -> None:
    """Put the names of errors and the texts of links into cells that the reader leaves blank."""
    for cell in cells:
        if (cell.error or cell.shown) and cell.row <= len(rows):
            row = rows[cell.row - 1]
            row += [""] * (cell.column - len(row))
            row[cell.column - 1] = cell.error or row[cell.column - 1] or cell.shown


def _is_table(rows: Sequence[Sequence[str]]) -> int:
    """Return 2 for several rows of several cells, 1 for several rows, else 0."""
    if sum(sum(map(bool, row)) > 1 for row in rows) > 1:
        return 2
    return int(sum(map(any, rows)) > 1)


def _texts(rows: Sequence[Sequence[Raw]]) -> list[list[str]]:
    return [[clean_text(_text(cell)) for cell in row] for row in rows]


def _text(raw: Raw) -> str:
    if isinstance(raw, float) and raw.is_integer() and abs(raw) < 1e22:
        return str(int(raw))
    return to_book(None, raw, "fi")
