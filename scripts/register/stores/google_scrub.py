"""Texts of a Google Sheet outside the register's cells: people's notes and their own tabs."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from register.book.joined_cells import Redact, joined_row, redacted_row
from register.stores.google_cells import Json, update_cells
from register.stores.google_keeping import GridCell
from register.stores.google_reading import Grid


@dataclass(frozen=True, slots=True)
class BesideTexts:
    """The tabs of a sheet, and the entered values of the tabs outside the register, by title."""

    grids: Mapping[str, Grid]
    values: Mapping[str, list[list[object]]]

    def texts(self) -> Iterator[tuple[str, str]]:
        """Yield ``(place, text)``; the place is the tab's title."""
        for title, grid in self.grids.items():
            yield from ((title, note) for note in grid.notes.values() if note)
        for title, rows in self.values.items():
            for row in rows:
                if said := joined_row(_typed(row)):
                    yield title, said

    def requests(self, redact: Redact, own: Mapping[str, Collection[int]]) -> Iterator[Json]:
        """Yield the requests that redact the texts; formulas are left as they are.

        ``own`` are the rows, by tab title, whose notes are deleted entirely.
        """
        for title, grid in self.grids.items():
            gone = own.get(title, ())
            notes: dict[GridCell, Json] = {
                at: {"note": left}
                for at, note in grid.notes.items()
                if (left := "" if at[0] in gone else redact(note)) != note
            }
            yield from update_cells(grid.sheet_id, notes, "note")
            cells: dict[GridCell, Json] = {
                (row, column + 1): {"userEnteredValue": {"stringValue": left}}
                for row, line in enumerate(self.values.get(title, ()), start=1)
                for column, left in redacted_row(_typed(line), redact).items()
            }
            yield from update_cells(grid.sheet_id, cells, "userEnteredValue")


def _typed(row: Sequence[object]) -> list[str]:
    """Return the texts of a row; '' for numbers and formulas, which are left as they are."""
    return [cell if isinstance(cell, str) and not cell.startswith("=") else "" for cell in row]
