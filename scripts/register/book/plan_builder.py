"""A plan in the making: each stage sees the book as the earlier stages would leave it."""

from collections.abc import Collection, Iterable
from dataclasses import replace

from register.book.change import Change
from register.book.personal_identity_code import find_identity_codes, mask_identity_codes
from register.book.plan import Condition, Plan
from register.book.schema import schema
from register.book.table import Book

UndoneChange = tuple[str, str, str, str, str]
"""A change that a person has undone: ``(tab, row id, column, before, after)``."""

_ANSWERS = {
    ("review", "done"): ("decision", "value", "suggestion"),
    ("inbox", "result"): tuple(
        column.key for column in schema().tab("inbox").columns if not column.tool
    ),
}
"""Cells that answer what people wrote in a row, and the columns where people write it."""


def undo_key(change: Change) -> UndoneChange:
    """Return the key by which a change is found among those that people have undone."""
    return (*change.cell, change.before, change.after)


class PlanBuilder:
    """Collects changes, except those that a person has undone and those a cell cannot take."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self._first = book
        self.regrets: frozenset[UndoneChange] = frozenset()
        self._changes: list[Change] = []
        self._conditions: dict[tuple[str, str], list[Condition]] = {}

    def leave_out(self, regretted: Collection[UndoneChange]) -> None:
        """Leave out these changes from now on, each with its whole group."""
        self.regrets = frozenset(regretted)

    @property
    def changes(self) -> tuple[Change, ...]:
        """The accepted changes, in their order."""
        return tuple(self._changes)

    def propose(self, changes: Iterable[Change]) -> int:
        """Accept changes and return how many; those that must not be made are dropped."""
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

    def rest_on(self, row: tuple[str, str], cells: Iterable[tuple[str, str, str]]) -> None:
        """Make a row's changes depend on the texts of these cells, ``(tab, row id, column)``."""
        read = ((*cell, self._first.table(cell[0]).cell(*cell[1:])) for cell in cells)
        self._conditions.setdefault(row, []).extend(read)

    def plan(self, questions: Iterable[str] = ()) -> Plan:
        """Return the plan of all accepted changes, with the witnesses of rows without ids.

        An answer written to a row depends on what people had written there. New rows of ``review``
        are in the order of ``questions``, so that they need not be moved later.
        """
        places = {("review", row_id): place for place, row_id in enumerate(questions)}
        self._changes.sort(key=lambda change: places.get(change.row, -1))
        for change in self._changes:
            columns = _ANSWERS.get((change.tab, change.column))
            if columns and change.row_id in self._first.table(change.tab):
                self.rest_on(change.row, ((*change.row, column) for column in columns))
        conditions = {row: tuple(dict.fromkeys(read)) for row, read in self._conditions.items()}
        return Plan.of(self._changes, self._first.witnesses(self._changes), conditions)

    def _possible(self, change: Change) -> bool:
        if change.kind in ("note", "format"):
            return True
        table = self.book.table(change.tab)
        if not table.has(change.column) or (change.row_id, change.column) in table.formulas:
            return False
        return change.before != change.after and not self._is_regretted(change)

    def _is_regretted(self, change: Change) -> bool:
        return undo_key(change) in self.regrets


def _masked(change: Change) -> Change:
    """Return the change with personal identity codes masked, so that none is ever written.

    A phone may look like a code by chance: it is masked only if the check character is correct.
    """
    spans = find_identity_codes(change.after)
    if change.column == "phone" and not any(span.certain for span in spans):
        return change
    return replace(change, after=mask_identity_codes(change.after)) if spans else change
