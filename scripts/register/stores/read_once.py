"""A store that is read once, and again only after something was written into it."""

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
    """Fulfils the port ``Store`` with another one, whose book the parts of a run share.

    What is written is verified by that store itself against what stands there by then.
    """

    def __init__(
        self,
        store: Workbook | GoogleSheet | ReadOnce,
        before_writing: Callable[[Book | None], None] = lambda seen: None,
    ) -> None:
        """``before_writing`` is called before each write; what it raises prevents that.

        It is given the book that the run goes by, None where that is to be read again.
        """
        self._store, self._before = store, before_writing
        self._book: Book | None = None

    @property
    def name(self) -> str:
        """What messages call the book."""
        return self._store.name

    def read(self) -> Book:
        """Return the whole book, as it was when it was read last or written by this run."""
        if self._book is None:
            self._book = self._store.read()
        return self._book

    @property
    def itself(self) -> Workbook | GoogleSheet | ReadOnce:
        """The store that is read; whoever writes into it has the book read again."""
        self.guard()
        self.forget()
        return self._store

    def guard(self) -> None:
        """Make sure that this run may write, or send letters about what it has read."""
        self._before(self._book)

    def forget(self) -> None:
        """Have the book read again the next time."""
        self._book = None

    def write(self, plan: Plan, log: LogLines) -> WriteOutcome:
        """Read again, leave out what no longer fits, write the rest and its log at once."""
        self.guard()
        self.forget()
        return self._store.write(plan, log)

    def texts_beside(self) -> Sequence[tuple[str, str]]:
        """Return what is no cell of the register."""
        return self._store.texts_beside()

    def scrub(self, redact: Redact, rows: Collection[tuple[str, str]]) -> int:
        """Rewrite the texts beside the register's cells."""
        self.guard()
        self.forget()
        return self._store.scrub(redact, rows)

    def reorder(self, tab: str, order: Sequence[str]) -> int:
        """Move whole rows until these ids stand in this order; return how many were moved."""
        self.guard()
        self.forget()
        return self._store.reorder(tab, order)

    def link(self, tab: str, row_number: int) -> str:
        """Return an address that opens the book at this row, '' where there is none."""
        return self._store.link(tab, row_number)

    def responses(self, title: str) -> list[list[str]]:
        """Return a tab that is no part of the register as texts."""
        return self._store.responses(title)

    def keep_tabs(
        self, tabs: Sequence[GeneratedTab], *, apply: bool, others: bool = False
    ) -> TabsWritten:
        """Write the tool's own tabs; with ``others`` those that are there besides stay."""
        self.guard()
        self.forget()
        return self._store.keep_tabs(tabs, apply=apply, others=others)
