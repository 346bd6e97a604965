"""People in a piece of a line: a post and a name, a sentence "the chair is …", joined names."""

import re
from dataclasses import dataclass, field

from register.intake.cell_parts import NamedPerson, is_surely_named, people_in_cell
from register.intake.offices import named_post
from register.values import organisation_name
from register.values.person_name import first_names

BOARD_WORDS = re.compile(
    r"\b(?:hallitu\w+|johtokun\w+|toimihenkilö\w*|yhteystiedo\w+|yhteyshenkilö\w*|jäsenet|styrelse\w*"
    r"|funktionärer\w*|kontaktuppgifter\w*|kontaktpersoner\w*|board|committee|officers|contacts)\b"
    r"|(?<!\d)20\d\d(?:\s*[-–]\s*20\d\d)?(?!\d)",
    re.IGNORECASE,
)
"""Words beside an organisation's name in the heading of its board."""

_IS = re.compile(r"^(?P<post>.+?)\s+(?:on|är|is)\s+(?P<name>.+)$")
_LED = re.compile(
    r"(?P<lead>[^\W\d_]+(?: (?![A-ZÅÄÖ])[^\W\d_]+){0,3}) (?P<name>[A-ZÅÄÖ][\w-]+ [A-ZÅÄÖ][\w-]+)"
)
"""A name behind other words, none of which has a capital except the first."""

_OURS = re.compile(r"(?:mme|nne)$")
INFLECTED = re.compile(r"[^\W\d_]{2,}(?:lle|lta|ltä|ssa|ssä|sta|stä)$")
"""Endings of a name within a sentence; a name by itself has none of them."""


@dataclass(slots=True)
class TextPerson:
    """A person of a text, or an organisation alone (``name`` is ''), and what the text says.

    ``about`` holds an organisation's address, website and number, by header. ``line`` is an index.
    """

    name: str = ""
    role: str = ""
    org: str = ""
    town: str = ""
    emails: list[str] = field(default_factory=list)
    phones: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    about: dict[str, str] = field(default_factory=dict)
    line: int = 0
    perhaps: str = ""
    """The words of ``said`` that stand in the place of a post: "Juha Eskola, kirkkoherra, 040
    …"."""


def people_of_piece(piece: str, *, sure: bool) -> list[TextPerson]:
    """Return the people whom a piece of a line names, [] if it is not about people alone.

    ``sure`` means that a name needs no known first name, since a post stood before it. Up to four
    words before a name are allowed: a post, or words kept in ``said``.
    """
    if said := _IS.match(piece):
        role = _OURS.sub("", said["post"].split()[-1])
        role = named_post(role) or named_post(role[:-1]) or named_post(f"{role}n")
        named = people_in_cell(said["name"]) if role else []
        return [TextPerson(one.name, role) for one in named if _is_named(one, sure=True)]
    first, _, rest = piece.partition(" ")
    if role := named_post(first):
        named = people_in_cell(rest)
        if named and all(_is_named(one, sure=True) for one in named):
            return [TextPerson(one.name, one.role or role) for one in named]
    named = people_in_cell(piece)
    if named and all(_is_named(one, sure=sure) for one in named):
        return [TextPerson(one.name, one.role) for one in named]
    return _led_to(piece)


def _led_to(piece: str) -> list[TextPerson]:
    """Return the person whose name ends a few words: "uusi sihteeri Eila Kaski", [] for none."""
    found = _LED.fullmatch(piece)
    if not found or BOARD_WORDS.search(piece):
        return []
    named = people_in_cell(found["name"])
    if len(named) != 1 or not _is_named(named[0], sure=False):
        return []
    *before, last = found["lead"].split()
    role = named_post(last)
    said = before if role else [*before, last]
    return [TextPerson(named[0].name, role, said=[" ".join(said)] if said else [])]


def _is_named(one: NamedPerson, *, sure: bool) -> bool:
    words = one.name.split()
    if organisation_name.names_organisation(one.name) or not 2 <= len(words) <= 4:
        return False
    if INFLECTED.search(words[-1]) and words[-1].casefold() not in first_names():
        return False
    capital = all(word[:1].isupper() or word in ("von", "af", "de", "van", "der") for word in words)
    return capital and not any(map(str.isdigit, one.name)) and (sure or is_surely_named(one))
