"""Moves whole rows of a workbook's tab: the row's XML, and everything that names its number.

That is notes, links, dropdowns and colours of single rows, protections, names, and formulas of any
tab. Whatever covers all rows that change places stays as it is (ECMA-376 Part 1, 18.3.1).
"""

import re
from collections.abc import Iterable, Mapping, MutableMapping

from register.stores.comments import move_notes
from register.stores.moved_formulas import (
    Numbers,
    cannot_move,
    moved_formulas,
    moved_reference,
    shifted_formula,
)
from register.stores.reading import StoreReading, StoreSheet
from register.stores.sheet_ranges import DEFINED_NAME, SQREF, WORKBOOK_PART
from register.stores.sheet_xml import has_formulas, scan_sheet, splice_bytes, tag_end

_ADDRESS = re.compile(rb'(\sr=")([A-Z]{0,3})\d+(")')
_AREA = re.compile(rb"(\$?[A-Z]{1,3}\$?)(\d+)(?::(\$?[A-Z]{1,3}\$?)(\d+))?")
_RULE = re.compile(
    rb"<((?:\w+:)?(?:conditionalFormatting|dataValidation))\b([^>]*?)(/>|>(.*?)</\1>)", re.DOTALL
)
_MARKED = re.compile(rb"<(?:\w+:)?(?:protectedRange|ignoredError)\b[^>]*>")
_EXTENDED = re.compile(rb"(<(?:\w+:)?sqref>)([^<]*)(</)")
_PLACED = re.compile(rb'(<(?:\w+:)?(?:mergeCell|hyperlink)\b[^>]*?\sref=")([^"]*)(")')
_OF_RULE = re.compile(rb"(<((?:\w+:)?formula[12]?)>)([^<]*)(</\2>)")
_CHAIN = re.compile(rb'<(?:\w+:)?(?:Override|Relationship)\b[^>]*calcChain\.xml"[^>]*/>')


def move_rows(
    parts: MutableMapping[str, bytes], sheets: Mapping[str, str], title: str, numbers: Numbers
) -> None:
    """Move rows of the tab ``title``; ``sheets`` are the part names of all tabs by title.

    Raises BookUnreadable, and changes nothing, if merged cells or an array would be torn apart.
    """
    made = dict(parts)
    for name, part in sheets.items():
        if has_formulas(made[part]):
            made[part] = moved_formulas(made[part], title, numbers, own=name == title)
    sheet = sheets[title]
    made[sheet] = _moved_sheet(made[sheet], numbers)
    made[WORKBOOK_PART] = DEFINED_NAME.sub(
        lambda found: found[1] + moved_reference(found[2], title, numbers) + found[3],
        made[WORKBOOK_PART],
    )
    move_notes(made, sheet, numbers)
    if has_formulas(made[sheet]):
        _drop_calculation_chain(made)
    parts.clear()
    parts.update(made)


def is_moved(before: StoreReading, after: StoreReading, tab: str, numbers: Numbers) -> bool:
    """Return True if a workbook, after rows of a tab were moved, has all its earlier content."""
    formats = [
        {at: text for at, text in one.book.table(tab).formats.items() if at[0][0] != "#"}
        for one in (before, after)
    ]
    return formats[0] == formats[1] and all(
        _held(sheet, numbers if key == tab else {}) == _held(after.sheets[key], {})
        for key, sheet in before.sheets.items()
    )


def _held(sheet: StoreSheet, numbers: Numbers) -> tuple[object, ...]:
    """Return a tab's rows, notes and formula places, by the new row numbers."""
    rows = {
        numbers.get(number, number): list(row)
        for number, row in enumerate(sheet.rows, start=1)
        if any(cell not in ("", None) for cell in row)
    }
    notes = {(numbers.get(row, row), n): text for (row, n), text in sheet.notes.items()}
    formulas = {(numbers.get(row, row), n) for row, n in sheet.formulas}
    return rows, notes, formulas


def _drop_calculation_chain(parts: MutableMapping[str, bytes]) -> None:
    """Remove the list of cells with formulas, which programs rebuild by themselves."""
    if parts.pop("xl/calcChain.xml", None) is not None:
        for name in ("[Content_Types].xml", "xl/_rels/workbook.xml.rels"):
            parts[name] = _CHAIN.sub(b"", parts[name])


