"""What Google leaves out of its replies: unset fields, and the number of the tab that has 0."""

from __future__ import annotations

from typing import Any


def lean(value: Any) -> Any:
    """Return a JSON value without nulls, empty lists, and ``sheetId`` 0 of ranges.

    A tab's own properties keep their 0; indexes of ranges keep theirs too.
    """
    if isinstance(value, list):
        return [lean(item) for item in value]
    if not isinstance(value, dict):
        return value
    ranged = "title" not in value
    return {
        name: lean(below)
        for name, below in value.items()
        if below is not None and below != [] and not (ranged and name == "sheetId" and below == 0)
    }
