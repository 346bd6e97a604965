"""What a person may be called: short forms of first names, all their surnames, initials."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import files

from register.match.folding import fold_name
from register.values.person_name import FORMER, first_names
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
    text, former = _without_former(text)
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
    kept = tomllib.loads(files("register.match").joinpath("nicknames.toml").read_text("utf-8"))
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
