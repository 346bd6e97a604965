"""How a tab of the workbook looks: headers, dropdowns, grey tool columns, colours, widths."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time

from openpyxl.cell import Cell, MergedCell
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from register.book.schema import Column, Language, Tab, schema

LAST_ROW = 1_048_576
WRAPPED = 60
"""A column at least so wide (in characters) wraps its text."""

LINE = 15.0
"""The height of one line of a row, in points."""

_INK, _PAPER, _GREY, _FAINT = "FF1F3A5F", "FFFFFFFF", "FFEFEFEF", "FF8A8A8A"
_RED, _AMBER, _GREEN, _BLUE = "FFFBDCD8", "FFFFF1CC", "FFDFF2E1", "FFDDEBF7"
_FORMATS = {
    "date": "d\\.m\\.yyyy",
    "timestamp": "d\\.m\\.yyyy\\ h:mm",
    "time": "h:mm",
    "integer": "0",
}
_TEXT = "@"

_ROWS: dict[str, tuple[str, dict[str, str]]] = {
    "organisations": ("status", {"error": _RED, "check": _AMBER, "merged": "", "archived": ""}),
    "people": ("status", {"error": _RED, "check": _AMBER, "merged": "", "archived": ""}),
    "cooperation": ("state", {"done": "", "lapsed": ""}),
    "meetings": ("state", {"cancelled": ""}),
}
"""Tabs whose whole rows are coloured, by which column; '' greys the text."""

_CELLS: dict[tuple[str, str], dict[str, str]] = {
    ("organisations", "status"): {"ok": _GREEN},
    ("people", "status"): {"ok": _GREEN},
    ("networks", "member"): {"yes": _GREEN, "applied": _AMBER},
    ("meetings", "state"): {"released": _AMBER, "sent": _GREEN, "held": _BLUE},
    ("review", "severity"): {"error": _RED, "warning": _AMBER, "info": _BLUE},
    ("invitations", "send_state"): {
        "waiting": _AMBER,
        "sending": _AMBER,
        "sent": _GREEN,
        "rehearsed": _BLUE,
        "failed": _RED,
        "unknown": _RED,
        "bounced": _RED,
        "blocked": _GREY,
    },
    ("invitations", "rsvp"): {"coming": _GREEN, "maybe": _AMBER, "not_coming": _GREY},
}
_READ = ("review", "invitations")
"""Tabs whose tool columns are what people come to read."""

_DONE = {"review": "done", "log": "undone"}
"""Tabs whose rows turn grey once this column holds something."""


def add_column(sheet: Worksheet, tab: Tab, column: Column, number: int, language: Language) -> None:
    """Write a column's header and dress the column: width, format, grey, dropdown."""
    letter = get_column_letter(number)
    header = sheet.cell(1, number)
    put(header, column.headers[language])
    header.font = _font(bold=True, color=_PAPER if not column.tool else _INK)
    header.fill = _fill(_INK if not column.tool else "FFD5D9DF")
    header.alignment = Alignment(vertical="center", wrap_text=True)
    header.border = Border(bottom=Side(style="thin", color=_INK))
    dimension = sheet.column_dimensions[letter]
    dimension.width = 10 if column.type == "id" and tab.key != "review" else column.width
    dimension.number_format = _FORMATS.get(column.type, _TEXT)
    dimension.alignment = Alignment(vertical="top", wrap_text=column.width >= WRAPPED)
    if column.tool:
        dimension.fill = _fill(_GREY)
        dimension.font = _font(color="FF5A5A5A" if tab.key not in _READ else "FF000000")
    if validation := _dropdown(column, language):
        sheet.add_data_validation(validation)
        validation.add(f"{letter}2:{letter}{LAST_ROW}")


def dress_tab(sheet: Worksheet, tab: Tab, language: Language) -> None:
    """Freeze and filter the header, colour the rows, and make the tab fit a page's width."""
    last = get_column_letter(len(tab.columns))
    sheet.freeze_panes = "C2" if tab.letter else "A2"
    sheet.auto_filter.ref = f"A1:{last}{LAST_ROW}"
    sheet.row_dimensions[1].height = 24
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"
    if tab.key in _ROWS:
        key, colours = _ROWS[tab.key]
        _colour(sheet, tab, key, colours, f"A2:{last}{LAST_ROW}", language)
    for (where, key), colours in _CELLS.items():
        if where == tab.key:
            letter = _letter(tab, key)
            _colour(sheet, tab, key, colours, f"{letter}2:{letter}{LAST_ROW}", language)
    if tab.key in _DONE:
        filled = f'${_letter(tab, _DONE[tab.key])}2<>""'
        _rule(sheet, f"A2:{last}{LAST_ROW}", filled, font=Font(color=_FAINT))
    if tab.key == "review":
        sheet.sheet_properties.tabColor = "C0504D"


