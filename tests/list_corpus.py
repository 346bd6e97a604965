"""The lists of ``tests/data/lists``: what is right for each, what comes in, and how much of it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path

from register.book.table import Book
from register.imports.contact_list import import_contacts
from register.intake.columns import guess_columns
from register.intake.intake import take_in
from register.intake.sheet import ListSheet
from tests.conftest import TickingClock
from tests.making import book

Row = Mapping[str, str]
FOLDER = Path(__file__).parent / "data" / "lists"
EXPECTED = {
    name: wanted
    for path in sorted(FOLDER.glob("*.toml"))
    for name, wanted in tomllib.loads(path.read_text(encoding="utf-8")).items()
}
FILES = {path.stem: path for path in FOLDER.iterdir() if path.suffix != ".toml"}
TABS = ("organisations", "people")
_REACH = ("phone", "phone2", "email")


def taken_in(*lists: ListSheet) -> Book:
    """Return an empty register after the lists of a file were imported and taken in."""
    waiting = book()
    for of in lists:
        outcome, _ = import_contacts(waiting, of, guess_columns(of), TickingClock().now())
        waiting = waiting.with_changes(outcome.plan.changes)
    return waiting.with_changes(take_in(waiting, date(2026, 11, 23)))


def rows(after: Book, tab: str) -> list[Row]:
    """Return the rows of a tab."""
    return [row for _, row in after.table(tab).rows()]


def matches(row: Row, wanted: Row) -> bool:
    """Whether a row has each cell that is wanted; an organisation is named without its id."""
    return all(_cell(row, key) == cell for key, cell in wanted.items())


def unlike(found: Sequence[Row], wanted: Sequence[Row]) -> tuple[list[Row], list[Row]]:
    """Return which wanted rows no found row matches, and which are left; each is used once."""
    left = list(found)
    missing = []
    for one in wanted:
        fits = next((row for row in left if matches(row, one)), None)
        left.remove(fits) if fits else missing.append(one)
    return missing, left


@dataclass(frozen=True, slots=True)
class Score:
    """How many cells are wanted; of them right, lost (stand nowhere), and reach somebody else."""

    wanted: int = 0
    right: int = 0
    lost: int = 0
    astray: int = 0

    def __add__(self, other: Score) -> Score:
        """Add up two scores."""
        sums = (getattr(self, one.name) + getattr(other, one.name) for one in fields(self))
        return Score(*sums)


def score(after: Book, wanted: Mapping[str, Sequence[Row]]) -> Score:
    """Compare what came in with what is wanted, cell by cell."""
    total = Score()
    everything = "\n\n".join(
        cell for tab in after.tables for row in rows(after, tab) for cell in row.values()
    ).casefold()
    pairs = [pair for tab in TABS for pair in _pairs(rows(after, tab), wanted.get(tab, ()))]
    theirs = [{one[key] for key in _REACH if one.get(key)} for _, one in pairs]
    for row, one in pairs:
        cells = {key: cell for key, cell in one.items() if cell}
        right = sum(_cell(row, key) == cell for key, cell in cells.items())
        lost = sum(cell.casefold() not in everything for cell in cells.values())
        mine = {one[key] for key in _REACH if one.get(key)}
        others = set().union(*theirs) - mine
        astray = sum(row.get(key, "") in others for key in _REACH if row.get(key))
        total += Score(len(cells), right, lost, astray)
    return total


def _pairs(found: Sequence[Row], wanted: Sequence[Row]) -> Iterator[tuple[Row, Row]]:
    """Yield each wanted row with the found one that has most of its cells, {} where none is left."""
    left = list(found)
    for one in wanted:
        alike = [sum(_cell(row, key) == cell for key, cell in one.items() if cell) for row in left]
        best = max(range(len(left)), key=alike.__getitem__, default=None)
        yield ({} if best is None or not alike[best] else left.pop(best)), one


def _cell(row: Row, key: str) -> str:
    cell = row.get(key, "")
    return cell.partition(" · ")[0] if key == "org" else cell
