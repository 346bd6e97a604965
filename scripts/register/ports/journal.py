"""The port for what a register remembers of its earlier runs."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from register.book.moved_cells import ColumnMarks
from register.book.outcome import WriteOutcome
from register.book.plan import Plan
from register.book.table import Book


class Journal(Protocol):
    """Record of the runs on a book, kept beside it and written before the book is changed."""

    def begin(self, run: str, verb: str, at: datetime, plan: Plan) -> None:
        """Record a plan, and the cells' values before it, before the plan is written."""

    def finish(self, run: str, written: WriteOutcome) -> None:
        """Record how much of the run's plan was written."""

    def count(self, run: str, at: datetime, counts: Mapping[str, int]) -> None:
        """Record how many findings a cleanup left, by severity."""

    def past(self, most: int) -> Sequence[tuple[datetime, Mapping[str, int]]]:
        """Return the times and finding counts of the last cleanups, oldest first.

        There are at most ``most``; the counts are by severity.
        """

    def known(self, tab: str, row_id: str) -> str:
        """Return the digest that the row with this id had at the end of the last run, or ''."""

    def known_ids(self, tab: str) -> frozenset[str]:
        """Return the ids of the tab's rows at the end of the last run."""

    def known_marks(self, tab: str) -> ColumnMarks:
        """Return the tab's cell marks at the end of the last run, by column key and row id."""

    def remember(self, book: Book) -> None:
        """Store the ids and digests of the book's rows, and its cell marks, for the next run."""
