"""Restores what a write hit by mistake, wherever that is by now.

A row is recognised by its id, else by everything kept of it; a column by its header, one without
a header by its neighbours. What cannot be found again, or no longer holds what was written, is not
touched.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from register.stores.google_cells import Json
from register.stores.google_keeping import (
    GridCell,
    entered_content,
    entered_value,
    same_value,
    text_of,
)
from register.stores.google_landing import StrayCell, WrittenMoment
from register.stores.google_reading import Grid
from register.stores.google_writing import TabCell
from register.stores.reading import StoreReading


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
        holds = entered_content(step.due)
    return chain if chain and not same_value(chain[0].ours, holds) else []
