"""What to put back when rows or columns moved between our last look at a sheet and our write.

A write hits cells by their numbers. What it was meant for is known by its header and its row: the
id, else all the row's other cells. Everything here is about cells as the sheet keeps them, since a
stray value may stand in a column that the register does not know.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, time

from register.book.cells import Raw, serial
from register.book.groups import torn
from register.book.plan import Change
from register.stores.google_cells import Json, number_format
from register.stores.google_reading import Grid
from register.stores.google_writing import At, Cell, Part, value_of
from register.stores.reading import Reading

_Rest = frozenset[tuple[str, Raw]]


@dataclass(slots=True)
class Mending:
    """What to write so that all is as it was: cells and notes by tab and place, lines of Loki.

    ``missed`` are the changes that went astray: for the next run to make.
    """

    cells: dict[str, dict[Cell, Json]] = field(default_factory=dict)
    notes: dict[str, dict[Cell, str]] = field(default_factory=dict)
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
        formula = self.reading.sheets[self.tab].formulas.get((row, column), "")
        if formula:
            cell["userEnteredValue"] = {"formulaValue": f"={formula}"}
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


def repairs(
    part: Part,
    wrong: set[At],
    before: Reading,
    now: Reading,
    notes: tuple[Mapping[str, Grid], Mapping[str, Grid]],
) -> Mending:
    """Return what puts back a write's stray cells.

    ``before`` is the sheet that the write was made for, ``now`` the sheet after it, ``notes`` the
    notes of both. A cell goes back to what it held, unless somebody has written there since. All of
    a row, all of a merge and their lines of Loki go back together.
    """
    mending = Mending()
    part, numbers = _followed(part, now)
    strays: dict[str, list[tuple[Cell, Cell | None]]] = {}
    missed: set[Change] = set()
    for tab, cells in part.written.items():
        views = _View(before, tab), _View(now, tab)
        by_row = _by_row([*cells, *part.notes[tab]])
        written = {row: set[int]() for row in by_row} | _by_row(cells)
        rows = _rows_before(written, *views, numbers[tab])
        for row, columns in by_row.items():
            found = [((row, n), _origin(n, rows.get(row), *views)) for n in columns]
            strays.setdefault(tab, []).extend(found)
            if any(origin != at for at, origin in found):
                missed |= {c for at, _ in found for c in part.meant.get((tab, *at), ())}
    missed |= _scattered(part, wrong, now, mending)
    missed = _together(part, missed)
    for tab, stray in strays.items():
        views = _View(before, tab), _View(now, tab)
        for at, origin in stray:
            if origin != at or missed.intersection(part.meant.get((tab, *at), ())):
                ours = part.written[tab].get(at)
                if ours and value_of(views[1].json(*at)) == value_of(ours):
                    old = views[0].json(*origin) if origin else {}
                    mending.cells.setdefault(tab, {})[at] = old
                note = part.notes[tab].get(at)
                if note is not None and notes[1][tab].notes.get(at, "") == note:
                    old_note = notes[0][tab].notes.get(origin, "") if origin else ""
                    mending.notes.setdefault(tab, {})[at] = old_note
    mending.missed = frozenset(missed)
    _take_out_of_the_log(part, mending, now)
    return mending


def _followed(part: Part, now: Reading) -> tuple[Part, dict[str, dict[int, int]]]:
    """Return the part with its cells where they stand now, and what rows they were written to.

    A row that moved after the write took what was written with it: it is known by that, where no
    other row was given the same.
    """
    numbers: dict[str, dict[int, int]] = {}
    for tab, cells in part.written.items():
        moved = _moved(cells, _View(now, tab))
        numbers[tab] = {there: row for row, there in moved.items()}
    to = {(tab, row): there for tab, found in numbers.items() for there, row in found.items()}

    def place(tab: str, at: Cell) -> Cell:
        return to.get((tab, at[0]), at[0]), at[1]

    written = {t: {place(t, at): one for at, one in of.items()} for t, of in part.written.items()}
    notes = {t: {place(t, at): one for at, one in of.items()} for t, of in part.notes.items()}
    meant = {(tab, *place(tab, at)): changes for (tab, *at), changes in part.meant.items()}  # type: ignore[arg-type]
    return replace(part, written=written, notes=notes, meant=meant), numbers


def _moved(cells: Mapping[Cell, Json], now: _View) -> dict[int, int]:
    """Return where the rows are that stood here when they were written, by number."""
    given: dict[int, dict[int, object]] = {}
    for (row, column), cell in cells.items():
        given.setdefault(row, {})[column] = _entered(cell)
    marks = {row: frozenset(values.items()) for row, values in given.items()}
    alone = Counter(marks.values())
    gone = {
        marks[row]: row
        for row, values in given.items()
        if alone[marks[row]] == 1 and any(values.values()) and not _shows(now, row, values)
    }
    found: dict[int, list[int]] = {}
    for shape in {frozenset(given[row]) for row in gone.values()}:
        for number in now.rows():
            mark = frozenset((n, _entered(now.json(number, n))) for n in shape)
            if mark in gone:
                found.setdefault(gone[mark], []).append(number)
    return {row: there[0] for row, there in found.items() if len(there) == 1}


def _shows(view: _View, row: int, values: Mapping[int, object]) -> bool:
    return all(_entered(view.json(row, n)) == value for n, value in values.items())


def _entered(cell: Json) -> tuple[tuple[str, object], ...]:
    return tuple(value_of(cell).items())


def _by_row(cells: Iterable[Cell]) -> dict[int, set[int]]:
    """Return the numbers of the columns of each row among these places."""
    rows: dict[int, set[int]] = {}
    for row, column in cells:
        rows.setdefault(row, set()).add(column)
    return rows


def _origin(column: int, row: int | None, before: _View, now: _View) -> Cell | None:
    """Return where a cell stood before, None where it is new; ``row`` is what its row was."""
    number = before.numbers.get(now.key(column))
    return None if row is None or number is None else (row, number)


def _rows_before(
    written: Mapping[int, set[int]], before: _View, now: _View, numbers: Mapping[int, int]
) -> dict[int, int]:
    """Return the number that each written row had before; those that are new have none.

    ``numbers`` are those that rows which have moved since had when they were written. A row is
    known by its id, else by its cells that were not written. Rows that are alike in those may stand
    for each other: each takes its own number if that is free, else the next.
    """
    ids = before.reading.book.table(before.tab).numbers
    id_column = now.numbers.get("id", 0)
    origins: dict[int, int] = {}
    unknown: list[int] = []
    for row in now.rows():
        if id_column not in written.get(row, ()):
            number = ids.get(str(now.raw(row, id_column)).strip())
            if number is not None:
                origins[row] = number
                continue
        unknown.append(row)
    taken = set(origins.values())
    left = [number for number in before.rows() if number not in taken]
    alike = _Alike(before, left)
    for row in [row for row in unknown if row not in written]:
        alike.take(row, row, set(), now)
    for row in [row for row in unknown if row in written]:
        number = alike.take(row, numbers.get(row, row), written[row], now)
        if number is not None:
            origins[row] = number
    return {row: number for row, number in origins.items() if row in written}


class _Alike:
    """The rows of before that no row of now has taken, by what they hold."""

    def __init__(self, before: _View, left: list[int]) -> None:
        self._before, self._left, self._taken = before, dict.fromkeys(left), set[int]()
        self._by_rest: dict[frozenset[str], dict[_Rest, list[int]]] = {}

    def take(self, row: int, likely: int, columns: set[int], now: _View) -> int | None:
        """Return the row of before that this one was, ``likely`` if it may be, and take it."""
        hidden = frozenset(now.key(column) for column in columns)
        if hidden not in self._by_rest:
            numbers = {n for key, n in self._before.numbers.items() if key in hidden}
            rests: dict[_Rest, list[int]] = {}
            for number in reversed(self._left):
                rests.setdefault(_rest(self._before, number, numbers), []).append(number)
            self._by_rest[hidden] = rests
        rest = _rest(now, row, columns)
        same = self._by_rest[hidden].get(rest, [])
        if likely in self._left and likely not in self._taken and self._is(likely, hidden, rest):
            self._taken.add(likely)
            return likely
        while same:
            number = same.pop()
            if number not in self._taken:
                self._taken.add(number)
                return number
        return None

    def _is(self, number: int, hidden: frozenset[str], rest: _Rest) -> bool:
        numbers = {n for key, n in self._before.numbers.items() if key in hidden}
        return _rest(self._before, number, numbers) == rest


def _rest(view: _View, row: int, without: set[int]) -> _Rest:
    return frozenset(view.line(row, without).items())


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
    """Return the missed changes with all of their rows and groups."""

    def row(change: Change) -> tuple[str, str]:
        return (change.tab, part.given.get((change.tab, change.row_id), change.row_id))

    found, before = set(missed), 0
    while len(found) != before:
        before = len(found)
        rows = {row(change) for change in torn(part.changes, found)}
        found = {change for change in part.changes if row(change) in rows}
    return found


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
