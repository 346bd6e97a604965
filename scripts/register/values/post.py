"""Posts: abbreviations are written out ("pj" is puheenjohtaja), all else stays."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

from register.book.package_data import package_table
from register.values import text
from register.values.reading import Reading

_LONGEST = 200
_BETWEEN = re.compile(r"\s*[,/+&]\s*|\s+(?:ja|sekä|och|samt|and)\s+", re.IGNORECASE)
"""Separators between several posts of one person."""


@lru_cache(maxsize=1 << 12)
def read(cell: str) -> Reading:
    """Read one post or several, separated by commas; unambiguous abbreviations are written out."""
    reading = text.read(cell)
    if reading.problem or len(reading.value) > _LONGEST:
        return reading
    parts = [_whole(part) for part in reading.value.split(", ")]
    return Reading(", ".join(parts))


@lru_cache(maxsize=1 << 12)
def whole_role(cell: str) -> str:
    """Return the full word for an abbreviated post ("siht."), '' if it is not known.

    If a cell consists of several known posts, they are returned separated by commas.
    """
    cell = cell[:_LONGEST]
    if found := spellings().get(letters(re.findall(r"[^\W\d_]+", cell))):
        return found
    several = [spellings().get(letters([part]), "") for part in _BETWEEN.split(cell)]
    different = {_same().get(letters([one]), one): one for one in reversed(several)}
    return ", ".join(reversed(different.values())) if all(several) else ""


@lru_cache(maxsize=1 << 12)
def post_key(cell: str) -> str:
    """Return a key for comparison, the same in all languages and spellings; else the letters."""
    words = letters([whole_role(cell) or cell[:_LONGEST]])
    return _same().get(words, words)


def letters(words: Sequence[str]) -> str:
    """Return the letters of words, without case and accents."""
    plain = "".join(words)
    if plain.isascii() and plain.isalpha():
        return plain.lower()
    plain = unicodedata.normalize("NFKD", plain).casefold()
    return "".join(char for char in plain if char.isalpha())


@cache
def spellings() -> Mapping[str, str]:
    """Return the posts by the letters of each of their spellings."""
    found: dict[str, str] = {}
    for kind in ("offices", "contacts"):
        for role, others in posts()[kind].items():
            for form in (role, *others):
                found.setdefault(letters(form.split()), role)
    return found


def posts() -> Mapping[str, Mapping[str, list[str]]]:
    """Return the table posts.toml."""
    return package_table("register.values", "posts")


def _whole(part: str) -> str:
    bare = letters([part])
    whole = whole_role(part)
    if not whole or letters([whole]) == bare or bare in posts()["ambiguous"]["words"]:
        return part
    return whole


@cache
def _same() -> Mapping[str, str]:
    return {
        letters([word]): letters([post])
        for post, words in posts()["same"].items()
        for word in words
    }
