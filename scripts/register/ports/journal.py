"""What is remembered of the runs on a book."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from register.book.moved_cells import ColumnMarks
from register.book.outcome import WriteOutcome
from register.book.plan import Plan
from register.book.table import Book


class Journal(Protocol):
    """What the runs on a book have done: kept beside it, written before the book is."""

    def begin(self, run: str, verb: str, at: datetime, plan: Plan) -> None:
        """Keep what is about to be written, and the cells' values before it."""
        ...

    def finish(self, run: str, written: WriteOutcome) -> None:
        """Keep what was written of it."""
        ...

    def count(self, run: str, at: datetime, counts: Mapping[str, int]) -> None:
        """Keep how many findings a cleanup left, by severity."""
        ...

    def past(self, most: int) -> Sequence[tuple[datetime, Mapping[str, int]]]:
        """Return the moments and the counts of the last cleanups, the oldest first."""
        ...

    def known(self, tab: str, row_id: str) -> str:
        """Return the digest of the row that the last run knew under this id, or ''."""
        ...

    def known_ids(self, tab: str) -> frozenset[str]:
        """Return the ids that the last run knew."""
        ...

    def known_marks(self, tab: str) -> ColumnMarks:
        """Return the marks of the cells that the last run knew."""
        ...

    def remember(self, book: Book) -> None:
        """Keep the ids and digests of this book's rows, and marks of cells, for the next run."""
        ...
