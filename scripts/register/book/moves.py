"""Moving whole rows into a wanted order, with as few moves as possible."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

FIRST_ROW = 2
"""The number of the row below the headers."""

_T = TypeVar("_T")

RowName = str | None
"""An id, '' for a row that stays where it is, None for a row that goes with the row above it."""


@dataclass(frozen=True, slots=True)
class Move:
    """``count`` rows from ``row`` on go before the row ``before``, all by their old numbers."""

    row: int
    count: int
    before: int


def moves_to(rows: Sequence[RowName], wanted: Sequence[str]) -> list[Move]:
    """Return the moves, one after another, that put rows into the ``wanted`` order of ids.

    ``rows`` are the names of the rows from :data:`FIRST_ROW` on. Rows with other ids stay. Of two
    rows with one id the lower one goes with the row above it. The longest sequence that is already
    in order is not moved.
    """
    rank = {name: n for n, name in enumerate(wanted)}
    names, sizes = _blocks(rows, rank)
    goal = sorted((name for name in names if name), key=rank.__getitem__)
    stays = _longest_rising([name for name in names if name], rank)
    made: list[Move] = []
    place = names.index(next(name for name in names if name)) if goal else 0
    done = 0
    while done < len(goal):
        start = names.index(goal[done])
        end = start + 1
        if goal[done] in stays:
            place, done = end, done + 1
            continue
        for name, following in zip(names[end:], goal[done + 1 :], strict=False):
            if name != following or name in stays:
                break
            end += 1
        count = end - start
        if start != place:
            first, size = FIRST_ROW + sum(sizes[:start]), sum(sizes[start:end])
            made.append(Move(first, size, FIRST_ROW + sum(sizes[:place])))
            _move(names, start, count, place)
            _move(sizes, start, count, place)
        place = place + count if start >= place else place
        done += count
    return made


def moved_rows(rows: Sequence[RowName], moves: Iterable[Move]) -> list[RowName]:
    """Return the row names from :data:`FIRST_ROW` on, after the moves."""
    there = list(rows)
    for move in moves:
        _move(there, move.row - FIRST_ROW, move.count, move.before - FIRST_ROW)
    return there


def moved_numbers(last: int, moves: Iterable[Move]) -> dict[int, int]:
    """Return the new number of each row up to ``last`` that moves, by its old number."""
    numbers = list(range(FIRST_ROW, last + 1))
    for move in moves:
        _move(numbers, move.row - FIRST_ROW, move.count, move.before - FIRST_ROW)
    return {old: new for new, old in enumerate(numbers, start=FIRST_ROW) if old != new}


def _blocks(rows: Sequence[RowName], rank: dict[str, int]) -> tuple[list[str], list[int]]:
    """Return name and size of each run of rows that move together; the name is '' if it stays."""
    names: list[str] = []
    sizes: list[int] = []
    seen: set[str] = set()
    for name in rows:
        if (name is None or name in seen) and names and names[-1]:
            sizes[-1] += 1
            continue
        names.append(name if name in rank and name not in seen else "")
        sizes.append(1)
        seen.update(names[-1:] if names[-1] else ())
    return names, sizes


def _longest_rising(names: Sequence[str], rank: dict[str, int]) -> set[str]:
    """Return the longest subsequence that is in order (patience sorting)."""
    tops: list[int] = []
    heaps: list[str] = []
    before: dict[str, str] = {}
    for name in names:
        heap = bisect_left(tops, rank[name])
        tops[heap : heap + 1] = [rank[name]]
        heaps[heap : heap + 1] = [name]
        before[name] = heaps[heap - 1] if heap else ""
    found: set[str] = set()
    name = heaps[-1] if heaps else ""
    while name:
        found.add(name)
        name = before[name]
    return found


def _move(there: list[_T], start: int, count: int, place: int) -> None:
    taken = there[start : start + count]
    del there[start : start + count]
    at = place - count if place > start else place
    there[at:at] = taken