def wrapped_lines(tab: str, key: str, text: str) -> int:
    """Return how many lines a text takes in its column."""
    columns = schema().tab(tab).by_key
    wraps = key in columns and columns[key].width >= WRAPPED
    return _lines(text, columns[key].width) if wraps else 1


def write_guide(sheet: Worksheet, rows: Sequence[Sequence[str]]) -> None:
    """Write the guide: ``["# Heading"]``, ``["a paragraph"]`` or ``["what", "how"]``."""
    sheet.sheet_view.showGridLines = False
    sheet.column_dimensions["A"].width = 30
    sheet.column_dimensions["B"].width = 95
    for number, row in enumerate(rows, start=1):
        text = row[0] if row else ""
        heading = text.startswith("#")
        for column, cell_text in enumerate(row, start=1):
            cell = sheet.cell(number, column)
            put(cell, cell_text.lstrip("# ") if heading else cell_text)
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            if heading:
                size = 18 if number == 1 else 13
                cell.font = _font(bold=True, size=size, color=_INK)
                cell.alignment = Alignment(vertical="bottom")
            elif column == 1 and len(row) > 1:
                cell.font = _font(bold=True)
        if heading:
            sheet.row_dimensions[number].height = 34 if number == 1 else 28
        elif len(row) == 1 and text:
            sheet.merge_cells(start_row=number, end_row=number, start_column=1, end_column=2)
            sheet.row_dimensions[number].height = LINE * _lines(text, 120)
        elif len(row) > 1:
            sheet.row_dimensions[number].height = LINE * max(_lines(row[1], 92), _lines(text, 28))
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def put(cell: Cell | MergedCell, value: str | int | date | datetime | time) -> None:
    """Write a value; a text stays one, whatever it begins with."""
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"
        cell.number_format = _TEXT


def _dropdown(column: Column, language: Language) -> DataValidation | None:
    """Return a dropdown's validation. Only a closed list refuses what is not in it."""
    if column.tool:
        return None
    closed = bool(column.enum) and not column.block and not column.several
    if column.enum and not column.several:
        labels = [label[language] for label in schema().enum(column.enum).labels.values()]
        source = '"' + ",".join(labels) + '"'
    elif column.block:
        source = _choices_range(column.block, language)
    elif column.type == "municipality":
        source = _choices_range("municipalities", language)
    else:
        return None
    if len(source) > 257:
        raise ValueError(f"the dropdown of {column.key} is longer than a workbook allows")
    return DataValidation(
        type="list", formula1=source, allow_blank=True, showErrorMessage=closed, errorStyle="stop"
    )


def _choices_range(block: str, language: Language) -> str:
    tab = schema().tab("choices")
    letter = _letter(tab, block)
    return f"{quote_sheetname(tab.titles[language])}!${letter}$2:${letter}$1000"


def _colour(
    sheet: Worksheet, tab: Tab, key: str, colours: dict[str, str], area: str, language: Language
) -> None:
    enum = schema().enum(tab.column(key).enum)
    letter = _letter(tab, key)
    for value, colour in colours.items():
        formula = f'${letter}2="{enum.label(value, language)}"'
        if colour:
            _rule(sheet, area, formula, fill=_fill(colour))
        else:
            _rule(sheet, area, formula, font=Font(color=_FAINT, italic=True))


def _rule(
    sheet: Worksheet,
    area: str,
    formula: str,
    *,
    font: Font | None = None,
    fill: PatternFill | None = None,
) -> None:
    looks = DifferentialStyle(font=font, fill=fill)
    sheet.conditional_formatting.add(area, Rule(type="expression", formula=[formula], dxf=looks))


def _letter(tab: Tab, key: str) -> str:
    return get_column_letter([column.key for column in tab.columns].index(key) + 1)


def _font(*, color: str | None = None, bold: bool = False, size: int = 11) -> Font:
    """Return a font like the sheet's own, but for these looks."""
    return Font(name="Calibri", size=size, bold=bold, color=color)


def _fill(colour: str) -> PatternFill:
    return PatternFill("solid", start_color=colour, end_color=colour)


def _lines(text: str, width: int) -> int:
    return sum(max(1, -(-len(line) // width)) for line in text.splitlines()) or 1
