"""``undo.py``: what the runs did, and taking back a run or a row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from register.book.ids import is_id
from register.book.log import Entry, entries
from register.book.plan import Change, Plan, squashed
from register.book.schema import schema
from register.book.table import Book
from register.errors import UsageError
from register.flows.draft import Regret


@dataclass(frozen=True, slots=True)
class Run:
    """A run as Loki tells it: when it was, how many lines it has, how many are undone."""

    run: str
    at: str
    lines: int
    undone: int


def runs(book: Book) -> list[Run]:
    """Return the runs that Loki knows, the newest first."""
    counted: dict[str, Run] = {}
    for entry in entries(book):
        seen = counted.get(entry.run, Run(entry.run, entry.at, 0, 0))
        counted[entry.run] = replace(
            seen, lines=seen.lines + 1, undone=seen.undone + bool(entry.undone)
        )
    return sorted(counted.values(), key=lambda run: run.run, reverse=True)


def undo(book: Book, target: str, run: str) -> Plan:
    """Return the plan that takes back a run (its id) or all that was done to a row (its id).

    ``run`` is the id of the run that does so; it is written beside each line of Loki.

    Only what still stands as the run left it is taken back; later edits of people stay. Ids stay
    too: a row that has been called by one is still called so in letters and references.
    """
    wanted = [
        entry
        for entry in entries(book)
        if not entry.undone
        and (entry.run == target or (is_id(target) and entry.changes[0].row_id == target))
    ]
    if not wanted:
        raise UsageError(
            "There is nothing to undo under “{target}”.",
            remedy="List the runs: undo.py --book BOOK",
            target=target,
        )
    return Plan.of(taking_back(book, wanted, run, f"undo {target}"))


def requested(book: Book, run: str) -> list[Change]:
    """Return the changes that take back the lines where a person has written "kumoa" in Loki.

    A merge is taken back whole, whichever of its lines is marked.
    """
    every = list(entries(book))
    merges = {
        (e.run, e.changes[0].reason)
        for e in every
        if e.undo and not e.undone and e.changes[0].reason.startswith("merge ")
    }
    wanted = [
        e for e in every if not e.undone and (e.undo or (e.run, e.changes[0].reason) in merges)
    ]
    return list(taking_back(book, wanted, run, "undo")) if wanted else []


def regretted(book: Book) -> frozenset[Regret]:
    """Return the changes that were undone and not redone: no run proposes them again.

    What the tool derives (regions, states, the cases of Tarkista) may always be derived anew.
    """
    undone = {
        (*change.cell, change.before, change.after): entry.changes[0].reason
        for entry in entries(book)
        if entry.undone
        for change in entry.changes
        if _decided(change)
    }
    redone = {
        (tab, row, column, after, before)
        for (tab, row, column, before, after), reason in undone.items()
        if reason.startswith("undo")
    }
    return frozenset(undone) - redone


def _decided(change: Change) -> bool:
    tab = schema().tab(change.tab)
    if change.tab == "review" or not tab.has(change.column):
        return False
    return change.column in ("result", "merged_into") or not tab.column(change.column).tool


def taking_back(book: Book, wanted: Iterable[Entry], run: str, reason: str) -> Iterator[Change]:
    """Yield the inverse of these lines, newest first, and the mark on each line."""
    newest_first = sorted(wanted, key=lambda entry: (entry.at, entry.run), reverse=True)
    back: list[Change] = []
    for made in reversed(list(_grouped(newest_first))):
        back += [replace(change, reason=reason) for change in Plan(made).inverse().changes]
    for change in squashed(back):
        if change.column == "id" and change.kind == "set":
            continue
        current = book.table(change.tab).cell(change.row_id, change.column)
        tab = schema().tab(change.tab)
        if tab.has(change.column) and tab.column(change.column).tool:
            change = replace(change, before=current)
        if change.before != change.after:
            yield change
        if change.column == "status" and current == "merged":
            yield Change(change.tab, change.row_id, "hidden", "1", "", reason, kind="format")
    for entry in newest_first:
        yield Change("log", entry.line, "undone", "", run, reason)


def _grouped(newest_first: list[Entry]) -> Iterator[tuple[Change, ...]]:
    """Yield the changes run by run, oldest run first, so that their inverses chain."""
    by_run: dict[str, list[Change]] = {}
    for entry in newest_first:
        by_run.setdefault(entry.run, []).extend(entry.changes)
    for run in sorted(by_run):
        yield tuple(by_run[run])
