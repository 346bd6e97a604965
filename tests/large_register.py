"""A large register as it may stand after some years: mostly clean, for benches and tests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from random import Random

from register.book.ids import new_id, reference_text
from register.book.schema import schema
from register.book.table import Book, Table
from register.sample import people as invented
from register.sample.messy import national_format, swap_letters
from register.sample.people import SampleOrganisation, SamplePerson
from register.values.places import county_of_code, region

_Cells = dict[str, str]
TODAY = date(2026, 11, 1)
"""The day that a register's dates are counted back from, unless another is given."""

_SOURCE = "sample"
_WITHIN = 330
"""Most rows were confirmed within so many days: less than the year after which they are stale."""


def large_register(seed: int, organisations: int, people: int, today: date = TODAY) -> Book:
    """Return a register of so many rows in ``organisations`` and in ``people``.

    Ids are valid and references whole. Of a hundred people two are there for the second time, three
    have a cell that somebody has spoilt, five were not confirmed for a year; one in two hundred is
    banned. The same seed gives the same register. Raises ValueError for more than some 18,000
    organisations.
    """
    random = Random(seed)
    taken: set[str] = set()
    homes = invented.sample_organisations(random, organisations)
    ids: dict[str, str] = {}
    org_rows: list[_Cells] = []
    for home in homes:
        ids[home.name] = _id("O", len(org_rows), seed, taken)
        org_rows.append(_organisation(random, ids[home.name], home, today))
    twice = people // 50
    people_rows: list[_Cells] = []
    for person in invented.sample_people(random, homes, people - twice) if homes else ():
        row_id = _id("H", len(people_rows), seed, taken)
        org = reference_text(person.organisation.name, ids[person.organisation.name])
        people_rows.append(_person(random, row_id, person, org, today))
    for row in random.sample(people_rows, min(twice, len(people_rows))):
        again = {**row, "id": _id("H", len(people_rows), seed, taken)}
        again[random.choice(("email", "phone", "role"))] = ""
        if random.random() < 0.5:
            again["last"] = swap_letters(random, again["last"])
        people_rows.append(again)
    for row in random.sample(people_rows, len(people_rows) * 3 // 100):
        _spoil(random, row)
    bans = [
        {
            "id": _id("E", index, seed, taken),
            "email": row["email"],
            "scope": random.choice(("all", "invitations")),
            "reason": "request",
            "date": row["verified_on"],
            "source": _SOURCE,
        }
        for index, row in enumerate(people_rows[::200])
        if row["email"]
    ]
    tabs = {"organisations": org_rows, "people": people_rows, "bans": bans}
    tables = {key: _table(key, rows) for key, rows in tabs.items()}
    return Book({**Book.empty().tables, **tables})


def _organisation(random: Random, row_id: str, home: SampleOrganisation, today: date) -> _Cells:
    place = home.place
    return {
        "id": row_id,
        "name": home.name,
        "type": home.kind,
        "business_id": home.business_id if random.random() < 0.6 else "",
        "municipality": place.name_fi,
        "region": region(place.region).name_fi,
        "county": county_of_code(place.county).name_fi if place.county else "",
        "email": f"info@{home.domain}" if random.random() < 0.5 else "",
        "phone": home.phone if random.random() < 0.3 else "",
        "postcode": home.postcode,
        "language": home.language,
        "source": _SOURCE,
        "added_on": _added(random, today),
        "verified_on": _confirmed(random, today),
        "status": "ok",
    }


def _person(random: Random, row_id: str, person: SamplePerson, org: str, today: date) -> _Cells:
    invite = "yes" if random.random() < 0.7 else "no"
    added = _added(random, today)
    actor = person.group == "association_actor"
    consent = actor and invite == "yes"
    return {
        "id": row_id,
        "first": person.first,
        "last": person.last,
        "org": org,
        "role": person.role,
        "group": person.group,
        "body": person.body,
        "email": person.email if random.random() < 0.98 else "",
        "phone": person.phone if random.random() < 0.8 else "",
        "language": person.language,
        "invite": invite,
        "source": _SOURCE,
        "added_on": added,
        "basis": "consent" if consent else "legitimate_interest" if actor else "public_duty",
        "consent_on": added if consent else "",
        "consent_words": "Saa kutsua: kyllä (jäsenluettelo)" if consent else "",
        "verified_on": _confirmed(random, today),
        "status": "ok",
    }


def _spoil(random: Random, row: _Cells) -> None:
    """Do to a row what a person does who types by hand."""
    match random.randrange(4):
        case 0:
            row["email"] = row["email"].replace("@", " (at) ")
        case 1:
            row["phone"] = national_format(row["phone"]) if row["phone"] else "ei tiedossa"
        case 2:
            row["role"] = ""
        case _:
            row["first"], row["last"] = row["last"], row["first"]


def _added(random: Random, today: date) -> str:
    return (today - timedelta(days=random.randrange(_WITHIN, 3 * _WITHIN))).isoformat()


def _confirmed(random: Random, today: date) -> str:
    return _added(random, today) if random.random() < 0.05 else _day(random, today)


def _day(random: Random, today: date) -> str:
    return (today - timedelta(days=random.randrange(_WITHIN))).isoformat()


def _id(letter: str, index: int, seed: int, taken: set[str]) -> str:
    row_id = new_id(letter, (_SOURCE, str(seed), str(index)), taken)
    taken.add(row_id)
    return row_id


def _table(key: str, rows: Sequence[Mapping[str, str]]) -> Table:
    tab = schema().tab(key)
    columns = [column.key for column in tab.columns]
    cells = ((n, [row.get(c, "") for c in columns]) for n, row in enumerate(rows, start=2))
    return Table.of(tab, columns, cells)
