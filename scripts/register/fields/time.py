"""Times of day: HH:MM, however they were written in Finland."""

from __future__ import annotations

import re

from register.fields.reading import Problems, Reading

PROBLEMS: Problems = {
    "time-impossible": ("warning", "“{cell}” is not a time of day. Write it like this: 17.30."),
}
_SHAPE = re.compile(r"(?:klo|kl\.?|kello)?\s*(\d{1,2})(?:\s*[.:]\s*(\d{2}))?(?::\d{2})?", re.I)


def read(text: str) -> Reading:
    """Read a time of day as ``HH:MM``."""
    plain = " ".join(text[:40].split())
    if not plain:
        return Reading()
    found = _SHAPE.fullmatch(plain)
    if not found or int(found[1]) > 23 or int(found[2] or 0) > 59:
        return Reading(problem="time-impossible")
    return Reading(f"{int(found[1]):02}:{int(found[2] or 0):02}")
