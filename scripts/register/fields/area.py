"""Areas of activity: municipalities, regions, counties or the whole country, by name."""

from __future__ import annotations

import re

from register.fields.reading import LONGEST, Problems, Reading
from register.fields.text import line, tidy
from register.places import area_named

PROBLEMS: Problems = {
    "area-unknown": (
        "warning",
        "“{detail}” is no municipality, region or area of this register.",
    ),
}


_AND = re.compile(r"\s+(?:ja|och|and)\s+")


def read(text: str, own: tuple[str, ...] = ()) -> Reading:
    """Read a cell of several areas; ``own`` are the free areas of Valikot."""
    plain = line(text.replace(";", ",").replace("\n", ","), LONGEST)
    if plain is None:
        return Reading(problem="area-unknown", detail=tidy(text[:80]))
    known = {tidy(name).casefold() for name in own}
    areas: list[str] = []
    for part in filter(None, (part.strip() for part in plain.split(","))):
        names = [part] if _is_known(part, known) else _AND.split(part)
        if not all(_is_known(name, known) for name in names):
            return Reading(problem="area-unknown", detail=part)
        areas += names
    return Reading(", ".join(dict.fromkeys(areas)))


def _is_known(name: str, own: set[str]) -> bool:
    return name.casefold() in own or area_named(name) is not None
