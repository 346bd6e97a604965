"""Several people or organisations in one cell of a matter: each gets a row of their own."""

from collections.abc import Iterator

from register.book.change import Change, added_row
from register.book.finding import Finding
from register.book.ids import new_id, reference_id
from register.book.table import Book

_STEPS = ("next", "due", "handed_from")
"""The cells that stay in the first row: what is to be done is done once."""


def rows_of_each(book: Book, finding: Finding) -> tuple[Change, ...]:
    """Return the changes that leave the first in its cell and add a row for each of the others.

    Those rows are done: the matter is in their history, and its next step stays in the first row.
    () if one of them is not in the register, or the cell is not one of a matter.
    """
    if finding.code != "reference-together" or finding.tab != "cooperation":
        return ()
    first, *others = finding.detail.split("; ")
    if not all(map(reference_id, (first, *others))):
        return ()
    return tuple(_changes(book, finding, first, others))


def _changes(book: Book, finding: Finding, first: str, others: list[str]) -> Iterator[Change]:
    row, taken = book.table(finding.tab).row(finding.row_id), book.taken()
    group, cell = f"case {finding.case_id}", (finding.tab, finding.row_id, finding.column)
    yield Change(*cell, finding.cell, first, finding.code, group=group)
    kept = {key: value for key, value in row.items() if key not in ("id", *_STEPS)}
    for one in others:
        row_id = new_id("Y", (finding.row_id, finding.column, one), taken)
        taken.add(row_id)
        cells = {**kept, "id": row_id, finding.column: one, "state": "done"}
        yield from added_row(finding.tab, cells, finding.code, group)
