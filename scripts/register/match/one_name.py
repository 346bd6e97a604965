"""When two names of organisations are one's for certain, where a number says so too.

A number stands on wrong rows, and on all branches of a parish or a town. So names that are merely
alike (Kuulo, Kuuro; Palo, Pallo), a whole beside its part ("… seurakunta", "… seurakunta,
lapsityö"), and other words for the same (eläkeläiset, eläkkeensaajat) are a question.
"""

import re
from collections.abc import Sequence

from rapidfuzz.distance import OSA

from register.match.bare_names import without_endings
from register.match.name_comparison import is_initials_of, names_differ
from register.match.organisation_names import ParsedName, parse_name
from register.match.organisation_words import word_table
from register.match.short_names import split_compounds

_SAY_NOTHING = frozenset(
    (
        *("yhdistys", "yhdistyksen", "paikallisyhdistys", "forening", "foreningen", "the", "of"),
        *("ja", "och", "and", "lokalforening", "association", "rekisteroity", "registrerad"),
    )
)


def named_as_one(left: ParsedName, right: ParsedName) -> bool:
    """Whether two names are the same, but for the legal form, the language or initials.

    Of a name of several halves each is the whole's only where all mean the same: "Espoon kaupunki –
    Esbo Arbis" may be a unit and its owner, in whatever languages, and is one only with the same.
    """
    if not left.name or not right.name or names_differ(left, right):
        return False
    if left.form and right.form and left.form != right.form:
        return False
    if left.bracketed != right.bracketed:
        return False
    one, two = _halves(left), _halves(right)
    if _mean_the_same(one) and _mean_the_same(two):
        return _is_all_initials(left, right) or any(_same(a, b) for a in one for b in two)
    return len(one) == len(two) and all(
        any(_same(a, b) for b in others)
        for these, others in ((one, two), (two, one))
        for a in these
    )


def _is_all_initials(left: ParsedName, right: ParsedName) -> bool:
    """Whether one name is the initials of another of three parts or more: of two it may be chance.

    KuPS is Kuopion Palloseura; what EsTa is short for is a question, unless the name says so.
    """
    whole = max(left.name, right.name, key=len)
    stated = left.acronyms & right.acronyms
    return is_initials_of(left, right) and (bool(stated) or len(split_compounds(whole)) > 2)


def are_elsewhere(left: ParsedName, right: ParsedName, town: str, other: str) -> bool:
    """Whether two of one name are in two towns, and the name does not tell which one is meant."""
    told = left.places and left.places == right.places
    return bool(town and other and town != other and not told)


def _halves(name: ParsedName) -> tuple[ParsedName, ...]:
    """Return the names that one is written together of, or it alone."""
    return tuple(map(parse_name, name.parallel)) if len(name.parallel) > 1 else (name,)


def _mean_the_same(halves: Sequence[ParsedName]) -> bool:
    return len({half.meaning for half in halves}) == 1


def _same(left: ParsedName, right: ParsedName) -> bool:
    if left.places != right.places:
        return False
    one, two = _telling(left), _telling(right)
    if one == two and (one or left.places):
        return True
    if "".join(one) == "".join(two) and one:
        return True
    if one and len(one) == len(two) and all(map(_is_slip, one, two)):
        return True
    languages = {left.language, right.language} - {""}
    broad = word_table().broad.intersection(left.meaning)
    return len(languages) == 2 and left.meaning == right.meaning != () and not broad


def _is_slip(one: str, two: str) -> bool:
    """Whether two words are one, at most with a letter doubled or two turned in a long one."""
    if one == two:
        return True
    doubled = _DOUBLED.sub(r"\1", one) == _DOUBLED.sub(r"\1", two)
    near = OSA.distance(one, two, score_cutoff=1) == 1
    turned = near and sorted(one) == sorted(two)
    return near and min(len(one), len(two)) >= _LONG and (doubled or turned)


_DOUBLED = re.compile(r"(.)\1+")
_LONG = 12
"""In a shorter word a letter may make another word of it: Pallokerho, Palokerho."""


def _telling(name: ParsedName) -> tuple[str, ...]:
    """Return the words of a name that tell something, in the order of the alphabet."""
    return tuple(sorted(without_endings(word) for word in name.raw if word not in _SAY_NOTHING))
