"""Whole numbers."""

from __future__ import annotations

import re

from register.fields.reading import Problems, Reading
from register.fields.text import line

PROBLEMS: Problems = {
    "integer-impossible": ("warning", "“{cell}” is not a whole number."),
}
_SHAPE = re.compile(r"([0-9]{1,9})(?:[.,]0{1,2})?")


def read(text: str) -> Reading:
    """Read a whole number of up to nine digits; "1.000" may be a thousand and is not guessed at."""
    plain = line(text, 40)
    if plain == "":
        return Reading()
    found = _SHAPE.fullmatch((plain or "").replace(" ", ""))
    return Reading(str(int(found[1]))) if found else Reading(problem="integer-impossible")
