"""What to put back when rows or columns moved between our last look at a sheet and our write.

A write hits cells by their numbers. What it was meant for is known by its header and its row: the
id, else all the row's other cells. Everything here is about cells as the sheet keeps them, since a
stray value may stand in a column that the register does not know.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time

from register.book.cells import Raw, serial
from register.book.plan import Change
from register.stores.google_cells import Json, number_format
from register.stores.google_writing import At, Cell, Part, value_of
from register.stores.reading import Reading


@dataclass(slots=True)
class Mending:
    """What to write so that everything is as it was: cells by tab and place, lines of Loki again.

    ``missed`` are the changes that went astray: for the next run to make.
    """

    cells: dict[str, dict[Cell, Json]] = field(default_factory=dict)
    lines: tuple[Change, ...] = ()
    missed: frozenset[Change] = frozenset()


@dataclass(frozen=True, slots=True)
class _View:
    """A tab as a reading has it: its cells by row number and column key, '' for blank ones."""

    reading: Reading
    tab: str

    @property
    def numbers(self) -> Mapping[str, int]:
        """The columns' numbers by key."""
        return self.reading.places[self.tab].columns

    def key(self, column: int) -> str:
        """Return the key of a column, '' where it has no header."""
        return next((key for key, number in self.numbers.items() if number == column), "")

    def raw(self, row: int, column: int) -> Raw:
        """Return what a cell holds."""
        rows = self.reading.sheets[self.tab].rows
        line = rows[row - 1] if 0 < row <= len(rows) else ()
        return line[column - 1] if column <= len(line) else ""

    def line(self, row: int, without: set[int]) -> dict[str, Raw]:
        """Return a row's filled cells by column key, but for the columns of these numbers."""
        cells = {k: self.raw(row, n) for k, n in self.numbers.items() if n not in without}
        return {key: cell for key, cell in cells.items() if cell not in ("", None)}

    def rows(self) -> Iterator[int]:
        """Yield the numbers of the rows below the header."""
        yield from range(2, len(self.reading.sheets[self.tab].rows) + 1)

    def json(self, row: int, column: int) -> Json:
        """Return a cell as it is written: a formula too."""
        known = self.reading.book.table(self.tab).tab.by_key.get(self.key(column))
        raw = self.raw(row, column)
        cell: Json = {"userEnteredFormat": {"numberFormat": number_format(known)}}
        formula = self.reading.sheets[self.tab].entered.get((row, column), "")
        if formula:
            cell["userEnteredValue"] = {"formulaValue": formula}
        elif isinstance(raw, bool):
            cell["userEnteredValue"] = {"boolValue": raw}
        elif isinstance(raw, datetime | time):
            cell["userEnteredValue"] = {"numberValue": serial(raw)}
        elif isinstance(raw, int | float):
            cell["userEnteredValue"] = {"numberValue": raw}
            del cell["userEnteredFormat"]
        elif raw:
            cell["userEnteredValue"] = {"stringValue": raw}
        return cell


def repairs(part: Part, wrong: set[At], before: Reading, now: Reading) -> Mending:
    """Return what puts back a write's stray cells.

    ``before`` is the sheet that the write was made for, ``now`` the sheet after it. A cell goes
    back to what it held, unless somebody has written there since. All of a row, all of a merge and
    their lines of Loki go back together.
    """
    mending = Mending()
    strays: dict[str, list[tuple[Cell, Cell | None]]] = {}
    missed: set[Change] = set()
    for tab, cells in part.written.items():
        views = _View(before, tab), _View(now, tab)
        for places in _by_row(cells):
            columns = {column for _, column in places}
            found = [(at, _origin(at, columns, *views)) for at in places]
            strays[tab] = strays.get(tab, []) + found
            if any(origin != at for at, origin in found):
                missed |= {c for at in places for c in part.meant.get((tab, *at), ())}
    missed |= _scattered(part, wrong, now, mending)
    missed = _together(part, missed)
    for tab, stray in strays.items():
        views = _View(before, tab), _View(now, tab)
        for at, origin in stray:
            if origin != at or missed.intersection(part.meant.get((tab, *at), ())):
                ours = part.written[tab][at]
                if value_of(views[1].json(*at)) == value_of(ours):
                    old = views[0].json(*origin) if origin else {}
                    mending.cells.setdefault(tab, {})[at] = old
    mending.missed = frozenset(missed)
    _take_out_of_the_log(part, mending, now)
    return mending


