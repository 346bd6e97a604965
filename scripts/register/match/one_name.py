"""Names of organisations that are certainly one, where a number says so, too.

A number may be on wrong rows, and is on all branches of a parish or a town. So these remain a
question: names that are merely alike (Kuulo, Kuuro; Palo, Pallo), a whole and its part ("…
seurakunta", "… seurakunta, lapsityö"), and synonyms (eläkeläiset, eläkkeensaajat).
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
    """Return True if two names are the same except for legal form, language or initials.

    If a name has several halves, each half stands for the whole only if all mean the same. "Espoon
    kaupunki – Esbo Arbis" may be a unit and its owner, in two languages, and equals only a name
    with the same halves.
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
    """Return True if one name is the initials of the other, of three parts or more.

    Initials of two parts may be chance, unless the name states them: KuPS is Kuopion Palloseura,
    but what EsTa is short for is a question.
    """
    whole = max(left.name, right.name, key=len)
    stated = left.acronyms & right.acronyms
    return is_initials_of(left, right) and (bool(stated) or len(split_compounds(whole)) > 2)


def are_elsewhere(left: ParsedName, right: ParsedName, town: str, other: str) -> bool:
    """Return True if two rows of one name are in two towns, and the name does not say which."""
    told = left.places and left.places == right.places
    return bool(town and other and town != other and not told)


def _halves(name: ParsedName) -> tuple[ParsedName, ...]:
    """Return the parallel names in one name, or the name alone."""
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
    """Return True if two words are equal, or long with one letter doubled or two exchanged."""
    if one == two:
        return True
    doubled = _DOUBLED.sub(r"\1", one) == _DOUBLED.sub(r"\1", two)
    near = OSA.distance(one, two, score_cutoff=1) == 1
    turned = near and sorted(one) == sorted(two)
    return near and min(len(one), len(two)) >= _LONG and (doubled or turned)


_DOUBLED = re.compile(r"(.)\1+")
_LONG = 12
"""In a shorter word one letter may make another word: Pallokerho, Palokerho."""


def _telling(name: ParsedName) -> tuple[str, ...]:
    """Return the distinctive words of a name, in alphabetical order."""
    return tuple(sorted(without_endings(word) for word in name.raw if word not in _SAY_NOTHING))
