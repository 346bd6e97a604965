"""Texts of a Google Sheet that are no cells of the register: people's notes, tabs of their own."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass

from register.stores.google_cells import Json, update_cells
from register.stores.google_keeping import GridCell
from register.stores.google_reading import Grid

Redact = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class BesideTexts:
    """The tabs of a sheet, and what those hold that are not the register's, as it was typed.

    ``own`` are the rows (by tab title) that all notes go from.
    """

    grids: Mapping[str, Grid]
    values: Mapping[str, list[list[object]]]

    def texts(self) -> Iterator[tuple[str, str]]:
        """Yield ``(place, text)``."""
        for title, grid in self.grids.items():
            yield from ((title, note) for note in grid.notes.values() if note)
        for title, rows in self.values.items():
            for row in rows:
                yield from ((title, cell) for cell in row if isinstance(cell, str) and cell)

    def requests(self, redact: Redact, own: Mapping[str, Collection[int]]) -> Iterator[Json]:
        """Yield the requests that rewrite them; a formula is left as it is."""
        for title, grid in self.grids.items():
            gone = own.get(title, ())
            notes: dict[GridCell, Json] = {
                at: {"note": left}
                for at, note in grid.notes.items()
                if (left := "" if at[0] in gone else redact(note)) != note
            }
            yield from update_cells(grid.sheet_id, notes, "note")
            cells: dict[GridCell, Json] = {
                (row, column): {"userEnteredValue": {"stringValue": left}}
                for row, line in enumerate(self.values.get(title, ()), start=1)
                for column, cell in enumerate(line, start=1)
                if isinstance(cell, str) and not cell.startswith("=")
                if (left := redact(cell)) != cell
            }
            yield from update_cells(grid.sheet_id, cells, "userEnteredValue")
