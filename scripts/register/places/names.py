"""What a typed place name means: its municipality, its successor, or whom to ask."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from rapidfuzz import process
from rapidfuzz.distance import OSA

from register.places.tables import (
    County,
    Merger,
    Municipality,
    Region,
    counties,
    mergers,
    municipalities,
    municipality,
    regions,
)

How = Literal["current", "form", "former", "split", "ambiguous", "typo", "unknown"]
Kind = Literal["municipality", "region", "county", "nationwide"]
LONGEST = 80
"""A longer text is no place name."""

_NATIONWIDE = frozenset(
    (
        *("suomi", "koko suomi", "koko maa", "valtakunnallinen", "finland", "hela finland"),
        *("hela landet", "riksomfattande", "nationwide", "whole country", "the whole country"),
    )
)
_SUFFIX = re.compile(r"\s+(?:kaupunki|kunta|stad|kommun|municipality|city)$")
_WHOLE = re.compile(r"^(?:koko|hela|whole)\s+")
_REGION_TAIL = re.compile(r"\s+(?:maakunta|maakunnan|landskap|region)$")


@dataclass(frozen=True, slots=True)
class Place:
    """What a typed name means.

    ``municipality`` is the certain answer, ``former`` the municipality that it was the name of;
    where only a person can tell, ``candidates`` are what may be meant.
    """

    municipality: Municipality | None
    former: Merger | None
    candidates: tuple[Municipality, ...]
    how: How


@dataclass(frozen=True, slots=True)
class Area:
    """An area that a cell names; ``code`` is '' for the whole country."""

    kind: Kind
    code: str


def municipality_named(text: str) -> Municipality | None:
    """Return the municipality that now has this name, Finnish or Swedish, case aside."""
    return _current().get(_folded(text))


def region_named(text: str) -> Region | None:
    """Return the region of this name, Finnish or Swedish, in the nominative or genitive."""
    name = _REGION_TAIL.sub("", _WHOLE.sub("", _folded(text)))
    return _regions().get(name)


def county_named(text: str) -> County | None:
    """Return the wellbeing services county of this name, Finnish or Swedish."""
    return _counties().get(_folded(text))


def area_named(text: str) -> Area | None:
    """Return the area that a cell names: a municipality, a region, a county, the whole country.

    A name that is both a municipality's and a region's (none today) would be the municipality's.
    """
    name = _folded(text)
    if name in _NATIONWIDE:
        return Area("nationwide", "")
    if found := resolve(text).municipality:
        return Area("municipality", found.code)
    if region := region_named(text):
        return Area("region", region.code)
    if county := county_named(text):
        return Area("county", county.code)
    return None


@lru_cache(maxsize=1 << 16)
def resolve(text: str) -> Place:
    """Return what a typed municipality name means.

    Current names first, then their case forms ("Espoossa", "Espoon kaupunki"), then former names;
    a name that was several municipalities', or that was split, is to be asked about, and so is
    "Lappi", which is a region and a former municipality.
    """
    name = _folded(text)
    if not name or len(name) > LONGEST:
        return Place(None, None, (), "unknown")
    bare = _SUFFIX.sub("", name)
    if found := _current().get(name):
        return Place(found, None, (), "current")
    for form in (name, bare):
        if found := _forms().get(form) or (_current().get(form) if form != name else None):
            return Place(found, None, (), "form")
    if former := _former().get(name) or _former().get(bare):
        return _successor(former)
    near = process.extract(
        bare, list(_current()), scorer=OSA.distance, score_cutoff=2 if len(bare) > 5 else 1, limit=5
    )
    candidates = tuple(dict.fromkeys(_current()[match] for match, _, _ in near))
    return Place(None, None, candidates, "typo" if candidates else "unknown")


def genitive(name: str, language: str) -> str:
    """Return "Espoon" of "Espoo"; in Swedish and English, and of other words, the name itself."""
    found = municipality_named(name) or region_named(name)
    return found.genitive_fi if found and language == "fi" else name


def inessive(name: str, language: str) -> str:
    """Return "Espoossa", "Tampereella", "i Esbo" or "in Espoo" for a municipality or a region."""
    if language != "fi":
        return f"{'i' if language == 'sv' else 'in'} {name}"
    found = municipality_named(name) or region_named(name)
    return found.in_fi if found else name


def _successor(former: tuple[Merger, ...]) -> Place:
    last = former[0]
    heirs = tuple(
        dict.fromkeys(municipality(code) for one in former for code in (one.new_code, *one.also))
    )
    if (len(former) > 1 and len(heirs) > 1) or _folded(last.old_name) in _regions():
        return Place(None, last, heirs, "ambiguous")
    if last.also:
        return Place(None, last, heirs, "split")
    return Place(heirs[0], last, (), "former")


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFC", text[: LONGEST + 1]).replace("\u2011", "-")
    return " ".join(plain.replace("–", "-").split()).casefold()


@cache
def _current() -> Mapping[str, Municipality]:
    names: dict[str, Municipality] = {}
    for one in municipalities():
        names.setdefault(_folded(one.name_fi), one)
    for one in municipalities():
        names.setdefault(_folded(one.name_sv), one)
    return names


@cache
def _forms() -> Mapping[str, Municipality]:
    """Case forms; one that two municipalities share, or that is a current name, is left out."""
    names: dict[str, Municipality | None] = {}
    for one in municipalities():
        short = re.sub(r"n? (?:kunta|kaupunki)$", "", one.name_fi.casefold())
        for form in (one.genitive_fi, one.in_fi, one.to_fi, one.from_fi, short):
            key = _folded(form)
            names[key] = None if names.get(key, one) != one else one
        key = _folded(f"i {one.name_sv}")
        names[key] = one
    return {key: one for key, one in names.items() if one and key not in _current()}


@cache
def _former() -> Mapping[str, tuple[Merger, ...]]:
    names: dict[str, list[Merger]] = {}
    for one in mergers():
        called = {_folded(one.old_name), _folded(one.old_name_sv)}
        called |= {re.sub(r"\bmlk$", "maalaiskunta", name) for name in called}
        for name in called - {""}:
            names.setdefault(name, []).append(one)
    return {name: tuple(found) for name, found in names.items() if name not in _current()}


@cache
def _regions() -> Mapping[str, Region]:
    names = {"helsinki-uusimaa": _region("01"), "ahvenanmaan": _region("21")}
    for one in regions():
        for name in (one.name_fi, one.name_sv, one.genitive_fi, one.in_fi):
            names[_folded(name)] = one
    return names


def _region(code: str) -> Region:
    """Return the region of this code."""
    return next(one for one in regions() if one.code == code)


@cache
def _counties() -> Mapping[str, County]:
    return {_folded(name): one for one in counties() for name in (one.name_fi, one.name_sv)}
