"""Adding values to a list of ``choices``, in the first free cells below its values."""

from collections.abc import Sequence

from register.book.change import Change
from register.book.table import Book


def choice_additions(
    book: Book, block: str, values: Sequence[str], reason: str, group: str = ""
) -> tuple[Change, ...]:
    """Return the changes that add values to the list ``block``, a column key of ``choices``.

    Returns () if the tab lacks the column, or free cells for all values: rows are never added to
    it, because it is a tab of people's.
    """
    table = book.table("choices")
    if not table.has(block):
        return ()
    rows = sorted(table.numbers, key=table.numbers.__getitem__)
    is_taken = [bool(table.cell(row, block)) or (row, block) in table.formulas for row in rows]
    below = max((place for place, taken in enumerate(is_taken) if taken), default=-1) + 1
    free = rows[below : below + len(values)]
    if len(free) < len(values):
        return ()
    return tuple(
        Change("choices", row, block, "", value, reason, group=group)
        for row, value in zip(free, values, strict=True)
    )
