"""Every value stands in the column of its kind: no phone among the addresses, no code of a post.

A move is only proposed where it overwrites nothing: the other cell is blank, or it holds what
belongs here.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache

from register.book.finding import Finding
from register.book.table import Book, Table
from register.people.records import live_cells, live_rows
from register.rules.rule import RuleContext, is_blank
from register.values import business_id, email, municipality, phone, postal_code, url

_Recognise = Callable[[str], str]

_FIVE = re.compile(r"\s*\d{5}\s*")
_DIGIT = re.compile(r"\d")
_Y_TUNNUS = re.compile(r"\s*\d{7}\s*[-–]\s*\d\s*")
_WEB = re.compile(r"\s*(?:https?://|www\.)\S+\s*", re.IGNORECASE)

_COLUMNS = {
    "organisations": (
        *("email", "phone", "url", "postcode", "municipality", "business_id", "assoc_no"),
    ),
    "people": ("email", "phone", "municipality", "role"),
}
_NEVER_INTO = ("role", "assoc_no")


@cache
def _municipality(cell: str) -> str:
    return "" if any(c.isdigit() for c in cell[:200]) else municipality.read(cell).value


def _url(cell: str) -> str:
    if len(cell) > 2_000 or not _WEB.fullmatch(cell):
        return ""
    reading = url.read(cell)
    return reading.value or reading.suggestion


_KINDS: Mapping[str, _Recognise] = {
    "email": lambda cell: email.read(cell).value,
    "phone": lambda cell: phone.read(cell).value if len(_DIGIT.findall(cell[:60])) > 7 else "",
    "url": _url,
    "postcode": lambda cell: postal_code.read(cell).value if _FIVE.fullmatch(cell) else "",
    "municipality": _municipality,
    "business_id": lambda cell: business_id.read(cell).value if _Y_TUNNUS.fullmatch(cell) else "",
    "assoc_no": lambda cell: cell.strip() if re.fullmatch(r"\s*\d{6}\s*", cell) else "",
}
_OWN: Mapping[str, _Recognise] = {
    **_KINDS,
    "url": lambda cell: url.read(cell).value or url.read(cell).suggestion,
    "phone": lambda cell: phone.read(cell).value or phone.read(cell).suggestion,
    "email": lambda cell: email.read(cell).value or email.read(cell).suggestion,
    "business_id": lambda cell: business_id.read(cell).value,
    "postcode": lambda cell: postal_code.read(cell).value,
    "municipality": lambda cell: municipality.read(cell).value,
    "assoc_no": lambda cell: "" if _Y_TUNNUS.fullmatch(cell) else cell,
    "role": lambda cell: "" if _KINDS["email"](cell) or _KINDS["phone"](cell) else cell,
}
"""Readers of each column's own values; a cell that reads as '' may belong elsewhere."""


def check(book: Book, setting: RuleContext) -> Iterator[Finding]:
    """Yield the cells with another column's kind of value; the move or swap is proposed."""
    for key, columns in _COLUMNS.items():
        table = book.table(key)
        there = [column for column in columns if table.has(column)]
        odd = {column: _elsewhere(table, column) for column in there}
        for row_id, row in live_rows(table) if any(odd.values()) else ():
            moved: set[str] = set()
            for column in there:
                cell = row[column]
                if column in moved or cell not in odd[column]:
                    continue
                found = _home(row, column, there, moved)
                if not found:
                    continue
                target, value, back = found
                moved |= {column, target}
                others = ((target, value), *(((column, ""),) if not back else ()))
                yield Finding(
                    *(key, row_id, column, "column-shift", cell, back),
                    detail=table.tab.column(target).headers[book.language],
                    others=others,
                )


def _elsewhere(table: Table, column: str) -> set[str]:
    """Return the cells of a column that are no value of its kind."""
    texts = {cell for _, cell in live_cells(table, column)}
    return {cell for cell in texts if not (is_blank(cell) or _OWN[column](cell))}


def _home(
    row: Mapping[str, str], column: str, columns: list[str], moved: set[str]
) -> tuple[str, str, str] | None:
    """Return (column that a cell belongs to, its value there, value to put back), or None."""
    for target in columns:
        if target in (column, *moved) or (target in _NEVER_INTO):
            continue
        value = _KINDS[target](row[column])
        if not value:
            continue
        if is_blank(row[target]):
            return target, value, ""
        if column in _KINDS and not _OWN[target](row[target]):
            back = _KINDS[column](row[target])
            if back:
                return target, value, back
    return None
