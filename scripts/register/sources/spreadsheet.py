"""Lists in .xlsx workbooks: the fullest sheet, or the one asked for, its values as texts."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from itertools import groupby
from xml.etree.ElementTree import ParseError

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from register.book.cells import Raw, to_book
from register.book.errors import UsageError
from register.book.headers import fold_header
from register.book.phrase import Phrase
from register.intake.sheet import spreadsheet_letter
from register.sources.limits import (
    MOST_ABOVE,
    MOST_LIST_COLUMNS,
    MOST_LIST_ROWS,
    clean_text,
    too_large,
)
from register.unpacking import (
    CalculatedCell,
    TooLarge,
    Unsafe,
    calculated_cells,
    hidden_rows,
    measured,
    sheet_parts,
)

_MOST_ENTRIES = 2_000
_ABOUT = ("xl/workbook.xml", "xl/_rels/workbook.xml.rels")
_MOST_UNPACKED = 400 * 1024 * 1024


_SHOWN = 10


@dataclass(frozen=True, slots=True)
class SpreadsheetList:
    """The sheet that is read: its rows as texts, its title, and what people should know.

    ``valueless`` are, by row number from 1, the cells whose formulas no program has calculated yet:
    nobody knows what they hold.
    """

    rows: list[list[str]]
    title: str = ""
    notes: tuple[Phrase, ...] = ()
    valueless: Mapping[int, Sequence[str]] = field(default_factory=dict)


def read_spreadsheet(data: bytes, name: str, tab: str = "") -> SpreadsheetList:
    """Read the list in a workbook's bytes: the tab of this name, else the fullest.

    Numbers keep all their digits, dates are ISO, a formula is its last value, an error its name;
    what cells merged downwards say, each of their rows says. Raises UsageError.
    """
    parts = _look_over(data, name)
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(data))
        sheets = [
            (title, _filled_down(_texts(sheet.to_python(skip_empty_area=False)), sheet))
            for title in book.sheet_names
            for sheet in (book.get_sheet_by_name(title),)
        ]
    except (CalamineError, OSError, ValueError) as fault:
        raise _no_workbook(name) from fault
    calculated = _calculated(data, parts, name)
    for title, rows in sheets:
        _show_errors(rows, calculated.get(title, ()))
    filled = [
        (title, rows) for title, rows in sheets if calculated.get(title) or any(map(any, rows))
    ]
    if not filled:
        return SpreadsheetList([])
    chosen, rows = _chosen(filled, tab, name)
    cells = calculated.get(chosen, [])
    valueless: dict[int, list[str]] = {}
    for cell in cells:
        if not cell.stored:
            valueless.setdefault(cell.row, []).append(_address(cell))
    others = [title for title, other in filled if other is not rows]
    notes = [*_notes(chosen, others, cells), *_hidden(data, parts.get(chosen, ""), rows)]
    return SpreadsheetList(rows, chosen, tuple(notes), valueless)


def _chosen(
    filled: Sequence[tuple[str, list[list[str]]]], tab: str, name: str
) -> tuple[str, list[list[str]]]:
    """Return the tab that is asked for, else the one with most cells in rows of several."""
    if not tab:
        return max(filled, key=lambda sheet: (_is_table(sheet[1]), _cells_in(sheet[1])))
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


def _cells_in(rows: Sequence[Sequence[str]]) -> int:
    return sum(count for row in rows if (count := sum(map(bool, row))) > 1)


def _filled_down(rows: list[list[str]], sheet: CalamineSheet) -> list[list[str]]:
    """Put what cells merged downwards say into each of their rows, where nothing else stands."""
    for (top, left), (bottom, _) in sheet.merged_cell_ranges or ():
        if top >= len(rows) or left >= len(rows[top]):
            continue
        for row in rows[top + 1 : bottom + 1]:
            if left < len(row) and not row[left]:
                row[left] = rows[top][left]
    return rows


def _hidden(data: bytes, part: str, rows: Sequence[Sequence[str]]) -> Iterator[Phrase]:
    """Say which rows with anything in them are hidden: they are read like others."""
    if not part:
        return
    with zipfile.ZipFile(BytesIO(data)) as archive:
        numbers = [n for n in hidden_rows(archive, part) if n <= len(rows) and any(rows[n - 1])]
    if numbers:
        yield (
            "{count} hidden rows were read like the others: {numbers}.",
            {"count": len(numbers), "numbers": bounded(list(map(str, numbers)))},
        )


def _notes(title: str, others: Sequence[str], cells: Sequence[CalculatedCell]) -> Iterator[Phrase]:
    if others:
        yield (
            "Only the tab “{tab}” was read; left out: {others}.",
            {"tab": title, "others": others},
        )
    if formulas := [cell for cell in cells if cell.stored and not cell.error]:
        yield (
            "{count} cells are formulas; what they showed last was read: {cells}.",
            {"count": len(formulas), "cells": bounded(_areas(formulas))},
        )
    if errors := [f"{_address(cell)} ({cell.error})" for cell in cells if cell.error]:
        yield (
            "{count} cells show an error: {cells}.",
            {"count": len(errors), "cells": bounded(errors)},
        )


def bounded(names: Sequence[str]) -> list[str]:
    """Return the first of many names, and “…” where there are more."""
    return [*names[:_SHOWN], *(["…"] if len(names) > _SHOWN else [])]


def _address(cell: CalculatedCell) -> str:
    return f"{spreadsheet_letter(cell.column - 1)}{cell.row}"


def _areas(cells: Sequence[CalculatedCell]) -> list[str]:
    """Return the cells as areas within a column, ``C2–C40``."""
    areas: list[str] = []
    by_column = sorted(cells, key=lambda cell: (cell.column, cell.row))
    numbered = enumerate(by_column)
    for _, run in groupby(numbered, key=lambda pair: (pair[1].column, pair[1].row - pair[0])):
        first, *rest = [_address(cell) for _, cell in run]
        areas.append(f"{first}–{rest[-1]}" if rest else first)
    return areas


def _calculated(
    data: bytes, parts: Mapping[str, str], name: str
) -> dict[str, list[CalculatedCell]]:
    """Return the formulas and errors of each sheet, by its title."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return {title: list(calculated_cells(archive, part)) for title, part in parts.items()}
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError) as fault:
        raise _no_workbook(name) from fault


