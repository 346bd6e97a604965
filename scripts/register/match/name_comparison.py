"""Names of two organisations: places, sides and words of their own tell them apart."""

from collections.abc import Collection, Mapping, Sequence
from itertools import zip_longest

from rapidfuzz.distance import DamerauLevenshtein

from register.match.blocks import SHARED
from register.match.folding import without_umlauts
from register.match.organisation_names import ParsedName, place_of_word
from register.match.organisation_words import word_table
from register.values.places import heir_of

_KNOWN = 3
"""A word in this many names or more is a real word, not a typing error."""

_SLIPS = 2
"""At most this many words of two names may have a typing error."""


def names_differ(left: ParsedName, right: ParsedName) -> bool:
    """Return True if two names are certainly of two organisations, however alike they look.

    Their places differ; or their sides, numbers or kinds differ and neither is a short form. A
    typing error does not count, unless it makes another place or side.
    """
    if _numbers_in_brackets(left) != _numbers_in_brackets(right):
        return True
    if _mistyped(left.name.split(), right.name.split()):
        return False
    if left.places and right.places and not places_agree(left, right, strictly=False):
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


def _numbers_in_brackets(name: ParsedName) -> set[str]:
    """Return the numbers of units, "(2)" or "(12)"; years are left out."""
    return {part for part in name.bracketed if part.isdecimal() and len(part) < 3}


def is_one_spelling(left: ParsedName, right: ParsedName) -> bool:
    """Return True if two names differ only in typing errors, place, initials or left-out words.

    Names of a whole and its unit (P12, hiihto) are two: the unit has words of its own.
    """
    if names_differ(left, right) or are_units(left, right):
        return False
    return not has_other_word(left, right, {}) and not are_whole_and_unit(left, right)


def values_of_several(values: Sequence[str], names: Sequence[ParsedName]) -> list[str]:
    """Return each row's value if many different names share it, else ''.

    Many is :data:`SHARED` or more; spellings of one name count once. Such a value belongs to a
    whole with its units, not to one row.
    """
    called: dict[str, dict[tuple[str, ...], ParsedName]] = {}
    for value, name in zip(values, names, strict=True):
        if value:
            called.setdefault(value, {}).setdefault(name.meaning, name)
    shared = {value for value, these in called.items() if _are_several(these.values())}
    return [value if value in shared else "" for value in values]


def _are_several(names: Collection[ParsedName]) -> bool:
    """Return True if :data:`SHARED` names or more are left without the spellings of another one."""
    if len(names) < SHARED:
        return False
    kept: list[ParsedName] = []
    for name in sorted(names, key=lambda one: -len(one.name)):
        if not any(is_one_spelling(name, one) for one in kept):
            kept.append(name)
            if len(kept) == SHARED:
                return True
    return False


def are_units(left: ParsedName, right: ParsedName) -> bool:
    """Return True if two names under one number or site are of two units: "P12" and "T14"."""
    return left.digits != right.digits or left.sides != right.sides


def are_whole_and_unit(left: ParsedName, right: ParsedName) -> bool:
    """Return True if one name has all the words of the other and more: "Pallo", "Pallo hiihto"."""
    one, two = set(left.words), set(right.words)
    return (one < two or two < one) and not is_initials_of(left, right)


def places_agree(left: ParsedName, right: ParsedName, *, strictly: bool) -> bool:
    """Return True if two names are of one place: the same, or a former municipality and its heir.

    "Piikkiön Martat" and "Kaarinan Piikkiön Martat" agree. "Piikkiön Martat" and "Kaarinan Martat"
    may be two: they agree only if not ``strictly``.
    """
    one, two = left.places, right.places
    if one == two:
        return True
    if frozenset(map(heir_of, one)) != frozenset(map(heir_of, two)):
        return False
    ended = [frozenset(code for code in codes if heir_of(code) != code) for codes in (one, two)]
    if ended[0] and ended[1]:
        return ended[0] == ended[1]
    return not strictly


def _mistyped(left: list[str], right: list[str]) -> bool:
    """Return True if one longer word has one typing error: "Etelä-Savon", "Etleä-Savon".

    Not if both words are places ("Euran", "Auran") or both are sides.
    """
    unlike = [pair for pair in zip(left, right, strict=False) if pair[0] != pair[1]]
    if len(left) != len(right) or len(unlike) != 1:
        return False
    one, two = unlike[0]
    return (
        min(len(one), len(two)) > 4
        and one.isalpha()
        and two.isalpha()
        and _within(one, two, 1)
        and not (place_of_word(one) and place_of_word(two))
        and not {one, two} <= word_table().sides
    )


