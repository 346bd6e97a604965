"""The directory as a workbook to print or hand on: a summary, then a sheet for each region.

All cells are text, never formulas, numbers or links, except the figures of the summary. No
temporary files are used.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from register.lists.directory import Directory, ListedContact, ListedOrganisation, region_counts
from register.show.directory_cells import (
    ListColumn,
    list_cell,
    list_headers,
    person_cell,
    region_name,
)
from register.show.directory_lists import FIGURES, directory_notes, empty_regions, figure_headers
from register.words.sentences import Sentences

SHEET_COLUMNS: tuple[tuple[ListColumn, int], ...] = (
    (("organisations", "municipality"), 12),
    (("organisations", "name"), 22),
    (("organisations", "type"), 9),
    (("organisations", "area"), 10),
    (("organisations", "topics"), 14),
    (("organisations", "email"), 19),
    (("organisations", "phone"), 12),
    (("organisations", "url"), 14),
    (("people", "name"), 15),
    (("people", "role"), 14),
    (("people", "email"), 19),
    (("people", "phone"), 12),
)
"""The columns of a region's sheet, with their widths in characters. Together they fit on A4 in
letters of eight points."""

_KEYS = [key for key, _ in SHEET_COLUMNS]
_WIDTHS = [width for _, width in SHEET_COLUMNS]
_SITE = _KEYS.index(("organisations", "url"))
_SUMMARY_WIDTHS = (20, 13, 13, 13, 13, 13, 70)
_UNFIT = re.compile(r"[\[\]:*?/\\']")
_WORD = re.compile(r"(?<=-)| ")
"""Where a line may be broken."""

_NO_XML = re.compile("[\ufffe\uffff]")
"""Characters that ``clean_cell`` leaves but XML 1.0 does not allow."""

_LONGEST_TITLE = 31
_FONT = "Calibri"
_SIZE = 10
_HEIGHT = 13.5
"""The height of a line in points."""

_LINED = 5_000
"""With more organisations, rows get no lines: a blank cell with one costs as much as a full one."""

_A4 = 9
_INK, _GREY = "#14567A", "#51626C"
_PLAIN = {"font_name": _FONT, "font_size": _SIZE, "num_format": "@"}
_FIGURE = {**_PLAIN, "num_format": "# ##0", "align": "center", "valign": "top"}
_LINE = {"bottom": 7, "bottom_color": "#A9B8BE"}
_WRAP = {**_PLAIN, "text_wrap": True, "valign": "top"}
_HEAD = {
    **_PLAIN,
    "bold": True,
    "font_color": "#FFFFFF",
    "bg_color": _INK,
    "text_wrap": True,
    "valign": "vcenter",
}
_LOOKS: Mapping[str, Mapping[str, object]] = {
    "title": {**_PLAIN, "bold": True, "font_size": 16, "font_color": _INK},
    "note": {**_PLAIN, "font_color": _GREY},
    "part": {**_PLAIN, "bold": True, "font_size": 12, "font_color": _INK},
    "head": _HEAD,
    "centre": {**_HEAD, "align": "center"},
    "text": {**_WRAP, **_LINE},
    "figure": {**_FIGURE, **_LINE},
    "total": {**_FIGURE, "bold": True},
    "bold": {**_WRAP, "bold": True},
    "again": {**_WRAP, **_LINE, "font_color": "#8A979E"},
}
"""The formats of cells; ``again`` is for an organisation already named in the row above."""


def directory_workbook(directory: Directory, say: Sentences, title: str = "") -> bytes:
    """Return the workbook: text cells, frozen headers, landscape, as wide as a page."""
    book = _Book(directory, say)
    book.summary(title or say("Organisations by region"))
    for region in directory.regions:
        if region.home or region.active:
            name = region_name(region.code, say)
            book.listing(name, name, region.home, region.active)
    if directory.nationwide:
        heading = say("Active in the whole country")
        book.listing(say("Whole country"), heading, directory.nationwide)
    if directory.unplaced:
        heading = say("No municipality that is known")
        book.listing(say("Place not known"), heading, directory.unplaced)
    if directory.apart:
        book.people(say("No organisation"), say("People without an organisation"), directory.apart)
    return book.saved()


class _Book:
    def __init__(self, directory: Directory, say: Sentences) -> None:
        self.directory, self.say = directory, say
        self.out = BytesIO()
        self.book = Workbook(self.out, {"in_memory": True})
        self.looks = {name: self.book.add_format(dict(look)) for name, look in _LOOKS.items()}
        self.lined = len(directory.organisations) <= _LINED

    def saved(self) -> bytes:
        """Return the bytes of the workbook."""
        self.book.close()
        return self.out.getvalue()

    def summary(self, title: str) -> None:
        """Add the sheet with the figures of the regions, and the uncovered municipalities."""
        say = self.say
        sheet = self._sheet(say("Summary"), _SUMMARY_WIDTHS, head=4)
        figures = region_counts(self.directory)
        without = {
            name: (places, whole) for name, places, whole in empty_regions(self.directory, say)
        }
        sheet.line("title", [title])
        sheet.line("note", [self._of_day()])
        sheet.line("note", [""])
        heads = [*figure_headers(say), say("Municipalities without anybody")]
        sheet.row(["head", *["centre"] * len(FIGURES), "head"], heads)
        for code, row in figures.iterrows():
            name = region_name(str(code), say)
            places, whole = without.get(name, ((), False))
            told = say("The whole region: {places}", places=places) if whole else ", ".join(places)
            values: list[str | int] = [name, *(int(row[key]) for key in FIGURES), told]
            sheet.row(["text", *["figure"] * len(FIGURES), "text"], values)
        totals = figures.sum()
        summed = ("" if key == "active" else int(totals[key]) for key in FIGURES)
        sheet.row(["bold", *["total"] * len(FIGURES)], [say("In all"), *summed])
        sheet.line("note", [""])
        for note in directory_notes(self.directory, say):
            sheet.line("note", [note])

    def listing(
        self,
        name: str,
        title: str,
        home: Sequence[ListedOrganisation],
        active: Sequence[ListedOrganisation] = (),
    ) -> None:
        """Add a sheet of organisations with their contacts; ``active`` are a separate part."""
        say = self.say
        sheet = self._sheet(name, _WIDTHS, head=3)
        count = say("{count} organisations", count=len(home))
        sheet.line("title", [title])
        sheet.line("note", [f"{count} · {self._of_day()}"])
        sheet.row(["head"] * len(_KEYS), list_headers(_KEYS, say))
        rows = sum(self._organisation(sheet, one) for one in home)
        sheet.filtered(2, 2 + max(1, rows))
        if active:
            sheet.line("note", [""])
            sheet.line("part", [say("Active here from elsewhere")])
            for one in active:
                self._organisation(sheet, one)

    def people(self, name: str, title: str, some: Sequence[ListedContact]) -> None:
        """Add a sheet of people without an organisation."""
        keys = [("people", key) for key in ("municipality", "name", "role", "email", "phone")]
        sheet = self._sheet(name, (18, 30, 30, 40, 18), head=3)
        sheet.line("title", [title])
        sheet.line("note", [self._of_day()])
        sheet.row(["head"] * len(keys), list_headers(keys, self.say))
        for who in some:
            cells = [person_cell(who, key, self.say) for _, key in keys]
            sheet.row(["text"] * len(keys), cells)
        sheet.filtered(2, 2 + len(some))

    def _organisation(self, sheet: _Sheet, one: ListedOrganisation) -> int:
        look = "text"
        for contact in one.contacts or (None,):
            looks = [look if tab == "organisations" else "text" for tab, _ in _KEYS]
            cells = [list_cell(one, contact, key, self.say) for key in _KEYS]
            cells[_SITE] = cells[_SITE].removeprefix("https://")
            sheet.row(looks, cells)
            look = "again"
        return max(1, len(one.contacts))

    def _of_day(self) -> str:
        said = self.say("As the register was on {day}.", day=self.directory.day)
        if self.directory.public:
            said += " " + self.say("Only people who have agreed to be published are named.")
        return said

    def _sheet(self, name: str, widths: Sequence[int], head: int) -> _Sheet:
        made: Worksheet = self.book.add_worksheet(self._title(name))
        for number, width in enumerate(widths):
            made.set_column(number, number, width)
        made.freeze_panes(head, 0)
        made.repeat_rows(head - 1)
        made.hide_gridlines(2)
        made.set_landscape()
        made.set_paper(_A4)
        made.fit_to_pages(1, 0)
        made.set_margins(left=0.3, right=0.3, top=0.4, bottom=0.6)
        made.set_footer("&L&A&R&P / &N", {"margin": 0.3})
        return _Sheet(made, widths, self.looks, lined=self.lined)

    def _title(self, name: str) -> str:
        bare = _UNFIT.sub(" ", name)[:_LONGEST_TITLE].strip() or "-"
        taken = {sheet.get_name().casefold() for sheet in self.book.worksheets()}
        title, number = bare, 2
        while title.casefold() in taken:
            title, number = f"{bare[: _LONGEST_TITLE - 4]} ({number})", number + 1
        return title


class _Sheet:
    """A sheet that is written row by row, each as high as its longest cell needs."""

    def __init__(
        self, made: Worksheet, widths: Sequence[int], looks: Mapping[str, Format], *, lined: bool
    ) -> None:
        self.made, self.widths, self.looks, self.lined = made, widths, looks, lined
        self.at = 0

    def line(self, look: str, values: Sequence[str]) -> None:
        """Write a line that may overflow into the next cells."""
        self.made.set_row(self.at, 24 if look == "title" else 18)
        self._write([look], values)

    def row(self, looks: Sequence[str], values: Sequence[str | int]) -> None:
        """Write a row of the table."""
        lines = max(_lines(v, w) for v, w in zip(values, self.widths, strict=False))
        self.made.set_row(self.at, lines * _HEIGHT + 3)
        self._write(looks, values)

    def filtered(self, first: int, last: int) -> None:
        """Add a filter to these rows; the first one has the headers."""
        self.made.autofilter(first, 0, last, len(self.widths) - 1)

    def _write(self, looks: Sequence[str], values: Sequence[str | int]) -> None:
        for column, (look, value) in enumerate(zip(looks, values, strict=False)):
            if isinstance(value, int):
                self.made.write_number(self.at, column, value, self.looks[look])
            elif value:
                safe = _NO_XML.sub("\ufffd", value)
                self.made.write_string(self.at, column, safe, self.looks[look])
            elif self.lined:
                self.made.write_blank(self.at, column, None, self.looks[look])
        self.at += 1


def _lines(value: str | int, width: int) -> int:
    """Return the number of lines that a cell of this width needs."""
    text = str(value)
    if len(text) <= width:
        return 1
    lines, left = 1, width
    for word in _WORD.split(text):
        if len(word) > left and left < width:
            lines, left = lines + 1, width
        while len(word) > width:
            lines, word = lines + 1, word[width:]
        left -= len(word) + 1
    return lines
