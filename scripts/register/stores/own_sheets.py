"""Puts the generated tabs into a workbook; each is marked by a hidden name with its title.

A second hidden name holds the list's area. An existing tab is rewritten in place, row by row:
notes, and what people wrote beside and below the list, stay.
"""

from collections.abc import Sequence
from io import BytesIO

from openpyxl import load_workbook
from openpyxl.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter, quote_sheetname, range_boundaries
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from register.book.errors import SafetyStop
from register.packing import workbook_bytes
from register.ports.store import GeneratedTab, TabsWritten
from register.stores import looks
from register.stores.dress import put_value
from register.stores.losses import openpyxl_losses
from register.stores.own_tabs import HEAD, free_titles, kept_notes, row_steps
from register.stores.package import Package

_MARK = "verkosto_list"
"""The sheet-level name that marks the tab as generated."""
AREA = "verkosto_list_area"
"""The sheet-level name of the list's cells; programs adjust it when rows are inserted."""

_TOP = Alignment(wrap_text=True, vertical="top")
_HEAD = PatternFill("solid", fgColor=looks.INK)
_HEADING = Font(bold=True, size=16, color=looks.INK)
_HEADER = Font(bold=True, color=looks.PAPER)


def rebuild_sheets(
    package: Package, name: str, tabs: Sequence[GeneratedTab], *, others: bool = False
) -> tuple[TabsWritten, bytes]:
    """Return which generated tabs a workbook then has, and its bytes with them.

    With ``others`` the generated tabs that are not among ``tabs`` stay; hidden ones always do.

    Raises SafetyStop, naming the parts, if saving would lose something that people made.
    """
    if lost := openpyxl_losses(package):
        raise SafetyStop(
            "Adding to {file} would lose parts of it that people made. Nothing was done.",
            remedy="Take those parts into another workbook, or use --report-dir instead.",
            faults=lost,
            file=name,
        )
    workbook = load_workbook(BytesIO(package.data), rich_text=True)
    own = [sheet.title for sheet in workbook.worksheets if _is_own(sheet)]
    wanted = free_titles(tabs, (title for title in workbook.sheetnames if title not in own))
    kept = {sheet.title for sheet in workbook.worksheets if sheet.sheet_state != "visible"}
    removed = tuple(
        title for title in own if title not in wanted and not others and title not in kept
    )
    for title in removed:
        del workbook[title]
    for title, tab in wanted.items():
        if title in own:
            _refill(workbook[title], tab)
        else:
            _fill(workbook.create_sheet(title), tab)
    return TabsWritten(tuple(wanted), removed), workbook_bytes(workbook)


def _is_own(sheet: Worksheet) -> bool:
    mark = sheet.defined_names.get(_MARK)
    return mark is not None and mark.value == _said(sheet.title)


def _said(title: str) -> str:
    doubled = title.replace('"', '""')
    return f'"{doubled}"'


def _fill(sheet: Worksheet, tab: GeneratedTab) -> None:
    sheet.defined_names[_MARK] = DefinedName(_MARK, attr_text=_said(sheet.title), hidden=True)
    sheet.sheet_properties.tabColor = looks.GREY
    if tab.hidden:
        sheet.sheet_state = "hidden"
    _write(sheet, tab)
    for column in range(1, len(tab.widths) + 1):
        sheet.cell(HEAD, column).font, sheet.cell(HEAD, column).fill = _HEADER, _HEAD
    sheet.cell(1, 1).font = _HEADING
    for column, width in enumerate(tab.widths, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = f"A{HEAD + 1}"
    sheet.print_title_rows = f"{HEAD}:{HEAD}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _write(sheet: Worksheet, tab: GeneratedTab) -> None:
    """Write a list's texts and mark its area; the look stays, except that cells wrap their text."""
    for number, row in enumerate(tab.rows, start=1):
        for column in range(1, len(tab.widths) + 1):
            text = row[column - 1] if column <= len(row) else ""
            cell = sheet.cell(number, column)
            put_value(cell, text)
            if text and number >= HEAD:
                cell.alignment = _TOP
    last = f"${get_column_letter(len(tab.widths))}${len(tab.rows)}"
    area = f"{quote_sheetname(sheet.title)}!$A$1:{last}"
    sheet.defined_names[AREA] = DefinedName(AREA, attr_text=area, hidden=True)


def _refill(sheet: Worksheet, tab: GeneratedTab) -> None:
    """Replace a tab's list; what people wrote beside and below it stays."""
    wide, high = _held(sheet, len(tab.widths))
    for merged in list(sheet.merged_cells.ranges):
        if merged.min_row <= high and merged.min_col <= wide:
            sheet.unmerge_cells(merged.coord)
    before = [
        [str(cell.value or "") for cell in row]
        for row in sheet.iter_rows(min_row=1, max_row=high, max_col=wide)
    ]
    if len(tab.widths) > wide:
        sheet.insert_cols(wide + 1, len(tab.widths) - wide)
    elif len(tab.widths) < wide:
        sheet.delete_cols(len(tab.widths) + 1, wide - len(tab.widths))
    lost: list[tuple[str, str]] = []
    for step in reversed(row_steps(before, tab)):
        for number in range(step.start, step.end):
            about = " · ".join(text for text in before[number] if text)[:60]
            lost += [(about, text) for text in _noted(sheet, number + 1, len(tab.widths))]
        if step.end > step.start:
            sheet.delete_rows(step.start + 1, step.end - step.start)
        if step.new_end > step.new_start:
            sheet.insert_rows(step.start + 1, step.new_end - step.new_start)
    _write(sheet, tab)
    if lost:
        heading = sheet.cell(1, 1)
        there = heading.comment.text if heading.comment else ""
        heading.comment = Comment(kept_notes(there, lost), "Verkosto")


def _held(sheet: Worksheet, width: int) -> tuple[int, int]:
    """Return the width and height of the list: by its name, else by the sheet's content."""
    area = sheet.defined_names.get(AREA)
    try:
        _, _, wide, high = range_boundaries(area.value.rpartition("!")[2]) if area else (0, 0, 0, 0)
    except ValueError:
        wide = high = 0
    return wide or width, max(HEAD, high or sheet.max_row)


def _noted(sheet: Worksheet, number: int, width: int) -> list[str]:
    """Return people's notes on a row, and their texts beside the list."""
    found: list[str] = []
    for cell in sheet[number]:
        if isinstance(cell, MergedCell):
            continue
        if cell.comment:
            found.append(cell.comment.text)
        if cell.column > width and cell.value is not None:
            found.append(str(cell.value))
    return found
