"""The regional lists as a workbook to print or to hand on: a summary, then a sheet a region.

Every cell is text, never a formula: openpyxl would take ``=…`` for one and ``#N/A`` for an error.
Only the summary's figures are numbers.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from copy import copy
from io import BytesIO
from typing import Any, cast

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from register.lists.directory import Directory, Organisation, counts
from register.report.directory_cells import Key, cell, headers, region_name
from register.report.directory_summary import FIGURES, figure_headers, gaps, notes
from register.report.sentences import Sentences

COLUMNS: tuple[tuple[Key, int], ...] = (
    (("organisations", "municipality"), 16),
    (("organisations", "name"), 34),
    (("organisations", "type"), 14),
    (("organisations", "area"), 16),
    (("organisations", "topics"), 26),
    (("organisations", "email"), 30),
    (("organisations", "phone"), 15),
    (("organisations", "url"), 26),
    (("people", "name"), 20),
    (("people", "role"), 21),
    (("people", "email"), 30),
    (("people", "phone"), 15),
)
"""The columns of a region's sheet, and how wide they are (characters)."""

_KEYS = [key for key, _ in COLUMNS]
_SITE = _KEYS.index(("organisations", "url"))
_SUMMARY_WIDTHS = (24, 15, 15, 15, 15, 15, 90)
_UNFIT = re.compile(r"[\[\]:*?/\\']")
_LONGEST_TITLE = 31
_FONT = "Calibri"
_SIZE = 10
_HEIGHT = 14
"""The height of a line (points)."""

_LINED = 5_000
"""How many organisations have a line under each row: a blank cell costs as much as a full one."""

_TOP = Alignment(wrap_text=True, vertical="top")
_LINE = Border(bottom=Side(style="hair", color="A9B8BE"))
_LOOKS: Mapping[str, Mapping[str, object]] = {
    "title": {"font": Font(name=_FONT, bold=True, size=16, color="14567A")},
    "note": {"font": Font(name=_FONT, size=_SIZE, color="51626C")},
    "part": {"font": Font(name=_FONT, bold=True, size=12, color="14567A")},
    "head": {
        "font": Font(name=_FONT, bold=True, size=_SIZE, color="FFFFFF"),
        "fill": PatternFill("solid", fgColor="14567A"),
        "alignment": Alignment(wrap_text=True, vertical="center"),
    },
    "centre": {
        "font": Font(name=_FONT, bold=True, size=_SIZE, color="FFFFFF"),
        "fill": PatternFill("solid", fgColor="14567A"),
        "alignment": Alignment(horizontal="center", wrap_text=True, vertical="center"),
    },
    "text": {"alignment": _TOP, "border": _LINE, "font": Font(name=_FONT, size=_SIZE)},
    "figure": {
        "alignment": Alignment(horizontal="center", vertical="top"),
        "border": _LINE,
        "font": Font(name=_FONT, size=_SIZE),
    },
    "total": {
        "alignment": Alignment(horizontal="center", vertical="top"),
        "font": Font(name=_FONT, size=_SIZE, bold=True),
    },
    "bold": {"alignment": _TOP, "font": Font(name=_FONT, size=_SIZE, bold=True)},
    "again": {
        "alignment": _TOP,
        "border": _LINE,
        "font": Font(name=_FONT, size=_SIZE, color="8A979E"),
    },
}
"""How cells look; ``again`` is an organisation that was named in the row above."""


def as_xlsx(directory: Directory, say: Sentences, title: str = "") -> bytes:
    """Return the workbook's bytes: text cells, frozen headers, landscape, as wide as a page."""
    book = _Book(directory, say)
    book.summary(title or say("Organisations by region"))
    for region in directory.regions:
        if region.home or region.active:
            title = region_name(region.code, say)
            book.listing(title, title, region.home, region.active)
    if directory.nationwide:
        title = say("Active in the whole country")
        book.listing(say("Whole country"), title, directory.nationwide)
    if directory.unplaced:
        title = say("No municipality that is known")
        book.listing(say("Place not known"), title, directory.unplaced)
    return book.saved()


