"""Whole numbers."""

from __future__ import annotations

import re

from register.fields.reading import Problems, Reading

PROBLEMS: Problems = {
    "integer-impossible": ("warning", "“{cell}” is not a whole number."),
}


def read(text: str) -> Reading:
    """Read a whole number of up to nine digits."""
    plain = re.sub(r"[\s\u00a0]", "", text[:40])
    if not plain:
        return Reading()
    found = re.fullmatch(r"([0-9]{1,9})(?:[.,]0+)?", plain)
    return Reading(str(int(found[1]))) if found else Reading(problem="integer-impossible")
