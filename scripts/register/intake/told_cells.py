"""What a typed row says in words beside a name: a title, a party, where they were met."""

import re

from register.book.table import Book
from register.intake.card_words import ROLE
from register.intake.offices import named_post
from register.intake.parties import party_named, split_party
from register.people.named_in_text import organisations_named
from register.values.organisation_name import names_organisation
from register.values.person_name import first_names
from register.values.post import posts

TOLD = ("met_at", "group", "party")
"""Columns of ``inbox`` that words may fill where the cell is blank."""

MET = re.compile(
    r"(?:tavattu|tavattiin|tavatessa|tapasin|tapasimme|nähtiin|näimme|tuttu|tutustuttiin"
    r"|träffades|träffade|mötte|möttes|bekant från|met|we met|known from)"
    r"\s+(?P<at>(?:\w+ )?\w+(?:illa|illä|lla|llä|ssa|ssä|lta|ltä|sta|stä)(?: \d[\d.]*)?"
    r"|(?:på|vid) \w+(?: \d[\d.]*)?|(?:at|in) (?:the )?\w+(?: \d[\d.]*)?)"
    r"|(?P<from>\w+(?:lta|ltä|sta|stä))\s+tuttu",
    re.IGNORECASE,
)
"""Where a person was met: "tavattu messuilla", "syyspäiviltä tuttu", "met at the fair"."""

_BEGINS = re.compile(
    r"(?:(?:eilen|tänään|igår|idag|yesterday|today)\s+)?(?:tapasi\w*|tavattiin|tapaa\w*|soitin"
    r"|soitti\w*|puhu\w+|näi\w+|muista|kysy|kiitä|träffa\w+|mötte|ringde|fråga|met|called|ask)\b",
    re.IGNORECASE,
)
_LEGAL = re.compile(r"\s(?:ry|r\.y\.|rf|r\.f\.|oy|ab|sr|osk)\b\S*\s+\S", re.IGNORECASE)
_MOST_BESIDE = 5
_TOWN = re.compile(r"\b([A-ZÅÄÖ][\w-]+n) (kaupungi|kunna)(?:n|lta|ssa|sta|lla)\b")
_OF_A_TOWN = {"kaup": "kaupunki", "kunn": "kunta"}


def is_sentence(name: str) -> bool:
    """Whether a "name" begins as a sentence does: "Tapasimme Jyrki Turusen"."""
    return bool(_BEGINS.match(name))


def is_bare_organisation(name: str) -> bool:
    """Whether words are an organisation's name and nothing else, judged by how they end."""
    last = name.split()[-1] if name.split() else ""
    ends = last[:1].isupper() or names_organisation(last) or last.casefold() in ("ry", "rf", "sr")
    return ends and not _LEGAL.search(name) and ":" not in name


def with_told_cells(card: dict[str, str], group: str = "") -> dict[str, str]:
    """Return a row of ``inbox`` with its words moved to the cells that they belong to.

    A title before the name ("valtuutettu") becomes an elected person's post, a party its short
    name. ``group`` is the cell of the row's own group column.
    """
    found = dict(card)
    first, _, rest = found.get("name", "").partition(" ")
    plain = first.casefold().rstrip(".")
    if " " in rest and plain in posts()["elected"]["words"]:
        found |= {"name": rest, "role": found.get("role") or plain, "group": "elected"}
    elif " " in rest and (role := named_post(first)) and not found.get("role"):
        found |= {"name": rest, "role": role}
    name, party = split_party(found.get("name", ""))
    said = [part for part in found.get("text", "").split("; ") if part]
    if party:
        found |= {"name": name.strip(), "party": party}
    elif party := party_named(group):
        found |= {"party": party, "group": "elected"}
    elif found.get("group") and (shown := next(filter(party_named, said), "")):
        said.remove(shown)
        found["party"] = party_named(shown)
    if place := next((at for part in said if (at := MET.fullmatch(part))), None):
        said.remove(place[0])
        found["met_at"] = place["at"] or place["from"]
    if "text" in found:
        found["text"] = "; ".join(said)
    return found


def organisation_said(book: Book, text: str) -> str:
    """Return the known organisation or the town whose officer a text names, '' for none or several.

    "Helsingin kuoron uusi pj …", "sihteeri Hangon kuorossa", "Espoon kaupungilta".
    """
    named = organisations_named(book, text)
    called = {one.name for one in named if one.name.casefold() not in first_names()}
    called = called or {f"{town} {_OF_A_TOWN[kind[:4]]}" for town, kind in _TOWN.findall(text)}
    return called.pop() if len(called) == 1 else ""


def post_said(text: str, name: str) -> str:
    """Return the post that a sentence gives a person: "Eila Kaski, uusi sihteeri …"; else ''."""
    here, words = re.escape(name), list[str]()
    for pattern in (
        rf"{here}\s*[,(–-]+\s*(?P<said>[^,()]+)",
        rf"{here}\s+(?:on|är|is)\s+(?P<said>[^,()]+)",
        rf"(?P<said>[^,.():]+):\s+{here}",
        rf"(?P<said>\S+)\s+{here}",
        r"\((?P<said>[^,()]+)",
    ):
        for found in re.finditer(pattern, text):
            words += found["said"].split()[:_MOST_BESIDE]
    posts_said = (
        named_post(word) or (word.casefold() if ROLE.fullmatch(word) else "") for word in words
    )
    return next(filter(None, posts_said), "")
