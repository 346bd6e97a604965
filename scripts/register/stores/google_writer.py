"""Writes a plan into a Google Sheet that people are editing, and repairs what collided.

Sheets cannot make a write conditional on unchanged cells. So a write reads again what it is about
to change, leaves out what no longer fits, and sends the rest as one atomic request that keeps a
copy of what it overwrites. If a cell landed in a row or column that had moved, or overwrote
something just typed, it is restored by writes of the same kind, at most :data:`ROUNDS` of them.
The last request deletes the copies, and sets dropdowns and links where the rows then are.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

from gspread.urls import SPREADSHEET_BATCH_UPDATE_URL

from register.book.change import Change, Conflict, added_row
from register.book.errors import BookChanged, VerkostoError
from register.book.groups import dependent_changes
from register.book.log import unmade_change_lines
from register.book.outcome import AstrayCell, WriteOutcome
from register.book.plan import Plan
from register.book.table import Book
from register.ports.store import LogLines
from register.stores.google_cells import LONGEST_GOOGLE_CELL, Json
from register.stores.google_ending import WriteEnding, delete_tabs
from register.stores.google_http import TRIES, LostReply, QuotaClient
from register.stores.google_keeping import (
    COPIED_VALUES,
    WHOLE,
    GridCell,
    fields_of,
    hidden_title,
    leftover_tabs,
    reply_cells,
)
from register.stores.google_landing import (
    StrayCell,
    WriteLanding,
    astray_cell,
    delete_added_rows,
    find_landing,
    overwritten_notes,
    revert_changes,
    typed_texts,
)
from register.stores.google_leftovers import Leftover, lost_cells
from register.stores.google_reading import a1_range
from register.stores.google_repair import repair_step
from register.stores.google_snapshot import Snapshot
from register.stores.google_writing import WritePart, part_of, write_parts
from register.stores.reading import StoreReading

ROUNDS = 8
"""How many times strays are searched and restored while people go on moving rows and columns."""
_FAILURES = 3
"""How many times Google may be unreachable while strays are restored."""
_LOOKS = 4
"""How often the rest of a plan is verified again because somebody moved something."""
_PAUSES = (2.0, 8.0, 20.0)
"""Seconds to wait, after a lost connection, before each check whether the write was applied."""
_Kept = Mapping[int, Mapping[GridCell, Json]]


class SheetReader(Protocol):
    """Reads the sheet: at least these tabs, with ``noted`` all notes too.

    ``added`` is the most rows that will be added to a tab.
    """

    def __call__(self, tabs: Collection[str], *, noted: bool, added: int) -> Snapshot:
        """Return the sheet as it is now."""


@dataclass(frozen=True, slots=True)
class _Settled:
    """The outcome of a part: changes not made, texts people had typed, strays that remain."""

    missed: frozenset[Change] = frozenset()
    edited: tuple[tuple[Change, str], ...] = ()
    astray: tuple[AstrayCell, ...] = ()

    @property
    def clean(self) -> bool:
        """Return True if everything landed in the right place."""
        return not (self.missed or self.edited or self.astray)


class Writer:
    """Writes plans; ``look`` reads some tabs again, ``look_anew`` the whole sheet."""

    def __init__(
        self, http: QuotaClient, key: str, look: SheetReader, look_anew: Callable[[], Snapshot]
    ) -> None:
        self._http, self._key = http, key
        self._look, self._look_anew = look, look_anew

    def write(self, plan: Plan, log: LogLines) -> WriteOutcome:
        """Write a plan with its log; what people changed or moved meanwhile waits for the next run.

        A part that cannot be written ends the run with an error; earlier parts remain written, with
        their own lines of ``log``.
        """
        noted = any(change.kind == "note" for change in plan.changes)
        seen = self._look({c.tab for c in plan.changes}, noted=noted, added=len(plan.changes))
        astray: list[AstrayCell] = []
        if leftover_tabs(seen.every):
            astray += self._give_back(seen, log)
            seen = self._look_anew()
        ending = WriteEnding(self.send, seen)
        try:
            written = self._write_parts(plan, log, ending)
        except VerkostoError:
            ending.finish()
            raise
        ending.finish(written.changes)
        return replace(written, astray=(*astray, *written.astray))

    def _write_parts(self, plan: Plan, log: LogLines, ending: WriteEnding) -> WriteOutcome:
        """Write as :meth:`write` does, and leave what remains to be done to ``ending``."""
        done: list[Change] = []
        conflicts: list[Conflict] = []
        astray: list[AstrayCell] = []
        for _ in range(_LOOKS):
            seen = ending.seen
            fits, unfit = seen.reading.book.verify(plan, LONGEST_GOOGLE_CELL)
            conflicts += unfit
            rest = fits
            for part in write_parts(fits, seen.reading, seen.grids, _with_lines(log)):
                settled_ = self._settle(part, log, ending) if part.requests else _Settled()
                done += [change for change in part.changes if change not in settled_.missed]
                conflicts += _conflicts(settled_)
                astray += settled_.astray
                gone = dependent_changes(rest, settled_.missed) if settled_.missed else set()
                later = gone - {*part.changes}
                conflicts += [Conflict(change, "row moved") for change in sorted(later)]
                mine = {*part.changes} | gone
                rest = tuple(change for change in rest if change not in mine)
                if not settled_.clean:
                    break
            if not rest:
                break
            book = seen.reading.book
            names = {c.row for c in rest if c.row_id.startswith("#")}
            witnesses = {row: book.table(row[0]).witness(row[1]) for row in names}
            plan = Plan(rest, witnesses, plan.conditions_without(done))
            ending.look(self._look_anew())
        else:
            conflicts += [Conflict(change, "row moved") for change in rest]
        return WriteOutcome(tuple(done), tuple(conflicts), tuple(astray))

    def send(self, body: Mapping[str, Any]) -> Mapping[str, Any]:
        """Send one batchUpdate and return the reply."""
        url = SPREADSHEET_BATCH_UPDATE_URL % self._key
        shows = {"fields": f"updatedSpreadsheet.{fields_of(COPIED_VALUES)}"}
        asked = shows if "responseRanges" in body else None
        reply: Mapping[str, Any] = self._http.request("post", url, asked, json=body).json()
        return reply

    def left_behind(self, seen: Snapshot) -> list[Leftover]:
        """Return the cells that an interrupted run overwrote and that must be restored.

        Hidden tabs that have gone since were those of a run that has just finished.
        """
        left = {*leftover_tabs(seen.every)}
        while left:
            areas = [a1_range(hidden_title(number)) for number in sorted(left)]
            try:
                return lost_cells(self._held(areas, WHOLE).values(), seen.reading)
            except BookChanged:
                there = self._sheet_ids()
                if left <= there:
                    raise
                left &= there
        return []

    def _give_back(self, seen: Snapshot, log: LogLines) -> list[AstrayCell]:
        """Restore what an interrupted run overwrote; return what could not be restored."""
        found, made = self.left_behind(seen), list[int]()
        told = [one.change for one in found]
        strays = self._put_back([one.stray for one in found], (), told, log, made)
        delete_tabs(self.send, made)
        for number in leftover_tabs(seen.every):
            delete_tabs(self.send, [number])
        return list(dict.fromkeys(map(astray_cell, strays)))

    def _settle(self, part: WritePart, log: LogLines, ending: WriteEnding) -> _Settled:
        """Write one part and restore what it hit by mistake."""
        seen = ending.seen
        made = [keeping.sheet_id for keeping in part.kept.values()]
        found = self._landed(part, seen.reading)
        ending.locate(found.rows, part.located)
        missed = dependent_changes(part.changes, found.missed | found.edited.keys())
        strays = [*found.strays, *revert_changes(part, found, missed)]
        lines = _lines_to_mend(part, found, missed, seen.reading.book, strays)
        edited = typed_texts(found, seen.reading.book)
        told = [replace(c, before=c.after, after=hers, reason="kept") for c, hers in edited]
        told += overwritten_notes(found, seen.reading.book)
        if not (strays or lines or told):
            ending.keep(part.kept.values())
            return _Settled(frozenset(missed))
        strays = self._put_back(strays, lines, told, log, made)
        delete_tabs(self.send, made)
        return _Settled(
            frozenset(missed), tuple(edited), tuple(dict.fromkeys(map(astray_cell, strays)))
        )

    def _put_back(
        self,
        strays: list[StrayCell],
        lines: tuple[Change, ...],
        told: list[Change],
        log: LogLines,
        made: list[int],
    ) -> list[StrayCell]:
        """Restore strays and write log lines, also about ``told`` changes; return the strays left.

        The ids of hidden tabs made on the way are appended to ``made``.
        """
        failures = 0
        for _ in range(ROUNDS):
            if not (strays or lines or told) or failures == _FAILURES:
                break
            try:
                now = self._look_anew()
                if told:
                    lines, told = (*lines, *_with_lines(log)(told, now.reading.book)), []
                there = now.reading.book.table("log")
                lines = tuple(line for line in lines if line.row_id not in there)
                back = repair_step(strays, now.reading, now.grids)
                if not (back.cells or back.notes or lines):
                    strays = back.lost
                    break
                step = part_of((), lines, now.reading, now.grids, back.cells, back.notes)
                made += [keeping.sheet_id for keeping in step.kept.values()]
                again = self._landed(step, now.reading)
            except VerkostoError:
                # The strays that remain are reported, which says more than an error here.
                failures += 1
                continue
            moved = [one for place in again.astray for one in back.of.get(place, ())]
            strays = [*back.waiting, *back.lost, *moved, *again.strays]
            lines = tuple(step.lines) if "log" in again.scattered else ()
        return strays

    def _landed(self, part: WritePart, before: StoreReading) -> WriteLanding:
        """Send a part; return where it landed and everything that must be restored."""
        found = find_landing(part, self._sent(part), before)
        if not (found.strays or found.missed):
            return found
        try:
            return find_landing(part, self._held(part.ranges, WHOLE), before)
        except VerkostoError:
            return found

    def _sent(self, part: WritePart) -> _Kept:
        """Send a part, even if replies are lost; return the cells of its hidden tabs."""
        for tries in range(1, TRIES + 1):
            try:
                return reply_cells(self.send(part.body))
            except LostReply as lost:
                if self._arrived(part, ended=lost.ended):
                    return self._held(part.ranges, COPIED_VALUES)
                if not lost.ended:
                    raise
                if tries == TRIES:
                    raise lost.fault from lost
                self._http.pause(tries)
            except VerkostoError:
                # An earlier attempt may have been applied late: its tabs cannot be made twice.
                if tries == 1 or not self._arrived(part, ended=True):
                    raise
                return self._held(part.ranges, COPIED_VALUES)
        raise AssertionError("the last try returns or raises")

    def _arrived(self, part: WritePart, *, ended: bool) -> bool:
        """Return True if a write whose reply was lost was applied: its hidden tabs exist.

        After a lost connection the write may still be under way, so this is checked several times.
        """
        made = {keeping.sheet_id for keeping in part.kept.values()}
        for pause in (0.0,) if ended else _PAUSES:
            self._http.rest(pause)
            if made & self._sheet_ids():
                return True
        return False

    def _sheet_ids(self) -> set[int]:
        """Return the ids of the tabs that exist now."""
        reply = self._http.fetch_sheet_metadata(self._key, {"fields": "sheets.properties(sheetId)"})
        return {sheet["properties"].get("sheetId", 0) for sheet in reply["sheets"]}

    def _held(self, ranges: Sequence[str], cells: str) -> _Kept:
        """Return the current cells of areas in hidden tabs, by sheet id."""
        asked: dict[str, Any] = {"ranges": ranges, "fields": fields_of(cells)}
        asked["includeGridData"] = "true"
        return reply_cells({"updatedSpreadsheet": self._http.spreadsheets_get(self._key, asked)})


def _with_lines(log: LogLines) -> Callable[[Sequence[Change], Book], list[Change]]:
    def lines_for(changes: Sequence[Change], book: Book) -> list[Change]:
        return [one for line in log(changes, book) for one in added_row("log", line, reason="")]

    return lines_for


def _lines_to_mend(
    part: WritePart,
    found: WriteLanding,
    missed: Collection[Change],
    book: Book,
    strays: list[StrayCell],
) -> tuple[Change, ...]:
    """Add to ``strays`` the log lines of missed changes; return the lines to write again."""
    false = unmade_change_lines(part.lines, missed, book)
    if "log" in found.scattered:
        return tuple(line for line in part.lines if line.row_id not in false)
    for line in false:
        strays += delete_added_rows("log", found.moments["log"], line, part.added["log"][line])
    return ()


def _conflicts(settled_: _Settled) -> list[Conflict]:
    typed = dict(settled_.edited)
    return [Conflict(change, typed.get(change, "row moved")) for change in sorted(settled_.missed)]
