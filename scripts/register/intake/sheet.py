"""What somebody's list holds, whatever file it came in: headers, rows of texts, their numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from register.book.phrase import Phrase


@dataclass(frozen=True, slots=True)
class ListSheet:
    """A list as texts; every row has as many cells as there are headers.

    ``headers`` may be blank or doubled. ``rows[i]`` stood in the file at ``first_row_number + i``
    (blank ones are kept, so that the numbers stay right). ``what`` says how the file was read
    (``kind``, ``encoding``, ``separator``, ``tab``), ``notes`` what people should know of it, and
    ``set_aside`` what of it could not be read, and ``left_out`` how many rows that are.
    """

    name: str
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    first_row_number: int = 2
    what: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[Phrase, ...] = ()
    set_aside: tuple[Phrase, ...] = ()
    left_out: int = 0

    def with_column(self, header: str, value: str) -> ListSheet:
        """Return the list with one more column, the same in every row that is not blank."""
        rows = tuple((*row, value if any(row) else "") for row in self.rows)
        return replace(self, headers=(*self.headers, header), rows=rows)

    def numbered(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Yield ``(row number in the file, cells)`` of the rows that are not blank."""
        for number, row in enumerate(self.rows, start=self.first_row_number):
            if any(row):
                yield number, row

    def column(self, index: int) -> list[str]:
        """Return a column's cells that are not blank."""
        return [row[index] for row in self.rows if row[index]]


def spreadsheet_letter(index: int) -> str:
    """Return what a spreadsheet calls its column: 0 is A, 26 is AA."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name
