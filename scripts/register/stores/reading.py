"""Turns a store's sheets into the Book, and records where each of its cells is."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO

from python_calamine import CalamineError, CalamineWorkbook

from register.book.cells import to_book
from register.book.errors import BookUnreadable, SchemaDrift, UsageError
from register.book.headers import Headers, language_of
from register.book.moves import FIRST_ROW, RowName
from register.book.row_ids import Knows
from register.book.schema import Language, Tab, schema
from register.book.table import Book, Table
from register.stores.comments import notes_of
from register.stores.package import Package
from register.stores.sheet_ranges import totals_rows
from register.stores.sheet_xml import cell_place, has_formulas, scan_sheet
from register.stores.tab_headers import (
    StoreRows,
    header_faults,
    headers_of,
    known_columns,
    named_tabs,
)

_ROW = re.compile(r"(?<![A-Za-z0-9_])(\$?[A-Za-z]{1,3})(\d+)(?![\d(])")
"""A reference whose row is relative, such as ``B7`` or ``$B7``; not ``B$7``."""

_MERGED = re.compile(rb"""<(?:\w+:)?mergeCell\b[^>]*\sref=["']([A-Z]+\d+):([A-Z]+\d+)["']""")


@dataclass(frozen=True, slots=True)
class StoreSheet:
    """A tab in its store: typed cells from A1 on, and the cells that are never written.

    ``formulas`` are by ``(row, column)`` from 1: the texts without the equals sign; '' for cells
    covered by a merged cell or showing part of another formula's result (``spilled``). ``notes``
    are the program's own, by the same key. ``footers`` are the totals rows of tables.
    """

    rows: StoreRows
    formulas: Mapping[tuple[int, int], str] = field(default_factory=dict)
    notes: Mapping[tuple[int, int], str] = field(default_factory=dict)
    spilled: frozenset[tuple[int, int]] = frozenset()
    footers: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class TabPlace:
    """Where a tab is: its title, its column numbers by key (from 1), its first free row.

    ``live`` are people's own columns whose formulas are filled down to that row and beyond; None if
    that row and all below it are blank.
    """

    title: str
    columns: Mapping[str, int]
    free_row: int
    live: frozenset[int] | None = None


@dataclass(frozen=True, slots=True)
class StoreReading:
    """A book, where its tabs are in the store, and the store's content of these tabs."""

    book: Book
    places: Mapping[str, TabPlace]
    sheets: Mapping[str, StoreSheet]


def no_such_tab(title: str, name: str) -> UsageError:
    """Return the error for a configured tab that does not exist."""
    return UsageError(
        "{file} has no tab {tab}, which the configuration names as a form's responses.",
        remedy="Write its name under [answer_form], [join_form] or [sign_up_form] as it is in the"
        " register.",
        file=name,
        tab=title,
    )


def texts_of(rows: StoreRows) -> list[list[str]]:
    """Return the cells of a tab outside the register as texts: dates as ISO, nothing guessed."""
    return [[to_book(None, cell, "fi") for cell in row] for row in rows]


def read_sheets(
    package: Package, name: str, wanted: Sequence[str] | None = None
) -> dict[str, StoreRows]:
    """Return the typed cells of the register's tabs, or of the ``wanted`` ones, by title.

    Raises BookUnreadable if the package cannot be read.
    """
    titles = named_tabs(list(package.sheets))[0].values() if wanted is None else wanted
    try:
        workbook = CalamineWorkbook.from_filelike(BytesIO(package.data))
        return {
            title: workbook.get_sheet_by_name(title).to_python(skip_empty_area=False)
            for title in titles
        }
    except CalamineError as fault:
        raise BookUnreadable(
            "{file} cannot be read ({fault}).",
            remedy="Open it in LibreOffice or Excel and save it as .xlsx.",
            file=name,
            fault=str(fault),
        ) from fault


def read_book(package: Package, name: str, knows: Knows | None = None) -> StoreReading:
    """Return the book in a package (see :func:`reading_of`)."""
    sheets: dict[str, StoreSheet] = {}
    for title, rows in read_sheets(package, name).items():
        part = package.sheets[title]
        xml = package.parts[part]
        formulas = scan_sheet(xml).formulas if has_formulas(xml) else {}
        formulas = dict.fromkeys(covered_cells(xml, rows), "") | formulas
        totals = totals_rows(package.parts, part)
        sheets[title] = StoreSheet(rows, formulas, notes_of(package.parts, part), footers=totals)
    return reading_of(sheets, list(package.sheets), name, name, knows)


def covered_cells(xml: bytes, rows: StoreRows) -> Iterator[tuple[int, int]]:
    """Yield the cells of merged areas except the first of each, which has the value."""
    for found in _MERGED.finditer(xml) if b"mergeCell" in xml else ():
        (top, left), (bottom, right) = (cell_place(found[n].decode()) for n in (1, 2))
        for row in range(top, min(bottom, len(rows)) + 1):
            for column in range(left, min(right, len(rows[row - 1])) + 1):
                if (row, column) != (top, left):
                    yield row, column


def reading_of(
    sheets: Mapping[str, StoreSheet],
    titles: Sequence[str],
    name: str,
    address: str,
    knows: Knows | None = None,
) -> StoreReading:
    """Return the book made of these sheets; ``titles`` are those of all tabs in the store.

    Raises SchemaDrift, which names every missing or duplicated tab and column. ``address`` is the
    book's name for ``--book``.
    """
    named, faults = named_tabs(titles)
    if not named:
        raise SchemaDrift(
            "{file} is not a register: it has none of its tabs.",
            remedy="Make it one with: python3 scripts/create.py --book {book} --apply",
            file=name,
            book=address,
        )
    language = language_of(titles)
    tables: dict[str, Table] = {}
    places: dict[str, TabPlace] = {}
    held: dict[str, StoreSheet] = {}
    for key, title in named.items():
        tab = schema().tab(key)
        if not tab.columns:
            tables[key], places[key] = _picture(tab, title, sheets[title], language)
            held[key] = sheets[title]
            continue
        sheet = held[key] = sheets[title]
        headers = headers_of(tab, sheet.rows)
        wrong = header_faults(tab, title, headers, sheet.rows, language)
        faults += wrong
        if not wrong:
            tables[key] = _table(tab, headers, sheet, language, knows)
            numbers = {column: n for n, column in enumerate(headers.columns, start=1) if column}
            places[key] = TabPlace(title, numbers, *free_row(sheet, known_columns(headers)))
    if faults:
        raise SchemaDrift(
            "{file} is not laid out as the register is. Nothing was done.",
            remedy="Put the headers right; what is missing is added by: "
            "python3 scripts/create.py --book {book} --apply",
            faults=faults,
            file=name,
            book=address,
        )
    return StoreReading(Book(tables, language, name), places, held)


def _table(
    tab: Tab,
    headers: Headers,
    sheet: StoreSheet,
    language: Language,
    knows: Knows | None,
) -> Table:
    known = known_columns(headers)
    used = [(n, key) for n, key in enumerate(headers.columns) if key]
    columns = [(n, tab.by_key.get(key)) for n, key in used]
    cells = (
        (
            number,
            [to_book(column, row[n], language) if n < len(row) else "" for n, column in columns],
        )
        for number, row in enumerate(sheet.rows[1:], start=2)
        if number not in sheet.footers and not is_formula_row(sheet, number, known)
    )
    by_number = {n + 1: key for n, key in used}
    live = {
        (row, by_number[column]): text
        for (row, column), text in sheet.formulas.items()
        if column in by_number
    }
    said = {
        (row, by_number[column]): text
        for (row, column), text in sheet.notes.items()
        if column in by_number
    }
    return Table.of(tab, [key for _, key in used], cells, formulas=live, notes=said, knows=knows)


def _picture(tab: Tab, title: str, sheet: StoreSheet, language: Language) -> tuple[Table, TabPlace]:
    """Return the live values of a tab without headers, by key: those beside a ``picture`` label."""
    names = schema().enum("picture")
    found: dict[str, tuple[int, str]] = {}
    for number, row in enumerate(sheet.rows, start=1):
        name, value = (to_book(None, cell, language) for cell in [*row[:2], "", ""][:2])
        key = names.value(name, language)
        if key and (number, 2) not in sheet.formulas:
            found.setdefault(key, (number, value))
    cells = {key: (key, value) for key, (_, value) in found.items()}
    numbers = {key: number for key, (number, _) in found.items()}
    table = Table(tab, ("id", "value"), cells, numbers)
    return table, TabPlace(title, {"id": 1, "value": 2}, len(sheet.rows) + 1)


def is_formula_row(sheet: StoreSheet, number: int, known: frozenset[int]) -> bool:
    """Return True if a row only shows results of formulas in people's own columns."""
    row = sheet.rows[number - 1] if number <= len(sheet.rows) else ()
    filled = [column for column, cell in enumerate(row, start=1) if cell not in ("", None)]
    return bool(filled) and all(
        column not in known and (number, column) in sheet.formulas for column in filled
    )


def free_row(sheet: StoreSheet, known: frozenset[int]) -> tuple[int, frozenset[int] | None]:
    """Return the row below the data, and the columns that are filled down past it.

    Formulas that people filled down in their own columns are no data, nor are cells that show
    another formula's result. A formula unlike the one above it, such as a total, is data.
    """
    last = 1
    for number in range(len(sheet.rows), 1, -1):
        filled = any(cell not in ("", None) for cell in sheet.rows[number - 1])
        if filled and number not in sheet.footers and not is_formula_row(sheet, number, known):
            last = number
            break
    below = sorted(at for at in sheet.formulas if at[0] > last and at not in sheet.spilled)
    for row, column in reversed(below):
        if row not in sheet.footers and (column in known or not _filled_down(sheet, row, column)):
            last = max(last, row)
            break
    if any(row > foot for row, _ in sheet.formulas for foot in sheet.footers):
        last = max(last, *sheet.footers)
    live = {column for row, column in below if row > last and row not in sheet.footers}
    shows = any(row > last for row, _ in sheet.spilled)
    return last + 1, frozenset(live) if live or shows else None


def row_names(tab: Tab, sheet: StoreSheet) -> list[RowName]:
    """Return the names by which rows below the headers are moved; [] if there is no id column.

    A name is the row's id. It is None for a row that people wrote themselves, which moves with the
    row above it, and '' for a row that stays: a blank one, a totals row, or filled-down formulas.
    """
    headers = headers_of(tab, sheet.rows)
    ids, known = (
        headers.columns.index("id") if "id" in headers.columns else -1,
        known_columns(headers),
    )
    names: list[RowName] = []
    for number, row in enumerate(sheet.rows[1:], start=FIRST_ROW) if ids >= 0 else ():
        filled = any(cell not in ("", None) for cell in row)
        stays = not filled or number in sheet.footers or is_formula_row(sheet, number, known)
        name = to_book(None, row[ids], "fi") if ids < len(row) else ""
        names.append("" if stays else name or None)
    return names


def _filled_down(sheet: StoreSheet, row: int, column: int) -> bool:
    """Return True if a formula is the one of the cell above, filled down."""
    own, above = sheet.formulas[row, column], sheet.formulas.get((row - 1, column), "")
    return bool(own) and (own == above or _relative(own, row) == _relative(above, row - 1))


def _relative(formula: str, row: int) -> str:
    """Return a formula with the rows of its relative references counted from its own row."""
    return _ROW.sub(lambda found: f"{found[1]}[{int(found[2]) - row}]", formula)
