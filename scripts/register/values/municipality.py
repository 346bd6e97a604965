"""Municipalities: the present name in the register's language (Statistics Finland, 2026)."""

import re

from register.values.places import resolve_place
from register.values.reading import Reading
from register.values.text import tidy_line

_BILINGUAL = re.compile(r"([^\W\d_][^/()]*?)\s*(?:/|\s[-–]\s|\()\s*([^/()]+?)\)?")
"""One place in two languages: "Inkoo / Ingå", "Vasa (Vaasa)"."""


def read(text: str, language: str = "fi") -> Reading:
    """Read a municipality by any name or case form; for a former one its heir is suggested."""
    plain = tidy_line(text, 200)
    if plain == "":
        return Reading()
    if plain is None:
        return Reading(problem="municipality-unknown")
    place = resolve_place(plain)
    if not place.municipality and (both := _BILINGUAL.fullmatch(plain)):
        halves = [resolve_place(half) for half in both.groups()]
        if halves[0].municipality and halves[0].municipality == halves[1].municipality:
            place = halves[0]
    names = [one.name(language) for one in place.candidates]
    if place.municipality and place.former:
        return Reading(
            problem="municipality-former",
            suggestion=place.municipality.name(language),
            detail=place.former.date[:4],
        )
    if place.municipality:
        return Reading(place.municipality.name(language))
    if place.how == "typo" and len(names) == 1:
        return Reading(problem="municipality-typo", suggestion=names[0])
    if place.how == "typo":
        return Reading(problem="municipality-ambiguous", detail=", ".join(names))
    return Reading(problem=f"municipality-{place.how}", detail=", ".join(names))
