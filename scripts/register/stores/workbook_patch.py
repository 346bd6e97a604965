"""Applies changes to a workbook's parts: cells, rows, notes and formats are patched in the XML."""

import re
from collections import ChainMap
from collections.abc import Iterable, Iterator, Mapping, MutableMapping, Sequence
from datetime import date, datetime, time
from itertools import count
from typing import cast

from register.book.cells import date_serial, to_cell
from register.book.change import Change
from register.book.headers import EXTRA
from register.book.notes import tidy_note
from register.book.schema import Language, schema
from register.book.table import Book
from register.stores.comments import put_notes
from register.stores.formats import formats_of, row_numbers
from register.stores.looks import LINE, wrapped_lines
from register.stores.package import Package
from register.stores.reading import StoreReading, TabPlace
from register.stores.sheet_ranges import stretch_covers, with_totals, without_totals
from register.stores.sheet_xml import (
    CellValue,
    SheetPatch,
    has_formulas,
    patch_sheet,
    scan_sheet,
)
from register.stores.styles import Styles
from register.stores.workbook_formats import put_formats
from register.unpacking import column_letters

_STYLES = "xl/styles.xml"
_WORKBOOK = "xl/workbook.xml"
_DIMENSION = re.compile(rb'(<(?:\w+:)?dimension\s+ref=")[^"]*(")')
_CALC = re.compile(rb"<((?:\w+:)?)calcPr\b([^>]*?)(/?)>")
_FULL = re.compile(rb'\sfullCalcOnLoad="[^"]*"')


def patched_parts(
    package: Package, reading: StoreReading, changes: Iterable[Change]
) -> MutableMapping[str, bytes]:
    """Return the package's parts with the changes applied; others are unpacked only if accessed."""
    styles = Styles(package.parts[_STYLES])
    by_tab: dict[str, list[Change]] = {}
    for change in changes:
        by_tab.setdefault(change.tab, []).append(change)
    # A ChainMap writes only into its first mapping; the cast is safe.
    parts = ChainMap[str, bytes]({}, cast(MutableMapping[str, bytes], package.parts))
    numbers = _row_numbers(by_tab, reading)
    for key, wanted in by_tab.items():
        place = reading.places[key]
        patch = _patch(reading.book, key, wanted, place, numbers, package.epoch)
        part = package.sheets[place.title]
        rows = place.free_row - 1, max(patch.rows, default=0)
        whole, totals, number = without_totals(parts[part], reading.sheets[key].footers, *rows)
        found = scan_sheet(whole, patch.rows)
        for row, cells in patch.cells.items():
            for column, value in cells.items():
                if value.kind:
                    value.style = styles.dated(found.style(row, column), value.kind)
        xml = patch_sheet(whole, found, patch) if patch.rows else whole
        xml = with_totals(xml, totals, number, rows[1] + 1)
        last_column = max((*place.columns.values(), found.last_column))
        last_row = max((*patch.rows, found.last_row)) + bool(totals)
        area = f"A1:{column_letters(last_column)}{last_row}".encode()
        parts[part] = _DIMENSION.sub(rb"\g<1>" + area + rb"\g<2>", xml, count=1)
        if rows[1] > rows[0]:
            ours = [n for name, n in place.columns.items() if not name.startswith(EXTRA)]
            stretch_covers(parts, part, place.title, ours, rows)
        if patch.notes:
            put_notes(parts, part, patch.notes)
    parts[_STYLES] = styles.xml
    put_formats(parts, package, reading, formats_of(_formats(by_tab), reading, numbers))
    sheets = (package.parts[part] for part in package.sheets.values())
    if any(map(has_formulas, sheets)):
        parts[_WORKBOOK] = _CALC.sub(_recalculated, parts[_WORKBOOK], count=1)
    return parts


def _formats(by_tab: Mapping[str, Sequence[Change]]) -> Iterator[Change]:
    for changes in by_tab.values():
        yield from (change for change in changes if change.kind == "format")


def _row_numbers(
    by_tab: Mapping[str, Sequence[Change]], reading: StoreReading
) -> dict[tuple[str, str], int]:
    """Return row numbers by ``(tab, id)``, of existing rows and of those being added."""
    numbers = row_numbers(reading)
    for key, changes in by_tab.items():
        free = count(reading.places[key].free_row)
        for change in changes:
            if change.gives_id:
                numbers[key, change.after] = numbers[change.row]
        for change in changes:
            if change.row not in numbers and change.kind != "format":
                numbers[change.row] = next(free)
    return numbers


def _patch(
    book: Book,
    key: str,
    changes: Sequence[Change],
    place: TabPlace,
    numbers: Mapping[tuple[str, str], int],
    epoch: datetime,
) -> SheetPatch:
    patch = SheetPatch()
    table = book.table(key)
    given = {c.after for c in changes if c.gives_id}
    for change in changes:
        number = numbers.get(change.row, 0)
        is_fresh = change.row_id not in table.numbers and change.row_id not in given
        if change.kind == "format" and change.column == "hidden" and number:
            patch.hidden[number] = bool(change.after)
        elif change.kind == "note" and change.column in place.columns:
            patch.notes[number, place.columns[change.column]] = tidy_note(change.after)
        elif change.kind not in ("note", "format") and change.column in place.columns:
            cells = patch.cells.setdefault(number, {})
            cells[place.columns[change.column]] = _value(key, change, book.language, epoch)
            if is_fresh and (lines := wrapped_lines(key, change.column, change.after)) > 1:
                patch.heights[number] = max(lines * LINE, patch.heights.get(number, 0.0))
    return patch


def _value(tab: str, change: Change, language: Language, epoch: datetime) -> CellValue:
    if not schema().tab(tab).has(change.column):
        return CellValue(change.after)
    column = schema().tab(tab).column(change.column)
    cell = to_cell(column, change.after, language)
    if isinstance(cell, (date, datetime, time)):
        return CellValue(number=date_serial(cell, epoch), kind=column.type)
    return CellValue(number=float(cell)) if isinstance(cell, int) else CellValue(cell)


def _recalculated(found: re.Match[bytes]) -> bytes:
    rest = _FULL.sub(b"", found[2])
    return b"<" + found[1] + b"calcPr" + rest + b' fullCalcOnLoad="1"' + found[3] + b">"
