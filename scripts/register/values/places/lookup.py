"""Indexes of place names, folded; one for each kind of place."""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache

from register.values.places.tables import (
    County,
    Merger,
    Municipality,
    Region,
    counties,
    mergers,
    municipalities,
    region,
    regions,
)

LONGEST_PLACE_NAME = 80
"""A longer text is not a place name."""


def fold_place_name(text: str) -> str:
    """Return a name for lookup: NFC, single spaces, casefolded, cut just above the longest name."""
    plain = unicodedata.normalize("NFC", " ".join(text.split())[: LONGEST_PLACE_NAME + 1])
    return re.sub("[–\u2010\u2011]", "-", plain).casefold()


@cache
def current_names() -> Mapping[str, Municipality]:
    """Return the municipalities by folded name; Finnish names precede Swedish ones."""
    names: dict[str, Municipality] = {}
    for one in municipalities():
        names.setdefault(fold_place_name(one.name_fi), one)
    for one in municipalities():
        names.setdefault(fold_place_name(one.name_sv), one)
    return names


@cache
def case_forms() -> Mapping[str, Municipality]:
    """Return the municipalities by folded case form.

    Forms that two municipalities share, or that are a current name, are left out.
    """
    names: dict[str, Municipality | None] = {}
    for one in municipalities():
        short = re.sub(r"n? (?:kunta|kaupunki)$", "", one.name_fi.casefold())
        for form in (one.genitive_fi, one.in_fi, one.to_fi, one.from_fi, short):
            key = fold_place_name(form)
            names[key] = None if names.get(key, one) != one else one
        for key in (
            fold_place_name(f"i {one.name_sv}"),
            f"{fold_place_name(one.name_sv).rstrip('s')}s",
        ):
            names[key] = None if names.get(key, one) != one else one
    return {key: one for key, one in names.items() if one and key not in current_names()}


@cache
def former_names() -> Mapping[str, tuple[Merger, ...]]:
    """Return the former municipalities by folded name, except names that are in use today."""
    names: dict[str, list[Merger]] = {}
    for one in mergers():
        called = {fold_place_name(one.old_name), fold_place_name(one.old_name_sv)}
        called |= {re.sub(r"\bmlk$", "maalaiskunta", name) for name in called}
        called |= {re.sub(r"\blandskommun$", "lk", name) for name in called}
        for name in called - {""}:
            names.setdefault(name, []).append(one)
    return {name: tuple(found) for name, found in names.items() if name not in current_names()}


@cache
def region_names() -> Mapping[str, Region]:
    """Return the regions by folded name in three languages, and by Finnish case forms."""
    names = {"helsinki-uusimaa": region("01"), "ahvenanmaan": region("21")}
    for one in regions():
        for name in (one.name_fi, one.name_sv, one.name("en"), one.genitive_fi, one.in_fi):
            names[fold_place_name(name)] = one
    return names


@cache
def county_names() -> Mapping[str, County]:
    """Return the wellbeing services counties by folded name, full and short.

    Short names are "Länsi-Uusimaa", "Länsi-Uudenmaan", "Västra Nyland", "Vantaa ja Kerava".
    """
    found: dict[str, County] = {}
    for one in counties():
        finnish = fold_place_name(one.name_fi).removesuffix(" hyvinvointialue")
        swedish = fold_place_name(one.name_sv).removesuffix(" välfärdsområde")
        nominative = " ja ".join(map(_nominative, finnish.split(" ja ")))
        for name in (finnish, nominative, swedish, swedish.removesuffix("s")):
            found.setdefault(name, one)
        found |= {fold_place_name(name): one for name in (one.name_fi, one.name_sv, one.name("en"))}
    return found


def _nominative(genitive: str) -> str:
    """Return "länsi-uusimaa" for "länsi-uudenmaan": the last part is a region or municipality."""
    start, dash, last = genitive.rpartition("-")
    for one in regions():
        form, name = fold_place_name(one.genitive_fi), fold_place_name(one.name_fi)
        if last == form.rpartition("-")[2]:
            return start + dash + name.rpartition("-")[2]
    town = case_forms().get(last)
    return start + dash + (fold_place_name(town.name_fi) if town else last)
