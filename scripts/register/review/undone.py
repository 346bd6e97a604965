"""Decisions that were carried out and then undone: none of them is carried out again.

A later decision in the same cell counts as a new one. To tell the two apart, a decision whose work
was undone is taken out of its cell, and the question is asked again.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from register.book.change import Change
from register.book.ids import reference_id
from register.book.log import LogEntry, log_entries
from register.book.schema import schema
from register.book.table import Book
from register.review.decisions import Order

UNDONE_REASON = "taken_back"
"""The reason of a change that takes a decision out of its cell."""

_TYPED = ("decision", "value")
_JOINED, _ADDED = "joined", "added"
_JOINS = ("merged_into", "same_human")

_Work = tuple[str, ...]
"""One effect of changes: two rows joined, a row added with its cells, a cell with both values."""


class _Undone(NamedTuple):
    done: _Work
    by: str
    """The run that undid it."""


class UndoneDecisions:
    """Tells whether a decision asks for work that it did before and that somebody has undone."""

    def __init__(self, book: Book) -> None:
        self._closed: dict[str, set[str]] = defaultdict(set)
        self._emptied: dict[str, str] = {}
        self._undone: dict[str, list[_Undone]] = defaultdict(list)
        for entry in log_entries(book) if len(book.table("review")) else ():
            self._read(entry)

    def _read(self, entry: LogEntry) -> None:
        for change in entry.changes:
            if change.tab != "review":
                continue
            if change.column == "done" and change.after:
                self._closed[change.row_id].add(entry.run)
            if change.column in _TYPED and not change.after:
                self._emptied[change.row_id] = max(entry.run, self._emptied.get(change.row_id, ""))
        if entry.undone:
            self._undone[entry.run] += [_Undone(one, entry.undone) for one in _work(entry.changes)]

    def asks_again(self, order: Order) -> bool:
        """Whether an order would repeat work that was undone after its decision was given."""
        case_id, pair = order.question.id, order.question.pairing
        since = self._emptied.get(case_id, "")
        undone = {
            one.done
            for run in self._closed.get(case_id, ())
            for one in self._undone.get(run, ())
            if one.by > since
        }
        if pair and order.decision == "same":
            rows = {row for one in undone if one[0] == _JOINED for row in one[1:]}
            return {pair.left, pair.right} <= rows
        return bool(undone) and not undone.isdisjoint(_work(order.changes))


def _work(changes: Iterable[Change]) -> Iterator[_Work]:
    """Yield the effects of changes; two added rows are equal if only their ids and dates differ."""
    added: dict[tuple[str, str], list[str]] = defaultdict(list)
    for change in changes:
        if change.column in _JOINS:
            yield _JOINED, change.row_id, reference_id(change.after)
        elif change.kind != "add":
            yield (*change.cell, change.before, change.after)
        elif _is_content(change):
            added[change.row].append(f"{change.column} {change.after}")
    for (tab, _), cells in added.items():
        yield (_ADDED, tab, *sorted(cells))


def _is_content(change: Change) -> bool:
    tab = schema().tab(change.tab)
    column = tab.column(change.column) if tab.has(change.column) else None
    return column is not None and column.key != "id" and column.type != "date"
