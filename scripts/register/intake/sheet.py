"""A list in memory, whatever file it came from: headers, rows of texts and row numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from register.book.phrase import Phrase


@dataclass(frozen=True, slots=True)
class ListSheet:
    """A list as texts; every row has as many cells as there are headers.

    ``headers`` may be blank or repeated. ``rows[i]`` stood in the file at ``first_row_number + i``;
    blank rows are kept, so that the numbers stay right. ``what`` says how the file was read
    (``kind``, ``encoding``, ``separator``, ``tab``). ``notes`` are for people to know.
    ``set_aside`` says what could not be read, and ``left_out`` how many rows that is. ``further``
    are the titles of other tabs of the workbook that are lists of their own.
    """

    name: str
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    first_row_number: int = 2
    what: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[Phrase, ...] = ()
    set_aside: tuple[Phrase, ...] = ()
    left_out: int = 0
    further: Sequence[str] = ()

    def with_column(self, header: str, value: str) -> ListSheet:
        """Return the list with one more column, of the same value in each row that is not blank."""
        rows = tuple((*row, value if any(row) else "") for row in self.rows)
        return replace(self, headers=(*self.headers, header), rows=rows)

    def numbered(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Yield ``(row number in the file, cells)`` for each row that is not blank."""
        for number, row in enumerate(self.rows, start=self.first_row_number):
            if any(row):
                yield number, row

    def column(self, index: int) -> list[str]:
        """Return the cells of a column that are not blank."""
        return [row[index] for row in self.rows if row[index]]
