"""Cells that repeat the cell above: ditto marks, "d:o", "ks. yllä", "sama kuin edellä"."""

import re
from collections.abc import Iterator, Sequence

from register.intake.header_names import EITHER, header_meaning
from register.intake.offices import read_holder

_ABOVE = re.compile(
    r"(?:[\s\-–—_.]*(?:[\"”“„»]|''|´´)[\s\-–—_.]*)+|d[:.]o\.?|do\.|ditt?o\.?|idem"
    r"|(?:ks\.?|kts\.?|katso|sama\w*(?: kuin)?|se|samma(?: som)?|see|(?:the )?same(?: as)?)"
    r" (?:yll[äa]|edell(?:ä|inen|isellä)|ed\.?|ovan(?:stående)?|föreg\w*|above|previous)",
    re.IGNORECASE,
)
_SAME = re.compile(r"sama|samat|samma|same", re.IGNORECASE)
_NAMING = ("name", "first", "last", "org", EITHER)
_REACH = ("email", "phone")


def fill_dittos(headers: Sequence[str], rows: list[list[str]]) -> int:
    """Replace each ditto in place with the cell above it; return how many were replaced.

    A ditto below nothing stays. A bare "sama" behind a person's name means that person ("Sihteeri:
    sama") and stays. A ditto for an address or number is replaced only if the row above names the
    same person or organisation: the list may have been sorted since.
    """
    meanings = [header_meaning(header)[0] for header in headers]
    names = [
        meaning != "org" and (meaning in _NAMING or bool(read_holder(header)))
        for meaning, header in zip(meanings, headers, strict=True)
    ]
    naming = [at for at, meaning in enumerate(meanings) if names[at] or meaning in _NAMING]
    reaching = [at for at, meaning in enumerate(meanings) if meaning in _REACH]
    above: list[str] = []
    said: dict[int, str] = {}
    replaced = 0
    for row in rows:
        again = list(_said_again(row, names))
        dittos = [row[at] for at in again]
        for at in again:
            row[at] = said.get(at, row[at]) if at not in reaching else row[at]
        if any(row[n] and row[n : n + 1] == above[n : n + 1] for n in naming if n < len(row)):
            for at in set(again).intersection(reaching):
                row[at] = "".join(above[at : at + 1]) or row[at]
        replaced += sum(row[at] != ditto for at, ditto in zip(again, dittos, strict=True))
        said |= {at: cell for at, cell in enumerate(row) if cell}
        above = row if any(row) else above
    return replaced


def _said_again(row: Sequence[str], names: Sequence[bool]) -> Iterator[int]:
    """Yield the indexes of a row's cells that repeat the cell above."""
    named = False
    for at, cell in enumerate(row):
        if _ABOVE.fullmatch(cell) or (not named and _SAME.fullmatch(cell)):
            yield at
        elif cell and at < len(names):
            named |= names[at]
