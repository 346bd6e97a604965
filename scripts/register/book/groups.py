"""What must land together: the groups of a plan's changes, and what needs a row that it adds."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from register.book.plan import Change

Key = TypeVar("Key", bound=Hashable)

Unit = tuple[str, ...]
"""What lands whole or not at all: a group, an added row, else one change."""

_ID = re.compile(r"\b[A-Z]-[0-9A-Z]{5,13}\b")
_GROUPED = re.compile(r"((?:add|case|intake|line|handover|merge) .+?): (.*)", re.DOTALL)
_NAMED = re.compile(r"(intake|line|handover|owner|undo) .+", re.DOTALL)


class Union(Generic[Key]):
    """Keys that belong together, found by the first one of each set."""

    def __init__(self) -> None:
        self._above: dict[Key, Key] = {}

    def find(self, key: Key) -> Key:
        """Return the one that stands for all that belong with this key."""
        while (above := self._above.setdefault(key, key)) != key:
            self._above[key] = self._above[above]
            key = above
        return key

    def unite(self, one: Key, two: Key) -> None:
        """Say that these two belong together."""
        self._above[self.find(two)] = self.find(one)


def united(changes: Iterable[Change]) -> list[Change]:
    """Return the changes with a group for each added row, and one for groups that share a row."""
    changes = list(changes)
    given, fresh = given_ids(changes), {c.row for c in changes if c.kind == "add"}
    sets = Union[Unit]()
    for change in changes:
        row = given.get(change.row, change.row)
        if change.group:
            sets.unite(("group", change.group), ("row", *row))
    names: dict[Unit, str] = {}
    for change in changes:
        if change.group:
            root = sets.find(("group", change.group))
            names[root] = min(names.get(root, change.group), change.group)
    found: list[Change] = []
    for change in changes:
        row = given.get(change.row, change.row)
        group = names.get(sets.find(("row", *row)), "") if change.group or row in fresh else ""
        if not group and row in fresh:
            group = f"add {row[1]}"
        found.append(change if group == change.group else replace(change, group=group))
    return found


def torn(changes: Sequence[Change], failed: Iterable[Change]) -> set[Change]:
    """Return all changes that must not be made where ``failed`` are not.

    They are those of the same groups, and what names a row that is not there then.
    """
    failed = set(failed)
    if not failed:
        return failed
    lost = {unit_of(change) for change in failed}
    needs = _needs(changes)
    while more := {unit for unit, needed in needs.items() if unit not in lost and needed & lost}:
        lost |= more
    return failed | {change for change in changes if unit_of(change) in lost}


def together(changes: Sequence[Change]) -> list[list[Change]]:
    """Return the changes in lists that no write may split: a group's, a row's.

    What names a row that is added or gets its id comes after that row, or with it.
    """
    given = given_ids(changes)
    sets = Union[Unit]()
    for change in changes:
        sets.unite(("row", *given.get(change.row, change.row)), unit_of(change))
    needs = _needs(changes)
    while True:
        after: dict[Unit, set[Unit]] = {sets.find(unit_of(change)): set() for change in changes}
        for unit, needed in needs.items():
            root = sets.find(unit)
            after[root] |= {other for one in needed if (other := sets.find(one)) != root}
        try:
            order = list(TopologicalSorter(after).static_order())
            break
        except CycleError as found:
            ring = found.args[1]
            for one in ring:
                sets.unite(ring[0], one)
    lists: dict[Unit, list[Change]] = {root: [] for root in order}
    for change in changes:
        lists[sets.find(unit_of(change))].append(change)
    return list(lists.values())


def unit_of(change: Change) -> Unit:
    """Return what a change lands with."""
    if change.group:
        return ("group", change.group)
    if change.kind == "add":
        return ("add", *change.row)
    return ("cell", *change.cell, change.kind)


def given_ids(changes: Iterable[Change]) -> dict[tuple[str, str], tuple[str, str]]:
    """Return what rows that get their id now are called so far, by tab and new id."""
    return {
        (change.tab, change.after): change.row
        for change in changes
        if change.column == "id" and change.row_id.startswith("#")
    }


def of_before(reason: str) -> tuple[str, str]:
    """Return the plain reason and the group of a reason as versions without groups wrote it.

    ``merge O-C30J9 → O-MYRB1: name, business_id``; ``intake I-3MQ7K``; ``undo 20260302-093000.0``.
    A Loki without a column for groups still keeps those of merges so (:func:`as_before`).
    """
    if found := _GROUPED.fullmatch(reason):
        return " + ".join(found[2].split(", ")), found[1]
    if found := _NAMED.fullmatch(reason):
        return found[1], "" if found[1] == "undo" else reason
    return reason, ""


def as_before(reason: str, group: str) -> str:
    """Return a reason with its group, as :func:`of_before` reads it."""
    return f"{group}: {', '.join(reason.split(' + '))}" if group else reason


def _needs(changes: Sequence[Change]) -> Mapping[Unit, set[Unit]]:
    """Return which units name a row that another one adds, or gives its id."""
    made = {change.after: unit_of(change) for change in changes if change.column == "id"}
    needs: dict[Unit, set[Unit]] = {}
    for change in changes if made else ():
        for row_id in _named(change):
            unit = unit_of(change)
            if row_id in made and made[row_id] != unit:
                needs.setdefault(unit, set()).add(made[row_id])
    return needs


def _named(change: Change) -> Iterator[str]:
    if change.row_id[:1] != "#":
        yield change.row_id
    if change.kind not in ("note", "format"):
        yield from _ID.findall(change.after)
