"""Register number of an association: up to six digits and a dot-grouped form, no check digit."""

from __future__ import annotations

import re

from stdnum.fi import associationid

from register.values.reading import Problems, Reading
from register.values.text import tidy_line

PROBLEMS: Problems = {
    "association-no-impossible": (
        "warning",
        "“{cell}” is not a register number of an association (up to six digits).",
    ),
}
_SHAPE = re.compile(
    r"(?:(?:rek(?:isteri)?\.?\s*(?:nro|numero|no|n:o)|reg(?:ister)?\.?\s*(?:nr|nummer)|rn:?o)"
    r"[.:]*\s*)?(?P<number>[0-9][0-9.\s]*?)(?:[.,]0)?",
    re.IGNORECASE,
)


def read(text: str) -> Reading:
    """Read a register number: its digits alone, without leading zeros."""
    plain = tidy_line(text, 60)
    if plain == "":
        return Reading()
    found = _SHAPE.fullmatch(plain or "")
    digits = re.sub(r"[.\s]", "", found["number"]).lstrip("0") if found else ""
    if not digits or not associationid.is_valid(digits):
        return Reading(problem="association-no-impossible")
    return Reading(digits)
