"""Which line of a list is its header: titles and blank lines may stand above, or there is none."""

from __future__ import annotations

from collections.abc import Sequence

from register.intake.cell_looks import is_value
from register.intake.header_names import header_meaning

_SEARCHED = 25


def header_row(rows: Sequence[Sequence[str]]) -> int | None:
    """Return the index of the header among the first rows; None where the list has no header.

    It is the row with most names that are known and no more values than names; where no name is
    known, the first row as wide as the list, unless it holds an address, a number or a date.
    """
    best, most = None, 0
    for index, row in enumerate(rows[:_SEARCHED]):
        cells = [cell for cell in row if cell]
        named = sum(bool(header_meaning(cell)[0]) for cell in cells)
        values = sum(map(is_value, cells))
        if named - values > most and 3 * named >= len(cells):
            best, most = index, named - values
    if best is not None:
        return best
    widths = sorted(sum(map(bool, row)) for row in rows[:200] if any(row))
    if not widths:
        return None
    usual = widths[len(widths) // 2]
    for index, row in enumerate(rows[:_SEARCHED]):
        filled = [cell for cell in row if cell]
        if filled and 2 * len(filled) >= usual:
            return None if any(map(is_value, filled)) else index
    return None
