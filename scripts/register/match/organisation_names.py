"""What an organisation's name tells: its parallel names, short forms, places, and what it means.

The legal form tells nothing, the place very much: "… Pirkanmaan piiri ry" and "… Pohjanmaan piiri
ry" are two. The table of words (organisation_words.toml) reads Finnish and Swedish names as one.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import zip_longest

from rapidfuzz.distance import DamerauLevenshtein

from register.fields import organisation_name
from register.match.folding import folded
from register.places import place_code

LONGEST = 200
"""Of a longer name only so much is read."""

KNOWN = 3
"""A word in so many names or more is a word of the language, no slip of the pen."""

_BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_PARALLEL = re.compile(r"\s+[-–—|]\s+|\s*[/;|]\s*|\s+[–—]\s*")
_FORMS = frozenset(("RY", "RF", "OY", "AB", "SR", "OYJ", "OSK"))


@dataclass(frozen=True, slots=True)
class Told:
    """What a name tells. All texts are folded: no case, accents or punctuation.

    ``name`` is the whole without its legal form, ``names`` all that the organisation is called,
    ``raw`` the words of the name and ``words`` their stems without those that say nothing;
    ``meaning`` is the same whichever language the name is in. ``places`` are codes (``m049``,
    ``r06``), ``sides`` words such as itä and länsi, ``digits`` the words with a number, and
    ``kinds`` what it is (a parish, a foundation), if it says so.
    """

    name: str
    names: frozenset[str]
    raw: frozenset[str]
    words: tuple[str, ...]
    meaning: tuple[str, ...]
    acronyms: frozenset[str]
    initials: frozenset[str]
    places: frozenset[str]
    sides: frozenset[str]
    digits: frozenset[str]
    kinds: frozenset[str]


@lru_cache(maxsize=1 << 16)
def told(name: str, short: str = "") -> Told:
    """Read the name of an organisation, and its short name if it has one."""
    name, short = name[:LONGEST], short[:LONGEST]
    bare = _BRACKETS.sub(" ", name)
    parallel = [part for part in _PARALLEL.split(bare) if _key(part)]
    if not all(_stands_alone(part) for part in parallel):
        parallel = [bare]
    insides = [*_BRACKETS.findall(name), short]
    acronyms = {key for text in (*insides, bare) if (key := _as_acronym(text))}
    parallel = [_without_own(part, acronyms) for part in parallel]
    main = parallel[0] if parallel else bare
    names = {_key(part) for part in (bare, *parallel)}
    names |= {key for part in insides if len(key := _key(part)) > 3 and key not in acronyms}
    words, places = _words(main)
    _, more = _words(bare)
    meaning = _meaning(words)
    return Told(
        name=folded(_key(main)),
        names=frozenset(filter(None, names)),
        raw=frozenset(words),
        words=tuple(sorted(_stem(word) for word in words if word not in _table().generic)),
        meaning=tuple(sorted((*meaning, *places))),
        acronyms=frozenset(acronyms),
        initials=frozenset(_initials(way) for part in parallel for way in _read(part)) - {""},
        places=places or more,
        sides=frozenset(words) & _table().sides,
        digits=frozenset(word for word in words if any(map(str.isdigit, word))),
        kinds=_table().kinds.intersection(meaning),
    )


def apart(left: Told, right: Told) -> bool:
    """Whether two names are of two organisations for certain, however alike they look.

    Their places differ, or their sides, numbers or kinds do and neither is a short form; a slip
    in a word that makes no other place or side is not a difference.
    """
    if _mistyped(left.name.split(), right.name.split()):
        return False
    if left.places and right.places and left.places != right.places:
        return True
    if left.names & right.names or left.meaning == right.meaning:
        return False
    if _same_letters(left, right):
        return False
    if left.sides != right.sides or left.digits != right.digits:
        return True
    if left.kinds == right.kinds or not left.words or not right.words:
        return False
    return not (left.kinds <= right.kinds or right.kinds <= left.kinds) or not _slip(
        left.name, right.name
    )


def _mistyped(left: list[str], right: list[str]) -> bool:
    """Whether one longer word has one slip in it: Etelä-Savon, Etleä-Savon; not Euran, Auran."""
    unlike = [pair for pair in zip(left, right, strict=False) if pair[0] != pair[1]]
    if len(left) != len(right) or len(unlike) != 1:
        return False
    one, two = unlike[0]
    return (
        min(len(one), len(two)) > 4
        and one.isalpha()
        and two.isalpha()
        and _within(one, two, 1)
        and not (_place(one) and _place(two))
        and not {one, two} <= _table().sides
    )


def short_for(left: Told, right: Told) -> bool:
    """Whether one name is the other's initials, and nothing but them.

    Two written out that begin with the same letters (Martat naiset, Maahanmuuttajien neuvonta) are
    two, though one has them for a short name.
    """
    bare = left.name in left.acronyms or right.name in right.acronyms
    return bare and _same_letters(left, right)


def _same_letters(left: Told, right: Told) -> bool:
    return bool(left.acronyms & (right.acronyms | right.initials) or right.acronyms & left.initials)


def other_word(left: Told, right: Told, counts: Mapping[str, int]) -> bool:
    """Whether each name has a word that the other lacks, and no slip of the pen explains it.

    ``counts`` tells in how many names a word stands: two words that both stand in some, neither in
    far more than the other, are two words, however alike.
    """
    if _word_for_word(left.name.split(), right.name.split(), counts):
        return False
    if _spaced_otherwise(left.name, right.name):
        return False
    joined = "".join(sorted(left.raw)), "".join(sorted(right.raw))
    if len(left.raw) != len(right.raw) and _slip(*joined):
        return False
    return _differ(left.raw, right.raw, counts) and _differ(
        frozenset(left.words), frozenset(right.words), counts
    )


def _word_for_word(left: list[str], right: list[str], counts: Mapping[str, int]) -> bool:
    """Whether two names have the same words in the same order but for a slip in one or two."""
    if len(left) != len(right):
        return False
    unlike = [(one, two) for one, two in zip(left, right, strict=True) if one != two]
    return len(unlike) <= _SLIPS and all(
        _slip(one, two) and not _two_words(one, two, counts) for one, two in unlike
    )


_SLIPS = 2


def _spaced_otherwise(left: str, right: str) -> bool:
    """Whether two names differ in where the spaces are, and in one letter at most."""
    one, two = left.replace(" ", ""), right.replace(" ", "")
    words = zip_longest(left.split(), right.split())
    return len(one) > 9 and sum(a != b for a, b in words) > 1 and _within(one, two, 1)


def _differ(left: frozenset[str], right: frozenset[str], counts: Mapping[str, int]) -> bool:
    one = left - right - _table().parts - _table().generic
    two = right - left - _table().parts - _table().generic
    return bool(one and two) and any(
        all(
            _two_words(word, other, counts)
            or not (_slip(word, other) or _both_slips(word, other, counts))
            for other in two
        )
        for word in one
    )


def _both_slips(one: str, two: str, counts: Mapping[str, int]) -> bool:
    """Whether two words that hardly any name has are of the same letters, mistyped twice."""
    rare = max(counts.get(one, 0), counts.get(two, 0)) < KNOWN
    return rare and len(one) > 4 and sorted(one) == sorted(two) and _within(one, two, 2)


def _two_words(one: str, two: str, counts: Mapping[str, int]) -> bool:
    fewer, more = sorted((counts.get(one, 0), counts.get(two, 0)))
    return fewer >= KNOWN and more <= 5 * fewer


def _slip(one: str, two: str) -> bool:
    shortest = min(len(one), len(two))
    allowed = 0 if shortest < 4 else 1 if shortest < 9 else 2
    return _within(one, two, allowed)


def _within(one: str, two: str, edits: int) -> bool:
    return DamerauLevenshtein.distance(one, two, score_cutoff=edits) <= edits


def _key(text: str) -> str:
    return folded(organisation_name.key(text))


def _as_acronym(text: str) -> str:
    """Return a text that is one word of two to seven letters, most of them capitals; else ''."""
    plain = [word for word in re.findall(r"[^\W_]+", text) if word.upper() not in _FORMS]
    if len(plain) != 1 or not 2 <= len(plain[0]) <= 7:
        return ""
    word = plain[0]
    return folded(word) if sum(map(str.isupper, word)) * 2 > len(word) else ""


def _without_own(text: str, acronyms: set[str]) -> str:
    """Return a name without its own acronym before or after it; ``acronyms`` gets that."""
    words = text.split()
    bare = [word for word in words if word.replace(".", "").upper() not in _FORMS]
    for word, rest in ((bare[0], bare[1:]), (bare[-1], bare[:-1])) if len(bare) > 2 else ():
        own = _as_acronym(word)
        if own and _initials(" ".join(rest)).startswith(own):
            acronyms.add(own)
            return " ".join(one for one in words if one != word)
    return text


def _stands_alone(part: str) -> bool:
    """A parallel name is a name of its own: more than one word, or a long one."""
    key = _key(part)
    return " " in key or len(key) > 9


def _words(text: str) -> tuple[tuple[str, ...], frozenset[str]]:
    """Return the words of a name but for its places, and the codes of those."""
    raw = organisation_name.key(text).split()
    words: list[str] = []
    places: set[str] = set()
    at = 0
    while at < len(raw):
        for part, length in _places_from(raw, at):
            if code := _place(part):
                places.add(code)
                at += length
                break
        else:
            plain = folded(raw[at])
            words += _table().acronyms.get(plain, plain).split()
            at += 1
    return tuple(words), frozenset(places)


def _places_from(words: list[str], at: int) -> Iterator[tuple[str, int]]:
    """Yield what may be a place's name from a word on, and how many words that is."""
    if at + 1 < len(words):
        yield "-".join(words[at : at + 2]), 2
        yield " ".join(words[at : at + 2]), 2
    if len(words[at]) > 2:
        yield words[at], 1


