"""A Google Sheet as it was at one moment: its tabs, what they held, the book that this makes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from register.stores.google_covers import is_due
from register.stores.google_reading import Grid, SpreadsheetAbout
from register.stores.reading import StoreReading, StoreSheet


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The sheet as it was at one moment."""

    about: SpreadsheetAbout
    titles: Mapping[str, str]
    sheets: Mapping[str, StoreSheet]
    reading: StoreReading

    @property
    def grids(self) -> dict[str, Grid]:
        """The tabs of the register by key."""
        return {key: self.about.grids[title] for key, title in self.titles.items()}

    @property
    def every(self) -> Mapping[str, Grid]:
        """All tabs by title."""
        return self.about.grids

    def is_covered(self, tabs: Iterable[str], added: int) -> bool:
        """Whether anything ends where up to so many rows are added to one of these tabs."""
        last = {tab: self.reading.places[tab].free_row - 1 for tab in tabs}
        return any(
            is_due(cover, row, row + added)
            for tab, row in last.items()
            for cover in self.grids[tab].covers
        )
