"""Municipalities by the number that registers use: "091" under "KUNTA_NRO" is Helsinki."""

import re
from collections.abc import Sequence

from register.intake.header_names import header_letters
from register.values.places import tables

_OF_CODES = re.compile(
    r"(?:koti)?kun(?:ta|nan)(?:n?(?:ro|umero)|koodi|tunnus)?|kommun(?:nr|nummer|kod)?"
    r"|municipality(?:no|number|code)?"
)
_CODE = re.compile(r"\d{1,3}")


def replace_municipality_codes(headers: list[str], rows: Sequence[list[str]]) -> None:
    """Replace municipality numbers by names, in place, in columns that hold nothing else.

    Leading zeros may be missing: spreadsheets drop them.
    """
    for at, header in enumerate(headers):
        if not _OF_CODES.fullmatch(header_letters(header)):
            continue
        coded = [row for row in rows if at < len(row) and row[at]]
        if not coded or not all(_CODE.fullmatch(row[at]) for row in coded):
            continue
        known = {one.code: one.name_fi for one in tables.municipalities()}
        names = [known.get(row[at].zfill(3), "") for row in coded]
        if all(names):
            headers[at] = "Kunta"
            for row, name in zip(coded, names, strict=True):
                row[at] = name
