"""What people do to the rows of a list: one function for each sort of mess.

Each takes a row of the list (``cells``, by the columns named here) and changes it in place.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from register.values.places import mergers, municipality, municipality_named

Row = list[str]
ORG, NAME, ROLE, EMAIL, PHONE, PLACE, POSTCODE, LANGUAGE, NUMBER, CONSENT, NOTES, BODY = range(12)
"""The columns of the list, by position."""

_RECENT = "1990"
"""Of the municipalities that ended before this year nobody still writes the name."""


def legal_form(random: Random, row: Row) -> None:
    """Write the legal form in another way, or leave it out."""
    for form, others in (
        (" ry", (" r.y.", " r.y", " RY", " R.Y.", " Ry.", "")),
        (" rf", (" r.f.", " RF", "")),
    ):
        if row[ORG].endswith(form):
            row[ORG] = row[ORG].removesuffix(form) + random.choice(others)


def capitals(random: Random, row: Row) -> None:
    """Write the organisation's or the person's name in capitals."""
    column = random.choice((ORG, NAME))
    row[column] = row[column].upper()


def spaces(_: Random, row: Row) -> None:
    """Put in the spaces that come with copying from a web page, a no-break space among them."""
    row[ORG] = f" {row[ORG].replace(' ', '  ', 1)} "
    row[NAME] = row[NAME].replace(" ", "\u00a0") + " "


def comma(_: Random, row: Row) -> None:
    """Write ``Virtanen, Matti``."""
    row[NAME] = row[NAME].replace(" ", ", ", 1)


def lost_zero(_: Random, row: Row) -> None:
    """Lose the zeros of the postal code, as a spreadsheet does that takes it for a number."""
    row[POSTCODE] = row[POSTCODE].lstrip("0")


def phone_as_a_number(_: Random, row: Row) -> None:
    """Lose the zero and the spaces of the phone."""
    row[PHONE] = "".join(c for c in row[PHONE] if c.isdigit()).lstrip("0")


def international(random: Random, row: Row) -> None:
    """Write the phone from abroad; a spreadsheet may take what begins with + for a formula."""
    if row[PHONE].startswith("0"):
        row[PHONE] = random.choice(("+358 ", "+358 (0)", "00358 ", "+358")) + row[PHONE][1:]


def two_phones(random: Random, row: Row) -> None:
    """Put a second number into the cell."""
    second = national(f"+35850000{random.randrange(10_000):04}")
    row[PHONE] += random.choice((", {} (koti)", " / {}", "; työ {}", " tai {}")).format(second)


def old_municipality(random: Random, row: Row) -> None:
    """Write the name of a municipality that is a part of this one now."""
    former = [
        one.old_name
        for one in mergers()
        if one.date >= _RECENT and not one.also and municipality(one.new_code).name_fi == row[PLACE]
    ]
    if former:
        row[PLACE] = random.choice(former)


def another_form(random: Random, row: Row) -> None:
    """Write the municipality in the other language, in a case form, or as its office's name."""
    if home := municipality_named(row[PLACE]):
        row[PLACE] = random.choice(
            (home.name_sv, home.name_sv, home.genitive_fi, f"{home.genitive_fi} kunta", home.in_fi)
        )


def address(random: Random, row: Row) -> None:
    """Write the address as it comes from a web page, a mail program, a tired person."""
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


def domain(_: Random, row: Row) -> None:
    """Slip in the domain's end; no such end exists, so that the address is nobody's."""
    if row[EMAIL].endswith("example.com"):
        row[EMAIL] = row[EMAIL].removesuffix("m") + "n"
    else:
        row[EMAIL] = row[EMAIL].replace(".example", ",example")


def misspelt(random: Random, row: Row) -> None:
    """Slip in the organisation's name."""
    row[ORG] = slip(random, row[ORG])


def no_organisation(_: Random, row: Row) -> None:
    """Leave out what the person is in."""
    row[ORG] = row[NUMBER] = ""


def slip(random: Random, text: str) -> str:
    """Return a text with two letters of one of its longer words in the wrong order."""
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


def national(phone: str) -> str:
    """Return a Finnish E.164 number as people write it: ``040 000 1234``, ``09 000 1234``."""
    digits = "0" + phone.removeprefix("+358")
    area = 2 if digits.startswith("09") else 3
    return f"{digits[:area]} {digits[area : area + 3]} {digits[area + 3 :]}"


Mess = Callable[[Random, Row], None]
MESSES: tuple[tuple[float, Mess], ...] = (
    (0.22, legal_form),
    (0.04, capitals),
    (0.06, spaces),
    (0.05, comma),
    (0.30, lost_zero),
    (0.06, phone_as_a_number),
    (0.10, international),
    (0.04, two_phones),
    (0.20, old_municipality),
    (0.06, another_form),
    (0.09, address),
    (0.03, domain),
    (0.03, misspelt),
    (0.02, no_organisation),
)
"""How large a share of the rows gets each sort of mess."""

HOSTILE = (
    "hetu 010190-959L",
    '=HYPERLINK("https://www.example.org/x";"katso")',
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "<script>alert(1)</script>",
    'hyvä; kiitos, "lainaus"\nja toinen rivi',
)
"""What nobody should put into a list. No person has a henkilötunnus with a number over 900."""
