"""Forms of a person's name: short forms of first names, all surnames, initials, sounds."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import groupby

from register.book.package_data import package_table
from register.match.folding import fold_name
from register.values.person_name import FORMER, first_names, without_titles
from register.values.placeholder import is_placeholder


@dataclass(frozen=True, slots=True)
class NameUse:
    """A person's name as it is compared; folded: without case, accents or punctuation.

    ``first`` and ``last`` are without former names. ``firsts`` holds each first name with its short
    and long forms, ``lasts`` each surname, including former ones and the parts of a double one,
    ``initials`` the first letters of two or more first names.
    """

    first: str
    last: str
    firsts: frozenset[str]
    lasts: frozenset[str]
    initials: str
    generation: str = ""
    """``sr`` or ``jr`` if the name tells elder and younger namesakes apart, else ''."""

    @property
    def whole(self) -> str:
        """All the words in alphabetical order, so that swapped columns make no difference."""
        return " ".join(sorted(f"{self.first} {self.last}".split()))

    def turned(self) -> NameUse:
        """Return the name with first name and surname exchanged."""
        return replace(_called(self.last, self.first, ""), generation=self.generation)


def name_use(first: str, last: str) -> NameUse:
    """Return a name as it is compared; a former surname may stand behind either part.

    A placeholder for an unknown name gives empty parts.
    """
    if is_placeholder(first, last):
        return _called("", "", "")
    (one, once, elder), (two, twice, other) = _read_part(first), _read_part(last)
    called = _called(one, two, once or twice)
    return replace(called, generation=elder or other) if elder or other else called


@lru_cache(maxsize=1 << 17)
def _read_part(text: str) -> tuple[str, str, str]:
    """Return a part of a name folded, the former name in it, and the generation (sr, jr or '')."""
    text, former = _without_former(without_titles(text))
    text, generation = _without_generation(text)
    return fold_name(text), fold_name(former), generation


@lru_cache(maxsize=1 << 16)
def known_first(name: str) -> bool:
    """Return True if a folded name consists of known first names only."""
    return bool(name) and all(word in _folded_first_names() for word in name.split())


@lru_cache(maxsize=1 << 17)
def phonetic_key(name: str) -> str:
    """Return a folded name in today's spelling: "wirtanen" is "virtanen", "eric" is "erik"."""
    for old, new in _SPELLINGS:
        name = name.replace(old, new)
    return name


_SPELLINGS = (
    *(("w", "v"), ("ch", "k"), ("ck", "k"), ("c", "k"), ("q", "k"), ("x", "ks"), ("ph", "f")),
    *(("th", "t"), ("z", "s"), ("gh", "g"), ("ij", "i"), ("j", "i")),
)


def sounds_of(first: str, last: str) -> tuple[str, str]:
    """Return keys of a first name and a surname that are equal for different spellings of one name.

    A name from another alphabet, recognised by its first name, has a spelling for each language it
    is romanised in: "Cabdiraxmaan Warsame", "Abdirahman Warsame"; "Yevgeni", "Evgeny". Of such
    names only the consonants are compared.
    """
    names = (*first.split(), first.replace(" ", ""))
    slavic = last.endswith(_SLAVIC)
    if last.endswith(_FINNISH) or not any(name in _spellings() for name in names):
        return phonetic_key(first), phonetic_key(last)
    return _romanised(first, slavic), _romanised(last, slavic)


_FINNISH = (
    *("nen", "maki", "niemi", "salo", "saari", "lahti", "la", "koski", "maa", "aho", "vuori"),
    *("lund", "berg", "qvist", "kvist", "strom", "holm", "gren", "sson", "mies", "oja"),
)
"""Endings of Finnish surnames: with these even a foreign first name (Julia) is no romanised one."""


def is_surname_here(name: str) -> bool:
    """Return True if a folded name is clearly a Finnish surname: Virtanen, Laine, Lindberg.

    False for others, and for those that end as a foreign first name may ("Abdulla", "Nikola").
    """
    return name.endswith(_SURNAME_ENDINGS) or name in _SURNAMES


