"""Register number of an association: up to six digits and a dot-grouped form, no check digit."""

from __future__ import annotations

import re

from stdnum.fi import associationid

from register.fields.reading import Problems, Reading

PROBLEMS: Problems = {
    "association-no-impossible": (
        "warning",
        "“{cell}” is not a register number of an association (up to six digits).",
    ),
}
_LABEL = re.compile(
    r"^(?:rek(?:isteri)?\.?\s*(?:nro|numero|no|n:o)\.?|reg\.?\s*nr\.?)\s*:?\s*", re.I
)


def read(text: str) -> Reading:
    """Read a register number: its digits alone, without leading zeros."""
    plain = _LABEL.sub("", " ".join(text[:60].split()))
    if not plain:
        return Reading()
    digits = re.sub(r"[.\s]", "", plain.removesuffix(".0"))
    if not (digits.isascii() and digits.isdigit()) or not associationid.is_valid(digits):
        return Reading(problem="association-no-impossible")
    return Reading(str(int(digits)))
