"""A change of one cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal, get_args

Kind = Literal["add", "set", "merge", "retire", "note", "format"]
KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True, order=True, slots=True)
class Change:
    """A change of one cell: what it held before, what it shall hold, and why.

    A row without an id has its row number as ``row_id``, ``#7``. ``reason`` is the code of a rule
    or a step; several are joined by " + ". Changes of one ``group`` are made together or not at
    all. Changes of kind ``note`` and ``format`` do not concern the cell's value.
    """

    tab: str
    row_id: str
    column: str
    before: str
    after: str
    reason: str
    kind: Kind = "set"
    group: str = ""

    @property
    def row(self) -> tuple[str, str]:
        """The tab and the row."""
        return (self.tab, self.row_id)

    @property
    def cell(self) -> tuple[str, str, str]:
        """The tab, the row and the column."""
        return (self.tab, self.row_id, self.column)

    @property
    def gives_id(self) -> bool:
        """Whether a row without an id gets one."""
        return self.column == "id" and self.row_id.startswith("#")

    def in_group(self, group: str) -> Change:
        """Return this change in another group (``replace`` takes ten times as long)."""
        if group == self.group:
            return self
        return Change(*self.cell, self.before, self.after, self.reason, self.kind, group)

    def inverse(self) -> Change:
        """Return the change that undoes this one."""
        opposite: dict[Kind, Kind] = {"add": "retire", "retire": "add"}
        kind = opposite.get(self.kind, self.kind)
        return replace(self, before=self.after, after=self.before, kind=kind)


@dataclass(frozen=True, slots=True)
class Conflict:
    """A change that was left out because its cell no longer holds what the plan saw."""

    change: Change
    found: str


def added_row(tab: str, cells: Mapping[str, str], reason: str, group: str = "") -> list[Change]:
    """Return the changes that add a row; ``cells`` must have an ``id``, blank ones are left out."""
    return [
        Change(tab, cells["id"], column, "", value, reason, "add", group)
        for column, value in cells.items()
        if value
    ]
