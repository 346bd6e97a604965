"""Postal codes: five digits, the zeros kept; the code lies in the municipality (Posti, PCF)."""

from __future__ import annotations

import re

from register.fields.reading import Problems, Reading
from register.places import municipality, municipality_named, postal_code

PROBLEMS: Problems = {
    "postal-code-impossible": ("warning", "“{cell}” is not a Finnish postal code (five digits)."),
    "postal-code-unknown": (
        "warning",
        "Posti has no postal code {cell}. It may be new; please check it.",
    ),
    "postal-code-elsewhere": (
        "warning",
        "The postal code {cell} is in {detail}, not in the municipality of this row.",
    ),
}
_CODE = re.compile(r"(?:FI|AX|SF)?[\s\-–]*(\d{3,5})(?:[.,]0)?", re.IGNORECASE)


def read(text: str, municipality: str = "") -> Reading:
    """Read a postal code; ``municipality`` is the name in the same row, where there is one."""
    plain = " ".join(text[:40].split())
    if not plain:
        return Reading()
    found = _CODE.fullmatch(plain)
    if not found:
        return Reading(problem="postal-code-impossible")
    code = found[1].zfill(5)
    known = postal_code(code)
    if known is None:
        return Reading(problem="postal-code-unknown")
    home = municipality_named(municipality)
    if home and known.kind == "normal" and home.code not in (known.municipality, known.alternative):
        return Reading(problem="postal-code-elsewhere", detail=_name(known.municipality))
    return Reading(code)


def _name(code: str) -> str:
    return municipality(code).name_fi
