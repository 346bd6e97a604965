"""A plan in the making: each stage sees the book as the stages before it would leave it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from register.book.plan import Change, Plan, Witness
from register.book.table import Book
from register.fields.henkilotunnus import find, mask

Regret = tuple[str, str, str, str, str]
"""A change that a person has undone: ``(tab, row id, column, before, after)``."""


class Draft:
    """Collects changes. What a person has undone, and what no cell can take, is left out."""

    def __init__(self, book: Book, regretted: Collection[Regret] = ()) -> None:
        self.book = book
        self._first = book
        self._regretted = frozenset(regretted)
        self._changes: list[Change] = []

    def propose(self, changes: Iterable[Change]) -> int:
        """Take up changes and return how many; those that must not be made are dropped."""
        wanted = [_masked(change) for change in changes if self._possible(change)]
        if wanted:
            self._changes += wanted
            self.book = self.book.applied(wanted)
        return len(wanted)

    def plan(self) -> Plan:
        """Return the plan of all that was taken up, with the witnesses of rows without ids."""
        witnesses: dict[tuple[str, str], Witness] = {}
        for change in self._changes:
            if change.row_id.startswith("#"):
                row = (change.tab, change.row_id)
                witnesses[row] = self._first.table(change.tab).witness(change.row_id)
        return Plan.of(self._changes, witnesses)

    def _possible(self, change: Change) -> bool:
        if change.kind in ("note", "format"):
            return True
        table = self.book.table(change.tab)
        if not table.has(change.column) or (change.row_id, change.column) in table.formulas:
            return False
        regret = (*change.cell, change.before, change.after)
        return change.before != change.after and regret not in self._regretted


def _masked(change: Change) -> Change:
    """No personal identity code is ever written; a phone may look like one by chance."""
    spans = find(change.after)
    if change.column == "phone" and not any(span.certain for span in spans):
        return change
    return replace(change, after=mask(change.after)) if spans else change