def _place(word: str) -> str:
    return place_code(word) or _table().areas.get(folded(word).replace(" ", ""), "")


def _stem(word: str) -> str:
    """Return a word without the endings that say little: lastensuojeluliiton, -liitto."""
    for ending in _table().endings:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            word = word.removesuffix(ending)
            break
    if len(word) > 6 and word.endswith("liiton"):
        return word.removesuffix("liiton") + "liitto"
    return word.rstrip("nts") if len(word) > 5 else word


def _meaning(words: tuple[str, ...]) -> list[str]:
    """Return the concepts that words stand for; one that is not in the table stands for itself."""
    found: list[str] = []
    for word in words:
        if word in _table().generic or word in _table().parts:
            continue
        rest, concepts = word, []
        while rest and (begins := _concept(rest)):
            concepts.append(begins[1])
            rest = rest[len(begins[0]) :].lstrip("sn") if len(rest) > len(begins[0]) else ""
            if len(rest) < 4 or rest in _table().endings:
                rest = ""
        found += [*concepts, rest] if concepts else [_stem(word)]
    return [concept for concept in found if concept]


def _concept(word: str) -> tuple[str, str] | None:
    for length in range(min(len(word), _table().longest), 2, -1):
        if concept := _table().concepts.get(word[:length]):
            return word[:length], concept
    return None


