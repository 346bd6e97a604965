"""What an organisation's name says: parallel names, short forms, places, and meaning.

The legal form says nothing, the place very much: "… Pirkanmaan piiri ry" and "… Pohjanmaan piiri
ry" are two. The table of words (organisation_words.toml) maps Finnish and Swedish words to one
meaning.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from register.match.bare_names import bare_words, key_of_name, without_endings, without_forms
from register.match.folding import fold_name
from register.match.organisation_words import word_table
from register.match.short_names import (
    FORM_CAPITALS,
    as_acronym,
    hyphen_variants,
    initials_of,
    join_leading_acronym,
    short_names,
    shortened_beginnings,
)
from register.values import organisation_name
from register.values.name_language import language_of_name
from register.values.places import heir_of, place_code

_LONGEST = 200
"""Only this many characters of a name are read."""

_BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_PARALLEL = re.compile(r"\s+[-–—|]\s+|\s*[/;|]\s*|\s+[–—]\s*")
_CASE = re.compile(r"(?<=[A-ZÅÄÖ]):i?n\b")
"""The case ending of an acronym: "MLL:n"."""

_LETTERS = re.compile(r"(?<![\w.])(?:[^\W\d_]{1,2}\.){2,}[^\W\d_]?(?![\w.])")
"""Letters with full stops between them, which make one word: "G.m.b.H.", "S.A.", "r.y."."""

_ALSO = re.compile(
    r"[\s,(]+(?:t/a|d/?b/?a|[af]/?k/?a|trading as|doing business as|also known as|formerly"
    r"|entinen|ent\.|aiemmin|tidigare|f\.\s?d\.)\s+([^()]+)\)?\s*$",
    re.IGNORECASE,
)
"""Words that introduce another name of the organisation: "trading as", "entinen"."""

_CARE_OF = re.compile(r"(?<=\w\W)\s*\bc/o\b.*", re.IGNORECASE)
"""The addressee's host ("c/o …"), which is no part of the name."""

_ZERO, _ONE = (re.compile(rf"(?<=[^\W\d_]){digit}(?=[^\W\d_]{{2}})") for digit in "01")
"""Digits within a word that a scanner read instead of letters ("P0rvoon"); not "U19" or "4H"."""