def is_initials_of(left: ParsedName, right: ParsedName) -> bool:
    """Return True if one name consists of nothing but the other's initials.

    Two written-out names with the same initials (Martat naiset, Maahanmuuttajien neuvonta) are two,
    even if one has the initials as its short name.
    """
    bare = left.name in left.acronyms or right.name in right.acronyms
    return bare and _same_letters(left, right)


def _same_letters(left: ParsedName, right: ParsedName) -> bool:
    return bool(left.acronyms & (right.acronyms | right.initials) or right.acronyms & left.initials)


def has_other_word(left: ParsedName, right: ParsedName, counts: Mapping[str, int]) -> bool:
    """Return True if each name has a word that the other lacks, and no typing error explains it.

    ``counts`` is the number of names with each word. Two words that both occur in several names,
    neither far oftener than the other, are two words, however alike.
    """
    if _word_for_word(left.name.split(), right.name.split(), counts):
        return False
    if _spaced_otherwise(left.name, right.name) or _cut_off(left.name, right.name):
        return False
    joined = "".join(sorted(left.raw)), "".join(sorted(right.raw))
    if len(left.raw) != len(right.raw) and _slip(*joined):
        return False
    return _differ(left.raw, right.raw, counts) and _differ(
        frozenset(left.words), frozenset(right.words), counts
    )


def _word_for_word(left: list[str], right: list[str], counts: Mapping[str, int]) -> bool:
    """Return True if two names have the same words in order, with typing errors in one or two."""
    if len(left) != len(right):
        return False
    unlike = [(one, two) for one, two in zip(left, right, strict=True) if one != two]
    if len(unlike) == 1 and len(left) > 2 and _is_lone_slip(*unlike[0], counts):
        return True
    return len(unlike) <= _SLIPS and all(
        _slip(one, two) and not _two_words(one, two, counts) for one, two in unlike
    )


def _is_lone_slip(one: str, two: str, counts: Mapping[str, int]) -> bool:
    """Return True if a rare short word is a common one with another letter: "Bue", "Blue"."""
    rarer, oftener = sorted((counts.get(one, 0), counts.get(two, 0)))
    return min(len(one), len(two)) > 2 and rarer < 2 and oftener > _KNOWN and _within(one, two, 1)


def _spaced_otherwise(left: str, right: str) -> bool:
    """Return True if two names differ in their spaces, and in one letter at most."""
    one, two = left.replace(" ", ""), right.replace(" ", "")
    words = zip_longest(left.split(), right.split())
    return len(one) > 9 and sum(a != b for a, b in words) > 1 and _within(one, two, 1)


def _cut_off(one: str, two: str) -> bool:
    """Return True if one name is the other, cut off within a word: "espoon marttayhdis"."""
    short, whole = sorted((one, two), key=len)
    rest = whole.removeprefix(short)
    return len(short) >= _LONG and rest != whole and not rest.startswith(" ")


_LONG = 12
"""A name that was cut off needs this many letters to be recognised."""


def _differ(left: frozenset[str], right: frozenset[str], counts: Mapping[str, int]) -> bool:
    one = left - right - word_table().parts - word_table().generic
    two = right - left - word_table().parts - word_table().generic
    one, two = _without_initials(one, two), _without_initials(two, one)
    return bool(one and two) and any(
        all(
            _two_words(word, other, counts)
            or not (_slip(word, other) or _both_slips(word, other, counts))
            for other in two
        )
        for word in one
    )


def _without_initials(words: frozenset[str], others: frozenset[str]) -> frozenset[str]:
    """Return words without initials of the other words, and without words that others abbreviate.

    Of "K. Paper" and "Keeping Paper" neither "k" nor "keeping" remains.
    """
    letters = {word for word in others if len(word) == 1}
    begun = {word[:1] for word in others}
    told = (word for word in words if word[:1] not in letters)
    return frozenset(word for word in told if len(word) > 1 or word not in begun)


def _both_slips(one: str, two: str, counts: Mapping[str, int]) -> bool:
    """Return True if two rare words consist of the same letters: both are mistyped."""
    rare = max(counts.get(one, 0), counts.get(two, 0)) < _KNOWN
    return rare and len(one) > 4 and sorted(one) == sorted(two) and _within(one, two, 2)


def _two_words(one: str, two: str, counts: Mapping[str, int]) -> bool:
    fewer, more = sorted((counts.get(one, 0), counts.get(two, 0)))
    return fewer >= _KNOWN and more <= 5 * fewer


def _slip(one: str, two: str) -> bool:
    if without_umlauts(one) == without_umlauts(two):
        return True
    shortest = min(len(one), len(two))
    allowed = 0 if shortest < 4 else 1 if shortest < 9 else 2
    return _within(one, two, allowed)


def _within(one: str, two: str, edits: int) -> bool:
    return DamerauLevenshtein.distance(one, two, score_cutoff=edits) <= edits
