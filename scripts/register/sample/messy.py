"""A messy member list as it comes from somebody's spreadsheet, and the truth about it."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from register.sample.mess import (
    BODY,
    EMAIL,
    HOSTILE,
    MESSES,
    NAME,
    NOTES,
    PHONE,
    ROLE,
    MessyRow,
    national_format,
    swap_letters,
)
from register.sample.people import (
    SampleOrganisation,
    SamplePerson,
    sample_note,
    sample_organisations,
    sample_people,
    with_another_role,
)

_HEADERS = (
    "Yhdistys",
    "Sukunimi Etunimi",
    "Tehtävä",
    "S-posti",
    "Puh.",
    "Kotipaikka",
    "Postinro",
    "Kieli",
    "Y-tunnus",
    "Saa kutsua",
    "Lisätietoja",
    "Toimielin",
)


@dataclass(frozen=True, slots=True)
class Truth:
    """For each row of the list, which person and which organisation it is; -1 for a blank row.

    A person who has a role in two organisations is one person.
    """

    people: tuple[int, ...]
    organisations: tuple[int, ...]


def messy_list(seed: int = 2026, rows: int = 500) -> tuple[tuple[str, ...], list[MessyRow], Truth]:
    """Return a list's headers, its rows and the truth; the same seed gives the same list.

    One row in ten is a person for the second time: written in another way, or in another role.
    """
    random = Random(seed)  # noqa: S311
    homes = sample_organisations(random, max(2, rows * 2 // 5))
    blank = max(1, rows // 150)
    twice = rows // 10
    everyone = sample_people(random, homes, rows - blank - twice)
    named = {home.name: index for index, home in enumerate(homes)}
    written: list[tuple[MessyRow, int, int]] = []
    for index, person in enumerate(everyone):
        row = _messed(random, _plain(random, person))
        written.append((row, index, named[person.organisation.name]))
    for index, person in random.sample(list(enumerate(everyone)), twice):
        row, home = _again(random, person, homes)
        place = random.randrange(len(written) + 1)
        written.insert(place, (_messed(random, row), index, named[home.name]))
    for (cells, _, _), hostile in zip(random.sample(written, len(written)), HOSTILE, strict=False):
        cells[NOTES] = hostile
    for _ in range(blank):
        written.insert(random.randrange(len(written)), ([""] * len(_HEADERS), -1, -1))
    truth = Truth(tuple(i for _, i, _ in written), tuple(o for _, _, o in written))
    return _HEADERS, [row for row, _, _ in written], truth


def _plain(random: Random, person: SamplePerson) -> MessyRow:
    """Return a person's row, nothing wrong with it yet but what is left out."""
    home = person.organisation
    consent = random.choice(("kyllä", "kyllä", "Kyllä", "x", "ei", ""))
    return [
        home.name,
        f"{person.last} {person.first}",
        person.role,
        person.email,
        national_format(person.phone),
        home.place.name(home.language),
        home.postcode,
        person.language if random.random() < 0.7 else "",
        home.business_id if random.random() < 0.35 else "",
        consent,
        sample_note(random),
        person.body,
    ]


def _again(
    random: Random, person: SamplePerson, homes: list[SampleOrganisation]
) -> tuple[MessyRow, SampleOrganisation]:
    """Write a person who is on the list already once more, as somebody else would."""
    way = random.choice((0, 1, 1, 2, 3, 4, 5, 5))
    if way == 0:
        elsewhere = with_another_role(random, person, homes)
        return _plain(random, elsewhere), elsewhere.organisation
    row = _plain(random, person)
    if way == 1:
        row[NAME] = f"{person.first} {person.last}"
        row[EMAIL] = row[EMAIL].upper()
    elif way == 2:
        row[NAME] = f"{person.last} {person.first[0]}."
        row[PHONE] = ""
    elif way == 3:
        row[NAME] = swap_letters(random, row[NAME])
    elif way == 4:
        row[EMAIL] = row[ROLE] = row[BODY] = ""
    return row, person.organisation


def _messed(random: Random, row: MessyRow) -> MessyRow:
    """Return a row with what people do to one; most cells are left as they are."""
    for share, mess in MESSES:
        if random.random() < share:
            mess(random, row)
    return row
