"""Phone numbers in two columns, the area code in one of its own: "040" beside "555 1001"."""

import re
from collections.abc import Sequence

from register.intake.header_names import header_letters, header_meaning
from register.values import phone

_CODE = re.compile(r"\(?(?:\+|00)?\d{1,4}\)?")
_REST = re.compile(r"[1-9][\d\s-]{3,9}")
_OF_CODES = re.compile(r"suunta|maatun|riktn|landskod|areacode|countrycode|prefix|dialling")
_STEADY = 0.8


def join_split_numbers(headers: list[str], rows: Sequence[list[str]]) -> None:
    """Join each number in the second column, in place; the cell of the area code becomes blank."""
    for at in range(len(headers) - 1):
        meaning = header_meaning(headers[at])[0]
        told = bool(_OF_CODES.search(header_letters(headers[at])))
        if not told and meaning not in ("", "phone"):
            continue
        both = [row for row in rows if len(row) > at + 1 and row[at] and row[at + 1]]
        joined = [_joined(row[at], row[at + 1]) for row in both]
        begun = sum(row[at].lstrip("(").startswith(("0", "+")) for row in both)
        if not both or sum(map(bool, joined)) < _STEADY * len(both):
            continue
        if not told and 2 * begun <= len(both):
            continue
        for row, number in zip(both, joined, strict=True):
            if number:
                row[at : at + 2] = ["", number]


def _joined(code: str, rest: str) -> str:
    """Return the whole number, '' if it is none; spreadsheets drop the zero of an area code."""
    if not (_CODE.fullmatch(code) and _REST.fullmatch(rest)):
        return ""
    bare = code.strip("()")
    number = f"{bare if bare.startswith(('+', '0')) else f'0{bare}'} {rest}"
    return number if phone.read(number).value else ""
