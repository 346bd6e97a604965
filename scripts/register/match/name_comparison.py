"""Whether two names are of two organisations: by places, sides, and words of their own."""

from collections.abc import Mapping, Sequence
from itertools import zip_longest

from rapidfuzz.distance import DamerauLevenshtein

from register.match.blocks import SHARED
from register.match.organisation_names import ParsedName, place_of_word
from register.match.organisation_words import word_table
from register.values.places import heir_of

_KNOWN = 3
"""A word in so many names or more is a word of the language, no slip of the pen."""

_SLIPS = 2
"""So many words of two names may have a slip of the pen."""


def names_differ(left: ParsedName, right: ParsedName) -> bool:
    """Whether two names are of two organisations for certain, however alike they look.

    Their places differ, or their sides, numbers or kinds do and neither is a short form; a slip
    in a word that makes no other place or side is not a difference.
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
    """Return the numbers of units: (2), (12); not of years."""
    return {part for part in name.bracketed if part.isdecimal() and len(part) < 3}


def is_one_spelling(left: ParsedName, right: ParsedName) -> bool:
    """Whether two names are one but for slips, the place, initials, or words that are left out.

    Units of a whole (P12, hiihto) are not: their words are others, not fewer letters.
    """
    if names_differ(left, right) or are_units(left, right):
        return False
    return not has_other_word(left, right, {}) and not are_whole_and_unit(left, right)


def values_of_several(values: Sequence[str], names: Sequence[ParsedName]) -> list[str]:
    """Return each row's value where it is nobody's own, but of a whole with its units.

    :data:`SHARED` names or more have it; one name in several spellings is one.
    """
    called: dict[str, dict[tuple[str, ...], ParsedName]] = {}
    for value, name in zip(values, names, strict=True):
        if value:
            called.setdefault(value, {}).setdefault(name.meaning, name)
    shared = {
        value for value, these in called.items() if len(_unlike(list(these.values()))) >= SHARED
    }
    return [value if value in shared else "" for value in values]


def _unlike(names: Sequence[ParsedName]) -> list[ParsedName]:
    """Return names without those that spell, or shorten, an earlier one otherwise."""
    if len(names) < SHARED:
        return list(names)
    kept: list[ParsedName] = []
    for name in sorted(names, key=lambda one: -len(one.name)):
        if not any(is_one_spelling(name, one) for one in kept):
            kept.append(name)
    return kept


def are_units(left: ParsedName, right: ParsedName) -> bool:
    """Whether two names under one number or site are of two units of it: P12 and T14, or a P12."""
    return left.digits != right.digits or left.sides != right.sides


def are_whole_and_unit(left: ParsedName, right: ParsedName) -> bool:
    """Whether one name is all of the other and more words: Pallo, Pallo hiihto."""
    one, two = set(left.words), set(right.words)
    return (one < two or two < one) and not is_initials_of(left, right)


def places_agree(left: ParsedName, right: ParsedName, *, strictly: bool) -> bool:
    """Whether two names are of one place: the same, or one that has ended and the one it is in.

    Piikkiön Martat and Kaarinan Piikkiön Martat are of one place; Piikkiön Martat and Kaarinan
    Martat, which may be two, are not where it is looked at ``strictly``.
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
        and not (place_of_word(one) and place_of_word(two))
        and not {one, two} <= word_table().sides
    )


def is_initials_of(left: ParsedName, right: ParsedName) -> bool:
    """Whether one name is the other's initials, and nothing but them.

    Two written out that begin with the same letters (Martat naiset, Maahanmuuttajien neuvonta) are
    two, though one has them for a short name.
    """
    bare = left.name in left.acronyms or right.name in right.acronyms
    return bare and _same_letters(left, right)


def _same_letters(left: ParsedName, right: ParsedName) -> bool:
    return bool(left.acronyms & (right.acronyms | right.initials) or right.acronyms & left.initials)


def has_other_word(left: ParsedName, right: ParsedName, counts: Mapping[str, int]) -> bool:
    """Whether each name has a word that the other lacks, and no slip of the pen explains it.

    ``counts`` tells in how many names a word stands: two words that both stand in some, neither in
    far more than the other, are two words, however alike.
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
    """Whether two names have the same words in the same order but for a slip in one or two."""
    if len(left) != len(right):
        return False
    unlike = [(one, two) for one, two in zip(left, right, strict=True) if one != two]
    if len(unlike) == 1 and len(left) > 2 and _is_lone_slip(*unlike[0], counts):
        return True
    return len(unlike) <= _SLIPS and all(
        _slip(one, two) and not _two_words(one, two, counts) for one, two in unlike
    )


def _is_lone_slip(one: str, two: str, counts: Mapping[str, int]) -> bool:
    """Whether a short word that no other name has is a common one but for a letter: Bue, Blue."""
    rarer, oftener = sorted((counts.get(one, 0), counts.get(two, 0)))
    return min(len(one), len(two)) > 2 and rarer < 2 and oftener > _KNOWN and _within(one, two, 1)


def _spaced_otherwise(left: str, right: str) -> bool:
    """Whether two names differ in where the spaces are, and in one letter at most."""
    one, two = left.replace(" ", ""), right.replace(" ", "")
    words = zip_longest(left.split(), right.split())
    return len(one) > 9 and sum(a != b for a, b in words) > 1 and _within(one, two, 1)


def _cut_off(one: str, two: str) -> bool:
    """Whether one of two names ends in the midst of a word of the other: espoon marttayhdis."""
    short, whole = sorted((one, two), key=len)
    rest = whole.removeprefix(short)
    return len(short) >= _LONG and rest != whole and not rest.startswith(" ")


_LONG = 12
"""A name of so many letters says enough where it was cut off."""


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
    """Leave out initials of others' words, and what others have the initials of: K. Paper."""
    letters = {word for word in others if len(word) == 1}
    begun = {word[:1] for word in others}
    told = (word for word in words if word[:1] not in letters)
    return frozenset(word for word in told if len(word) > 1 or word not in begun)


def _both_slips(one: str, two: str, counts: Mapping[str, int]) -> bool:
    """Whether two words that hardly any name has are of the same letters, mistyped twice."""
    rare = max(counts.get(one, 0), counts.get(two, 0)) < _KNOWN
    return rare and len(one) > 4 and sorted(one) == sorted(two) and _within(one, two, 2)


def _two_words(one: str, two: str, counts: Mapping[str, int]) -> bool:
    fewer, more = sorted((counts.get(one, 0), counts.get(two, 0)))
    return fewer >= _KNOWN and more <= 5 * fewer


def _slip(one: str, two: str) -> bool:
    if _without_marks(one) == _without_marks(two):
        return True
    shortest = min(len(one), len(two))
    allowed = 0 if shortest < 4 else 1 if shortest < 9 else 2
    return _within(one, two, allowed)


def _without_marks(word: str) -> str:
    """Return a folded word in which a letter written as two is one: Mueller, Muller; Skaergard."""
    return word.replace("ae", "a").replace("oe", "o").replace("ue", "u")


def _within(one: str, two: str, edits: int) -> bool:
    return DamerauLevenshtein.distance(one, two, score_cutoff=edits) <= edits
