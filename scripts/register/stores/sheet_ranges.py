"""Ranges of a workbook that cover a tab's rows and must grow with rows added below.

They are tables with their filters (ECMA-376 Part 1, 18.5.1.2), a tab's own filter, rules for
colours and dropdowns, and names such as print areas. Each ends at the last row of data, or a little
below it.
"""

import re
from collections.abc import Collection, Iterator, Mapping, MutableMapping
from posixpath import basename, dirname, join, normpath

from register.stores.sheet_xml import scan_sheet, splice_bytes
from register.unpacking import column_letters

_TABLE = re.compile(rb"<(?:\w+:)?table\b[^>]*>")
_REF = re.compile(rb'(\sref=")([A-Z]{1,3})(\d+):([A-Z]{1,3})(\d+)(")')
_TOTALS = re.compile(rb'\stotalsRowCount="([1-9]\d*)"')
_FILTER = re.compile(rb"<(?:\w+:)?autoFilter\b[^>]*>")
_RULES = re.compile(rb"<(?:\w+:)?(?:conditionalFormatting|dataValidation)\b[^>]*>")
SQREF = re.compile(rb'(\ssqref=")([^"]*)(")')
_AREA = re.compile(rb"([A-Z]{1,3})(\d+):([A-Z]{1,3})(\d+)")
DEFINED_NAME = re.compile(rb"(<(?:\w+:)?definedName\b[^>]*>)([^<]*)(</)")
_TARGET = re.compile(rb'\sTarget="([^"]*/?tables/[^"]*)"')
WORKBOOK_PART = "xl/workbook.xml"


def totals_rows(parts: Mapping[str, bytes], sheet: str) -> frozenset[int]:
    """Return the totals rows of tables whose first row is the tab's header row."""
    found: set[int] = set()
    for name in _tables(parts, sheet):
        tag = _TABLE.search(parts[name])
        area = _REF.search(tag[0]) if tag else None
        if tag and area and int(area[3]) == 1 and _TOTALS.search(tag[0]):
            found.add(int(area[5]))
    return frozenset(found)


def without_totals(
    xml: bytes, totals: Collection[int], last: int, new_last: int
) -> tuple[bytes, bytes, int]:
    """Return a tab's XML without a totals row that is in the way, that row's XML, and its number.

    If no such row is in the way, the result is the same XML, b'' and 0.
    """
    number = max(totals, default=0)
    if not last < number <= new_last:
        return xml, b"", 0
    row = scan_sheet(xml, frozenset({number})).rows.get(number)
    if row is None:
        return xml, b"", 0
    return splice_bytes(xml, [(row.start, row.end, b"")]), xml[row.start : row.end], number


def with_totals(xml: bytes, row: bytes, number: int, to: int) -> bytes:
    """Return a tab's XML with a totals row added as its last row, with another number."""
    if not row:
        return xml
    end = scan_sheet(xml).data_end
    old, new = str(number).encode(), str(to).encode()
    moved = re.sub(rb'(\sr="[A-Z]{0,3})' + old + b'"', rb"\g<1>" + new + b'"', row)
    return splice_bytes(xml, [(end, end, moved)])


def stretch_covers(
    parts: MutableMapping[str, bytes],
    sheet: str,
    title: str,
    columns: Collection[int],
    rows: tuple[int, int],
) -> None:
    """Extend ranges over a tab's data to rows that were added: ``(last before, last now)``.

    ``columns`` are the register's; a table without any of them is people's own and stays as it is.
    """
    for name in _tables(parts, sheet):
        parts[name] = _stretched_table(parts[name], columns, rows)
    xml = _FILTER.sub(lambda tag: _REF.sub(lambda a: _longer(a, rows), tag[0]), parts[sheet])
    parts[sheet] = _RULES.sub(lambda tag: _stretched_rule(tag[0], rows), xml)
    quoted = "'" + title.replace("'", "''") + "'"
    owners = "|".join(re.escape(one) for one in (quoted, title))
    names = re.compile(
        rf"((?:{owners})!\$[A-Z]{{1,3}}\$)(\d+)(:\$[A-Z]{{1,3}}\$)(\d+)".replace(
            "&", "&amp;"
        ).encode()
    )

    def named(found: re.Match[bytes]) -> bytes:
        text = names.sub(
            lambda area: area[1] + area[2] + area[3] + _end(int(area[2]), int(area[4]), rows),
            found[2],
        )
        return found[1] + text + found[3]

    parts[WORKBOOK_PART] = DEFINED_NAME.sub(named, parts[WORKBOOK_PART])


def _stretched_table(xml: bytes, columns: Collection[int], rows: tuple[int, int]) -> bytes:
    tag = _TABLE.search(xml)
    area = _REF.search(tag[0]) if tag else None
    if not tag or not area or int(area[3]) != 1:
        return xml
    letters = {column_letters(column).encode() for column in columns}
    if not any(_between(area[2], one, area[4]) for one in letters):
        return xml
    totals = bool(_TOTALS.search(tag[0]))
    bottom = int(area[5]) - totals
    if not rows[0] <= bottom < rows[1]:
        return xml
    ends = {area[5]: str(rows[1] + totals).encode(), str(bottom).encode(): str(rows[1]).encode()}

    def longer(found: re.Match[bytes]) -> bytes:
        head = found[1] + found[2] + found[3] + b":" + found[4]
        return head + ends.get(found[5], found[5]) + found[6]

    start, end = tag.span()
    rest = _FILTER.sub(lambda one: _REF.sub(longer, one[0]), xml[end:])
    if totals:
        ends = {area[5]: str(rows[1] + 1).encode()}
    return xml[:start] + _REF.sub(longer, tag[0], count=1) + rest


def _between(first: bytes, column: bytes, last: bytes) -> bool:
    return (len(first), first) <= (len(column), column) <= (len(last), last)


def _stretched_rule(tag: bytes, rows: tuple[int, int]) -> bytes:
    def longer(area: re.Match[bytes]) -> bytes:
        return area[1] + area[2] + b":" + area[3] + _end(int(area[2]), int(area[4]), rows)

    return SQREF.sub(lambda one: one[1] + _AREA.sub(longer, one[2]) + one[3], tag)


def _longer(area: re.Match[bytes], rows: tuple[int, int]) -> bytes:
    head = area[1] + area[2] + area[3] + b":" + area[4]
    return head + _end(int(area[3]), int(area[5]), rows) + area[6]


def _end(top: int, bottom: int, rows: tuple[int, int]) -> bytes:
    """Return an area's last row: the new one if the area begins at the data and ends with it."""
    covers = top <= 2 and top < bottom and rows[0] <= bottom < rows[1]
    return str(rows[1] if covers else bottom).encode()


def _tables(parts: Mapping[str, bytes], sheet: str) -> Iterator[str]:
    """Yield the part names of a tab's tables."""
    relations = parts.get(f"{dirname(sheet)}/_rels/{basename(sheet)}.rels", b"")
    for found in _TARGET.finditer(relations):
        target = found[1].decode("utf-8", "replace")
        name = target.lstrip("/") if target.startswith("/") else join(dirname(sheet), target)
        if (name := normpath(name)) in parts:
            yield name
