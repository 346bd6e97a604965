"""Split a phone contact's name that is an organisation's, or holds one beside a person's.

Phones ask for a first and a last name even of organisations: "Kaislan Omaishoitajat Pj Eila".
"""

import re
from collections.abc import Iterator, MutableMapping

from register.intake.cell_parts import people_in_cell, split_organisation_and_person
from register.values.organisation_name import legal_form, names_organisation, organisation_key
from register.values.person_name import first_names
from register.values.places import resolve_place
from register.values.post import whole_role

_LONGEST = 100
_INSIDE = re.compile(r"([^()]+?)\s*\(([^()]+)\)")
_REGIONS = ("seudun", "alueen", "nejdens", "traktens")
_NAMES = ("name", "first", "last")
_MOST = 3
"""The most words that a person's name has here."""


def separate_organisation(cells: MutableMapping[str, str]) -> None:
    """Move the organisation within a card's name to ``org``, changing the card in place.

    Nothing changes if the card names another organisation already.
    """
    whole = cells.get("name") or " ".join(filter(None, map(cells.get, ("first", "last"))))
    if not 3 < len(whole) <= _LONGEST or "\n" in whole:
        return
    org, role, person = _parts(whole)
    known = cells.get("org", "")
    if not org or (known and organisation_key(known) != organisation_key(org)):
        return
    for key in _NAMES:
        cells.pop(key, None)
    cells["org"] = known or org
    if role and not cells.get("role"):
        cells["role"] = role
    if person:
        cells["name" if " " in person else "first"] = person


def _parts(whole: str) -> tuple[str, str, str]:
    """Return the organisation, the post and the person within a name, each '' for none."""
    if halves := split_organisation_and_person(whole):
        named = people_in_cell(halves[1])
        return (halves[0], named[0].role, named[0].name) if len(named) == 1 else ("", "", "")
    inside = _INSIDE.fullmatch(whole)
    if inside and _is_person(inside[1].split()) and _is_local(inside[2].split()):
        return inside[2], "", inside[1]
    words = whole.split()
    if len(words) == _MOST and names_organisation(words[-1]):
        called = words[:-1]
        if _is_person(called) and called[1].casefold() not in first_names():
            return words[-1], "", " ".join(called)
    if (role := whole_role(words[0])) and len(words) > 2:
        org, _, person = _parts(" ".join(words[1:]))
        return (org, role, person) if org else ("", "", "")
    for at, word in enumerate(words[1:-1], start=1):
        if (role := whole_role(word)) and _is_organisation(words[:at]):
            return " ".join(words[:at]), role, " ".join(words[at + 1 :])
    for one, other in _halves(words):
        if _is_organisation(one) and _is_person(other) and not _goes_on(one, other, words):
            return " ".join(one), "", " ".join(other)
    return (whole, "", "") if _is_organisation(words) else ("", "", "")


def _is_local(words: list[str]) -> bool:
    """Whether words name an organisation, or begin with a place in the genitive ("Kaislan")."""
    return len(words) > 1 and (
        names_organisation(" ".join(words))
        or resolve_place(words[0]).how == "form"
        or words[1].casefold() in _REGIONS
    )


def _halves(words: list[str]) -> Iterator[tuple[list[str], list[str]]]:
    for count in range(1, min(_MOST, len(words) - 2) + 1):
        yield words[:-count], words[-count:]
        yield words[count:], words[:count]


def _is_organisation(words: list[str]) -> bool:
    name = " ".join(words)
    if len(words) < 2 or not names_organisation(name):
        return False
    return bool(legal_form(name)) or words[0].casefold() not in first_names()


def _goes_on(org: list[str], person: list[str], words: list[str]) -> bool:
    """Whether the words after a lone first name are its last name, not an organisation.

    They are an organisation if they begin with capitals ("MLL") or a place in a case ("Kaislan").
    """
    alone = len(person) == 1 and words[0] == person[0]
    return alone and not (org[0].isupper() or resolve_place(org[0]).how == "form")


def _is_person(words: list[str]) -> bool:
    """Whether words are a person's name: a known first name, and no word of an organisation."""
    known = [word.casefold() in first_names() for word in words]
    return (known[0] or (len(words) > 1 and known[-1])) and not names_organisation(" ".join(words))
