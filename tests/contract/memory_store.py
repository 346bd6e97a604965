"""A store in memory, for tests: the same promises as the workbook, kept by the Book alone."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from register.book.change import Change
from register.book.moves import moved_numbers, moves_to
from register.book.notes import join_note, split_note, tidy_note
from register.book.outcome import WriteOutcome
from register.book.plan import Plan
from register.book.table import Book, Table
from register.ports.store import LogLines
from register.stores.package import LONGEST_CELL


class MemoryStore:
    """Fulfils :class:`register.ports.store.Store`; ``notes`` are the cells' whole notes."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.name = "memory"
        self.notes: dict[tuple[str, str, str], str] = {}

    def read(self) -> Book:
        return replace(
            self.book, tables={key: self._noted(table) for key, table in self.book.tables.items()}
        )

    def write(self, plan: Plan, log: LogLines) -> WriteOutcome:
        fits, conflicts = self.read().verify(plan, LONGEST_CELL)
        self.book = self.book.with_changes((*fits, *_log_changes(log(fits, self.book))))
        for change in fits:
            if change.kind == "note":
                people, _ = split_note(self.notes.get(change.cell, ""))
                self.notes[change.cell] = join_note(people, tidy_note(change.after))
        return WriteOutcome(fits, conflicts)

    def reorder(self, tab: str, order: Sequence[str]) -> int:
        table = self.book.table(tab)
        names = [name if not name.startswith("#") else None for name in table.numbers]
        moves = moves_to(names, order)
        numbers = moved_numbers(len(names) + 1, moves)
        there = sorted(range(2, len(names) + 2), key=lambda number: numbers.get(number, number))
        held = list(table.cells.values())
        rows = [(n, held[old - 2]) for n, old in enumerate(there, start=2)]
        moved = Table.of(table.tab, table.columns, rows)
        self.book = replace(self.book, tables={**self.book.tables, tab: moved})
        return sum(move.count for move in moves)

    def texts_beside(self) -> Sequence[tuple[str, str]]:
        return [
            (tab, people)
            for (tab, _, _), whole in self.notes.items()
            if (people := split_note(whole)[0])
        ]

    def scrub(self, redact: Callable[[str], str], rows: Collection[tuple[str, str]]) -> int:
        changed = 0
        for (tab, row, column), whole in list(self.notes.items()):
            people, own = split_note(whole)
            left = "" if (tab, row) in rows else redact(people)
            if left != people:
                self.notes[tab, row, column] = join_note(left, own)
                changed += 1
        return changed

    def link(self, tab: str, row_number: int) -> str:
        return ""

    def _noted(self, table: Table) -> Table:
        own = {
            (row, column): text
            for (tab, row, column), whole in self.notes.items()
            if tab == table.tab.key and row in table and (text := split_note(whole)[1])
        }
        held = (table.columns, table.cells, table.numbers, table.formulas)
        return Table(table.tab, *held, own, table.formats)


def _log_changes(lines: Sequence[object]) -> list[Change]:
    return [
        Change("log", line["id"], key, "", value, "", "add")
        for line in lines
        for key, value in line.items()
        if value
    ]