_SURNAME_ENDINGS = (
    *("nen", "maki", "niemi", "salo", "saari", "lahti", "koski", "vuori", "jarvi", "ranta"),
    *("kangas", "harju", "oja", "mies", "lund", "berg", "qvist", "kvist", "strom", "holm"),
    *("gren", "sson"),
)
_SURNAMES = frozenset(
    (
        *("aalto", "aho", "alanko", "hakala", "halme", "harju", "heikkila", "kallio", "kivi"),
        *("koivisto", "kurki", "laakso", "laine", "lampi", "lehto", "maenpaa", "makela", "mattila"),
        *("mikkola", "ojala", "peltola", "puro", "rinne", "salmi", "uusitalo", "virta", "nyman"),
        *("backman", "ekman", "forsman", "hellman", "soderman", "bjork", "ahola", "jokela"),
    )
)

_SLAVIC = (
    *("ov", "ova", "ev", "eva", "in", "ina", "ski", "sky", "skij", "skaja", "skaya", "enko", "uk"),
)


def _romanised(name: str, slavic: bool) -> str:
    """Return "=" and the standard spelling of a known name, else "=" and its consonants."""
    whole = name.replace(" ", "")
    if known := _spellings().get(name) or _spellings().get(whole):
        return f"={known}"
    if not slavic and whole.startswith(("al", "el")) and len(whole) > 5:
        whole = whole[2:]
    for old, new in _SLAVIC_LETTERS if slavic else _OTHER_LETTERS:
        whole = whole.replace(old, new)
    letters = "".join(letter for letter, _ in groupby(whole)).rstrip("h")
    return "=" + "".join(letter for letter in letters if letter not in "aeiouy")


_SLAVIC_LETTERS = (
    *(("shch", "s"), ("sts", "s"), ("ts", "s"), ("ch", "s"), ("sh", "s"), ("zh", "s"), ("kh", "h")),
    *(("ks", "h"), ("x", "h"), ("z", "s"), ("c", "s"), ("j", ""), ("w", "v")),
)
_OTHER_LETTERS = (
    *(("kh", "h"), ("gh", "g"), ("sh", "s"), ("th", "s"), ("dh", "d"), ("x", "h"), ("q", "k")),
    *(("c", ""), ("j", "g"), ("z", "s"), ("w", "v")),
)


def is_spelt_otherwise(name: str) -> bool:
    """Return True if a word of a folded name is known to be romanised in several ways."""
    return any(word in _spellings() for word in name.split())


@cache
def _spellings() -> dict[str, str]:
    """Return the standard spelling of each known spelling of a name from another alphabet."""
    kept = package_table("register.match", "nicknames")
    lines = [line.split() for line in kept["spellings"]["lines"]]
    return {spelling: line[0] for line in lines for spelling in line}


def _without_former(text: str) -> tuple[str, str]:
    found = FORMER.search(text) if len(text) < _LONGEST else None
    return (text[: found.start()] + text[found.end() :], found[1]) if found else (text, "")


def _without_generation(text: str) -> tuple[str, str]:
    found = _GENERATION.search(text) if len(text) < _LONGEST else None
    return (text[: found.start()], "sr" if found[1] else "jr") if found else (text, "")


_GENERATION = re.compile(
    r"[\s,(]+(?:(s:?r|sen|senior|vanh|vanhempi|d\.?\s?ä|the elder|i)"
    r"|(?:j:?r|jun|junior|nuor|nuorempi|d\.?\s?y|the younger|iii?))\.?\)?\s*$",
    re.IGNORECASE,
)
_LONGEST = 200


@lru_cache(maxsize=1 << 17)
def _called(first: str, last: str, former: str) -> NameUse:
    words = first.split()
    firsts = frozenset(words).union(*(_short_forms().get(word, ()) for word in words))
    lasts = {last, last.replace(" ", ""), former, *last.split()} - _PARTICLES
    initials = "".join(word[0] for word in words) if len(words) > 1 else ""
    return NameUse(first, last, firsts, frozenset(lasts), initials)


_PARTICLES = frozenset(("", "von", "af", "de", "van", "der", "la", "zu", "el", "al"))


@cache
def _short_forms() -> dict[str, frozenset[str]]:
    """Return for each name its short, long and otherwise spelt forms."""
    kept = package_table("register.match", "nicknames")
    found: dict[str, set[str]] = {}
    for name, others in kept["names"].items():
        for other in others:
            found.setdefault(name, set()).add(other)
            found.setdefault(other, set()).add(name)
    for line in kept["spellings"]["lines"]:
        for one in line.split():
            found.setdefault(one, set()).update(line.split())
    return {name: frozenset(others) for name, others in found.items()}


@cache
def _folded_first_names() -> frozenset[str]:
    return frozenset(map(fold_name, first_names()))
