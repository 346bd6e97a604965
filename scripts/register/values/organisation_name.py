"""Organisation names: one spelling of the legal form, and a key without it."""

import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from register.book.package_data import package_table
from register.values.person_name import first_names
from register.values.places import place_code, resolve_place
from register.values.reading import Reading
from register.values.text import read_line, tidy

_RY = re.compile(r"[\s,]+(?:r\.\s?y\.?|r\s?y\.?|ry:)$", re.IGNORECASE)
_RF = re.compile(r"[\s,]+(?:r\.\s?f\.?|r\s?f\.?)$", re.IGNORECASE)
_PLAIN = re.compile(
    r"(?=.{1,200}$)[A-ZÅÄÖ]?[a-zåäö]{3,}(?:[ -][A-ZÅÄÖ]?[a-zåäö]{3,})*(?: r[yf])?", re.DOTALL
)
"""Names in canonical form without a closer look, as most are: words of our letters, and a form."""

_QUOTES = re.compile(r"[\"'“”„«»]+\s*([^\"'“”„«»\s](?:[^\"“”„«»]*[^\"'“”„«»\s])?)\s*[\"'“”„«»]+")
_BRACKETS = re.compile(r"\([^()]*\)")
_PARTS = re.compile(r"(\([^()]*\)|[\s\-]+)")
_FORM = re.compile(
    r"[\s,]+(?:ry|rf|sr|oy|oyj|ab|osk|anl|andelslag|rekisteröity yhdistys|registrerad förening)\.?$"
)
_NUMBER = re.compile(
    r"[\s,;]*\(?(?:y-?\s?tunnus|fo-?\s?nummer|fo-?nr)?[.:\s]*(?:FI-?)?(\d{6,7}[-–]\d)\)?(?!\d)",
    re.IGNORECASE,
)
_BOTH = re.compile(r"\s+[/|–]\s+|\s*/\s*(?=[^\W\d_])")
_SHORT = re.compile(r"\s*\(([A-ZÅÄÖ][\w-]{0,3}[A-ZÅÄÖ][\w-]{0,8})\)")
_TYPES = (
    (re.compile(r"\b(?:ry|rf|yhdistys|förening(?:en)?)$"), "association"),
    (re.compile(r"(?:säätiö|stiftelse(?:n)?)(?:\s+sr)?$|\bsr$"), "foundation"),
    (re.compile(r"seurakunta(?:yhtymä)?$|församling(?:en)?$"), "parish"),
    (re.compile(r"hyvinvointialue$|välfärdsområde(?:t)?$"), "county"),
    (re.compile(r"(?:koulu|lukio|opisto|yliopisto|skola|gymnasium|institut)$"), "school"),
    (re.compile(r"\b(?:oyj?|ab|osk|tmi)$"), "company"),
)
_MUNICIPALITY = re.compile(r"\b(?:kaupunki|kunta|stad|kommun)$")


def read(text: str) -> Reading:
    """Read a name: NFC, single spaces, no quotes around it, ``ry`` and ``rf`` in this spelling."""
    if _PLAIN.fullmatch(text):
        return Reading(text)
    reading = read_line(text)
    if reading.problem:
        again = read(reading.suggestion) if reading.suggestion else Reading()
        return replace(reading, suggestion=again.value or again.suggestion)
    name = reading.value
    if quoted := _QUOTES.fullmatch(name):
        name = quoted[1]
    name = _RF.sub(" rf", _RY.sub(" ry", name)).strip()
    if _is_shouted(name) and not _is_shouted(calmer := _calmer(name)):
        return Reading(problem="organisation-name-capitals", suggestion=calmer)
    return Reading(name)


@lru_cache(maxsize=1 << 16)
def organisation_key(name: str) -> str:
    """Return a key for comparison: casefolded, without legal form and punctuation."""
    plain = _RF.sub(" rf", _RY.sub(" ry", tidy(name[:400]))).casefold()
    plain = _FORM.sub("", plain)
    words = re.sub(r"[^\w\s]", " ", plain).split()
    return " ".join(words)


