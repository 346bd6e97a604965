"""Groups: which changes of a plan must be made together, and which need a row that it adds."""

import re
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter
from typing import Generic, TypeVar

from register.book.change import Change

GroupKey = TypeVar("GroupKey", bound=Hashable)

Unit = tuple[str, ...]
"""What is made as a whole or not at all: a group, an added row, or else one change."""

_ID = re.compile(r"\b[A-Z]-[0-9A-Z]{5,13}\b")
_GROUPED = re.compile(r"((?:add|case|intake|line|handover|merge) .+?): (.*)", re.DOTALL)
_NAMED = re.compile(r"(intake|line|handover|owner|undo) .+", re.DOTALL)


class DisjointSets(Generic[GroupKey]):
    """A union-find structure: sets of keys, each represented by one of its keys."""

    def __init__(self) -> None:
        self._above: dict[GroupKey, GroupKey] = {}

    def find(self, key: GroupKey) -> GroupKey:
        """Return the key that represents the set of this key."""
        while (above := self._above.setdefault(key, key)) != key:
            self._above[key] = self._above[above]
            key = above
        return key

    def unite(self, one: GroupKey, two: GroupKey) -> None:
        """Join the sets of two keys."""
        self._above[self.find(two)] = self.find(one)


def unite_groups(changes: Iterable[Change]) -> list[Change]:
    """Return the changes, each added row in one group, and groups that share a row united."""
    changes = list(changes)
    given, fresh = given_ids(changes), {c.row for c in changes if c.kind == "add"}
    sets = DisjointSets[Unit]()
    grouped = {
        (change.group, given.get(row, row))
        for change in changes
        if change.group
        for row in [change.row]
    }
    for group, row in grouped:
        sets.unite(("group", group), ("row", *row))
    names: dict[Unit, str] = {}
    for group, _ in grouped:
        root = sets.find(("group", group))
        names[root] = min(names.get(root, group), group)
    of_row = {row: f"add {row[1]}" for row in fresh}
    of_row |= {row: names[sets.find(("row", *row))] for _, row in grouped}
    found: list[Change] = []
    for change in changes:
        row = change.row
        row = given.get(row, row)
        found.append(change.in_group(of_row[row]) if change.group or row in fresh else change)
    return found


def dependent_changes(changes: Sequence[Change], failed: Iterable[Change]) -> set[Change]:
    """Return all changes that must not be made if ``failed`` are not made.

    They are the other changes of the same groups, and those that refer to a row that is then
    missing.
    """
    failed = set(failed)
    if not failed:
        return failed
    lost = {unit_of(change) for change in failed}
    needs = _needs(changes)
    while more := {unit for unit, needed in needs.items() if unit not in lost and needed & lost}:
        lost |= more
    return failed | {change for change in changes if unit_of(change) in lost}


def indivisible_lists(changes: Sequence[Change]) -> list[list[Change]]:
    """Return the changes in lists that must each be written at once: whole groups and rows.

    A change that refers to a row that is added, or gets its id, is in the same list or a later one.
    """
    given = given_ids(changes)
    sets = DisjointSets[Unit]()
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
    """Return the unit of a change."""
    if change.group:
        return ("group", change.group)
    if change.kind == "add":
        return ("add", *change.row)
    return ("cell", *change.cell, change.kind)


def given_ids(changes: Iterable[Change]) -> dict[tuple[str, str], tuple[str, str]]:
    """Return the present row of each new id, ``(tab, new id) -> (tab, "#7")``."""
    return {(one.tab, one.after): one.row for one in changes if one.gives_id}


def parse_legacy_reason(reason: str) -> tuple[str, str]:
    """Return reason and group, from a reason as versions without groups wrote it.

    Examples: ``merge O-C30J9 → O-MYRB1: name, business_id``; ``intake I-3MQ7K``; ``undo
    20260302-093000.0``. A ``log`` without a column for groups still holds the groups of merges in
    this form (:func:`legacy_reason`).
    """
    if found := _GROUPED.fullmatch(reason):
        return " + ".join(found[2].split(", ")), found[1]
    if found := _NAMED.fullmatch(reason):
        return found[1], "" if found[1] == "undo" else reason
    return reason, ""


def legacy_reason(reason: str, group: str) -> str:
    """Return a reason with its group in the form that :func:`parse_legacy_reason` reads."""
    return f"{group}: {', '.join(reason.split(' + '))}" if group else reason


def _needs(changes: Sequence[Change]) -> Mapping[Unit, set[Unit]]:
    """Return for each unit the other units that add, or give an id to, a row it refers to."""
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