class _Book:
    def __init__(self, directory: Directory, say: Sentences) -> None:
        self.directory, self.say = directory, say
        self.book = Workbook(write_only=True)
        self.titles: set[str] = set()
        self.lined = len(directory.organisations) <= _LINED
        self.rows: dict[str, int] = {}
        self.widths: dict[str, Sequence[int]] = {}
        self.looks: dict[str, StyleArray] = {}

    def saved(self) -> bytes:
        """Return the workbook's bytes."""
        out = BytesIO()
        self.book.save(out)
        return out.getvalue()

    def summary(self, title: str) -> None:
        """Add the sheet of the regions' figures, with the municipalities without anybody."""
        say = self.say
        sheet = self._sheet(say("Summary"), _SUMMARY_WIDTHS, head=4)
        figures = counts(self.directory)
        without = {name: (places, whole) for name, places, whole in gaps(self.directory, say)}
        self._append(sheet, "title", [title])
        self._append(sheet, "note", [self._of_day()])
        self._append(sheet, "note", [""])
        heads = [*figure_headers(say), say("Municipalities without anybody")]
        self._append(sheet, ["head", *["centre"] * len(FIGURES), "head"], heads)
        for code, row in figures.iterrows():
            name = region_name(str(code), say)
            places, whole = without.get(name, ((), False))
            told = say("The whole region: {places}", places=places) if whole else ", ".join(places)
            values: list[str | int] = [name, *(int(row[key]) for key in FIGURES), told]
            self._append(sheet, ["text", *["figure"] * len(FIGURES), "text"], values)
        totals = figures.sum()
        summed = ("" if key == "active" else int(totals[key]) for key in FIGURES)
        self._append(sheet, ["bold", *["total"] * len(FIGURES)], [say("In all"), *summed])
        self._append(sheet, "note", [""])
        for note in notes(self.directory, say):
            self._append(sheet, "note", [note])

    def listing(
        self,
        name: str,
        title: str,
        home: Sequence[Organisation],
        active: Sequence[Organisation] = (),
    ) -> None:
        """Add a sheet of organisations with their contacts; ``active`` follow apart."""
        say = self.say
        sheet = self._sheet(name, [width for _, width in COLUMNS], head=3)
        self._append(sheet, "title", [title])
        count = say("{count} organisations", count=len(home))
        self._append(sheet, "note", [f"{count} · {self._of_day()}"])
        self._append(sheet, "head", headers(_KEYS, say))
        rows = sum(self._organisation(sheet, one) for one in home)
        last = get_column_letter(len(COLUMNS))
        sheet.auto_filter.ref = f"A3:{last}{3 + max(1, rows)}"
        if active:
            self._append(sheet, "note", [""])
            self._append(sheet, "part", [say("Active here from elsewhere")])
            for one in active:
                self._organisation(sheet, one)

    def _organisation(self, sheet: Worksheet, one: Organisation) -> int:
        look = "text"
        for contact in one.contacts or (None,):
            looks = [look if tab == "organisations" else "text" for tab, _ in _KEYS]
            cells = [cell(one, contact, key, self.say) for key in _KEYS]
            cells[_SITE] = cells[_SITE].removeprefix("https://")
            self._append(sheet, looks, cells)
            look = "again"
        return max(1, len(one.contacts))

    def _of_day(self) -> str:
        said = self.say("As the register was on {day}.", day=self.directory.day)
        if self.directory.public:
            said += " " + self.say("Only people who have agreed to be published are named.")
        return said

    def _sheet(self, name: str, widths: Sequence[int], head: int) -> Worksheet:
        """Make a sheet; what is above its rows must be set before the first is written."""
        sheet = cast(Worksheet, self.book.create_sheet(self._title(name)))
        self.widths[sheet.title] = widths
        for number, width in enumerate(widths, start=1):
            sheet.column_dimensions[get_column_letter(number)].width = width
        sheet.freeze_panes = f"A{head + 1}"
        sheet.print_title_rows = f"{head}:{head}"
        sheet.sheet_view.showGridLines = False
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.paperSize = Worksheet.PAPERSIZE_A4
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        sheet.page_margins = PageMargins(
            left=0.4, right=0.4, top=0.5, bottom=0.7, header=0.3, footer=0.3
        )
        footer = HeaderFooterItem()
        footer.left.text, footer.right.text = "&A", "&P / &N"
        sheet.HeaderFooter.oddFooter = footer
        return sheet

    def _title(self, name: str) -> str:
        bare = _UNFIT.sub(" ", name)[:_LONGEST_TITLE].strip() or "-"
        title, number = bare, 2
        while title.casefold() in self.titles:
            title, number = f"{bare[: _LONGEST_TITLE - 4]} ({number})", number + 1
        self.titles.add(title.casefold())
        return title

    def _append(
        self, sheet: Worksheet, look: str | Sequence[str], values: Sequence[str | int]
    ) -> None:
        """Write a row, as high as its longest cell needs."""
        row = self.rows[sheet.title] = self.rows.get(sheet.title, 0) + 1
        if look in ("title", "note", "part"):
            sheet.row_dimensions[row].height = 24 if look == "title" else 18
        else:
            widths = self.widths[sheet.title]
            lines = max(_lines(v, w) for v, w in zip(values, widths, strict=False))
            sheet.row_dimensions[row].height = lines * _HEIGHT + 2
        looks = [look] * len(values) if isinstance(look, str) else look
        sheet.append(
            [
                self._cell(sheet, one, value) if value != "" or self.lined else None
                for one, value in zip(looks, values, strict=False)
            ]
        )

    def _cell(self, sheet: Worksheet, look: str, value: str | int) -> Any:  # noqa: ANN401 (its stubs know no _style)
        made: Any = WriteOnlyCell(sheet, value)
        if isinstance(value, str):
            made.data_type = "s"
            look = f"{look} @"
        if look not in self.looks:
            for name, part in _LOOKS[look.removesuffix(" @")].items():
                setattr(made, name, part)
            if look.endswith("@"):
                made.number_format = "@"
            self.looks[look] = copy(made._style)
        made._style = self.looks[look]
        return made


def _lines(value: str | int, width: int) -> int:
    """Return how many lines a cell of this width needs; words are broken before the edge."""
    text = str(value)
    if len(text) <= width:
        return 1
    lines, left = 1, width
    for word in text.split(" "):
        if len(word) > left and left < width:
            lines, left = lines + 1, width
        while len(word) > width:
            lines, word = lines + 1, word[width:]
        left -= len(word) + 1
    return lines