_PARISH = re.compile(r"\bsrk[.-]{0,2}(?=yhtym)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ParsedName:
    """What a name says. All texts are folded: without case, accents or punctuation.

    - ``name``: the whole name without its legal form; ``names``: all names of the organisation.
    - ``raw``: the words of the name; ``words``: their stems, without those that say nothing.
    - ``meaning``: concepts, the same in every language of the name.
    - ``places``: codes (``m049``, ``r06``); ``lands``: the countries that use its legal form.
    - ``sides``: words such as itä and länsi; ``digits``: words that contain a number.
    - ``kinds``: what it is, if it says so (a parish, a foundation).
    - ``form``: the type by its legal form; ``language``: see :func:`language_of_name`.
    - ``parallel``: its names in several languages, as written.
    - ``bracketed``: what stands in brackets or is its short name, except its initials and places in
      its name.
    """

    name: str
    names: frozenset[str]
    raw: frozenset[str]
    words: tuple[str, ...]
    meaning: tuple[str, ...]
    acronyms: frozenset[str]
    initials: frozenset[str]
    places: frozenset[str]
    lands: frozenset[str]
    sides: frozenset[str]
    digits: frozenset[str]
    kinds: frozenset[str]
    form: str
    language: str
    parallel: tuple[str, ...]
    bracketed: frozenset[str]


def parse_name(name: str, short: str = "") -> ParsedName:
    """Return what the name of an organisation says, and its short name if there is one."""
    return _parsed(name, short)


@lru_cache(maxsize=1 << 16)
def _parsed(name: str, short: str) -> ParsedName:
    name, short = _CARE_OF.sub("", name[:_LONGEST]), short[:_LONGEST]
    name = _ALSO.sub(r" (\1)", _CASE.sub("", name))
    name = _LETTERS.sub(lambda found: found[0].replace(".", ""), name)
    name = _PARISH.sub("seurakunta", _ONE.sub("l", _ZERO.sub("o", name)))
    bare = _BRACKETS.sub(" ", name)
    parallel = [part for part in _PARALLEL.split(bare) if key_of_name(part)]
    if not _are_parallel(parallel):
        parallel = [bare]
    insides = [*_BRACKETS.findall(name), short]
    acronyms = {key for text in (*insides, bare) if (key := as_acronym(text))}
    acronyms |= join_leading_acronym(bare)
    parallel = [_without_own(part, acronyms) for part in parallel]
    main = parallel[0] if parallel else bare
    names = {key_of_name(part) for part in (bare, *parallel)}
    names |= {key for part in insides if len(key := key_of_name(part)) > 3 and key not in acronyms}
    words, places = _words(main)
    _, more = _words(bare)
    inside = {place_of_word(part) for part in _BRACKETS.findall(name)} - {""}
    own, places, more = places | more, _narrowest(places | inside), _narrowest(more)
    meaning = _meaning(words)
    return ParsedName(
        name=fold_name(key_of_name(main)),
        names=frozenset(filter(None, names)),
        raw=frozenset(words),
        words=tuple(sorted(_stem(word) for word in words if word not in word_table().generic)),
        meaning=tuple(sorted((*meaning, *places))),
        acronyms=frozenset(acronyms),
        initials=frozenset(
            one for part in parallel for way in hyphen_variants(part) for one in short_names(way)
        )
        | frozenset(shortened_beginnings(bare)),
        places=places or more,
        lands=without_forms(fold_name(bare).split())[1],
        sides=frozenset(words) & word_table().sides,
        digits=frozenset(word for word in words if any(map(str.isdigit, word))),
        kinds=word_table().kinds.intersection(meaning),
        form=organisation_name.legal_form(main),
        language=language_of_name(main),
        parallel=tuple(parallel),
        bracketed=frozenset(_bracketed(name, short, bare, own)),
    )


def without_place(name: ParsedName) -> ParsedName:
    """Return a name without the place at its end: "Maple Arts Institute of Evanston".

    The name is returned as it is if it has no such ending, if it contains a known place (known
    places are not among ``words`` anyway), or if fewer than two words would remain.
    """
    whole, _, place = name.name.rpartition(" of ")
    told = parse_name(whole) if place and not name.places else name
    return told if len(told.words) > 1 else name


def _bracketed(name: str, short: str, bare: str, places: frozenset[str]) -> Iterator[str]:
    """Yield what names a unit: "(nuoriso)", "(NUPA)", "(Turku)"; not the name's own acronym."""
    inside, letters = _BRACKETS.findall(name), as_acronym(short)
    for part in (*inside, letters):
        key, place = as_acronym(part) or key_of_name(part), place_of_word(part)
        if key and place not in places and not _abbreviates(key, key_of_name(bare)):
            yield place or key


def _abbreviates(short: str, name: str) -> bool:
    """Return True if a name has all letters of a short name in order and the same first letter."""
    letters = iter(name)
    return name[:1] == short[:1] and all(letter in letters for letter in short)


def _without_own(text: str, acronyms: set[str]) -> str:
    """Return a name without its own acronym at either end; the acronym is added to ``acronyms``."""
    words = text.split()
    bare = [word for word in words if word.replace(".", "").upper() not in FORM_CAPITALS]
    for word, rest in ((bare[0], bare[1:]), (bare[-1], bare[:-1])) if len(bare) > 2 else ():
        own = as_acronym(word)
        if own and initials_of(" ".join(rest)).startswith(own):
            acronyms.add(own)
            return " ".join(one for one in words if one != word)
    return text


def _are_parallel(parts: list[str]) -> bool:
    """Return True if all parts are names of one organisation: one meaning, or two languages.

    "Palvelusäätiö - Hoivakoti Aurinko" is one name: that of a site of the foundation.
    """
    if len(parts) < 2 or not all(map(_stands_alone, parts)):
        return False
    first, *others = parts
    return all(_mean_the_same(first, other) or _in_two_languages(first, other) for other in others)


def _mean_the_same(one: str, two: str) -> bool:
    (words, places), (other_words, other_places) = _words(one), _words(two)
    meaning = {*_meaning(words), *places}
    return bool(meaning) and meaning == {*_meaning(other_words), *other_places}


def _in_two_languages(one: str, two: str) -> bool:
    return bool(language_of_name(one) and language_of_name(two)) and language_of_name(
        one
    ) != language_of_name(two)


def _stands_alone(part: str) -> bool:
    """Return True if a part may be a name by itself: more than one word, or a long one."""
    key = key_of_name(part)
    return " " in key or len(key) > 9


@lru_cache(maxsize=1 << 12)
def _words(text: str) -> tuple[tuple[str, ...], frozenset[str]]:
    """Return the words of a name except its places, and the codes of the places."""
    raw = bare_words(text)
    words: list[str] = []
    places: set[str] = set()
    at = 0
    while at < len(raw):
        for part, length in _places_from(raw, at):
            if code := place_of_word(part):
                places.add(code)
                at += length
                break
        else:
            plain = fold_name(raw[at])
            words += word_table().acronyms.get(plain, _whole(plain)).split()
            at += 1
    return tuple(dict.fromkeys(words)), frozenset(places)


def _narrowest(places: frozenset[str]) -> frozenset[str]:
    """Return the places without those that contain a former municipality among them.

    "Kaarinan Piikkiön Martat" is of Piikkiö, which is a part of Kaarina today.
    """
    heirs = {heir_of(code) for code in places if heir_of(code) != code}
    return places - heirs


def _whole(word: str) -> str:
    """Return a word with the abbreviation at its end written out: "tuomiokirkkosrk"."""
    return f"{word.removesuffix('srk')}seurakunta" if word.endswith("srk") else word


def _places_from(words: Sequence[str], at: int) -> Iterator[tuple[str, int]]:
    """Yield possible place names that start at a word, with their number of words; longer first."""
    if at + 1 < len(words):
        yield "-".join(words[at : at + 2]), 2
        yield " ".join(words[at : at + 2]), 2
    if len(words[at]) > 2:
        yield words[at], 1


@lru_cache(maxsize=1 << 15)
def place_of_word(word: str) -> str:
    """Return the code of the place that a word means, '' for none."""
    return place_code(word) or word_table().areas.get(fold_name(word).replace(" ", ""), "")


@lru_cache(maxsize=1 << 15)
def _stem(word: str) -> str:
    word = without_endings(word)
    return word.rstrip("nts") if len(word) > 5 and not word.endswith("liitto") else word


def _meaning(words: tuple[str, ...]) -> list[str]:
    """Return the concepts of the words; a word that is not in the table is its own concept."""
    found: list[str] = []
    for word in words:
        if word in word_table().generic or word in word_table().parts:
            continue
        rest, concepts = word, []
        while rest and (begins := _concept(rest)):
            concepts.append(begins[1])
            rest = _joined(rest[len(begins[0]) :])
            if len(rest) < 4 or rest in word_table().endings or rest == "seura":
                rest = ""
        found += [*concepts, rest] if concepts else [_stem(word)]
    return [concept for concept in found if concept]


def _joined(rest: str) -> str:
    """Return the rest of a compound without the letters that join it: "mielentervey-s-seura"."""
    while rest[:1] in ("s", "n") and not _concept(rest):
        rest = rest[1:]
    return rest


@lru_cache(maxsize=1 << 15)
def _concept(word: str) -> tuple[str, str] | None:
    for length in range(min(len(word), word_table().longest), 2, -1):
        if concept := word_table().concepts.get(word[:length]):
            return word[:length], concept
    return None
