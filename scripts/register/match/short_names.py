"""Short forms of organisation names: initials, and the acronyms of sports clubs."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from register.match.bare_names import bare_words, key_of_name, without_endings
from register.match.folding import fold_name
from register.match.organisation_words import word_table

FORM_CAPITALS = frozenset(("RY", "RF", "OY", "AB", "SR", "OYJ", "OSK", "PUBL"))
"""Capitals that are a legal form, not an acronym."""


def as_acronym(text: str) -> str:
    """Return the folded text if it is one word of two to seven letters, mostly capitals; or ''."""
    plain = [word for word in re.findall(r"[^\W_]+", text) if word.upper() not in FORM_CAPITALS]
    if len(plain) != 1 or not 2 <= len(plain[0]) <= 7:
        return ""
    word = plain[0]
    capitals = sum(map(str.isupper, word))
    return fold_name(word) if capitals > 1 and capitals * 2 >= len(word) else ""


def hyphen_variants(name: str) -> tuple[str, ...]:
    """Return a name as it is and, if it has hyphens, without them."""
    return (name, name.replace("-", "")) if "-" in name else (name,)


def initials_of(text: str) -> str:
    """Return the initials of three words or more, else '': "Espoon järjestöjen yhteisö", "ejy"."""
    words = [
        word for word in key_of_name(text).split() if word not in ("ja", "och", "and", "i", "the")
    ]
    return "".join(word[0] for word in words) if len(words) > 2 else ""


def short_names(text: str) -> set[str]:
    """Return the possible short forms of a name: initials, and as clubs shorten it: HJK, KuPS."""
    parts = split_compounds(text)
    short = {initials_of(text), initials_of(" ".join(parts))}
    if len(parts) > 1:
        ends = "".join(part[0] for part in parts[1:])
        short |= {parts[0][:2] + ends, parts[0][:3] + ends}
    if len(parts) == 2:
        short.add(parts[0][:2] + parts[1][:2])
    return short - {""}


def join_leading_acronym(text: str) -> set[str]:
    """Return a name that begins with an acronym, folded: "LaPa jalkapallo"; else an empty set."""
    first, *others = text.split() or [""]
    letters = as_acronym(first)
    return {f"{letters} {rest}"} if letters and (rest := _rest(others)) else set()


def shortened_beginnings(text: str) -> Iterator[str]:
    """Yield a name with its first two to four words shortened: "lapa jalkapallo"."""
    words = bare_words(text)
    for count in range(2, min(len(words), 5)):
        if rest := _rest(words[count:]):
            yield from (f"{short} {rest}" for short in short_names(" ".join(words[:count])))


def _rest(words: Sequence[str]) -> str:
    """Return the words after the name of a whole, folded and without endings."""
    return " ".join(without_endings(word) for word in key_of_name(" ".join(words)).split())


def split_compounds(text: str) -> list[str]:
    """Return the folded words of a name, with compounds split as clubs abbreviate them."""
    return [part for word in key_of_name(text).split() for part in _compound(word)]


@lru_cache(maxsize=1 << 15)
def _compound(word: str) -> tuple[str, ...]:
    """Return the two parts of a compound with a known last part, else the word alone."""
    for tail in word_table().tails:
        if word.endswith(tail) and len(word) - len(tail) > 2:
            return word.removesuffix(tail), tail
    return (word,)
