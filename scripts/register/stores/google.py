"""The register in a shared Google Sheet, read and written while people are editing it.

:mod:`register.stores.google_writer` explains how it is written.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from register.book.hashes import Hashes
from register.book.joined_cells import Redact
from register.book.outcome import WriteOutcome
from register.book.plan import Plan
from register.book.row_ids import Knows
from register.book.schema import Language
from register.book.table import Book
from register.ports.store import GeneratedTab, Layout, LogLines, TabsWritten, Traffic
from register.stores import google_own_tabs
from register.stores.formats import CellFormats, with_formats
from register.stores.google_faults import sheet_too_busy, sheet_too_large
from register.stores.google_formats import FORMATS, format_ranges, formats_in_reply
from register.stores.google_http import LostReply, QuotaClient
from register.stores.google_keeping import leftover_tabs
from register.stores.google_maker import layout_requests, missing_parts
from register.stores.google_order import keep_order
from register.stores.google_reading import (
    ABOUT,
    CALCULATED,
    ENTERED,
    SPILL,
    EditedBetween,
    SpreadsheetAbout,
    a1_range,
    areas_beyond,
    has_arrays,
    may_spill,
    read_about,
    sheet_of,
    with_spill,
)
from register.stores.google_scrub import BesideTexts
from register.stores.google_snapshot import Snapshot, digest_of
from register.stores.google_writer import Writer
from register.stores.package import MOST_BOOK_COLUMNS, MOST_BOOK_ROWS
from register.stores.reading import StoreSheet, no_such_tab, reading_of, texts_of
from register.stores.tab_headers import FIRST_ROWS, named_tabs

_LOOKS = 4
"""How often a sheet is read again because somebody edited it between two requests."""


class GoogleSheet:
    """Implements the ports ``Store`` and ``Maker``; ``key`` is the sheet's, ``http`` sends."""

    def __init__(
        self,
        http: QuotaClient,
        key: str,
        knows: Knows | None = None,
        hashes: Hashes | None = None,
    ) -> None:
        self._http = http
        self._key = key
        self._knows = knows
        self._hashes = hashes
        self._seen: Snapshot | None = None
        self._writer = Writer(http, key, self._look_for, self._look_anew)
        self._title = ""

    @property
    def name(self) -> str:
        """The sheet's title; its address until it has been read."""
        return self._title or self.address

    @property
    def book_seen(self) -> Book | None:
        """The book as it was last read; None if it has not been read."""
        return self._seen.reading.book if self._seen else None

    @property
    def address(self) -> str:
        """The address, as ``--book`` accepts it."""
        return f"https://docs.google.com/spreadsheets/d/{self._key}"

    @property
    def traffic(self) -> Traffic:
        """The requests, bytes and waiting time of the run so far."""
        return self._http.traffic

    def read(self) -> Book:
        """Return the whole book as of one moment, with dropdowns, links and hashes.

        Raises TemporaryFailure if people edit the sheet too fast for that. ``cut_off`` of the book
        counts the cells that an interrupted run overwrote.
        """
        self._seen = self._look()
        book = with_formats(self._seen.reading, self._formats(self._seen))
        book = replace(book, hashes=self._hashes)
        if not leftover_tabs(self._seen.every):
            return book
        return replace(book, cut_off=len(self._writer.left_behind(self._seen)))

    def responses(self, title: str) -> list[list[str]]:
        """Return the texts of a tab outside the register, such as a form's responses.

        Raises TemporaryFailure if people keep editing it meanwhile.
        """
        for _ in range(_LOOKS):
            found = self._about()
            if title not in found.grids:
                raise no_such_tab(title, self.name)
            try:
                return texts_of(self._sheets(found, [title])[0][title].rows)
            except EditedBetween:
                continue
        raise sheet_too_busy(self.name)

    def link(self, tab: str, row_number: int) -> str:
        """Return a URL that opens the sheet at this row."""
        grid = self._seen and self._seen.every.get(self._seen.titles.get(tab, tab))
        if not grid:
            return self.address
        return f"{self.address}/edit#gid={grid.sheet_id}&range=A{row_number}"

    def write(self, plan: Plan, log: LogLines) -> WriteOutcome:
        """Read again, leave out changes that no longer fit, write the rest with its log, verify."""
        return self._writer.write(plan, log)

    def reorder(self, tab: str, order: Sequence[str]) -> int:
        """Move whole rows of a tab until these ids are in this order; return how many moved."""
        return keep_order(tab, order, self._about, self._values, self._send)

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
        """Add the register's tabs to the sheet, or what they lack; change nothing else."""
        found = self._about()
        named, _ = named_tabs(list(found.grids))
        cells = self._cells(found, list(named.values()), FIRST_ROWS)
        if "guide" in named:
            cells |= self._cells(found, [named["guide"]], "A:A")
        if not named and len(found.grids) == 1:
            cells |= self._cells(found, list(found.grids), "A1:Z100")
        wanted = missing_parts(
            found, cells, language, self.name, guide, settings=settings, releasers=releasers
        )
        if apply and wanted.parts:
            self._send({"requests": layout_requests(wanted, guide, notes, self._http.account)})
        return Layout(wanted.parts, not named, wanted.kept)

    def keep_tabs(
        self, tabs: Sequence[GeneratedTab], *, apply: bool, others: bool = False
    ) -> TabsWritten:
        """Rebuild the generated tabs in place, in one request; return which remain and which went.

        Generated tabs that are not among ``tabs`` are removed, unless ``others`` keeps them. Hidden
        ones always stay.
        """
        reply = self._http.fetch_sheet_metadata(self._key, {"fields": google_own_tabs.OWN})
        seen = {tab.title for tab in tabs if not tab.hidden}
        own = google_own_tabs.generated_tabs(reply)[0]
        areas = [a1_range(title) for title in own if seen and (title in seen or not others)]
        asked: dict[str, Any] = {"ranges": areas, "fields": google_own_tabs.HELD}
        held = self._http.spreadsheets_get(self._key, asked) if areas else {}
        kept, requests = google_own_tabs.generated_tab_requests(reply, held, tabs, others=others)
        if apply:
            try:
                self._send({"requests": requests})
            except LostReply as lost:
                raise lost.fault from lost
            self._seen = None
        return kept

    def texts_beside(self) -> Sequence[tuple[str, str]]:
        """Return ``(place, text)`` of texts outside the register's cells."""
        return list(self._beside().texts())

    def scrub(self, redact: Redact, rows: Collection[tuple[str, str]]) -> int:
        """Redact the texts outside the register's cells; return the number of requests needed."""
        seen = self._look_anew()
        own = {
            title: {
                number
                for row_id, number in seen.reading.book.table(tab).numbers.items()
                if (tab, row_id) in rows
            }
            for tab, title in seen.titles.items()
        }
        if requests := list(self._beside().requests(redact, own)):
            self._send({"requests": requests})
        return len(requests)

    def _beside(self) -> BesideTexts:
        found = self._about()
        register = named_tabs(list(found.grids))[0].values()
        others = [title for title in found.grids if title not in register]
        return BesideTexts(found.grids, self._values(others, ENTERED) if others else {})

    def may_edit(self) -> None:
        """Raise UsageError if the account may not edit the sheet; nothing is changed.

        It replaces a text that occurs nowhere with itself, which only an editor may do.
        """
        same = dict.fromkeys(("find", "replacement"), f"{self._key}-{id(self)}")
        self._send({"requests": [{"findReplace": {**same, "allSheets": True}}]})

    def greet(self) -> str:
        """Return the sheet's title, which shows that it exists and the account may read it."""
        return self._about().title

    def _look_for(self, tabs: Collection[str], *, noted: bool, added: int) -> Snapshot:
        self._seen = self._look_again(tabs, noted=noted, added=added)
        return self._seen

    def _look_anew(self) -> Snapshot:
        self._seen = self._look()
        return self._seen

    def _formats(self, seen: Snapshot) -> dict[str, CellFormats]:
        """Return the dropdowns and links of cells: one request, or none if the tabs are empty."""
        if not (areas := format_ranges(seen.reading)):
            return {}
        asked: dict[str, Any] = {"ranges": areas, "fields": FORMATS}
        return formats_in_reply(
            self._http.spreadsheets_get(self._key, asked), seen.reading, seen.grids
        )

    def _about(self) -> SpreadsheetAbout:
        reply = self._http.fetch_sheet_metadata(self._key, {"fields": ABOUT})
        found = read_about(reply)
        self._title = found.title
        return found

    def _look(self) -> Snapshot:
        for _ in range(_LOOKS):
            found = self._about()
            titles, _ = named_tabs(list(found.grids))
            try:
                sheets, digests = self._sheets(found, list(titles.values()))
            except EditedBetween:
                continue
            reading = reading_of(sheets, [*found.grids], found.title, self.address, self._knows)
            return Snapshot(found, titles, sheets, reading, digests)
        raise sheet_too_busy(self.name)

    def _look_again(self, tabs: Collection[str], *, noted: bool, added: int) -> Snapshot:
        """Return what was last read if these tabs are unchanged, or the sheet as it is now.

        With ``noted`` all tabs and their notes must be unchanged. The whole sheet is read where
        anything has moved, and where a range covers the place of the ``added`` rows: nothing
        located by its position may be outdated.
        """
        before = self._seen
        if before is None or before.is_covered((*tabs, "log"), added):
            return self._look()
        keys = before.titles if noted else sorted(tabs)
        if self._is_unchanged(before, [before.titles[key] for key in keys], noted=noted):
            return before
        return self._look()

    def _is_unchanged(self, before: Snapshot, titles: Sequence[str], *, noted: bool) -> bool:
        """Return True if these tabs are as they were when they were read.

        Where no formula may come to fill more cells, what was entered tells.
        """
        if noted and self._about() != before.about:
            return False
        if any(has_arrays(before.sheets[title]) for title in titles):
            try:
                sheets, _ = self._sheets(before.about, titles)
            except EditedBetween:
                return False
            return all(sheets[title] == before.sheets[title] for title in titles)
        entered = self._values(titles, ENTERED) if titles else {}
        return all(digest_of(entered[title]) == before.digests[title] for title in titles)

    def _sheets(
        self, found: SpreadsheetAbout, titles: Sequence[str]
    ) -> tuple[dict[str, StoreSheet], dict[str, bytes]]:
        """Return the content of tabs by title, and digests of it as entered.

        Raises EditedBetween.
        """
        if not titles:
            return {}, {}
        self._guard(found, titles)
        calculated = self._values(titles, CALCULATED)
        for title, rows in calculated.items():
            width = max(map(len, rows), default=0)
            if len(rows) > MOST_BOOK_ROWS + 1 or width > MOST_BOOK_COLUMNS:
                raise sheet_too_large(self.name, title, self.address)
            if len(rows) > found.grids[title].rows or width > found.grids[title].columns:
                raise EditedBetween
        entered = self._values(titles, ENTERED)
        sheets = {
            title: sheet_of(calculated[title], entered[title], found.grids[title])
            for title in titles
        }
        if arrays := [title for title, sheet in sheets.items() if may_spill(sheet)]:
            asked: dict[str, Any] = {"ranges": [a1_range(one) for one in arrays], "fields": SPILL}
            for one in self._http.spreadsheets_get(self._key, asked).get("sheets", ()):
                title = str(one["properties"]["title"])
                sheets[title] = with_spill(sheets[title], one)
        return sheets, {title: digest_of(rows) for title, rows in entered.items()}

    def _guard(self, found: SpreadsheetAbout, titles: Sequence[str]) -> None:
        """Raise BookUnreadable if a tab is too large, before its values are asked for.

        The grid itself may have any size: blank rows and columns at its end are in no reply.
        """
        beyond = {
            a1_range(title, area): title
            for title in titles
            for area in areas_beyond(found.grids[title], MOST_BOOK_ROWS + 1, MOST_BOOK_COLUMNS)
        }
        if not beyond:
            return
        reply = self._http.values_batch_get(self._key, list(beyond), dict(ENTERED))
        for title, one in zip(beyond.values(), reply.get("valueRanges", []), strict=True):
            if one.get("values"):
                raise sheet_too_large(self.name, title, self.address)

    def _cells(
        self, found: SpreadsheetAbout, titles: Sequence[str], area: str
    ) -> dict[str, StoreSheet]:
        """Return a part of the content of tabs, as texts and numbers."""
        values = self._values(titles, ENTERED, area) if titles else {}
        return {title: StoreSheet(rows) for title, rows in values.items()}

    def _values(
        self, titles: Sequence[str], how: Mapping[str, str], area: str = ""
    ) -> dict[str, list[list[Any]]]:
        ranges = [a1_range(title, area) for title in titles]
        reply = self._http.values_batch_get(self._key, ranges, dict(how))
        found = reply.get("valueRanges", [])
        return {
            title: list(one.get("values", ())) for title, one in zip(titles, found, strict=True)
        }

    def _send(self, body: Mapping[str, Any]) -> Mapping[str, Any]:
        return self._writer.send(body)
