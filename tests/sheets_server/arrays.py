"""ARRAYFORMULA: one formula whose results fill the cells below it, which hold nothing themselves.

https://support.google.com/docs/answer/3093275. What ``values.get`` says of such a cell where
formulas are asked for, and whether ``appendCells`` takes it for data, is not documented: ``shown``
of a spreadsheet says the one, and here they count as data.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from tests.sheets_server import a1

if TYPE_CHECKING:
    from tests.sheets_server.engine import Sheet, Spreadsheet

_ARRAY = re.compile(r"=\s*ARRAYFORMULA\((.*)\)\s*", re.IGNORECASE | re.DOTALL)
_RANGE = re.compile(r"\$?([A-Z]{1,3})\$?(\d+):\$?[A-Z]{1,3}\$?(\d*)")
_CELL = re.compile(r"(\$?)([A-Z]{1,3})(\$?)(\d+)(?!\()")


def is_array(formula: str) -> bool:
    """Whether a formula's results may fill more cells than its own."""
    return _ARRAY.fullmatch(formula) is not None


def single(formula: str, offset: int = 0) -> str:
    """Return the formula of one of an array's cells: ``offset`` rows below the first."""
    found = _ARRAY.fullmatch(formula)
    if not found:
        return formula
    return "=" + _RANGE.sub(lambda m: f"{m[1]}{int(m[2]) + offset}", found[1])


def spilled(book: Spreadsheet, sheet: Sheet) -> dict[tuple[int, int], dict[str, Any]]:
    """Return the values of cells that hold nothing but an array's result, by row and column."""
    found: dict[tuple[int, int], dict[str, Any]] = {}
    if not sheet.arrays:
        return found
    for row, column, formula in _arrays(sheet):
        ends = [
            int(end or len(sheet.rows)) - int(start) for _, start, end in _RANGE.findall(formula)
        ]
        below = range(row + 1, min(row + 1 + min(ends, default=0), len(sheet.rows)))
        if any(sheet.has_value(r, column) for r in below):
            continue
        for r in below:
            found[r, column] = book.calculated(sheet, single(formula, r - row)) or {
                "stringValue": ""
            }
    return found


def last_spilled(sheet: Sheet) -> int:
    """Return the index after the last row that an array's results reach."""
    last = 0
    for row, _, formula in _arrays(sheet) if sheet.arrays else ():
        ends = [
            int(end or len(sheet.rows)) - int(start) for _, start, end in _RANGE.findall(formula)
        ]
        last = max(last, min(row + 1 + min(ends, default=0), len(sheet.rows)))
    return last


def moved(formula: str, rows: int, columns: int) -> str:
    """Return a formula as it is when it is copied so many rows down and columns right."""

    def place(found: re.Match[str]) -> str:
        column = found[2] if found[1] else a1.letters(a1.number(found[2]) + columns)
        row = found[4] if found[3] else str(int(found[4]) + rows)
        return f"{found[1]}{column}{found[3]}{row}"

    return _CELL.sub(place, formula)


def _arrays(sheet: Sheet) -> Iterator[tuple[int, int, str]]:
    for number, row in enumerate(sheet.rows):
        for column, cell in row.cells.items():
            formula = cell.get("userEnteredValue", {}).get("formulaValue", "")
            if formula and is_array(formula):
                yield number, column, formula
