"""Cells that have moved: sorting one column alone gives each person another person's value.

Only values in one row of a column can show it: addresses, numbers, names that are not common.
"""

from collections import Counter
from collections.abc import Mapping
from zlib import crc32

from register.book.headers import EXTRA
from register.book.table import Table

MARKED = ("people", "organisations")
"""The tabs that are watched, because letters rely on the cells of one row belonging together."""

ColumnMarks = Mapping[str, Mapping[str, int]]
"""By column and row id, checksums of the cells whose value no other row of the column has."""

_FEWEST = 10


def column_marks(table: Table) -> dict[str, dict[str, int]]:
    """Return the marks of a tab's cells; columns with fewer than ten unique values are left out."""
    marks: dict[str, dict[str, int]] = {}
    for key in table.columns:
        if not key or key.startswith(EXTRA) or table.tab.column(key).tool:
            continue
        cells = [
            (row_id, cell)
            for row_id, cell in table.column(key)
            if cell and not row_id.startswith("#")
        ]
        rows = Counter(cell for _, cell in cells)
        single = {row_id: crc32(cell.encode()) for row_id, cell in cells if rows[cell] == 1}
        if len(single) >= _FEWEST:
            marks[key] = single
    return marks


def moved_cells(before: ColumnMarks, table: Table) -> dict[str, int]:
    """Return how many cells of each column have come from another place, if there are many.

    Many is ten or more that come from other rows of the same column, and over a tenth of its known
    cells; or ten or more from any place, and over half of its cells. The rows that they come from
    must still be there, with another value. ``before`` is the :func:`column_marks` of the last run.
    """
    now = table.once(column_marks) if before else {}
    places: dict[int, list[tuple[str, str]]] = {}
    for key, marks in before.items():
        for row_id, mark in marks.items():
            if row_id in table and now.get(key, {}).get(row_id) != mark:
                places.setdefault(mark, []).append((key, row_id))
    moved: dict[str, int] = {}
    for key, marks in now.items():
        known = before.get(key, {})
        came = [
            {column for column, _ in places[mark]}
            for row_id, mark in marks.items()
            if mark in places and known.get(row_id) != mark
        ]
        within = sum(key in columns for columns in came)
        if (within >= _FEWEST and within * 10 > len(known)) or (
            len(came) >= _FEWEST and len(came) * 2 > len(marks)
        ):
            moved[key] = len(came)
    return moved
