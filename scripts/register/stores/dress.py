"""The look of a workbook's tabs: headers, dropdowns, grey tool columns, colours, widths."""

from collections.abc import Sequence
from datetime import date, datetime, time

from openpyxl.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from register.book.schema import Column, Language, Tab
from register.stores import looks

_LAST_ROW = 1_048_576

_FORMATS = {
    "date": "d\\.m\\.yyyy",
    "timestamp": "d\\.m\\.yyyy\\ h:mm",
    "time": "h:mm",
    "integer": "0",
}
_TEXT = "@"


def add_column(
    sheet: Worksheet, tab: Tab, column: Column, number: int, language: Language, note: str
) -> None:
    """Write a column's header and note; set its width, number format, grey fill and dropdown."""
    letter = get_column_letter(number)
    header = sheet.cell(1, number)
    put_value(header, column.headers[language])
    if note:
        lines = 1 + looks.lines_of_text(note, 36)
        header.comment = Comment(note, "Verkosto", width=260, height=18 * lines)
    header.font = _font(bold=True, color=looks.INK if column.tool else looks.PAPER)
    header.fill = _fill(looks.HEADER_GREY if column.tool else looks.INK)
    header.alignment = Alignment(vertical="center", wrap_text=True)
    header.border = Border(bottom=Side(style="thin", color=looks.INK))
    dimension = sheet.column_dimensions[letter]
    dimension.width = 10 if column.type == "id" else column.width
    dimension.number_format = _FORMATS.get(column.type, _TEXT)
    dimension.alignment = Alignment(vertical="top", wrap_text=looks.wraps_text(tab, column))
    if column.tool:
        dimension.fill = _fill(looks.GREY)
        dimension.font = _font(color=looks.tool_ink(tab, column), line=looks.is_link(tab, column))
    if validation := _dropdown(column, language):
        sheet.add_data_validation(validation)
        validation.add(f"{letter}2:{letter}{_LAST_ROW}")


def dress_tab(sheet: Worksheet, tab: Tab, language: Language) -> None:
    """Freeze and filter the header, add colour rules, and fit the printed tab to the page width."""
    last = get_column_letter(len(tab.columns))
    sheet.freeze_panes = "C2" if tab.letter else "A2"
    sheet.auto_filter.ref = f"A1:{last}{_LAST_ROW}"
    sheet.row_dimensions[1].height = 24
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"
    for look in looks.highlights(tab, language):
        letter = looks.letter_of(tab, look.column) if look.column else ""
        area = f"{letter}2:{letter}{_LAST_ROW}" if letter else f"A2:{last}{_LAST_ROW}"
        font = Font(color=look.ink, italic=look.italic or None) if look.ink else None
        style = DifferentialStyle(font=font, fill=_fill(look.fill) if look.fill else None)
        rule = Rule(type="expression", formula=[look.formula], dxf=style)
        sheet.conditional_formatting.add(area, rule)
    if tab.key == "review":
        sheet.sheet_properties.tabColor = looks.REVIEW_TAB


def fold_columns(sheet: Worksheet, tab: Tab, keys: Sequence[str]) -> None:
    """Collapse the seldom-used columns of a wide tab; ``keys`` are the columns in sheet order."""
    for start, end in looks.folded_runs(tab, keys):
        for number in range(start + 1, end + 1):
            dimension = sheet.column_dimensions[get_column_letter(number)]
            dimension.outlineLevel, dimension.hidden = 1, True
        sheet.column_dimensions[get_column_letter(end + 1)].collapsed = True
    if looks.folded_runs(tab, keys):
        sheet.sheet_format.outlineLevelCol = 1


def write_guide(sheet: Worksheet, rows: Sequence[Sequence[str]]) -> None:
    """Write the guide: ``["# Heading"]``, ``["a paragraph"]`` or ``["what", "how"]``."""
    sheet.sheet_view.showGridLines = False
    sheet.column_dimensions["A"].width = 30
    sheet.column_dimensions["B"].width = 95
    write_guide_rows(sheet, rows)
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def write_guide_rows(sheet: Worksheet, rows: Sequence[Sequence[str]]) -> None:
    """Write rows of the guide below the existing ones."""
    first = sheet.max_row + 1 if sheet.cell(1, 1).value else 1
    for number, row in enumerate(rows, start=first):
        text = row[0] if row else ""
        heading = text.startswith("#")
        for column, cell_text in enumerate(row, start=1):
            cell = sheet.cell(number, column)
            put_value(cell, cell_text.lstrip("# ") if heading else cell_text)
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            if heading:
                size = 18 if number == 1 else 13
                cell.font = _font(bold=True, size=size, color=looks.INK)
                cell.alignment = Alignment(vertical="bottom")
            elif column == 1 and len(row) > 1:
                cell.font = _font(bold=True)
        if heading:
            sheet.row_dimensions[number].height = 34 if number == 1 else 28
        elif len(row) == 1 and text:
            sheet.merge_cells(start_row=number, end_row=number, start_column=1, end_column=2)
            sheet.row_dimensions[number].height = looks.LINE * looks.lines_of_text(text, 120)
        elif len(row) > 1:
            lines = max(looks.lines_of_text(row[1], 92), looks.lines_of_text(text, 28))
            sheet.row_dimensions[number].height = looks.LINE * lines


def put_value(cell: Cell | MergedCell, value: str | int | date | datetime | time) -> None:
    """Write a value; a text stays a text, even if it begins with ``=``."""
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"
        cell.number_format = _TEXT


def _dropdown(column: Column, language: Language) -> DataValidation | None:
    """Return a column's data validation; None if the column has no dropdown.

    Raises ValueError if the labels are longer than a workbook allows.
    """
    offered = looks.dropdown(column, language)
    if offered is None:
        return None
    source = '"' + ",".join(offered.labels) + '"'
    if offered.block:
        source = looks.choices_range(offered.block, language)
    if len(source) > 257:
        raise ValueError(f"the dropdown of {column.key} is longer than a workbook allows")
    return DataValidation(
        type="list",
        formula1=source,
        allow_blank=True,
        showErrorMessage=offered.closed,
        errorStyle="stop",
    )


def _font(
    *, color: str | None = None, bold: bool = False, size: int = 11, line: bool = False
) -> Font:
    """Return the sheet's font with these properties."""
    return Font(
        name="Calibri", size=size, bold=bold, color=color, underline="single" if line else None
    )


def _fill(colour: str) -> PatternFill:
    return PatternFill("solid", start_color=colour, end_color=colour)
