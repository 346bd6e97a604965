"""Finds where a write landed, and restores what it hit by mistake, wherever that is by now.

The reply tells what was in the overwritten cells, rows and columns
(:mod:`register.stores.google_keeping`). A row is recognised by its id, else by everything kept of
it; a column by its header, one without a header by its neighbours. What cannot be found again, or
no longer holds what was written, is not touched.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from register.book.change import Change
from register.book.notes import join_note, split_note
from register.stores.google_cells import Json
from register.stores.google_keeping import (
    GridCell,
    entered_in,
    entered_value,
    same_value,
    text_of,
    without_note,
)
from register.stores.google_reading import Grid
from register.stores.google_writing import TabCell, WritePart
from register.stores.reading import StoreReading


@dataclass(frozen=True, slots=True)
class WrittenMoment:
    """A tab at the time of a write: its headers by column, and the rows that the write hit.

    ``rows`` holds, by row and column, the values after and before the write. ``own`` is the number
    of the id column at that time; 0 if there was none.
    """

    headers: Mapping[int, str]
    rows: Mapping[int, Mapping[int, tuple[Json, Json]]]
    own: int


@dataclass(frozen=True, slots=True)
class StrayCell:
    """A cell that holds ``ours``, written by mistake, and must hold ``due`` again.

    ``row`` is its row number at that moment, or the id of a row that was added then. For a note,
    ``note`` is the whole note that was written, and ``due`` the note it must become.
    """

    tab: str
    moment: WrittenMoment
    row: int | str
    column: int
    ours: Json
    due: Json
    note: str | None = None

    @property
    def tells_its_row(self) -> bool:
        """Return True if this cell holds the id by which its row is recognised."""
        if isinstance(self.row, str):
            return text_of(self.ours) == self.row
        return self.column == self.moment.own


@dataclass(slots=True)
class WriteLanding:
    """Where the cells of a part landed.

    ``strays`` are cells to restore, ``astray`` the places that are now in another row or column,
    ``missed`` the changes that were not made for that reason. ``scattered`` are tabs whose added
    rows landed under other headers. ``edited`` are changes to cells that somebody had changed since
    the last read, with what was typed there; ``noted`` the same for notes. ``rewritten`` holds what
    each written cell held before.
    """

    moments: dict[str, WrittenMoment] = field(default_factory=dict)
    strays: list[StrayCell] = field(default_factory=list)
    astray: set[TabCell] = field(default_factory=set)
    scattered: set[str] = field(default_factory=set)
    missed: set[Change] = field(default_factory=set)
    edited: dict[Change, Json] = field(default_factory=dict)
    noted: dict[Change, str] = field(default_factory=dict)
    rewritten: dict[TabCell, Json] = field(default_factory=dict)


def find_landing(
    part: WritePart, kept: Mapping[int, Mapping[GridCell, Json]], before: StoreReading
) -> WriteLanding:
    """Return where a part landed; ``kept`` are the cells of the hidden tabs, by sheet id."""
    found = WriteLanding()
    for tab, keeping in part.kept.items():
        was = kept.get(keeping.sheet_id, {})
        moment = found.moments[tab] = _moment(part, tab, was, before)
        for at in part.written[tab].keys() | part.notes[tab].keys():
            _judge(part, tab, at, was, found)
        heads = {column for row in part.added.get(tab, {}).values() for column in row}
        if any(moment.headers.get(n, "") != _head(part, tab, n) for n in heads):
            found.scattered.add(tab)
            for row_id, cells in part.added[tab].items():
                found.strays += delete_added_rows(tab, moment, row_id, cells)
                found.missed |= {c for c in part.changes if c.row == (tab, row_id)}
    return found


def delete_added_rows(
    tab: str, moment: WrittenMoment, row: str, cells: Mapping[int, Json]
) -> Iterator[StrayCell]:
    """Yield the cells to empty so that an added row disappears."""
    for column, cell in cells.items():
        yield StrayCell(tab, moment, row, column, entered_in(cell), {})


def revert_changes(
    part: WritePart, found: WriteLanding, changes: Iterable[Change]
) -> Iterator[StrayCell]:
    """Yield the cells to restore in order to undo changes that landed in the right place."""
    wanted = set(changes)
    if not wanted:
        return
    for (tab, *at), meant in part.meant.items():
        row, column = at
        if wanted.isdisjoint(meant) or (tab, row, column) in found.astray:
            continue
        if (row, column) in part.written[tab]:
            ours = entered_in(part.written[tab][row, column])
            due = found.rewritten[tab, row, column]
            yield StrayCell(tab, found.moments[tab], row, column, ours, due)
    for tab, rows in part.added.items():
        for row_id in () if tab in found.scattered else rows:
            if any(change.row == (tab, row_id) for change in wanted):
                yield from delete_added_rows(tab, found.moments[tab], row_id, rows[row_id])


def _moment(
    part: WritePart, tab: str, was: Mapping[GridCell, Json], before: StoreReading
) -> WrittenMoment:
    headers = {n: text_of(entered_in(cell)) for (row, n), cell in was.items() if row == 1}
    rows: dict[int, dict[int, tuple[Json, Json]]] = {}
    touched = {row for row, _ in part.written[tab].keys() | part.notes[tab].keys()}
    for top, left, bottom, right in part.kept[tab].areas:
        for row in touched & set(range(max(top, 2), bottom + 1)):
            cells = rows.setdefault(row, {})
            for n in range(left, right + 1):
                old = entered_in(was.get((row, n)))
                ours = part.written[tab].get((row, n))
                cells[n] = old if ours is None else entered_in(ours), old
    own = _head(part, tab, before.places[tab].columns.get("id", 0))
    return WrittenMoment(headers, rows, next((n for n, text in headers.items() if text == own), 0))


def _head(part: WritePart, tab: str, column: int) -> str:
    return text_of(part.seen[tab].get((1, column), {}))


def _judge(
    part: WritePart, tab: str, at: GridCell, was: Mapping[GridCell, Json], found: WriteLanding
) -> None:
    """Record whether one cell landed in the right place, and what it overwrote."""
    row, column = at
    seen, moment, whole = part.seen[tab], found.moments[tab], part.notes[tab].get(at)
    old = without_note(was.get(at, {}))
    hers = str(was.get(at, {}).get("note", ""))
    as_seen = at not in part.written[tab] or same_value(entered_in(old), seen[at])
    as_noted = whole is None or hers == part.noted[tab][at]
    marks = part.marks[tab, row]
    mine = all(same_value(entered_in(was.get(mark)), seen[mark]) for mark in marks)
    mine &= moment.headers.get(column, "") == _head(part, tab, column)
    place = (tab, row, column)
    found.rewritten[place] = old
    if mine and as_seen and as_noted:
        return
    meant = part.meant.get(place, [])
    known = mine and bool(marks)
    if at in part.written[tab] and not (known and as_seen):
        ours = entered_in(part.written[tab][at])
        found.strays.append(StrayCell(tab, moment, row, column, ours, old))
    if whole is not None and not (known and as_noted):
        due = join_note(split_note(hers)[0], split_note(whole)[1]) if known else hers
        found.strays.append(StrayCell(tab, moment, row, column, {}, {"stringValue": due}, whole))
    if known:
        for change in meant:
            if change.kind == "note" and not as_noted:
                found.noted[change] = hers
            elif change.kind != "note" and not as_seen:
                found.edited[change] = entered_in(old)
        return
    found.astray.add(place)
    found.missed |= set(meant)


class MovementTracer:
    """Finds the rows and columns of an earlier moment in a tab as it is now."""

    def __init__(self, tab: str, now: StoreReading) -> None:
        self._sheet = now.sheets[tab]
        width = max((len(row) for row in self._sheet.rows[:1]), default=0)
        self._heads = {n: text_of(entered_value(self._sheet, 1, n)) for n in range(1, width + 1)}
        self._ids: dict[int, dict[str, list[int]]] = {}

    def at(self, stray: StrayCell) -> GridCell | None:
        """Return where a stray cell is now; None if that cannot be determined."""
        row = self._row(stray.moment, stray.row)
        places = (
            [] if row is None else [(row, n) for n in self._columns(stray.moment, stray.column)]
        )
        held = [at for at in places if same_value(self.holds(at), stray.ours)]
        return next(iter(held or places), None)

    def holds(self, at: GridCell) -> Json:
        """Return what was entered in a cell, as Google stores it; {} if it is blank."""
        return entered_value(self._sheet, *at)

    def _column(self, moment: WrittenMoment, column: int) -> int | None:
        return next(iter(self._columns(moment, column)), None)

    def _columns(self, moment: WrittenMoment, column: int) -> list[int]:
        """Return where a column may be now: several places without any header at or beside it."""
        if head := moment.headers.get(column, ""):
            there = self._named(head)
            return [] if there is None else [there]
        near: dict[int, tuple[int, int]] = {}
        for step in (-1, 1):
            for other in range(column + step, column + 12 * step, step):
                there = self._named(moment.headers.get(other, ""))
                if there is not None:
                    near[step] = there, there + column - other
                    break
        if not near:
            return [column]
        found = [at for _, at in near.values()]
        if len(near) == 2:
            found += range(near[-1][0] + 1, near[1][0])
        return [at for at in dict.fromkeys(found) if at > 0 and not self._heads.get(at, "")]

    def _named(self, head: str) -> int | None:
        found = [n for n, text in self._heads.items() if text == head]
        return found[0] if head and len(found) == 1 else None

    def _row(self, moment: WrittenMoment, row: int | str) -> int | None:
        own = self._column(moment, moment.own) if moment.own else None
        if isinstance(row, str):
            return self._only(row, own) or self._anywhere(row)
        image = moment.rows.get(row, {})
        for row_id in map(text_of, image.get(moment.own, ())):
            if row_id and own and (there := self._only(row_id, own)):
                return there
        cells = [(self._column(moment, n), cell) for n, cell in image.items()]
        known = [(n, cell) for n, cell in cells if n is not None]
        if self._is(row, known):
            return row
        if not any(cell for _, both in known for cell in both):
            return None
        alike = [n for n in range(2, len(self._sheet.rows) + 1) if self._is(n, known)]
        twins = [number for number, other in moment.rows.items() if other == image]
        return alike[twins.index(row)] if len(alike) == len(twins) else self._nearest(known)

    def _nearest(self, cells: Iterable[tuple[int, tuple[Json, Json]]]) -> int | None:
        """Return the row that shares most filled cells, as one may have been typed over since.

        At least two must be equal, and no other row may share as many; otherwise None.
        """
        filled = [(n, [cell for cell in both if cell]) for n, both in cells]
        shared: Counter[int] = Counter()
        for row in range(2, len(self._sheet.rows) + 1):
            shared[row] = sum(
                any(same_value(entered_value(self._sheet, row, n), cell) for cell in both)
                for n, both in filled
            )
        (best, most), (_, next_) = [*shared.most_common(2), (0, 0), (0, 0)][:2]
        return best if most >= 2 and most > next_ else None

    def _is(self, row: int, cells: Iterable[tuple[int, tuple[Json, Json]]]) -> bool:
        """Return True if each cell holds its value from after the write, or from before it."""
        return all(
            any(same_value(entered_value(self._sheet, row, n), cell) for cell in both)
            for n, both in cells
        )

    def _only(self, row_id: str, column: int | None) -> int | None:
        """Return the only row with this id in the id column; None if there is none or several."""
        if not column:
            return None
        if column not in self._ids:
            ids = self._ids.setdefault(column, {})
            for row in range(2, len(self._sheet.rows) + 1):
                ids.setdefault(text_of(entered_value(self._sheet, row, column)), []).append(row)
        rows = self._ids[column].get(row_id, [])
        return rows[0] if len(rows) == 1 else None

    def _anywhere(self, row_id: str) -> int | None:
        """Return the only row with this text in any column; None if there is none or several."""
        rows = [n for n, row in enumerate(self._sheet.rows, start=1) if n > 1 and row_id in row]
        return rows[0] if len(rows) == 1 else None


@dataclass(slots=True)
class RepairStep:
    """Cells and notes to write, by tab and place, and the strays they restore (``of``).

    ``lost`` are strays that were not found, ``waiting`` those for the next round.
    """

    cells: dict[str, dict[GridCell, Json]] = field(default_factory=dict)
    notes: dict[str, dict[GridCell, str]] = field(default_factory=dict)
    of: dict[TabCell, list[StrayCell]] = field(default_factory=dict)
    lost: list[StrayCell] = field(default_factory=list)
    waiting: list[StrayCell] = field(default_factory=list)


def repair_step(
    strays: Iterable[StrayCell], now: StoreReading, grids: Mapping[str, Grid]
) -> RepairStep:
    """Return what to write to restore these cells; ids last, as their rows are found by them."""
    found = RepairStep()
    tracers: dict[str, MovementTracer] = {}
    places: dict[TabCell, list[StrayCell]] = {}
    for stray in strays:
        tracer = tracers.setdefault(stray.tab, MovementTracer(stray.tab, now))
        at = tracer.at(stray)
        if at is None:
            found.lost.append(stray)
        elif stray.note is not None:
            if grids[stray.tab].notes.get(at, "") == stray.note:
                found.notes.setdefault(stray.tab, {})[at] = text_of(stray.due)
        else:
            places.setdefault((stray.tab, *at), []).append(stray)
    due: dict[TabCell, Json] = {}
    for (tab, row, column), here in places.items():
        holds = tracers[tab].holds((row, column))
        if chain := _chain(holds, here):
            found.of[tab, row, column] = chain
            due[tab, row, column] = chain[-1].due
    ids = {place for place, here in found.of.items() if here[0].tells_its_row}
    if len(ids) < len(found.of):
        found.waiting = [stray for place in ids for stray in found.of.pop(place)]
    for tab, row, column in found.of:
        found.cells.setdefault(tab, {})[row, column] = due[tab, row, column]
    return found


def _chain(holds: Json, strays: list[StrayCell]) -> list[StrayCell]:
    """Return the strays, maybe several, that lead from a cell's value back to the original one."""
    chain: list[StrayCell] = []
    left = list(strays)
    while step := next((one for one in left if same_value(one.ours, holds)), None):
        left.remove(step)
        chain.append(step)
        holds = entered_in(step.due)
    return chain if chain and not same_value(chain[0].ours, holds) else []
