"""Sample people and organisations, before any mess.

None of them is real: names are drawn from lists of common names (names.toml), the places are real,
the addresses are at example domains (RFC 2606), every phone ends in 000 and four digits, and every
Y-tunnus begins with 99, far above the numbers in use.
"""

import csv
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from random import Random
from typing import Any

from stdnum.fi import ytunnus

from register.book.package_data import package_table
from register.book.schema import Language
from register.values.places import Municipality, municipalities, municipality, postal_codes

HOME_REGION = "01"
"""Uusimaa, where most of a sample's organisations are, so that its lists have enough rows."""

_ALAND = "21"
_TRIES = 500
"""After this many draws in a row of names already taken, there are no names left."""


@dataclass(frozen=True, slots=True)
class SampleOrganisation:
    """A sample organisation; ``kind`` is a key of the enum organisation_type.

    ``phone`` is its switchboard in E.164.
    """

    name: str
    kind: str
    business_id: str
    place: Municipality
    postcode: str
    domain: str
    phone: str
    language: Language


@dataclass(frozen=True, slots=True)
class SamplePerson:
    """A sample person in one role; ``group`` is a key of the enum person_group.

    ``body`` is the body in which an elected person sits, else ''.
    """

    first: str
    last: str
    role: str
    group: str
    body: str
    email: str
    phone: str
    organisation: SampleOrganisation
    language: Language


def sample_organisations(random: Random, count: int) -> list[SampleOrganisation]:
    """Return ``count`` organisations with different names, two thirds of them in one region.

    Raises ValueError if the words give no more names (there are some 18,000).
    """
    near = [m for m in municipalities() if m.region == HOME_REGION]
    rest = [m for m in municipalities() if m.region not in (HOME_REGION, _ALAND)]
    numbers = _business_ids(random)
    found: dict[str, SampleOrganisation] = {}
    refused = 0
    while len(found) < count:
        place = random.choice(near if random.random() < 0.66 else rest)
        postcode, name, kind, language = _named(random, place)
        if name in found:
            refused += 1
            if refused > _TRIES:
                raise ValueError(f"no more than {len(found)} different names of organisations")
            continue
        refused = 0
        found[name] = SampleOrganisation(
            name=name,
            kind=kind,
            business_id=next(numbers),
            place=place,
            postcode=postcode,
            domain=f"{_ascii(name.rsplit(' ', 1)[0]).replace(' ', '-')}.example",
            phone=f"+3589000{random.randrange(10_000):04}",
            language=language,
        )
    return list(found.values())


def sample_people(
    random: Random, homes: Sequence[SampleOrganisation], count: int
) -> list[SamplePerson]:
    """Return ``count`` people, at least one in each organisation if there are enough people."""
    found: dict[tuple[str, str, str], SamplePerson] = {}
    while len(found) < count:
        home = homes[len(found)] if len(found) < len(homes) else random.choice(homes)
        person = _person(random, home)
        found.setdefault((person.first, person.last, home.name), person)
    return list(found.values())


def with_another_role(
    random: Random, person: SamplePerson, homes: Sequence[SampleOrganisation]
) -> SamplePerson:
    """Return the same person, with the same mailbox and phone, in another organisation."""
    home = random.choice([one for one in homes if one.language == person.language])
    role, group, body = _role(random, home)
    return SamplePerson(
        *(person.first, person.last, role, group, body, person.email, person.phone),
        organisation=home,
        language=person.language,
    )


def sample_note(random: Random) -> str:
    """Return a note that somebody may have written beside a person."""
    return str(random.choice(_words()["notes"]))


def _named(random: Random, place: Municipality) -> tuple[str, str, str, Language]:
    """Return postal code, name, type and language of an organisation in a place."""
    words = _words()
    postcode, village_fi, village_sv = random.choice(_postcodes()[place.code])
    chance = random.random()
    if chance < 0.05 and place.region == HOME_REGION:
        town = "kaupunki" if place.name_fi in words["towns"] else "kunta"
        return postcode, f"{place.genitive_fi} {town}", "municipality", "fi"
    if chance < 0.09 and place.region == HOME_REGION:
        name = random.choice(words["organisations_en"]).format(place=place.name_fi)
        return postcode, name, "association", "en"
    swedish = place.language_status != "fi" and random.random() < 0.4
    language: Language = "sv" if swedish else "fi"
    village = village_sv if swedish else village_fi
    if village and random.random() < 0.35:
        name = random.choice(words[f"villages_{language}"]).format(place=village)
    else:
        called = place.name_sv if swedish else place.genitive_fi
        name = random.choice(words[f"organisations_{language}"]).format(place=called)
    return postcode, name, "foundation" if name.endswith(" sr") else "association", language


def _person(random: Random, home: SampleOrganisation) -> SamplePerson:
    words = _words()
    language = home.language
    first = random.choice(_first_names() if language == "fi" else words[f"first_{language}"])
    last = random.choice(words[f"surnames_{language}"])
    role, group, body = _role(random, home)
    own = f"{_ascii(first)}.{_ascii(last)}"
    chance = random.random()
    if chance < 0.12:
        email = f"{'kontakt' if language == 'sv' else 'info'}@{home.domain}"
    elif chance < 0.30:
        email = f"{own}{random.randrange(10, 1000)}@example.{random.choice(('com', 'org'))}"
    else:
        email = f"{own}@{home.domain}"
    mobile = f"+358{random.choice((40, 44, 45, 50))}000{random.randrange(10_000):04}"
    return SamplePerson(
        *(first, last, role, group, body, email),
        phone=home.phone if random.random() < 0.08 else mobile,
        organisation=home,
        language=language,
    )


def _role(random: Random, home: SampleOrganisation) -> tuple[str, str, str]:
    """Return a role, its group, and the body of an elected person (else '')."""
    words = _words()
    if home.kind != "municipality":
        return random.choice(words[f"roles_{home.language}"]), "association_actor", ""
    if random.random() < 0.5:
        return random.choice(words["roles_official"]), "official", ""
    return random.choice(words["roles_elected"]), "elected", random.choice(words["bodies"])


def _words() -> Mapping[str, Any]:
    return package_table("register.sample", "names")


@cache
def _first_names() -> tuple[str, ...]:
    text = files("register.values").joinpath("first_names.csv").read_text(encoding="utf-8")
    return tuple(row["name"] for row in csv.DictReader(text.splitlines()))


@cache
def _postcodes() -> Mapping[str, list[tuple[str, str, str]]]:
    """Return ``(code, village in Finnish, in Swedish)`` by municipality; '' for its own name."""
    found: dict[str, list[tuple[str, str, str]]] = {}
    for code in postal_codes():
        if code.kind == "normal" and code.municipality:
            home = municipality(code.municipality)
            found.setdefault(home.code, []).append(
                (
                    code.code,
                    _village(code.place_fi, home.name_fi),
                    _village(code.place_sv, home.name_sv),
                )
            )
    return found


def _village(name: str, home: str) -> str:
    return name.capitalize() if name.isalpha() and name.casefold() != home.casefold() else ""


def _business_ids(random: Random) -> Iterator[str]:
    """Yield numbers that begin with 99 and have correct check digits, each once."""
    start = random.randrange(100_000)
    for step in range(100_000):
        body = f"99{(start + step) % 100_000:05}"
        for digit in "0123456789":
            if ytunnus.is_valid(body + digit):
                yield f"{body}-{digit}"


def _ascii(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in plain if c.isascii() and (c.isalnum() or c in " -")).strip()
