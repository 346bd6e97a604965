"""A plan in the making: each stage sees the book as the stages before it would leave it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from register.book.change import Change
from register.book.personal_identity_code import find_identity_codes, mask_identity_codes
from register.book.plan import Plan
from register.book.table import Book

UndoneChange = tuple[str, str, str, str, str]
"""A change that a person has undone: ``(tab, row id, column, before, after)``."""


class PlanBuilder:
    """Collects changes. What a person has undone, and what no cell can take, is left out."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self._first = book
        self.regrets: frozenset[UndoneChange] = frozenset()
        self._changes: list[Change] = []

    def leave_out(self, regretted: Collection[UndoneChange]) -> None:
        """From here on, leave out these changes, and the whole of a group that one is part of."""
        self.regrets = frozenset(regretted)

    @property
    def changes(self) -> tuple[Change, ...]:
        """What has been taken up, in its order."""
        return tuple(self._changes)

    def propose(self, changes: Iterable[Change]) -> int:
        """Take up changes and return how many; those that must not be made are dropped."""
        proposed = list(changes)
        dropped = {c.group for c in proposed if self._is_regretted(c)} - {""}
        wanted = [
            _masked(change)
            for change in proposed
            if self._possible(change) and change.group not in dropped
        ]
        if wanted:
            self._changes += wanted
            self.book = self.book.with_changes(wanted)
        return len(wanted)

    def plan(self) -> Plan:
        """Return the plan of all that was taken up, with the witnesses of rows without ids."""
        return Plan.of(self._changes, self._first.witnesses(self._changes))

    def _possible(self, change: Change) -> bool:
        if change.kind in ("note", "format"):
            return True
        table = self.book.table(change.tab)
        if not table.has(change.column) or (change.row_id, change.column) in table.formulas:
            return False
        return change.before != change.after and not self._is_regretted(change)

    def _is_regretted(self, change: Change) -> bool:
        return (*change.cell, change.before, change.after) in self.regrets


def _masked(change: Change) -> Change:
    """No personal identity code is ever written; a phone may look like one by chance."""
    spans = find_identity_codes(change.after)
    if change.column == "phone" and not any(span.certain for span in spans):
        return change
    return replace(change, after=mask_identity_codes(change.after)) if spans else change