def _moved_sheet(xml: bytes, numbers: Numbers) -> bytes:
    """Return a tab's XML with its rows moved, together with what marks single rows."""
    first, last = min(numbers), max(numbers)
    found = scan_sheet(xml, frozenset(range(first, last + 1)))
    there = sorted((numbers.get(row, row), row) for row in found.rows)
    rows = {
        row: _renumbered(
            xml[one.start : one.end], [c.start - one.start for c in one.cells.values()], new
        )
        for new, row in there
        for one in [found.rows[row]]
    }
    spans = sorted((one.start, one.end) for one in found.rows.values())
    edits = [(*span, rows[row]) for span, (_, row) in zip(spans, there, strict=True)]
    end = found.data_end
    tail = _moved_marks(xml[end:], numbers)
    return splice_bytes(xml[:end], edits) + tail


def _renumbered(row: bytes, cells: Iterable[int], number: int) -> bytes:
    """Return a row's XML with another number; ``cells`` are the offsets of its cells."""
    new = str(number).encode()
    edits = []
    for start in (0, *cells):
        end = tag_end(row, start)
        tag = _ADDRESS.sub(rb"\g<1>\g<2>" + new + rb"\g<3>", row[start:end], count=1)
        edits.append((start, end, tag))
    return splice_bytes(row, edits)


def _moved_marks(xml: bytes, numbers: Numbers) -> bytes:
    """Return the XML after a tab's cells, with the marks of single rows moved."""

    def areas(found: re.Match[bytes]) -> bytes:
        return found[1] + moved_areas(found[2], numbers) + found[3]

    def rule(found: re.Match[bytes]) -> bytes:
        whole = found[0]
        sqref = SQREF.search(found[2])
        if sqref is None or (new := moved_areas(sqref[2], numbers)) == sqref[2]:
            return whole
        top, now = (min(int(area[2]) for area in _AREA.finditer(text)) for text in (sqref[2], new))
        head, body = whole[: found.start(3) - found.start()], found[3]
        head = SQREF.sub(rb"\g<1>" + new + rb"\g<3>", head)
        body = _OF_RULE.sub(lambda one: one[1] + shifted_formula(one[3], top, now) + one[4], body)
        return head + body

    xml = _RULE.sub(rule, xml)
    xml = _MARKED.sub(lambda tag: SQREF.sub(areas, tag[0]), xml)
    xml = _EXTENDED.sub(areas, xml)
    return _PLACED.sub(lambda one: one[1] + _placed(one[2], numbers) + one[3], xml)


def moved_areas(areas: bytes, numbers: Numbers) -> bytes:
    """Return the areas of a rule, such as ``A2:L9 C12``, after rows were moved."""
    moved: dict[tuple[bytes, bytes], list[tuple[int, int]]] = {}
    changed = False
    for text in areas.split():
        area = _AREA.fullmatch(text)
        if area is None:
            return areas
        left, right = area[1], area[3] or area[1]
        top, bottom = int(area[2]), int(area[4] or area[2])
        spans = _moved_span(top, bottom, numbers)
        changed |= spans != [(top, bottom)]
        moved.setdefault((left, right), []).extend(spans)
    if not changed:
        return areas
    found = sorted((span, sides) for sides, spans in moved.items() for span in _joined(spans))
    return b" ".join(_area(sides, span) for span, sides in found)


def _moved_span(top: int, bottom: int, numbers: Numbers) -> list[tuple[int, int]]:
    """Return the spans of rows that an area covers after rows were moved."""
    first, last = max(top, min(numbers)), min(bottom, max(numbers))
    if first > last or (first == min(numbers) and last == max(numbers)):
        return [(top, bottom)]
    spans = [(n, n) for n in (numbers.get(row, row) for row in range(first, last + 1))]
    spans += [(top, first - 1)] if top < first else []
    spans += [(last + 1, bottom)] if last < bottom else []
    return _joined(spans)


def _joined(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return spans of rows in order, with touching spans joined."""
    joined: list[tuple[int, int]] = []
    for top, bottom in sorted(spans):
        if joined and top <= joined[-1][1] + 1:
            joined[-1] = joined[-1][0], max(bottom, joined[-1][1])
        else:
            joined.append((top, bottom))
    return joined


def _area(sides: tuple[bytes, bytes], span: tuple[int, int]) -> bytes:
    (left, right), (top, bottom) = sides, span
    start = left + str(top).encode()
    return start if (left, top) == (right, bottom) else start + b":" + right + str(bottom).encode()


def _placed(area: bytes, numbers: Numbers) -> bytes:
    """Return the new area of merged cells or a link; raises BookUnreadable if it would be torn."""
    new = moved_areas(area, numbers)
    if new.count(b":") != area.count(b":") or b" " in new or _height(new) != _height(area):
        raise cannot_move()
    return new


def _height(area: bytes) -> int:
    found = _AREA.fullmatch(area)
    return int(found[4] or found[2]) - int(found[2]) if found else 0
