"""A messy member list as it comes from somebody's spreadsheet, and the truth about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from register.places import mergers, municipality
from register.sample.people import Person, note, organisations, people

HEADERS = (
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
)
Row = list[str]


@dataclass(frozen=True, slots=True)
class Truth:
    """For each row of the list, which person and which organisation it is; -1 for a blank row."""

    people: tuple[int, ...]
    organisations: tuple[int, ...]


def messy_list(seed: int = 2026, rows: int = 500) -> tuple[tuple[str, ...], list[Row], Truth]:
    """Return a list's headers, its rows and the truth; the same seed gives the same list.

    About one row in ten is a person for the second time, written in another way.
    """
    random = Random(seed)  # noqa: S311
    homes = organisations(random, max(2, rows * 2 // 5))
    blank = max(1, rows // 150)
    twice = rows // 10
    everyone = people(random, homes, rows - blank - twice)
    named = {home.name: index for index, home in enumerate(homes)}
    listed = [(person, index) for index, person in enumerate(everyone)]
    again = random.sample(listed, twice)
    written: list[tuple[Row, int, int]] = []
    for person, index in listed:
        written.append(
            (_messed(random, _plain(random, person)), index, named[person.organisation.name])
        )
    for person, index in again:
        row = _again(random, person)
        place = random.randrange(len(written) + 1)
        written.insert(place, (_messed(random, row), index, named[person.organisation.name]))
    for _ in range(blank):
        written.insert(random.randrange(len(written)), ([""] * len(HEADERS), -1, -1))
    _hostile([row for row, index, _ in written if index >= 0], random)
    truth = Truth(tuple(i for _, i, _ in written), tuple(o for _, _, o in written))
    return HEADERS, [row for row, _, _ in written], truth


def _plain(random: Random, person: Person) -> Row:
    home = person.organisation
    place = home.place.name("sv" if home.language == "sv" else "fi")
    consent = random.choice(("kyllä", "kyllä", "Kyllä", "x", "ei", ""))
    return [
        home.name,
        f"{person.last} {person.first}",
        person.role,
        person.email,
        _national(person.phone),
        place,
        home.postcode,
        person.language if random.random() < 0.7 else "",
        home.business_id if random.random() < 0.35 else "",
        consent,
        note(random),
    ]


def _again(random: Random, person: Person) -> Row:
    """Write a person who is already on the list once more, as somebody else would."""
    row = _plain(random, person)
    way = random.randrange(5)
    if way == 0:
        return row
    if way == 1:
        row[1] = f"{person.first} {person.last}"
        row[3] = row[3].upper()
    elif way == 2:
        row[1] = f"{person.last} {person.first[0]}."
        row[4] = ""
    elif way == 3:
        row[1] = _typo(random, row[1])
    else:
        row[3] = ""
        row[2] = ""
    return row


def _messed(random: Random, row: Row) -> Row:
    """Return a row with what people do to one; most cells are left as they are."""
    for share, mess in _MESSES:
        if random.random() < share:
            mess(random, row)
    return row


def _legal_form(random: Random, row: Row) -> None:
    for form, others in (
        (" ry", (" r.y.", " r.y", " RY", "", " Ry.")),
        (" rf", (" r.f.", " RF", "")),
    ):
        if row[0].endswith(form):
            row[0] = row[0].removesuffix(form) + random.choice(others)


def _capitals(_: Random, row: Row) -> None:
    row[0] = row[0].upper()


def _spaces(_: Random, row: Row) -> None:
    row[0] = f" {row[0].replace(' ', '  ', 1)} "
    row[1] = row[1].replace(" ", "\u00a0") + " "


def _lost_zero(_: Random, row: Row) -> None:
    row[6] = row[6].lstrip("0")


def _phone_as_a_number(_: Random, row: Row) -> None:
    row[4] = "".join(c for c in row[4] if c.isdigit()).lstrip("0")


def _international(_: Random, row: Row) -> None:
    row[4] = "+358 (0)" + row[4][1:] if row[4].startswith("0") else row[4]


def _two_phones(random: Random, row: Row) -> None:
    row[4] = f"{row[4]}, {_national(f'+35850000{random.randrange(10_000):04}')} (koti)"


def _old_municipality(_: Random, row: Row) -> None:
    code = next(
        (m for m in mergers() if municipality(m.new_code).name_fi == row[5] and not m.also), None
    )
    if code:
        row[5] = code.old_name


def _local_form(_: Random, row: Row) -> None:
    row[5] = f"{row[5]}n kaupunki" if row[5].endswith(("a", "o", "u")) else f"{row[5]} "


def _address(random: Random, row: Row) -> None:
    if row[3]:
        row[3] = random.choice((
            row[3].replace("@", " (at) "),
            f"mailto:{row[3]}",
            f"{row[1]} <{row[3]}>",
            row[3].replace("@", "@ "),
            row[3].replace(".example", ",example"),
            f"{row[3]};",
        ))  # fmt: skip


def _misspelt(random: Random, row: Row) -> None:
    row[0] = _typo(random, row[0])


def _no_organisation(_: Random, row: Row) -> None:
    row[0] = row[8] = ""


_Mess = Callable[[Random, Row], None]
_MESSES: tuple[tuple[float, _Mess], ...] = (
    (0.25, _legal_form),
    (0.04, _capitals),
    (0.06, _spaces),
    (0.30, _lost_zero),
    (0.06, _phone_as_a_number),
    (0.08, _international),
    (0.05, _two_phones),
    (0.10, _old_municipality),
    (0.06, _local_form),
    (0.08, _address),
    (0.03, _misspelt),
    (0.02, _no_organisation),
)


def _hostile(rows: list[Row], random: Random) -> None:
    """Put in what nobody should ever put into a list: a henkilötunnus, formulas, markup."""
    strange = random.sample(rows, min(len(rows), 5))
    cells = (
        "hetu 010190-959L",
        '=HYPERLINK("https://www.example.org/x";"katso")',
        "@SUM(1+1)*cmd|' /C calc'!A0",
        "<script>alert(1)</script>",
        'hyvä; kiitos, "lainaus"\nja toinen rivi',
    )
    for row, cell in zip(strange, cells, strict=False):
        row[10] = cell


def _typo(random: Random, text: str) -> str:
    """Return a text with two letters of it in the wrong order."""
    place = random.randrange(1, max(2, len(text) - 2))
    return text[:place] + text[place + 1 : place + 2] + text[place : place + 1] + text[place + 2 :]


def _national(phone: str) -> str:
    digits = "0" + phone.removeprefix("+358")
    return f"{digits[:3]} {digits[3:6]} {digits[6:]}"
