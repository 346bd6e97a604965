"""Clean sample people and organisations: invented, in real places, at example domains."""

from __future__ import annotations

import csv
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from random import Random
from typing import Any

from stdnum.fi import ytunnus

from register.places import Municipality, municipalities, postal_codes

HOME_REGION = "01"
"""Uusimaa: where most of a sample's organisations are, so that its lists are worth a look."""


@dataclass(frozen=True, slots=True)
class Organisation:
    """A sample organisation; ``kind`` is a key of the enum organisation_type."""

    name: str
    kind: str
    business_id: str
    place: Municipality
    postcode: str
    domain: str
    language: str


@dataclass(frozen=True, slots=True)
class Person:
    """A sample person in one role."""

    first: str
    last: str
    role: str
    email: str
    phone: str
    organisation: Organisation
    language: str


def organisations(random: Random, count: int) -> list[Organisation]:
    """Return so many organisations with different names, two thirds of them in one region."""
    near = [m for m in municipalities() if m.region == HOME_REGION]
    rest = [m for m in municipalities() if m.region != HOME_REGION and m.region != "21"]
    codes = _postcodes()
    words = _words()
    found: dict[str, Organisation] = {}
    while len(found) < count:
        place = random.choice(near if random.random() < 0.66 else rest)
        swedish = place.language_status != "fi" and random.random() < 0.5
        official = random.random() < 0.06
        if official:
            name, kind = f"{_genitive(place)} kunta", "municipality"
        elif swedish:
            name, kind = random.choice(words["organisations_sv"]), "association"
            name = name.format(place=place.name_sv)
        else:
            name = random.choice(words["organisations_fi"]).format(place=_genitive(place))
            kind = "foundation" if name.endswith(" sr") else "association"
        if name in found or place.code not in codes:
            continue
        slug = _ascii(name.rsplit(" ", 1)[0]).replace(" ", "-")
        found[name] = Organisation(
            name,
            kind,
            _business_id(random),
            place,
            random.choice(codes[place.code]),
            f"{slug}.example",
            "sv" if swedish else "fi",
        )
    return list(found.values())


def people(random: Random, homes: list[Organisation], count: int) -> list[Person]:
    """Return so many people, one to four of them in each organisation."""
    words = _words()
    found: dict[tuple[str, str, str], Person] = {}
    while len(found) < count:
        home = homes[len(found) % len(homes)] if len(found) < len(homes) else random.choice(homes)
        swedish = home.language == "sv"
        first = random.choice(words["first_sv"] if swedish else _first_names())
        last = random.choice(words["surnames_sv" if swedish else "surnames_fi"])
        shared = random.random() < 0.12
        local = ("kontakt" if swedish else "info") if shared else f"{_ascii(first)}.{_ascii(last)}"
        person = Person(
            first,
            last,
            random.choice(words["roles_sv" if swedish else "roles_fi"]),
            f"{local}@{home.domain}",
            f"+358{random.choice((40, 44, 45, 50))}000{random.randrange(10_000):04}",
            home,
            home.language,
        )
        found.setdefault((first, last, home.name), person)
    return list(found.values())


@cache
def _words() -> Mapping[str, Any]:
    text = files("register.sample").joinpath("names.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def note(random: Random) -> str:
    """Return what somebody may have written beside a person."""
    return str(random.choice(_words()["notes"]))


@cache
def _first_names() -> tuple[str, ...]:
    text = files("register.fields").joinpath("first_names.csv").read_text(encoding="utf-8")
    return tuple(row["name"] for row in csv.DictReader(text.splitlines()))


@cache
def _postcodes() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for code in postal_codes():
        if code.kind == "normal":
            found.setdefault(code.municipality, []).append(code.code)
    return found


def _business_id(random: Random) -> str:
    """Return a Y-tunnus with a right check digit, of the numbers that begin with 99."""
    while True:
        body = f"99{random.randrange(100_000):05}"
        for digit in "0123456789":
            if ytunnus.is_valid(body + digit):
                return f"{body}-{digit}"


def _genitive(place: Municipality) -> str:
    return place.genitive_fi or place.name_fi


def _ascii(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in plain if c.isascii() and (c.isalnum() or c in " -")).strip()
