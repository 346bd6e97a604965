"""One change of one cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal, get_args

Kind = Literal["add", "set", "merge", "retire", "note", "format"]
KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True, order=True, slots=True)
class Change:
    """One cell: what we saw, what we want, and the rule that asks for it.

    ``row_id`` of a row without an id is ``#7``, its row number. ``reason`` is the code of a rule or
    of a step, several joined by " + ". Changes of one ``group`` are made together or not at all.
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
        """Which row this is about."""
        return (self.tab, self.row_id)

    @property
    def cell(self) -> tuple[str, str, str]:
        """Which cell this is about."""
        return (self.tab, self.row_id, self.column)

    def in_group(self, group: str) -> Change:
        """Return this change as one of a group (``replace`` takes ten times as long)."""
        if group == self.group:
            return self
        return Change(*self.cell, self.before, self.after, self.reason, self.kind, group)

    def inverse(self) -> Change:
        """Return the change that takes this one back."""
        opposite: dict[Kind, Kind] = {"add": "retire", "retire": "add"}
        kind = opposite.get(self.kind, self.kind)
        return replace(self, before=self.after, after=self.before, kind=kind)


def added_row(tab: str, cells: Mapping[str, str], reason: str, group: str = "") -> list[Change]:
    """Return the changes that add a row of these cells, ``id`` among them; blanks are none."""
    return [
        Change(tab, cells["id"], column, "", value, reason, "add", group)
        for column, value in cells.items()
        if value
    ]
