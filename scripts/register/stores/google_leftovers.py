"""What a run that was interrupted while writing left behind, and what must be restored.

Its hidden tab keeps what was overwritten (:mod:`register.stores.google_keeping`). Its lines of
``log``, written by the same request, say what it believed was there and what it wrote. If the two
disagree, somebody typed or moved something in between. Then what the run wrote is replaced by what
was there, unless somebody has changed it since.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from register.book.change import Change
from register.book.log import log_entries
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
from register.stores.google_landing import StrayCell, WrittenMoment
from register.stores.reading import StoreReading


@dataclass(frozen=True, slots=True)
class Leftover:
    """A cell that an interrupted run overwrote: how it is restored, and the change for the log."""

    stray: StrayCell
    change: Change


def lost_cells(hidden: Iterable[Mapping[GridCell, Json]], reading: StoreReading) -> list[Leftover]:
    """Return the cells to restore; ``hidden`` are the cells of the hidden tabs."""
    found: list[Leftover] = []
    wrote = _last_run(reading.book)
    for cells in hidden:
        heads = {n: text_of(entered_content(cell)) for (row, n), cell in cells.items() if row == 1}
        tab = max(reading.places, key=lambda tab: _alike(heads, reading, tab))
        found += _of_tab(tab, heads, cells, reading, [c for c in wrote if c.tab == tab])
    return found


def _of_tab(
    tab: str,
    heads: Mapping[int, str],
    cells: Mapping[GridCell, Json],
    reading: StoreReading,
    wrote: Iterable[Change],
) -> list[Leftover]:
    table, sheet, place = reading.book.table(tab), reading.sheets[tab], reading.places[tab]
    by_head = {text_of(entered_value(sheet, 1, n)): (key, n) for key, n in place.columns.items()}
    columns = {n: by_head[head] for n, head in heads.items() if head in by_head}
    own = next((n for n, (key, _) in columns.items() if key == "id"), 0)
    lines = {change.cell: change for change in wrote}
    missed = {c.after for c in lines.values() if _holds(reading.book, c) == c.before != c.after}
    rows = {
        row: text_of(entered_content(cell))
        for (row, n), cell in cells.items()
        if n == own and row > 1
    }
    kept = {n for row, n in cells if row > 1}
    kept |= {n for n, (key, _) in columns.items() if any(key == c.column for c in lines.values())}
    found: list[Leftover] = []
    for row, row_id in rows.items():
        for n in sorted(kept & columns.keys() - {own}) if row_id in table else ():
            key, column = columns[n]
            was, now = cells.get((row, n), {}), entered_value(sheet, table.numbers[row_id], column)
            holds = table.cell(row_id, key)
            line = lines.get((tab, row_id, key))
            before = book_value(
                table.tab.by_key.get(key), entered_content(was), reading.book.language
            )
            ours = line.after == holds and line.before != before if line else holds in missed
            if ours and not same_value(entered_content(was), now):
                both = {own: (cells[row, own],) * 2}
                image = {
                    at: (entered_content(one), entered_content(other))
                    for at, (one, other) in both.items()
                }
                moment = WrittenMoment(heads, {row: image}, own)
                stray = StrayCell(tab, moment, row, n, now, without_note(was))
                told = Change(tab, row_id, key, holds, before, "kept")
                found.append(Leftover(stray, told))
    return found


def _last_run(book: Book) -> list[Change]:
    """Return the changes of the last run, according to its lines of ``log``."""
    entries = list(log_entries(book))
    run = max((entry.run for entry in entries), default="")
    return [change for entry in entries if entry.run == run for change in entry.changes]


def _holds(book: Book, change: Change) -> str:
    table = book.table(change.tab)
    return table.cell(change.row_id, change.column) if change.row_id in table else change.after


def _alike(heads: Mapping[int, str], reading: StoreReading, tab: str) -> int:
    sheet = reading.sheets[tab]
    there = {text_of(entered_value(sheet, 1, n)) for n in reading.places[tab].columns.values()}
    return len(there & set(heads.values()))
