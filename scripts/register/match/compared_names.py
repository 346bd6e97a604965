"""What a person may be called: short forms of first names, all their surnames, initials."""

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
    """One name as it is compared, folded: no case, accents or punctuation.

    ``first`` and ``last`` are the names without former ones, ``firsts`` each first name and those
    that it is short or long for, ``lasts`` each surname, the former and the parts of a double one
    included, ``initials`` the first letters of two first names or more.
    """

    first: str
    last: str
    firsts: frozenset[str]
    lasts: frozenset[str]
    initials: str
    generation: str = ""
    """``sr`` or ``jr``, where the name says which of two namesakes in a family it is."""

    @property
    def whole(self) -> str:
        """All the words in the order of the alphabet: the same in whatever order they stand."""
        return " ".join(sorted(f"{self.first} {self.last}".split()))

    def turned(self) -> NameUse:
        """Return the name with its parts the other way round."""
        return replace(_called(self.last, self.first, ""), generation=self.generation)


def name_use(first: str, last: str) -> NameUse:
    """Read the two parts of a name; a former surname may stand behind either.

    What stands where a name is not known is no name.
    """
    if is_placeholder(first, last):
        return _called("", "", "")
    (one, once, elder), (two, twice, other) = _read_part(first), _read_part(last)
    called = _called(one, two, once or twice)
    return replace(called, generation=elder or other) if elder or other else called


@lru_cache(maxsize=1 << 17)
def _read_part(text: str) -> tuple[str, str, str]:
    """Return a part of a name folded, the former name in it, and the generation."""
    text, former = _without_former(without_titles(text))
    text, generation = _without_generation(text)
    return fold_name(text), fold_name(former), generation


@lru_cache(maxsize=1 << 16)
def known_first(name: str) -> bool:
    """Whether a folded name is a first name that is known here, or made of such."""
    return bool(name) and all(word in _folded_first_names() for word in name.split())


@lru_cache(maxsize=1 << 17)
def phonetic_key(name: str) -> str:
    """Return a folded name as it is spelt today: Wirtanen and Virtanen, Eric and Erik are one."""
    for old, new in _SPELLINGS:
        name = name.replace(old, new)
    return name


_SPELLINGS = (
    *(("w", "v"), ("ch", "k"), ("ck", "k"), ("c", "k"), ("q", "k"), ("x", "ks"), ("ph", "f")),
    *(("th", "t"), ("z", "s"), ("gh", "g"), ("ij", "i"), ("j", "i")),
)


def sounds_of(first: str, last: str) -> tuple[str, str]:
    """Return the keys by which a first name and a surname are the same though spelt otherwise.

    A name from another alphabet, known by its first name, is written in as many ways as there are
    languages to write it in: Cabdiraxmaan Warsame, Abdirahman Warsame; Yevgeni, Evgeny. Of such the
    consonants count.
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
"""Endings of surnames of this country: a Julia Virtanen is no less at home here than a Liisa."""


def is_surname_here(name: str) -> bool:
    """Whether a folded name is plainly a surname of this country: Virtanen, Laine, Lindberg.

    Others, and those that end as a foreign first name may (Abdulla, Nikola), are not.
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
    """Return the name that a spelling stands for, else its consonants in one way of writing."""
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
    """Whether a folded name, or a word of it, is known to be written in several alphabets."""
    return any(word in _spellings() for word in name.split())


@cache
def _spellings() -> dict[str, str]:
    """Return of each spelling of a name from another alphabet the one that stands for all."""
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
    """Return of each name those that it may stand for, or that may stand for it."""
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
