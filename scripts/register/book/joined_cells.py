"""Texts spread over several adjacent cells, such as a name in two columns, are redacted as one."""

from collections.abc import Callable, Sequence

Redact = Callable[[str], str]
"""Returns a text without what must be removed."""

_BETWEEN = "\t"
_MOST = 4
"""At most this many adjacent cells are read as one text, including blank ones between."""


def joined_row(cells: Sequence[str]) -> str:
    """Return a row's cells as one text, '' if all are blank."""
    return _BETWEEN.join(cells) if any(cells) else ""


def redacted_row(cells: Sequence[str], redact: Redact) -> dict[int, str]:
    """Return the new texts of the cells that change, by their index in the row.

    If cells have to be redacted together, the first one keeps what is left, and the others become
    blank.
    """
    if redact(whole := joined_row(cells)) == whole:
        return {}
    left = [redact(cell) for cell in cells]
    for width in range(2, _MOST + 1):
        for start in range(len(left) - width + 1):
            some = left[start : start + width]
            if some[0] and some[-1] and not any(_BETWEEN in cell for cell in some):
                said = redact(_BETWEEN.join(some))
                if _BETWEEN not in said:
                    left[start : start + width] = [said, *[""] * (width - 1)]
    return {at: cell for at, cell in enumerate(left) if cell != cells[at]}
