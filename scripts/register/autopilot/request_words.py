"""Requests in free words: "lista espoolaisista yhdistyksistä" asks for the list of an area."""

import re
from collections.abc import Iterator
from dataclasses import replace

from register.autopilot.requests import Request
from register.book.headers import fold_header
from register.book.table import Book
from register.cooperation.matter_lines import topic_of
from register.people.mailings import MailingList
from register.people.named_in_text import organisations_named, people_called, people_maybe_named
from register.values.areas import Areas

_LONGEST = 200
_MOST_WORDS = 3
"""The most words of an area's name: "Länsi-Uudenmaan hyvinvointialue", "hela Finland"."""

_KINDS = {
    kind: re.compile(rf"\b(?:{words})", re.IGNORECASE)
    for kind, words in {
        "undo_run": r"(?:peru|peruuta|kumoa|ångra|undo)\b.*\b(?:ajo|ajon|ajot|siivous|siivouksen"
        r"|muutos|muutokset|körning\w*|run|runs|cleanup|changes?)\b",
        "packet": r"perehdyty|seuraajan kansio|\w*paketti|överlämning|introduktion|handover|packet",
        "history": r"\w*histori|(?:mitä|vad|what) .*(?:sovittu|avtalat|kommit överens|agreed)",
        "labels": r"\w*tarra|\w*etikett|labels?\b|stickers",
        "gaps": r"puuttu|aukot|aukko|luckor|saknas|gaps|missing",
        "mailing": r"jakelu|utskick|mailing",
        "clean": r"(?:siivoa|siivous|siisti|städa|clean|tidy)\W*(?:(?:up|nyt|heti|rekisteri"
        r"|taulukko|nu|registret|now|the register|the sheet)\W*)*$",
        "area_list": r"\w*lista\b|\w*listan\b|\w*luettelo|listor|lista på|förteckning|lists?\b",
    }.items()
}
"""The words of each kind of request; of several kinds the first counts.

The two kinds that write into the register need to be plain: "peruuta tapaaminen" undoes no run, and
a day of cleaning is no cleanup.
"""

_NOT = re.compile(
    r"\b(?:ei|älä|inte|ej|not|don't|poista|lisää|lisätään|muuta|korjaa|päivitä|kutsu|siirrä"
    r"|flytta|move|ta bort|lägg till|ändra|bjud|remove|delete|add|change|invite)\b",
    re.IGNORECASE,
)
"""Words of what no request does."""

_LIVES_IN = re.compile(r"(?<=\w)l[aä]i(?:s|n)\w*$")
"""The ending of people and associations of a place: "espoolaisista"."""

OF_A_PLACE = ("area_list", "labels", "gaps")
"""The kinds that free words ask for only together with an area or a topic."""


def request_in_words(book: Book, request: Request) -> Request | None:
    """Return what the words of ``what`` ask for, None if that is not plain.

    What the other columns say counts more than the words.
    """
    text = request.what[:_LONGEST]
    kind = next((key for key, words in _KINDS.items() if words.search(text)), "")
    if not kind or _NOT.search(text):
        return None
    return replace(
        request,
        what=kind,
        area=request.area or ", ".join(dict.fromkeys(_areas_said(book, text))),
        topic=request.topic or topic_of(book, text),
        about=request.about or _said_about(book, kind, text),
    )


def _areas_said(book: Book, text: str) -> Iterator[str]:
    """Yield the areas that a text names, the longest names first."""
    areas, words = Areas(book), re.findall(r"[^\s,.:;?!]+", text)
    while words:
        count = 1
        for length in range(min(_MOST_WORDS, len(words)), 0, -1):
            said = _LIVES_IN.sub("", " ".join(words[:length]))
            codes, unknown = areas.codes(said)
            if codes and not unknown:
                yield said
                count = length
                break
        words = words[count:]


def _said_about(book: Book, kind: str, text: str) -> str:
    """Return the reference or name of whom or what a text asks about, '' if that is not one."""
    if kind == "mailing":
        named = [one.name for one in MailingList.all(book).values() if one.name]
        found = [name for name in named if fold_header(name) in fold_header(text)]
        return found[0] if len(found) == 1 else ""
    if kind not in ("packet", "history"):
        return ""
    people = people_maybe_named(book, text) or people_called(book, text)
    rows = [("people", one.id) for one in people]
    if not rows and kind == "history":
        rows = [("organisations", one.id) for one in organisations_named(book, text)]
    return book.reference(*rows[0]) if len(rows) == 1 else ""
