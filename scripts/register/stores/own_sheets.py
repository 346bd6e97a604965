"""Puts the tool's own tabs into a workbook; a hidden name with its title marks each of them."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from openpyxl import load_workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from register.book.errors import SafetyStop
from register.ports import GeneratedTab, TabsWritten
from register.stores import looks
from register.stores.dress import put_value
from register.stores.losses import losses
from register.stores.own_tabs import HEAD, free_titles
from register.stores.package import Package

_MARK = "verkosto_list"
"""The sheet's own name that says that the tab is the tool's."""

_TOP = Alignment(wrap_text=True, vertical="top")
_HEAD = PatternFill("solid", fgColor=looks.INK)
_HEADING = Font(bold=True, size=16, color=looks.INK)
_HEADER = Font(bold=True, color=looks.PAPER)


def rebuild_sheets(
    package: Package, name: str, tabs: Sequence[GeneratedTab]
) -> tuple[TabsWritten, bytes]:
    """Return what tabs a workbook then has, and its bytes with them.

    Raises SafetyStop where saving would lose something that people made; it names what.
    """
    if lost := losses(package):
        raise SafetyStop(
            "Adding to {file} would lose parts of it that people made. Nothing was done.",
            remedy="Take those parts into another workbook, or use --report-dir instead.",
            faults=lost,
            file=name,
        )
    workbook = load_workbook(BytesIO(package.data), rich_text=True)
    own = [sheet.title for sheet in workbook.worksheets if _is_own(sheet)]
    wanted = free_titles(tabs, (title for title in workbook.sheetnames if title not in own))
    for title in own:
        del workbook[title]
    for title, tab in wanted.items():
        _fill(workbook.create_sheet(title), tab)
    buffer = BytesIO()
    workbook.save(buffer)
    removed = tuple(title for title in own if title not in wanted)
    return TabsWritten(tuple(wanted), removed), buffer.getvalue()


def _is_own(sheet: Worksheet) -> bool:
    mark = sheet.defined_names.get(_MARK)
    return mark is not None and mark.value == _said(sheet.title)


def _said(title: str) -> str:
    doubled = title.replace('"', '""')
    return f'"{doubled}"'


def _fill(sheet: Worksheet, tab: GeneratedTab) -> None:
    sheet.defined_names[_MARK] = DefinedName(_MARK, attr_text=_said(sheet.title), hidden=True)
    sheet.sheet_properties.tabColor = looks.GREY
    for number, row in enumerate(tab.rows, start=1):
        for column, text in enumerate(row, start=1):
            if not text:
                continue
            cell = sheet.cell(number, column)
            put_value(cell, text)
            if number >= HEAD:
                cell.alignment = _TOP
            if number == HEAD:
                cell.font, cell.fill = _HEADER, _HEAD
    sheet.cell(1, 1).font = _HEADING
    for column, width in enumerate(tab.widths, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = f"A{HEAD + 1}"
    sheet.print_title_rows = f"{HEAD}:{HEAD}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