def _read(name: str) -> tuple[str, ...]:
    """Return a name with each hyphened word as two, and as one."""
    return (name, name.replace("-", "")) if "-" in name else (name,)


def _initials(text: str) -> str:
    """Return the first letters of three words or more: Espoon järjestöjen yhteisö is ejy."""
    words = [word for word in _key(text).split() if word not in ("ja", "och", "and", "i", "the")]
    return "".join(word[0] for word in words) if len(words) > 2 else ""


@dataclass(frozen=True, slots=True)
class _Table:
    generic: frozenset[str]
    parts: frozenset[str]
    endings: tuple[str, ...]
    sides: frozenset[str]
    kinds: frozenset[str]
    areas: dict[str, str]
    acronyms: dict[str, str]
    concepts: dict[str, str]
    longest: int


@cache
def _table() -> _Table:
    kept = tomllib.loads(
        files("register.match").joinpath("organisation_words.toml").read_text("utf-8")
    )
    concepts = {word: concept for concept, words in kept["concepts"].items() for word in words}
    return _Table(
        frozenset(kept["generic"]),
        frozenset(kept["parts"]),
        tuple(sorted(kept["endings"], key=len, reverse=True)),
        frozenset(kept["sides"]["words"]),
        frozenset(kept["kinds"]["concepts"]),
        {name: f"a{area}" for area, names in kept["areas"].items() for name in names},
        kept["acronyms"],
        concepts,
        max(map(len, concepts)),
    )
