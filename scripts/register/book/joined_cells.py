"""What stands in several cells side by side and is one thing, such as a name in two columns."""

from collections.abc import Callable, Sequence

Redact = Callable[[str], str]
"""Takes what must go out of a text."""

_BETWEEN = "\t"
_MOST = 4
"""So many cells are read as one at most, blank ones between them too."""


def joined_row(cells: Sequence[str]) -> str:
    """Return a row's cells as one text, '' where all are blank."""
    return _BETWEEN.join(cells) if any(cells) else ""


def redacted_row(cells: Sequence[str], redact: Redact) -> dict[int, str]:
    """Return what is left of the cells that change, by their place in the row.

    Of what several cells say together, the first keeps what is left; the others are emptied.
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
