"""Where a merged row went: the row that it is now, however often that was merged again."""

from __future__ import annotations

from collections.abc import Callable

from register.book.ids import reference_id


def merged_into(cell: Callable[[str, str], str], row_id: str) -> str:
    """Return the id of the row that a row has become; its own where it was not merged.

    ``cell`` gives a cell by row id and column key ('' where there is none), as ``Table.cell`` does.
    Where merged rows refer to each other in a circle, or to nothing, it is the last of them.
    """
    seen = set[str]()
    while cell(row_id, "status") == "merged" and row_id not in seen:
        seen.add(row_id)
        row_id = reference_id(cell(row_id, "merged_into")) or row_id
    return row_id
