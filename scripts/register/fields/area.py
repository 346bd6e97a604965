"""Areas of activity: municipalities, regions, counties or the whole country, by name."""

from __future__ import annotations

from register.fields.reading import Problems, Reading
from register.fields.text import tidy
from register.places import area_named

PROBLEMS: Problems = {
    "area-unknown": (
        "warning",
        "“{detail}” is no municipality, region or area of this register.",
    ),
}


def read(text: str, own: tuple[str, ...] = ()) -> Reading:
    """Read a cell of several areas; ``own`` are the free areas of Valikot."""
    parts = [tidy(part) for part in text[:2000].replace(";", ",").split(",")]
    known = {name.casefold() for name in own}
    for part in parts:
        if part and part.casefold() not in known and area_named(part) is None:
            return Reading(problem="area-unknown", detail=part)
    return Reading(", ".join(dict.fromkeys(part for part in parts if part)))