def _by_row(cells: Iterable[Cell]) -> Iterable[list[Cell]]:
    """Return places in groups of one row."""
    rows: dict[int, list[Cell]] = {}
    for at in cells:
        rows.setdefault(at[0], []).append(at)
    return rows.values()


def _origin(at: Cell, written: set[int], before: _View, now: _View) -> Cell | None:
    """Return where the cell that stands at a place now stood before, None where it is new."""
    key = now.key(at[1])
    column = before.numbers.get(key)
    if column is None:
        return None
    row = _same_row(at[0], written, before, now)
    return None if row is None else (row, column)


def _same_row(row: int, written: set[int], before: _View, now: _View) -> int | None:
    """Return the number that a row had before: known by its id, else by its other cells."""
    id_column = now.numbers.get("id", 0)
    if id_column not in written:
        row_id = str(now.raw(row, id_column)).strip()
        number = before.reading.book.table(before.tab).numbers.get(row_id)
        if number is not None:
            return number
    keys = {now.key(column) for column in written}
    line = now.line(row, written)
    hidden = {before.numbers[key] for key in keys if key in before.numbers}
    if before.line(row, hidden) == line:
        return row
    same = [number for number in before.rows() if line and before.line(number, hidden) == line]
    return same[0] if len(same) == 1 else None


def _scattered(part: Part, wrong: set[At], now: Reading, mending: Mending) -> set[Change]:
    """Take away rows that were added under headers that had moved; return what they were to be."""
    missed: set[Change] = set()
    for tab, rows in part.added.items():
        if not any(at[:2] == (tab, 1) for at in wrong):
            there = now.book.table(tab)
            absent = {row_id for row_id in rows if row_id not in there} if tab != "log" else set()
            missed |= {c for c in part.changes if c.tab == tab and c.row_id in absent}
            continue
        view = _View(now, tab)
        for cells in rows.values():
            row = next((n for n in view.rows() if _holds(view, n, cells)), None)
            if row is not None:
                for column in cells:
                    mending.cells.setdefault(tab, {})[row, column] = {}
        missed |= {c for c in part.changes if c.tab == tab and c.row_id in rows}
        if tab == "log":
            mending.lines = part.lines
    return missed


def _holds(view: _View, row: int, cells: Mapping[int, Json]) -> bool:
    return all(value_of(view.json(row, n)) == value_of(cell) for n, cell in cells.items())


def _together(part: Part, missed: set[Change]) -> set[Change]:
    """Return the missed changes with all of their rows and merges."""

    def row(change: Change) -> tuple[str, str]:
        return (change.tab, part.given.get((change.tab, change.row_id), change.row_id))

    merges = {change.reason for change in missed if change.kind == "merge"}
    merged = {c for c in part.changes if c.kind == "merge" and c.reason in merges}
    rows = {row(change) for change in missed | merged}
    return {change for change in part.changes if row(change) in rows}


def _take_out_of_the_log(part: Part, mending: Mending, now: Reading) -> None:
    """Blank the lines of what was missed: what they say did not happen."""
    rows = {change.row_id for change in mending.missed}
    rows |= {change.after for change in mending.missed if change.column == "id"}
    false = {c.row_id for c in part.lines if c.column == "row" and c.after in rows}
    mending.lines = tuple(c for c in mending.lines if c.row_id not in false)
    view = _View(now, "log")
    numbers = now.book.table("log").numbers
    for line_id in false & numbers.keys():
        for column in view.numbers.values():
            mending.cells.setdefault("log", {})[numbers[line_id], column] = {}