def _show_errors(rows: list[list[str]], cells: Iterable[CalculatedCell]) -> None:
    """Put the names of errors where the reader leaves blanks."""
    for cell in cells:
        if cell.error and cell.row <= len(rows) and cell.column <= len(rows[cell.row - 1]):
            rows[cell.row - 1][cell.column - 1] = cell.error


def _is_table(rows: Sequence[Sequence[str]]) -> int:
    """Return 2 for several rows of several cells, 1 for several rows, 0 for less."""
    if sum(sum(map(bool, row)) > 1 for row in rows) > 1:
        return 2
    return int(sum(map(any, rows)) > 1)


def _texts(rows: Sequence[Sequence[Raw]]) -> list[list[str]]:
    return [[clean_text(_text(cell)) for cell in row] for row in rows]


def _text(raw: Raw) -> str:
    if isinstance(raw, float) and raw.is_integer() and abs(raw) < 1e22:
        return str(int(raw))
    return to_book(None, raw, "fi")


def _look_over(data: bytes, name: str) -> dict[str, str]:
    """Refuse a workbook that would unpack to too much, before anything unpacks it.

    Returns the parts of its sheets by title.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            entries = archive.infolist()
            size = sum(entry.file_size for entry in entries)
            if len(entries) > _MOST_ENTRIES or size > _MOST_UNPACKED:
                raise too_large(name)
            measured(
                archive,
                most_rows=MOST_LIST_ROWS + MOST_ABOVE,
                most_columns=MOST_LIST_COLUMNS,
                most_bytes=_MOST_UNPACKED,
            )
            workbook, relations = map(archive.read, _ABOUT)
            return sheet_parts(workbook, relations, archive.namelist())
    except TooLarge as fault:
        raise too_large(name) from fault
    except (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, EOFError, Unsafe) as fault:
        raise _no_workbook(name) from fault
    except (NotImplementedError, RuntimeError, OSError) as fault:
        raise _no_workbook(name) from fault
    except (KeyError, ValueError, ParseError) as fault:
        raise _no_workbook(name) from fault


def _no_workbook(name: str) -> UsageError:
    return UsageError(
        "{file} is not a workbook that can be read, or it is protected by a password.",
        remedy="Open it in LibreOffice or Excel and save it as .xlsx without a password.",
        file=name,
    )
