"""Finds where a write landed in a Google Sheet that people are editing.

The reply tells what was in the overwritten cells, rows and columns
(:mod:`register.stores.google_keeping`).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from register.book.change import Change
from register.book.notes import join_note, split_note
from register.book.outcome import AstrayCell
from register.book.schema import schema
from register.book.table import Book
from register.stores.google_cells import Json, book_value
from register.stores.google_keeping import (
    GridCell,
    entered_content,
    entered_value,
    same_value,
    text_of,
    without_note,
)
from register.stores.google_writing import TabCell, WritePart
from register.stores.reading import StoreReading

NOTED = "✎"
"""Precedes the column's name in ``log`` if a line is about a person's note."""


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
    each written cell held before. ``rows`` are the row numbers by ``(tab, row id)`` as the write
    ended, of the tabs that the part locates.
    """

    moments: dict[str, WrittenMoment] = field(default_factory=dict)
    strays: list[StrayCell] = field(default_factory=list)
    astray: set[TabCell] = field(default_factory=set)
    scattered: set[str] = field(default_factory=set)
    missed: set[Change] = field(default_factory=set)
    edited: dict[Change, Json] = field(default_factory=dict)
    noted: dict[Change, str] = field(default_factory=dict)
    rewritten: dict[TabCell, Json] = field(default_factory=dict)
    rows: dict[tuple[str, str], int] = field(default_factory=dict)


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
    for tab, sheet_id in part.located.items():
        found.rows |= _located_rows(tab, kept.get(sheet_id, {}), before)
    return found


def _located_rows(
    tab: str, held: Mapping[GridCell, Json], before: StoreReading
) -> dict[tuple[str, str], int]:
    """Return a tab's row numbers by ``(tab, row id)``; none if its columns have moved."""
    place, sheet = before.places[tab], before.sheets[tab]
    for column in place.columns.values():
        if entered_content(held.get((1, column))) != entered_value(sheet, 1, column):
            return {}
    own, rows = place.columns.get("id", 0), dict[tuple[str, str], int]()
    for (row, column), cell in held.items():
        if row > 1 and column == own and (row_id := text_of(entered_content(cell))):
            rows.setdefault((tab, row_id), row)
    return rows


def delete_added_rows(
    tab: str, moment: WrittenMoment, row: str, cells: Mapping[int, Json]
) -> Iterator[StrayCell]:
    """Yield the cells to empty so that an added row disappears."""
    for column, cell in cells.items():
        yield StrayCell(tab, moment, row, column, entered_content(cell), {})


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
            ours = entered_content(part.written[tab][row, column])
            due = found.rewritten[tab, row, column]
            yield StrayCell(tab, found.moments[tab], row, column, ours, due)
    for tab, rows in part.added.items():
        for row_id in () if tab in found.scattered else rows:
            if any(change.row == (tab, row_id) for change in wanted):
                yield from delete_added_rows(tab, found.moments[tab], row_id, rows[row_id])


def _moment(
    part: WritePart, tab: str, was: Mapping[GridCell, Json], before: StoreReading
) -> WrittenMoment:
    headers = {n: text_of(entered_content(cell)) for (row, n), cell in was.items() if row == 1}
    rows: dict[int, dict[int, tuple[Json, Json]]] = {}
    touched = {row for row, _ in part.written[tab].keys() | part.notes[tab].keys()}
    for top, left, bottom, right in part.kept[tab].areas:
        for row in touched & set(range(max(top, 2), bottom + 1)):
            cells = rows.setdefault(row, {})
            for n in range(left, right + 1):
                old = entered_content(was.get((row, n)))
                ours = part.written[tab].get((row, n))
                cells[n] = old if ours is None else entered_content(ours), old
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
    as_seen = at not in part.written[tab] or same_value(entered_content(old), seen[at])
    as_noted = whole is None or hers == part.noted[tab][at]
    marks = part.marks[tab, row]
    mine = all(same_value(entered_content(was.get(mark)), seen[mark]) for mark in marks)
    mine &= moment.headers.get(column, "") == _head(part, tab, column)
    place = (tab, row, column)
    found.rewritten[place] = old
    if mine and as_seen and as_noted:
        return
    meant = part.meant.get(place, [])
    known = mine and bool(marks)
    if at in part.written[tab] and not (known and as_seen):
        ours = entered_content(part.written[tab][at])
        found.strays.append(StrayCell(tab, moment, row, column, ours, old))
    if whole is not None and not (known and as_noted):
        due = join_note(split_note(hers)[0], split_note(whole)[1]) if known else hers
        found.strays.append(StrayCell(tab, moment, row, column, {}, {"stringValue": due}, whole))
    if known:
        for change in meant:
            if change.kind == "note" and not as_noted:
                found.noted[change] = hers
            elif change.kind != "note" and not as_seen:
                found.edited[change] = entered_content(old)
        return
    found.astray.add(place)
    found.missed |= set(meant)


def typed_texts(found: WriteLanding, book: Book) -> list[tuple[Change, str]]:
    """Return what people had typed in the written cells, in the form of the Book."""
    typed: list[tuple[Change, str]] = []
    for change, value in found.edited.items():
        column = book.table(change.tab).tab.by_key.get(change.column)
        typed.append((change, book_value(column, value, book.language)))
    return typed


def overwritten_notes(found: WriteLanding, book: Book) -> list[Change]:
    """Return the log's changes about overwritten notes, which only people read.

    Their column name, with :data:`NOTED` in front, is none of the schema's.
    """
    told: list[Change] = []
    for change, hers in found.noted.items():
        tab = schema().tab(change.tab)
        header = tab.column(change.column).headers[book.language]
        after = replace(change, column=f"{NOTED} {header}", before=change.after, after=hers)
        told.append(replace(after, reason="kept", kind="set"))
    return told


def astray_cell(stray: StrayCell) -> AstrayCell:
    """Return what a person is told of a stray that could not be restored."""
    if isinstance(stray.row, str):
        return AstrayCell(stray.tab, stray.row, "", stray.row, "")
    own, _ = stray.moment.rows.get(stray.row, {}).get(stray.moment.own, ({}, {}))
    ours, due = (
        str(next(iter(value.values()), "")) for value in (stray.ours, entered_content(stray.due))
    )
    header = stray.moment.headers.get(stray.column, "")
    return AstrayCell(stray.tab, text_of(own) or f"#{stray.row}", header, stray.note or ours, due)
