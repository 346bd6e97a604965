"""A store that is read once, and read again only after something was written to it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING

from register.book.joined_cells import Redact
from register.book.outcome import WriteOutcome
from register.book.plan import Plan
from register.book.table import Book
from register.ports.store import GeneratedTab, LogLines, TabsWritten
from register.stores.workbook import Workbook

if TYPE_CHECKING:
    from register.stores.google import GoogleSheet


class ReadOnce:
    """Implements the port ``Store`` through another store, whose book the parts of a run share.

    The underlying store itself verifies each write against the current cells.
    """

    def __init__(
        self,
        store: Workbook | GoogleSheet | ReadOnce,
        before_writing: Callable[[Book | None], None] = lambda seen: None,
    ) -> None:
        """Wrap a store; an exception of ``before_writing``, called before each write, prevents it.

        The function gets the book that the run uses; None if it is to be read again.
        """
        self._store, self._before = store, before_writing
        self._book: Book | None = None

    @property
    def name(self) -> str:
        """The book's name in messages."""
        return self._store.name

    def read(self) -> Book:
        """Return the whole book as last read; it is read again after a write."""
        if self._book is None:
            self._book = self._store.read()
        return self._book

    @property
    def itself(self) -> Workbook | GoogleSheet | ReadOnce:
        """The underlying store, for writing: the book is read again afterwards."""
        self.guard()
        self.forget()
        return self._store

    def guard(self) -> None:
        """Call ``before_writing``, which raises if this run may not write.

        Runs also call it before they send letters about what they have read.
        """
        self._before(self._book)

    def forget(self) -> None:
        """Drop the book, so that the next :meth:`read` reads it again."""
        self._book = None

    def write(self, plan: Plan, log: LogLines) -> WriteOutcome:
        """Write a plan and its log; see the port."""
        self.guard()
        self.forget()
        return self._store.write(plan, log)

    def texts_beside(self) -> Sequence[tuple[str, str]]:
        """Return ``(place, text)`` of texts outside the register's cells."""
        return self._store.texts_beside()

    def scrub(self, redact: Redact, rows: Collection[tuple[str, str]]) -> int:
        """Redact the texts outside the register's cells; return how many places changed."""
        self.guard()
        self.forget()
        return self._store.scrub(redact, rows)

    def reorder(self, tab: str, order: Sequence[str]) -> int:
        """Move whole rows until these ids are in this order; return how many were moved."""
        self.guard()
        self.forget()
        return self._store.reorder(tab, order)

    def link(self, tab: str, row_number: int) -> str:
        """Return a URL that opens the book at this row; '' if there is none."""
        return self._store.link(tab, row_number)

    def responses(self, title: str) -> list[list[str]]:
        """Return the texts of a tab outside the register."""
        return self._store.responses(title)

    def keep_tabs(
        self, tabs: Sequence[GeneratedTab], *, apply: bool, others: bool = False
    ) -> TabsWritten:
        """Rebuild the generated tabs; with ``others`` those not among ``tabs`` stay."""
        self.guard()
        self.forget()
        return self._store.keep_tabs(tabs, apply=apply, others=others)
