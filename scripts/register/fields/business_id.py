"""Y-tunnus: seven digits, a hyphen, a check digit (Finnish Patent and Registration Office)."""

from __future__ import annotations

import re

from stdnum.fi import ytunnus

from register.fields.reading import Problems, Reading

PROBLEMS: Problems = {
    "business-id-impossible": (
        "error",
        "“{cell}” is not a Y-tunnus: its check digit does not fit. Is there a slip of the pen?",
    ),
}
_SHAPE = re.compile(r"(?:FI)?\s*(\d{5,7})\s*[-–‐‑−]?\s*(\d)", re.IGNORECASE)


def read(text: str) -> Reading:
    """Read a Y-tunnus, zeros that a spreadsheet has eaten put back."""
    plain = " ".join(text[:40].split())
    if not plain:
        return Reading()
    found = _SHAPE.fullmatch(plain)
    number = f"{found[1].zfill(7)}{found[2]}" if found else ""
    if not ytunnus.is_valid(number):
        return Reading(problem="business-id-impossible")
    return Reading(f"{number[:7]}-{number[7]}")
