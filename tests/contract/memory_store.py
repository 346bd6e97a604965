"""A store in memory, for tests: the same promises as the workbook, kept by the Book alone."""

from __future__ import annotations

from collections.abc import Sequence

from register.book.outcome import Written
from register.book.plan import Change, Plan
from register.book.table import Book
from register.ports import LogLines


class MemoryStore:
    """Fulfils :class:`register.ports.Store`."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.name = "memory"

    def read(self) -> Book:
        return self.book

    def write(self, plan: Plan, log: LogLines) -> Written:
        fits, conflicts = self.book.verified(plan)
        self.book = self.book.applied((*fits, *_log_changes(log(fits, self.book))))
        return Written(fits, conflicts)

    def link(self, tab: str, row_number: int) -> str:
        return ""


def _log_changes(lines: Sequence[object]) -> list[Change]:
    return [
        Change("log", line["id"], key, "", value, "", "add")
        for line in lines
        for key, value in line.items()
        if value
    ]
