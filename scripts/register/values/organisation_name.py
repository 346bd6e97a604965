"""Organisation names: one spelling of the legal form, a key that tells nothing of it."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from register.values.places import resolve_place
from register.values.reading import Problems, Reading
from register.values.text import read_line, tidy

PROBLEMS: Problems = {
    "organisation-name-capitals": (
        "warning",
        "The name is all in capitals: {cell}. Is it {suggestion}?",
    ),
}
_RY = re.compile(r"[\s,]+(?:r\.\s?y\.?|r\s?y\.?|ry:)$", re.IGNORECASE)
_RF = re.compile(r"[\s,]+(?:r\.\s?f\.?|r\s?f\.?)$", re.IGNORECASE)
_QUOTES = re.compile(r"[\"'“”„«»]+\s*([^\"'“”„«»\s](?:[^\"“”„«»]*[^\"'“”„«»\s])?)\s*[\"'“”„«»]+")
_BRACKETS = re.compile(r"\([^()]*\)")
_PARTS = re.compile(r"(\([^()]*\)|[\s\-]+)")
_FORM = re.compile(
    r"[\s,]+(?:ry|rf|sr|oy|oyj|ab|osk|anl|andelslag|rekisteröity yhdistys|registrerad förening)\.?$"
)
_TYPES = (
    (re.compile(r"\b(?:ry|rf|yhdistys|förening(?:en)?)$"), "association"),
    (re.compile(r"(?:säätiö|stiftelse(?:n)?)(?:\s+sr)?$|\bsr$"), "foundation"),
    (re.compile(r"seurakunta(?:yhtymä)?$|församling(?:en)?$"), "parish"),
    (re.compile(r"hyvinvointialue$|välfärdsområde(?:t)?$"), "county"),
    (re.compile(r"\b\S*(?:kaupunki|kunta)$|\b(?:stad|kommun)$"), "municipality"),
    (re.compile(r"(?:koulu|lukio|opisto|yliopisto|skola|gymnasium|institut)$"), "school"),
    (re.compile(r"\b(?:oyj?|ab|osk|tmi)$"), "company"),
)


def read(text: str) -> Reading:
    """Read a name: NFC, single spaces, no quotes around it, ``ry`` and ``rf`` spelt so."""
    reading = read_line(text)
    if reading.problem:
        again = read(reading.suggestion) if reading.suggestion else Reading()
        return replace(reading, suggestion=again.value or again.suggestion)
    name = reading.value
    if quoted := _QUOTES.fullmatch(name):
        name = quoted[1]
    name = _RF.sub(" rf", _RY.sub(" ry", name))
    if _is_shouted(name) and not _is_shouted(calmer := _calmer(name)):
        return Reading(problem="organisation-name-capitals", suggestion=calmer)
    return Reading(name)


@lru_cache(maxsize=1 << 16)
def organisation_key(name: str) -> str:
    """Return what two spellings of one name share: caseless, no legal form, no punctuation."""
    plain = _RF.sub(" rf", _RY.sub(" ry", tidy(name[:400]))).casefold()
    plain = _FORM.sub("", plain)
    words = re.sub(r"[^\w\s]", " ", plain).split()
    return " ".join(words)


def legal_form(name: str) -> str:
    """Return the type of organisation that a name tells (a key of its enum), or ''."""
    plain = _RF.sub(" rf", _RY.sub(" ry", tidy(name[:400]))).casefold()
    for pattern, kind in _TYPES:
        if pattern.search(plain):
            return kind
    return ""


def _is_shouted(name: str) -> bool:
    bare = _BRACKETS.sub("", name).removesuffix(" ry").removesuffix(" rf")
    letters = [c for c in bare if c.isalpha()]
    return len(letters) > 8 and " " in bare.strip() and all(map(str.isupper, letters))


def _calmer(name: str) -> str:
    """Capitals made lower case but for the first letter of the name and of places in it.

    Left alone: ry and rf, what stands in brackets (an acronym), and parts with a digit (4H).
    """
    parts = _PARTS.split(name)
    for i, part in enumerate(parts):
        if part[:1].isalpha() and part not in ("ry", "rf") and part.isalpha():
            place = resolve_place(part).how in ("current", "form", "former")
            parts[i] = part[0] + part[1:].lower() if i == 0 or place else part.lower()
    return "".join(parts)
