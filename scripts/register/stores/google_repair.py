"""What to put back when rows moved between our last look at a sheet and our write to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from register.book.cells import Raw
from register.book.plan import Change
from register.stores.google_writing import At, Part
from register.stores.reading import Reading

REASON = "put back"


@dataclass(frozen=True, slots=True)
class Mending:
    """``changes`` put everything back, Loki's lines too; ``missed`` are those that went astray."""

    changes: tuple[Change, ...]
    missed: frozenset[Change]


def repairs(part: Part, wrong: set[At], before: Reading, now: Reading) -> Mending:
    """Return what puts back a write's stray cells.

    ``before`` is the sheet that the write was made for, ``now`` the sheet after it. A row was
    missed if the id, or all the text, of what stands at its number is another row's. Its cells go
    back to what that row held, unless somebody has written there since. All of a merge goes back
    if a part of it went astray.
    """
    rows = _rows(part, before)
    missed: set[Change] = set()
    undone: list[Change] = []
    for (tab, number), changes in rows.items():
        if not any(at[:2] == (tab, number) for at in wrong) or _is_meant(
            part, tab, number, before, now
        ):
            continue
        missed |= set(changes)
        undone += _put_back(tab, number, changes, before, now)
    merges = {change.reason for change in missed if change.kind == "merge"}
    for (tab, number), changes in rows.items():
        if not missed.issuperset(changes) and any(change.reason in merges for change in changes):
            missed |= set(changes)
            undone += _put_back(tab, number, changes, before, now)
    gone = {
        change.tab: {c.row_id for c in part.changes if c.kind == "add"}
        for change in part.changes
        if (change.tab, 0) in {at[:2] for at in wrong}
    }
    for change in part.changes:
        lost = change.kind == "add" and change.row_id in gone.get(change.tab, ())
        if lost and change.row_id not in now.book.table(change.tab):
            missed.add(change)
    return Mending((*undone, *_erased(part, missed, now)), frozenset(missed))


def _rows(part: Part, before: Reading) -> dict[tuple[str, int], list[Change]]:
    """Return a write's changes by the tab and the row number that they were meant for."""
    given = {
        (c.tab, c.after): c.row_id
        for c in part.changes
        if c.column == "id" and c.row_id.startswith("#")
    }
    rows: dict[tuple[str, int], list[Change]] = {}
    for change in part.changes:
        row_id = given.get((change.tab, change.row_id), change.row_id)
        numbers = before.book.table(change.tab).numbers
        if change.kind not in ("note", "format") and row_id in numbers:
            rows.setdefault((change.tab, numbers[row_id]), []).append(change)
    return rows


def _is_meant(part: Part, tab: str, number: int, before: Reading, now: Reading) -> bool:
    """Whether the row at this number is the one that was meant: only its witnesses tell."""
    columns = now.places[tab].columns
    written = {columns[c.column] for c in _rows(part, before)[tab, number] if c.column in columns}
    line = _line(now, tab, number)
    for (row, column), cell in part.wanted.get(tab, {}).items():
        if row == number and column not in written:
            text = cell.get("userEnteredValue", {}).get("stringValue", "")
            if (line[column - 1] if column <= len(line) else "") != text:
                return False
    return True


def _put_back(
    tab: str, number: int, changes: Sequence[Change], before: Reading, now: Reading
) -> Iterator[Change]:
    """Yield what gives the row that was hit its own cells again."""
    names = {n: row_id for row_id, n in now.book.table(tab).numbers.items()}
    hit = names.get(number)
    if hit is None:
        return
    held = _held(tab, number, changes, before, now)
    table = now.book.table(tab)
    for change in changes:
        if table.cell(hit, change.column) == change.after:
            old = held.get(change.column, "")
            yield Change(tab, hit, change.column, change.after, old, REASON)


def _held(
    tab: str, number: int, changes: Sequence[Change], before: Reading, now: Reading
) -> Mapping[str, str]:
    """Return what the row that was hit held before: found by its id, else by its other cells."""
    table = before.book.table(tab)
    columns = now.places[tab].columns
    written = {columns[c.column] - 1 for c in changes if c.column in columns}
    line = _line(now, tab, number)
    id_at = columns["id"] - 1
    if id_at not in written and id_at < len(line) and str(line[id_at]).strip() in table:
        return table.row(str(line[id_at]).strip())
    wanted = _rest(line, written)
    if not any(wanted):
        return {}
    rows = before.sheets[tab].rows
    same = [n for n, row in enumerate(rows, start=1) if n > 1 and _rest(row, written) == wanted]
    names = {n: row_id for row_id, n in table.numbers.items()}
    found = [table.row(names[n]) for n in same if n in names]
    kept = [{c.column: row.get(c.column, "") for c in changes} for row in found]
    return kept[0] if kept and all(row == kept[0] for row in kept) else {}


def _rest(line: Sequence[Raw], without: set[int]) -> tuple[Raw, ...]:
    rest = ["" if n in without else cell for n, cell in enumerate(line)]
    while rest and rest[-1] in ("", None):
        rest.pop()
    return tuple(rest)


def _line(reading: Reading, tab: str, number: int) -> Sequence[Raw]:
    rows = reading.sheets[tab].rows
    return rows[number - 1] if number <= len(rows) else ()


def _erased(part: Part, missed: set[Change], now: Reading) -> Iterator[Change]:
    """Yield what takes the missed changes' lines out of Loki: what they say did not happen."""
    rows = {change.row_id for change in missed}
    rows |= {c.after for c in missed if c.column == "id" and c.row_id.startswith("#")}
    lines: dict[str, dict[str, str]] = {}
    for change in part.lines:
        lines.setdefault(change.row_id, {})[change.column] = change.after
    log = now.book.table("log")
    for line_id, cells in lines.items():
        if cells.get("row") in rows and line_id in log:
            for key in cells:
                yield Change("log", line_id, key, log.cell(line_id, key), "", REASON)
