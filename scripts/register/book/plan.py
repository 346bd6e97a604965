"""The plan: every cell that a run would change; a value that is shown, saved, applied, undone."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any

from register.book.change import KINDS, Change, Kind
from register.book.errors import UsageError
from register.book.groups import parse_legacy_reason, unite_groups
from register.book.schema import schema

Witness = tuple[tuple[str, str], ...]
"""The cells of a row that had no id when the plan was made, as ``(column, value)``."""

Condition = tuple[str, str, str, str]
"""A cell that was read, and its text then: ``(tab, row id, column, text)``."""

PLAN_VERSION = 1

_FIELDS = tuple(one.name for one in fields(Change))


@dataclass(frozen=True, slots=True)
class Plan:
    """A sorted list of changes, at most one for each cell, and how to find rows without ids.

    ``conditions`` are the cells that the changes of a row depend on: if one of them has another
    text by now, none of the row's changes is made, nor any change that must be made together with
    them.
    """

    changes: tuple[Change, ...] = ()
    witnesses: Mapping[tuple[str, str], Witness] = field(default_factory=dict)
    conditions: Mapping[tuple[str, str], tuple[Condition, ...]] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        changes: Iterable[Change],
        witnesses: Mapping[tuple[str, str], Witness] | None = None,
        conditions: Mapping[tuple[str, str], tuple[Condition, ...]] | None = None,
    ) -> Plan:
        """Return the plan of these changes: several on one cell become one, no-ops are dropped.

        Groups that share a row become one, and an added row is one group. Added rows stay in the
        order in which they were proposed; all else is sorted.
        """
        folded = unite_groups(_folded(squash_changes(unite_groups(changes))))
        fresh: dict[tuple[str, str], int] = {}
        for change in folded:
            if change.kind == "add":
                fresh.setdefault((change.tab, change.row_id), len(fresh))
        wanted = tuple(sorted(folded, key=_order(fresh)))
        rows = {(change.tab, change.row_id) for change in wanted}
        kept = {row: seen for row, seen in (witnesses or {}).items() if row in rows}
        read = {row: cells for row, cells in (conditions or {}).items() if row in rows}
        return cls(wanted, kept, read)

    def inverse(self) -> Plan:
        """Return the plan that undoes this one.

        An added row in a tab with a status is not deleted: it is archived under its id, and its
        other cells become blank (``log`` keeps them). Notes and formats are undone as they are.
        """
        undone: list[Change] = []
        rows: dict[tuple[str, str], list[Change]] = {}
        for change in self.changes:
            rows.setdefault(change.row, []).append(change)
            back = change.inverse()
            archived = back.kind == "retire" and schema().tab(change.tab).has("status")
            if archived and change.column in ("id", "status"):
                continue
            undone.append(back)
        for tab, row_id in sorted({c.row for c in self.changes if c.kind == "add"}):
            if schema().tab(tab).has("status"):
                cells = rows[tab, row_id]
                had = next((c.after for c in cells if c.column == "status"), "")
                mark = Change(tab, row_id, "status", had, "archived", cells[0].reason, "retire")
                undone.append(replace(mark, group=cells[0].group))
        return Plan.of(undone)

    def conditions_without(
        self, done: Iterable[Change]
    ) -> dict[tuple[str, str], tuple[Condition, ...]]:
        """Return the conditions except those on cells that the changes ``done`` have changed."""
        ours = {change.cell for change in done}
        return {
            row: tuple(cell for cell in cells if cell[:3] not in ours)
            for row, cells in self.conditions.items()
        }

    def counts(self) -> dict[str, int]:
        """Return the number of changes by kind: rows if added, retired or merged, else cells."""
        counts: dict[str, int] = dict.fromkeys(KINDS, 0)
        rows: set[tuple[str, str, str]] = set()
        for change in self.changes:
            if change.kind in ("add", "retire", "merge"):
                rows.add((change.kind, change.tab, change.row_id))
            else:
                counts[change.kind] += 1
        for kind, _, _ in rows:
            counts[kind] += 1
        return counts

    def to_json(self) -> str:
        """Return the plan as JSON, which :meth:`from_json` reads."""
        value = {
            "changes": ({key: getattr(change, key) for key in _FIELDS} for change in self.changes),
            "witnesses": (
                {"tab": tab, "row_id": row_id, "cells": dict(seen)}
                for (tab, row_id), seen in sorted(self.witnesses.items())
            ),
            "conditions": (
                {"tab": tab, "row_id": row_id, "cells": [list(cell) for cell in cells]}
                for (tab, row_id), cells in sorted(self.conditions.items())
            ),
        }
        # A line for each, because the encoder's own indentation takes ten times as long.
        encode = json.JSONEncoder(ensure_ascii=False).encode
        parts = [f'{{"version": {PLAN_VERSION}']
        for key, lines in value.items():
            parts.append(f',\n"{key}": [')
            parts += (f"{',' if n else ''}\n{encode(line)}" for n, line in enumerate(lines))
            parts.append("]")
        parts.append("}\n")
        return "".join(parts)

    @classmethod
    def from_json(cls, text: str) -> Plan:
        """Return the plan that was saved; raises UsageError if the text is not a plan."""
        try:
            value = json.loads(text)
            if value["version"] != PLAN_VERSION:
                raise ValueError(value["version"])
            changes = _changes(value["changes"])
            witnesses = {
                (entry["tab"], entry["row_id"]): tuple(entry["cells"].items())
                for entry in value["witnesses"]
            }
            conditions = {
                (entry["tab"], entry["row_id"]): tuple(map(_condition, entry["cells"]))
                for entry in value.get("conditions", ())
            }
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as fault:
            raise UsageError(
                "This file is not a plan that --plan-out wrote: {fault}",
                remedy="Make a new one with --plan-out FILE.",
                fault=fault,
            ) from fault
        return cls(changes, witnesses, conditions)


def _condition(cell: Sequence[str]) -> Condition:
    tab, row_id, column, text = cell
    return tab, row_id, column, text


def squash_changes(changes: Iterable[Change]) -> list[Change]:
    """Return one change for each cell: the first ``before``, the last ``after``, both reasons.

    The reason of a merge is the evidence of the last merge only.
    """
    cells: dict[tuple[str, str, str, str], Change] = {}
    for change in changes:
        key = (*change.cell, change.kind if change.kind in ("note", "format") else "")
        first = cells.get(key)
        if first is None:
            cells[key] = change
            continue
        kind: Kind = "merge" if "merge" in (first.kind, change.kind) else first.kind
        reason = first.reason
        if first.kind == "add":
            kind = "add"
        elif kind == "merge":
            reason = change.reason if change.kind == "merge" else first.reason
        elif change.reason not in first.reason.split(" + "):
            reason = f"{first.reason} + {change.reason}"
        group = first.group or change.group
        cells[key] = Change(*change.cell, first.before, change.after, reason, kind, group)
    return [c for c in cells.values() if c.before != c.after or (c.kind == "add" and c.after)]


def _folded(changes: Sequence[Change]) -> Iterator[Change]:
    """Yield the changes; those to other cells of an added row become part of its addition."""
    fresh = {(c.tab, c.row_id) for c in changes if c.kind == "add" and c.column == "id"}
    for change in changes:
        added = (change.tab, change.row_id) in fresh and change.kind in ("set", "merge")
        yield replace(change, kind="add") if added else change


def _order(fresh: Mapping[tuple[str, str], int]) -> Callable[[Change], tuple[object, ...]]:
    """Return the sort key of changes; ``fresh`` holds the order of added rows."""
    tabs = {
        key: (place, {column.key: number for number, column in enumerate(tab.columns)})
        for place, (key, tab) in enumerate(schema().tabs.items())
    }

    def key(change: Change) -> tuple[object, ...]:
        tab, columns = tabs[change.tab]
        column = columns.get(change.column, len(columns))
        new_id = change.column != "id" or change.kind != "set"
        return (new_id, tab, fresh.get(change.row, -1), change.row_id, column, change)

    return key


def _changes(entries: Sequence[dict[str, Any]]) -> tuple[Change, ...]:
    """Return saved changes; changes saved by a version without groups get their groups."""
    changes = [_change(entry) for entry in entries]
    if all("group" in entry for entry in entries):
        return tuple(changes)
    told = [(change, *parse_legacy_reason(change.reason)) for change in changes]
    return tuple(unite_groups(replace(one, reason=why, group=group) for one, why, group in told))


def _change(entry: dict[str, Any]) -> Change:
    fields = {name: entry[name] for name in Change.__dataclass_fields__ if name != "group"}
    fields["group"] = entry.get("group", "")
    if not all(isinstance(value, str) for value in fields.values()) or entry["kind"] not in KINDS:
        raise ValueError(entry)
    if not schema().tab(entry["tab"]):
        raise ValueError(entry["tab"])
    return Change(**fields)
