"""A Google Sheet at one moment: its tabs, their content, and the book made from it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from register.stores.google_covers import needs_stretching
from register.stores.google_reading import Grid, SpreadsheetAbout
from register.stores.reading import StoreReading, StoreSheet


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The sheet at one moment; ``titles`` are those of the register's tabs by key.

    ``digests`` are those of the tabs' cells as entered, by title.
    """

    about: SpreadsheetAbout
    titles: Mapping[str, str]
    sheets: Mapping[str, StoreSheet]
    reading: StoreReading
    digests: Mapping[str, bytes]

    @property
    def grids(self) -> dict[str, Grid]:
        """The register's tabs by key."""
        return {key: self.about.grids[title] for key, title in self.titles.items()}

    @property
    def every(self) -> Mapping[str, Grid]:
        """All tabs by title."""
        return self.about.grids

    def is_covered(self, tabs: Iterable[str], added: int) -> bool:
        """Return True if a range ends where up to ``added`` rows would be added to a tab."""
        last = {tab: self.reading.places[tab].free_row - 1 for tab in tabs}
        return any(
            needs_stretching(cover, row, row + added)
            for tab, row in last.items()
            for cover in self.grids[tab].covers
        )


def digest_of(entered: Sequence[Sequence[Any]]) -> bytes:
    """Return a digest of a tab's cells as they were entered."""
    return sha256(repr(entered).encode()).digest()
