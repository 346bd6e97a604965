"""Cells that have come to other places: a column sorted alone gives each person another's.

Only values that one row of a column has can tell: an address, a number, a name that is not common.
"""

from collections import Counter
from collections.abc import Mapping
from zlib import crc32

from register.book.headers import EXTRA
from register.book.table import Table

MARKED = ("people", "organisations")
"""The tabs whose cells are marked: a letter goes by what stands in one row of them."""

ColumnMarks = Mapping[str, Mapping[str, int]]
"""Of each column the marks of the cells that no other row has, by their rows' ids."""

_FEWEST = 10


def column_marks(table: Table) -> dict[str, dict[str, int]]:
    """Return the marks of a tab's cells; columns with few values of one row only are left out."""
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
    """Return how many cells of each column have come from another place, where they are many.

    From another row of it many are over a tenth of those that were known, from another column over
    a half, and at least ten. The rows that they come from are still there, and hold them no more.
    ``before`` is what :func:`column_marks` told of the tab in the last run.
    """
    now = column_marks(table) if before else {}
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
