"""A messy member list, as if from somebody's spreadsheet, and the truth about its rows.

Each kind of mess is a function that changes one row of the list (``cells``, by the columns named
here) in place.
"""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from register.sample.people import (
    SampleOrganisation,
    SamplePerson,
    sample_note,
    sample_organisations,
    sample_people,
    with_another_role,
)
from register.values.places import mergers, municipality, municipality_named

MessyRow = list[str]
ORG, NAME, ROLE, EMAIL, PHONE, PLACE, POSTCODE, LANGUAGE, NUMBER, CONSENT, NOTES, BODY = range(12)
"""The indexes of the list's columns."""

_RECENT = "1990"
"""Names of municipalities that ended before this year are no longer written by anybody."""

HOSTILE = (
    "hetu 010190-959L",
    '=HYPERLINK("https://www.example.org/x";"katso")',
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "<script>alert(1)</script>",
    'hyvä; kiitos, "lainaus"\nja toinen rivi',
)
"""Texts that do not belong in a list. The number in this henkilötunnus is over 900, so it is
nobody's."""

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


def vary_legal_form(random: Random, row: MessyRow) -> None:
    """Write the legal form in another way, or leave it out."""
    for form, others in (
        (" ry", (" r.y.", " r.y", " RY", " R.Y.", " Ry.", "")),
        (" rf", (" r.f.", " RF", "")),
    ):
        if row[ORG].endswith(form):
            row[ORG] = row[ORG].removesuffix(form) + random.choice(others)


def write_in_capitals(random: Random, row: MessyRow) -> None:
    """Write the name of the organisation or the person in capitals."""
    column = random.choice((ORG, NAME))
    row[column] = row[column].upper()


def add_spaces(_: Random, row: MessyRow) -> None:
    """Add spaces as copying from a web page does, including a no-break space."""
    row[ORG] = f" {row[ORG].replace(' ', '  ', 1)} "
    row[NAME] = row[NAME].replace(" ", "\u00a0") + " "


def write_with_comma(_: Random, row: MessyRow) -> None:
    """Write the name as ``Virtanen, Matti``."""
    row[NAME] = row[NAME].replace(" ", ", ", 1)


def lose_zeros(_: Random, row: MessyRow) -> None:
    """Drop the leading zeros of the postal code, as a spreadsheet does with numbers."""
    row[POSTCODE] = row[POSTCODE].lstrip("0")


def phone_as_number(_: Random, row: MessyRow) -> None:
    """Drop the leading zero and the spaces of the phone."""
    row[PHONE] = "".join(c for c in row[PHONE] if c.isdigit()).lstrip("0")


def international_format(random: Random, row: MessyRow) -> None:
    """Write the phone with the country code; a spreadsheet may take the + for a formula."""
    if row[PHONE].startswith("0"):
        row[PHONE] = random.choice(("+358 ", "+358 (0)", "00358 ", "+358")) + row[PHONE][1:]


def add_second_phone(random: Random, row: MessyRow) -> None:
    """Add a second number to the cell."""
    second = national_format(f"+35850000{random.randrange(10_000):04}")
    row[PHONE] += random.choice((", {} (koti)", " / {}", "; työ {}", " tai {}")).format(second)


def use_former_municipality(random: Random, row: MessyRow) -> None:
    """Write the name of a former municipality that is part of this one now."""
    former = [
        one.old_name
        for one in mergers()
        if one.date >= _RECENT and not one.also and municipality(one.new_code).name_fi == row[PLACE]
    ]
    if former:
        row[PLACE] = random.choice(former)


def use_other_form(random: Random, row: MessyRow) -> None:
    """Write the municipality in the other language, in a case form, or as its office."""
    if home := municipality_named(row[PLACE]):
        row[PLACE] = random.choice(
            (home.name_sv, home.name_sv, home.genitive_fi, f"{home.genitive_fi} kunta", home.in_fi)
        )


def spoil_address(random: Random, row: MessyRow) -> None:
    """Write the address as web pages, mail programs and tired people do."""
    if row[EMAIL]:
        row[EMAIL] = random.choice((
            row[EMAIL].replace("@", " (at) "),
            row[EMAIL].replace("@", "(at)"),
            f"mailto:{row[EMAIL]}",
            f"{row[NAME]} <{row[EMAIL]}>",
            row[EMAIL].replace("@", "@ "),
            f"{row[EMAIL]};",
            row[EMAIL].upper(),
        ))  # fmt: skip


def misspell_domain(_: Random, row: MessyRow) -> None:
    """Mistype the end of the domain; the result is a domain that cannot exist."""
    if row[EMAIL].endswith("example.com"):
        row[EMAIL] = row[EMAIL].removesuffix("m") + "n"
    else:
        row[EMAIL] = row[EMAIL].replace(".example", ",example")


def misspell_name(random: Random, row: MessyRow) -> None:
    """Mistype the name of the organisation."""
    row[ORG] = swap_letters(random, row[ORG])


def leave_out_organisation(_: Random, row: MessyRow) -> None:
    """Drop the organisation and its number."""
    row[ORG] = row[NUMBER] = ""


def swap_letters(random: Random, text: str) -> str:
    """Return a text with two letters of one of its longer words exchanged."""
    words = text.split(" ")
    long = [i for i, word in enumerate(words) if len(word) > 4 and word.isalpha()]
    if not long:
        return text
    at = random.choice(long)
    word = words[at]
    places = [i for i in range(1, len(word) - 1) if word[i] != word[i + 1]]
    i = random.choice(places)
    words[at] = f"{word[:i]}{word[i + 1]}{word[i]}{word[i + 2 :]}"
    return " ".join(words)


def national_format(phone: str) -> str:
    """Return a Finnish E.164 number as people write it: ``040 000 1234``, ``09 000 1234``."""
    digits = "0" + phone.removeprefix("+358")
    area = 2 if digits.startswith("09") else 3
    return f"{digits[:area]} {digits[area : area + 3]} {digits[area + 3 :]}"


_Mess = Callable[[Random, MessyRow], None]
MESSES: tuple[tuple[float, _Mess], ...] = (
    (0.22, vary_legal_form),
    (0.04, write_in_capitals),
    (0.06, add_spaces),
    (0.05, write_with_comma),
    (0.30, lose_zeros),
    (0.06, phone_as_number),
    (0.10, international_format),
    (0.04, add_second_phone),
    (0.20, use_former_municipality),
    (0.06, use_other_form),
    (0.09, spoil_address),
    (0.03, misspell_domain),
    (0.03, misspell_name),
    (0.02, leave_out_organisation),
)
"""The share of rows that gets each kind of mess."""


@dataclass(frozen=True, slots=True)
class Truth:
    """The person and the organisation of each row of the list; -1 for a blank row.

    A person with roles in two organisations is one person.
    """

    people: tuple[int, ...]
    organisations: tuple[int, ...]


def messy_list(seed: int = 2026, rows: int = 500) -> tuple[tuple[str, ...], list[MessyRow], Truth]:
    """Return the headers of a list, its rows, and the truth; the same seed gives the same list.

    One row in ten repeats a person, written in another way or in another role.
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
    """Return a person's row without mess, except that some cells are left out."""
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
    """Return another row of a person already on the list, as somebody else would write it."""
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
    """Return a row after all kinds of mess have had their chance; most cells stay as they are."""
    for share, mess in MESSES:
        if random.random() < share:
            mess(random, row)
    return row
