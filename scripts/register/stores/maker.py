"""Makes a new workbook with openpyxl, and adds to an existing one what it lacks."""

from collections.abc import Mapping, Sequence
from io import BytesIO

from openpyxl import Workbook as Openpyxl, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from register.book.cells import to_cell
from register.book.errors import SafetyStop
from register.book.headers import language_of, read_headers
from register.book.phrase import Phrase
from register.book.schema import Language, Tab, schema
from register.packing import workbook_bytes
from register.ports.store import Layout
from register.stores import dress
from register.stores.layout import (
    added_parts,
    first_rows,
    missing_guide_rows,
    missing_tabs_and_columns,
)
from register.stores.losses import openpyxl_losses
from register.stores.package import Package
from register.stores.reading import read_sheets


def new_workbook(
    language: Language, guide: Sequence[Sequence[str]], notes: Mapping[tuple[str, str], str]
) -> bytes:
    """Return a new register as bytes: every tab with its look, the guide, and the first rows."""
    workbook = Openpyxl()
    workbook.remove(workbook.worksheets[0])
    workbook.properties.creator = "Verkosto"
    for tab in schema().tabs.values():
        _add_tab(workbook, tab, language, guide, notes)
    workbook.active = 0
    return workbook_bytes(workbook)


def upgraded_workbook(
    package: Package,
    name: str,
    guide: Sequence[Sequence[str]],
    notes: Mapping[tuple[str, str], str],
) -> tuple[Layout, bytes | None]:
    """Return what an existing workbook lacks, and its bytes with that added (None: nothing).

    Raises SchemaDrift if it is unclear what a tab is, and SafetyStop, naming the parts, if saving
    would lose something that people made.
    """
    language = language_of(list(package.sheets))
    sheets = read_sheets(package, name)
    titles, wanted = missing_tabs_and_columns(list(package.sheets), sheets, name, language)
    told = sheets[titles["guide"]] if "guide" in titles else None
    lines = missing_guide_rows(told, guide, language) if told else []
    new_tabs = [tab for tab in schema().tabs.values() if tab.key not in titles]
    added = added_parts(titles, wanted, language, lines)
    if not added:
        return Layout(), None
    if lost := openpyxl_losses(package):
        raise SafetyStop(
            "Adding to {file} would lose parts of it that people made. Nothing was done.",
            remedy="Take those parts into another workbook, or add by hand in LibreOffice or Excel "
            "what is missing: {missing}",
            faults=lost,
            file=name,
            missing="; ".join(_named(part) for part in added),
        )
    workbook = load_workbook(BytesIO(package.data), rich_text=True)
    for tab in new_tabs:
        _add_tab(workbook, tab, language, guide, notes)
        _put_in_order(workbook, tab, language)
    for key, columns in wanted.items():
        sheet = workbook[titles[key]]
        for column in columns:
            note = notes.get((key, column.key), "")
            tab = schema().tab(key)
            dress.add_column(sheet, tab, column, sheet.max_column + 1, language, note)
        _fold(sheet, schema().tab(key))
    if lines:
        dress.write_guide_rows(workbook[titles["guide"]], lines)
    return Layout(added), workbook_bytes(workbook)


def _add_tab(
    workbook: Openpyxl,
    tab: Tab,
    language: Language,
    guide: Sequence[Sequence[str]],
    notes: Mapping[tuple[str, str], str],
) -> None:
    sheet = workbook.create_sheet(tab.titles[language])
    if not tab.columns:
        dress.write_guide(sheet, guide)
        return
    for number, column in enumerate(tab.columns, start=1):
        note = notes.get((tab.key, column.key), "")
        dress.add_column(sheet, tab, column, number, language, note)
    dress.dress_tab(sheet, tab, language)
    dress.fold_columns(sheet, tab, [column.key for column in tab.columns])
    for number, row in enumerate(first_rows(tab, language), start=2):
        for column_number, column in enumerate(tab.columns, start=1):
            if value := row.get(column.key, ""):
                dress.put_value(sheet.cell(number, column_number), to_cell(column, value, language))


def _fold(sheet: Worksheet, tab: Tab) -> None:
    """Collapse columns of a tab that got new ones, unless people have collapsed or hidden some."""
    if not any(one.outlineLevel or one.hidden for one in sheet.column_dimensions.values()):
        headers = read_headers(tab, [str(cell.value or "") for cell in sheet[1]])
        dress.fold_columns(sheet, tab, headers.columns)


def _put_in_order(workbook: Openpyxl, tab: Tab, language: Language) -> None:
    """Move a new tab to its place, after the register tab that precedes it in the schema."""
    order = [other.titles[language] for other in schema().tabs.values()]
    title = tab.titles[language]
    before = [other for other in order[: order.index(title)] if other in workbook.sheetnames]
    place = workbook.sheetnames.index(before[-1]) + 1 if before else 0
    workbook.move_sheet(title, place - workbook.sheetnames.index(title))


def _named(part: Phrase) -> str:
    """Return ``Tab`` or ``Tab: Column``: titles, the same in every message language."""
    return ": ".join(str(value) for value in part[1].values())
