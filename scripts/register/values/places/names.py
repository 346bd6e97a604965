"""Typed place names: the municipality that a name means, its heir, or candidates to ask about."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from rapidfuzz import process
from rapidfuzz.distance import OSA

from register.values.places.lookup import (
    LONGEST_PLACE_NAME,
    case_forms,
    county_names,
    current_names,
    fold_place_name,
    former_names,
    region_names,
)
from register.values.places.tables import (
    County,
    Merger,
    Municipality,
    Region,
    mergers,
    municipalities,
    municipality,
)

_How = Literal["current", "form", "former", "split", "ambiguous", "typo", "unknown"]
_Kind = Literal["municipality", "region", "county", "nationwide"]
_NATIONWIDE = frozenset(
    (
        *("suomi", "koko suomi", "koko maa", "valtakunnallinen", "finland", "hela finland"),
        *("hela landet", "riksomfattande", "nationwide", "whole country", "the whole country"),
    )
)
_SUFFIX = re.compile(r"\s+(?:kaupunki|kunta|stad|kommun|municipality|city)$")
_BOTH = re.compile(r"\s+-\s+|\s*/\s*|,\s*")
_WHOLE = re.compile(r"^(?:koko|hela|whole)\s+")
_REGION_TAIL = re.compile(r"\s+(?:maakunta|maakunnan|landskap|region)$")


@dataclass(frozen=True, slots=True)
class Place:
    """What a typed name means, found in the way ``how``.

    ``municipality`` is the answer if it is certain, ``former`` the former municipality with that
    name. If only a person can decide, ``candidates`` are what may be meant.
    """

    municipality: Municipality | None
    former: Merger | None
    candidates: tuple[Municipality, ...]
    how: _How


@dataclass(frozen=True, slots=True)
class Area:
    """An area that a cell names; ``code`` is '' for the whole country."""

    kind: _Kind
    code: str


def municipality_named(text: str) -> Municipality | None:
    """Return the municipality with this current name, Finnish or Swedish, or None; caseless."""
    return current_names().get(fold_place_name(text))


def region_named(text: str) -> Region | None:
    """Return the region with this name in any language or Finnish case form, or None."""
    name = _REGION_TAIL.sub("", _WHOLE.sub("", fold_place_name(text)))
    return region_names().get(name)


@lru_cache(maxsize=1 << 15)
def place_code(word: str) -> str:
    """Return the code of the place that one word of a name means: ``m049``, ``r06``, or ''.

    Names in both languages and case forms count ("Espoon", "Esbo"); nothing is guessed. A former
    municipality is still a place of its own, ``x540``, because its societies did not end with it.
    """
    name = fold_place_name(word)
    if found := current_names().get(name) or case_forms().get(name):
        return f"m{found.code}"
    if region := region_names().get(name):
        return f"r{region.code}"
    former = former_names().get(name) or former_names().get(name.removesuffix("n"))
    return f"x{former[0].old_code}" if former else ""


def heir_of(code: str) -> str:
    """Return the code of the municipality that a former one belongs to now; others unchanged."""
    return _heirs().get(code, code)


@cache
def _heirs() -> Mapping[str, str]:
    """Return the heir of each former municipality that is now wholly in one municipality."""
    follows = {f"x{one.old_code}": one.new_code for one in mergers() if not one.also}
    heirs = {}
    for old, first in follows.items():
        now, seen = first, {old}
        while f"x{now}" in follows and f"x{now}" not in seen and not _is_current(now):
            seen.add(f"x{now}")
            now = follows[f"x{now}"]
        heirs[old] = f"m{now}"
    return heirs


def _is_current(code: str) -> bool:
    return any(one.code == code for one in municipalities())


def county_named(text: str) -> County | None:
    """Return the wellbeing services county with this name, full or short, or None."""
    return county_names().get(fold_place_name(text))


def area_named(text: str) -> Area | None:
    """Return the municipality, region, county or whole country that a cell names, or None.

    A name of both a municipality and a region (there is none today) would mean the municipality.
    """
    name = fold_place_name(text)
    if name in _NATIONWIDE:
        return Area("nationwide", "")
    if found := resolve_place(text).municipality:
        return Area("municipality", found.code)
    if region := region_named(text):
        return Area("region", region.code)
    if county := county_named(text):
        return Area("county", county.code)
    return None


@lru_cache(maxsize=1 << 16)
def resolve_place(text: str) -> Place:
    """Return what a typed municipality name means.

    Current names come first, then their case forms ("Espoossa", "Esbos stad"), former names, and
    one municipality in both languages ("Espoo - Esbo"). A former name of several municipalities, or
    of a divided one, is ambiguous, and so is "Lappi", which is a region and a former municipality.
    Eight former names are also current ones (Porvoo, Lohja …) and mean the current municipality, as
    they have for at least ten years. For other names similar ones are candidates.
    """
    name = fold_place_name(text)
    if not name or len(name) > LONGEST_PLACE_NAME:
        return Place(None, None, (), "unknown")
    bare = _SUFFIX.sub("", name)
    if found := current_names().get(name):
        return Place(found, None, (), "current")
    for form in (name, bare):
        if found := case_forms().get(form) or (current_names().get(form) if form != name else None):
            return Place(found, None, (), "form")
    if former := former_names().get(name) or former_names().get(bare):
        return _successor(former)
    both = {current_names().get(part) for part in _BOTH.split(name)}
    if len(both) == 1 and (one := both.pop()):
        return Place(one, None, (), "form")
    allowed = 2 if len(bare) > 5 else 1
    near = process.extract(
        bare, list(current_names()), scorer=OSA.distance, score_cutoff=allowed, limit=5
    )
    candidates = tuple(dict.fromkeys(current_names()[match] for match, _, _ in near))
    return Place(None, None, candidates, "typo" if candidates else "unknown")


def genitive(name: str, language: str) -> str:
    """Return "Espoon" for "Espoo"; in Swedish and English, and for other words, the name itself."""
    found = municipality_named(name) or region_named(name)
    return found.genitive_fi if found and language == "fi" else name


def _successor(former: tuple[Merger, ...]) -> Place:
    last = former[0]
    heirs = tuple(
        dict.fromkeys(municipality(code) for one in former for code in (one.new_code, *one.also))
    )
    if (len(former) > 1 and len(heirs) > 1) or fold_place_name(last.old_name) in region_names():
        return Place(None, last, heirs, "ambiguous")
    if last.also:
        return Place(None, last, heirs, "split")
    return Place(heirs[0], last, (), "former")