def legal_form(name: str) -> str:
    """Return the type of organisation that a name states (a key of the enum), or ''."""
    plain = _RF.sub(" rf", _RY.sub(" ry", tidy(name[:400]))).casefold()
    for pattern, kind in _TYPES:
        if pattern.search(plain):
            return kind
    found = _MUNICIPALITY.search(plain)
    return "municipality" if found and _ends_with_municipality(plain[: found.start()]) else ""


def _ends_with_municipality(text: str) -> bool:
    """Return True if a text ends with the name of a municipality: "Espoon", "Esbo", "Korsholms"."""
    words = re.findall(r"[^\s,;/|()]+", text)
    return any(
        place_code(" ".join(words[-count:]).removesuffix(case))[:1] in ("m", "x")
        for count in range(1, min(3, len(words)) + 1)
        for case in ("", "s")
    )


@lru_cache(maxsize=1 << 16)
def names_organisation(text: str) -> bool:
    """Return True if a name is clearly an organisation's, by words of organisation_words.toml."""
    plain = tidy(text[:400]).casefold()
    tokens = re.findall(r"[\w.&]+", plain)
    words, endings, phrases = _words()
    if len(tokens) == 2 and tokens[0] in first_names() and not _RY.search(plain):
        return bool(_RF.search(plain))
    if legal_form(text) or not words.isdisjoint(tokens):
        return True
    return any(
        token.endswith(ending)
        and (len(token) > len(ending) + 1 or (token == ending and len(tokens) > 1))
        for token in tokens
        for ending in endings
    ) or any(phrase in plain for phrase in phrases)


@dataclass(frozen=True, slots=True)
class NameParts:
    """The name of an organisation, and what people write into the same cell beside it.

    ``number`` looks like a Y-tunnus, valid or not. ``other`` is the name in another language.
    """

    name: str
    short: str = ""
    number: str = ""
    other: str = ""


def name_parts(text: str) -> NameParts:
    """Return the parts of "Nimi ry (1234567-1)", "X ry / Y rf" or "Pitkä nimi (PN)"."""
    name, number, short, other = tidy(text), "", "", ""
    if found := _NUMBER.search(name):
        number = found[1]
        name = tidy(f"{name[: found.start()]} {name[found.end() :]}").strip(" ,;–-")
    halves = _BOTH.split(name)
    if len(halves) == 2 and _forms(halves) == {"ry", "rf"}:
        name, other = halves
    elif (found := _SHORT.search(name)) and _abbreviates(found[1], name[: found.start()]):
        short = found[1]
        name = tidy(f"{name[: found.start()]} {name[found.end() :]}")
    return NameParts(name, short, number, other)


def _forms(names: list[str]) -> set[str]:
    return {read(name).value.rpartition(" ")[2] for name in names}


def _abbreviates(short: str, name: str) -> bool:
    """Return True if a name contains the letters of an acronym in their order."""
    letters = iter(name.casefold())
    return all(letter in letters for letter in short.casefold() if letter.isalpha())


@cache
def _words() -> tuple[frozenset[str], tuple[str, ...], tuple[str, ...]]:
    table = package_table("register.values", "organisation_words")
    return frozenset(table["words"]), tuple(table["endings"]), tuple(table["phrases"])


def _is_shouted(name: str) -> bool:
    bare = _BRACKETS.sub("", name).removesuffix(" ry").removesuffix(" rf")
    letters = [c for c in bare if c.isalpha()]
    return len(letters) > 8 and " " in bare.strip() and all(map(str.isupper, letters))


def _calmer(name: str) -> str:
    """Return a name in lower case, except the first letter of the name and of places in it.

    Unchanged are ry and rf, what stands in brackets (an acronym), and parts with a digit (4H).
    """
    parts = _PARTS.split(name)
    for i, part in enumerate(parts):
        if part[:1].isalpha() and part not in ("ry", "rf") and part.isalpha():
            place = resolve_place(part).how in ("current", "form", "former")
            parts[i] = part[0] + part[1:].lower() if i == 0 or place else part.lower()
    return "".join(parts)
