"""The register in an ``.xlsx`` file: read, patched cell by cell, and replaced as a whole."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import quote

from register.book.change import Change, added_row
from register.book.errors import BookUnreadable
from register.book.hashes import Hashes
from register.book.joined_cells import Redact
from register.book.moves import moved_numbers, moves_to
from register.book.notes import tidy_note
from register.book.outcome import WriteOutcome
from register.book.plan import Plan
from register.book.row_ids import Knows
from register.book.schema import Language, schema
from register.book.table import Book
from register.ports.store import GeneratedTab, Layout, LogLines, TabsWritten
from register.stores.formats import with_formats
from register.stores.layout import new_register_parts
from register.stores.package import (
    LONGEST_CELL,
    Package,
    guard_open_elsewhere,
    pack_workbook,
    package_of,
    read_package,
    write_whole,
)
from register.stores.reading import (
    StoreReading,
    no_such_tab,
    read_book,
    read_sheets,
    row_names,
    texts_of,
)
from register.stores.row_moves import is_moved, move_rows
from register.stores.scrub import scrubbed_parts, texts_beside
from register.stores.tab_headers import named_tabs
from register.stores.workbook_formats import read_formats
from register.stores.workbook_patch import patched_parts


@dataclass(frozen=True, slots=True)
class Workbook:
    """Implements the ports ``Store`` and ``Maker`` with a file."""

    path: Path
    language: Language = "fi"
    knows: Knows | None = field(default=None, compare=False)
    hashes: Hashes | None = field(default=None, compare=False, repr=False)
    _titles: dict[str, str] = field(default_factory=dict, compare=False, repr=False)
    _readings: dict[bytes, StoreReading] = field(default_factory=dict, compare=False, repr=False)
    """The last reading, by the file's bytes: they may be unchanged when the file is written."""

    @property
    def name(self) -> str:
        """The file's name."""
        return self.path.name

    def read(self) -> Book:
        """Return the whole book, with dropdowns, links and hashes."""
        return replace(self._dressed(read_package(self.path)).book, hashes=self.hashes)

    def _dressed(self, package: Package) -> StoreReading:
        reading = self._read(package)
        book = with_formats(reading, read_formats(package, reading))
        return replace(reading, book=book)

    def write(self, plan: Plan, log: LogLines) -> WriteOutcome:
        """Write a plan and its log in one write, without the changes that no longer fit.

        The new file is read back before it replaces the old one: it must hold every change, else
        BookUnreadable is raised.
        """
        guard_open_elsewhere(self.path)
        package = read_package(self.path, self._readings)
        reading = self._read(package)
        fits, conflicts = reading.book.verify(plan, LONGEST_CELL)
        if not fits:
            return WriteOutcome((), conflicts)
        lines = [
            one for line in log(fits, reading.book) for one in added_row("log", line, reason="")
        ]
        every = (*fits, *lines)
        data = pack_workbook(patched_parts(package, reading, every))
        before, expected = package.data, reading.book.with_changes(every)
        # Free the old register before the new one is read: two large ones would fill the memory.
        del package, reading, lines
        self._readings.clear()
        self._confirm(data, expected, every)
        self._replace(before, data)
        return WriteOutcome(fits, conflicts)

    def reorder(self, tab: str, order: Sequence[str]) -> int:
        """Move whole rows of a tab until these ids are in this order; return how many moved.

        The new file is read back first: it must hold every row unchanged, else BookUnreadable is
        raised.
        """
        guard_open_elsewhere(self.path)
        package = read_package(self.path)
        reading = self._dressed(package)
        names = row_names(schema().tab(tab), reading.sheets[tab])
        moves = moves_to(names, order)
        if not moves:
            return 0
        parts = dict(package.parts)
        numbers = moved_numbers(len(names) + 1, moves)
        move_rows(parts, package.sheets, reading.places[tab].title, numbers)
        data = pack_workbook(parts)
        there = self._dressed(package_of(data, self.name))
        if not is_moved(reading, there, tab, numbers):
            raise BookUnreadable(
                "{file} would not hold its rows as they are if they were moved; it was left as it "
                "is.",
                remedy="Open it in LibreOffice or Excel, save it as .xlsx, and try again.",
                file=self.name,
            )
        self._replace(package.data, data)
        return sum(move.count for move in moves)

    def texts_beside(self) -> Sequence[tuple[str, str]]:
        """Return ``(place, text)`` of texts outside the register's cells."""
        package = read_package(self.path)
        return list(texts_beside(package, self._read(package), self.name))

    def scrub(self, redact: Redact, rows: Collection[tuple[str, str]]) -> int:
        """Redact the texts outside the register's cells; return how many parts changed.

        The new file is read back first: it must hold the same rows, else BookUnreadable is raised.
        """
        guard_open_elsewhere(self.path)
        package = read_package(self.path)
        reading = self._read(package)
        parts = scrubbed_parts(package, reading, redact, rows, self.name)
        changed = sum(parts[name] != data for name, data in package.parts.items())
        if not changed:
            return 0
        data = pack_workbook(parts)
        there = self._read(package_of(data, self.name)).book
        for key, table in reading.book.tables.items():
            if list(table.cells) != list(there.table(key).cells):
                raise BookUnreadable(
                    "{file} would not hold its rows as they are without somebody who is erased; "
                    "it was left as it is.",
                    remedy="Open it in LibreOffice or Excel, save it as .xlsx, and try again.",
                    file=self.name,
                )
        self._replace(package.data, data)
        return changed

    def responses(self, title: str) -> list[list[str]]:
        """Return the texts of a tab outside the register, such as a form's responses."""
        package = read_package(self.path)
        if title not in package.sheets:
            raise no_such_tab(title, self.name)
        return texts_of(read_sheets(package, self.name, [title])[title])

    def link(self, tab: str, row_number: int) -> str:
        """Return a URL that LibreOffice and Excel open at this row; '' if there is no such tab."""
        if tab not in self._titles:
            there = list(read_package(self.path).sheets)
            self._titles.update({**dict(zip(there, there, strict=True)), **named_tabs(there)[0]})
        place = f"'{self._titles.get(tab, '')}'!A{row_number}"
        return f"{self.path.absolute().as_uri()}#{quote(place)}" if self._titles.get(tab) else ""

    def create(
        self,
        language: Language,
        guide: Sequence[Sequence[str]],
        notes: Mapping[tuple[str, str], str],
        *,
        apply: bool,
        settings: bool = False,
        releasers: Sequence[str] = (),
    ) -> Layout:
        """Make the workbook, or add what an existing one lacks; nothing else is changed."""
        # Loaded here, since openpyxl takes as long to load as a small register to read.
        from register.stores import maker

        if not self.path.exists():
            data = maker.new_workbook(language, guide, notes)
            if apply:
                write_whole(self.path, data, unchanged=lambda: not self.path.exists())
            return Layout(new_register_parts(language, self.name), created=True)
        guard_open_elsewhere(self.path)
        package = read_package(self.path)
        layout, upgraded = maker.upgraded_workbook(package, self.name, guide, notes)
        if apply and upgraded is not None:
            self._replace(package.data, upgraded)
        return layout

    def keep_tabs(
        self, tabs: Sequence[GeneratedTab], *, apply: bool, others: bool = False
    ) -> TabsWritten:
        """Replace the generated tabs; raises BookUnreadable if the register would read differently.

        Generated tabs that are not among ``tabs`` are removed, unless ``others`` keeps them. Hidden
        ones always stay.
        """
        from register.stores.own_sheets import rebuild_sheets

        guard_open_elsewhere(self.path)
        package = read_package(self.path)
        kept, data = rebuild_sheets(package, self.name, tabs, others=others)
        before, after = self._read(package).book, self._read(package_of(data, self.name)).book
        for key, table in before.tables.items():
            if (table.columns, table.cells) != (after.table(key).columns, after.table(key).cells):
                raise BookUnreadable(
                    "{file} would not read as before with the lists in it; it was left as it is.",
                    remedy="Open it in LibreOffice or Excel, save it as .xlsx, and try again.",
                    file=self.name,
                )
        if apply:
            self._replace(package.data, data)
        return kept

    def _replace(self, before: bytes, data: bytes) -> None:
        """Replace the file; raises BookLocked if it is no longer as it was ``before``."""
        write_whole(self.path, data, unchanged=lambda: self.path.read_bytes() == before)

    def _read(self, package: Package) -> StoreReading:
        if package.data not in self._readings:
            self._readings.clear()
            self._readings[package.data] = read_book(package, self.name, self.knows)
        return self._readings[package.data]

    def _confirm(self, data: bytes, expected: Book, changes: Iterable[Change]) -> None:
        there = read_book(package_of(data, self.name), self.name).book
        rows: dict[str, tuple[dict[str, dict[str, str]], dict[str, dict[str, str]]]] = {}
        as_wanted = {
            key for key, table in expected.tables.items() if table.cells == there.table(key).cells
        }
        for change in changes:
            if change.kind == "note":
                self._confirm_note(there, change)
            if change.kind in ("note", "format") or change.tab in as_wanted:
                continue
            if change.tab not in rows:
                one, other = (dict(book.table(change.tab).rows()) for book in (expected, there))
                rows[change.tab] = (one, other)
            wanted, found = rows[change.tab]
            row = change.after if change.gives_id else change.row_id
            if found.get(row, {}).get(change.column, "") != wanted.get(row, {}).get(
                change.column, ""
            ):
                raise BookUnreadable(
                    "{file} would not hold {row}, {column} as it was to be written; the file was "
                    "left as it is.",
                    remedy="Open it in LibreOffice or Excel, save it as .xlsx, and try again.",
                    file=self.name,
                    row=row,
                    column=change.column,
                )

    def _confirm_note(self, there: Book, change: Change) -> None:
        row = change.row_id
        table = there.table(change.tab)
        if row in table and table.notes.get((row, change.column), "") != tidy_note(change.after):
            raise BookUnreadable(
                "{file} would not hold the note of {row}, {column} as it was to be written; the "
                "file was left as it is.",
                remedy="Open it in LibreOffice or Excel, save it as .xlsx, and try again.",
                file=self.name,
                row=row,
                column=change.column,
            )
