"""Organisation names: one spelling of the legal form, a key that tells nothing of it."""

from __future__ import annotations

import re
from functools import lru_cache

from register.fields.reading import Problems, Reading
from register.fields.text import read as read_text

PROBLEMS: Problems = {
    "organisation-name-capitals": (
        "warning",
        "The name is all in capitals: {cell}. Is it {suggestion}?",
    ),
}
_RY = re.compile(r"[\s,]+(?:r\.\s?y\.?|r\s?y\.?|ry:)$", re.IGNORECASE)
_RF = re.compile(r"[\s,]+(?:r\.\s?f\.?|r\s?f\.?)$", re.IGNORECASE)
_QUOTES = re.compile(r"^[\"'“”„«»]+(.*?)[\"'“”„«»]+$")
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
    reading = read_text(text)
    if reading.problem or not reading.value:
        return reading
    name = reading.value
    if quoted := _QUOTES.match(name):
        name = quoted[1].strip() or name
    name = _RF.sub(" rf", _RY.sub(" ry", name))
    letters = [c for c in name.removesuffix(" ry").removesuffix(" rf") if c.isalpha()]
    if len(letters) > 8 and " " in name and all(c.isupper() for c in letters):
        return Reading(problem="organisation-name-capitals", suggestion=_calmer(name))
    return Reading(name)


@lru_cache(maxsize=1 << 16)
def key(name: str) -> str:
    """Return what two spellings of one name share: caseless, no legal form, no punctuation."""
    plain = _RF.sub(" rf", _RY.sub(" ry", " ".join(name[:400].split()))).casefold()
    plain = _FORM.sub("", plain)
    words = re.sub(r"[^\w\s]", " ", plain.replace("-", " ")).split()
    return " ".join(words)


def legal_form(name: str) -> str:
    """Return the type of organisation that a name tells (a key of its enum), or ''."""
    plain = _RF.sub(" rf", _RY.sub(" ry", " ".join(name[:400].split()))).casefold()
    for pattern, kind in _TYPES:
        if pattern.search(plain):
            return kind
    return ""


def _calmer(name: str) -> str:
    """Capitals made lower case but for the first letter of each word; ry stays ry."""
    words = [word if word in ("ry", "rf") else word.capitalize() for word in name.split()]
    return " ".join(words)
