"""Areas of activity: municipalities, regions, counties or the whole country, by name."""

import re

from register.values.places import area_named, resolve_place
from register.values.reading import LONGEST_VALUE_READ, Reading
from register.values.text import tidy, tidy_line

_AND = re.compile(r"\s+(?:ja|och|and)\s+")


def read(text: str, own: tuple[str, ...] = (), language: str = "fi") -> Reading:
    """Read a cell of one or several areas; ``own`` are the register's own areas (``choices``).

    A name in another case form or language stays as written. For one mistyped name the nearest
    municipality is suggested.
    """
    plain = tidy_line(text.replace(";", ",").replace("\n", ","), LONGEST_VALUE_READ)
    if plain is None:
        return Reading(problem="area-unknown", detail=tidy(text[:80]))
    known = {tidy(name).casefold() for name in own}
    areas: list[str] = []
    mistyped = ""
    for part in filter(None, (part.strip() for part in plain.split(","))):
        names = [part] if _is_known(part, known) else _AND.split(part)
        for name in names:
            if _is_known(name, known):
                areas.append(name)
            elif len(near := resolve_place(name).candidates) == 1 and not mistyped:
                mistyped = name
                areas.append(near[0].name(language))
            else:
                return Reading(problem="area-unknown", detail=part)
    value = ", ".join(dict.fromkeys(areas))
    if mistyped:
        return Reading(problem="area-typo", suggestion=value, detail=mistyped)
    return Reading(value)


def _is_known(name: str, own: set[str]) -> bool:
    return name.casefold() in own or area_named(name) is not None
