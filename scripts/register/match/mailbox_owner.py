"""Owners of mailboxes: one person, or a family or an office with different names."""

import re
from collections import Counter
from collections.abc import Collection
from itertools import combinations

from rapidfuzz.distance import OSA

from register.match.compared_names import is_spelt_otherwise, is_surname_here, known_first, name_use
from register.match.folding import fold_name
from register.match.sites import FREE


def has_several_owners(names: Collection[tuple[str, str]]) -> bool:
    """Return True if the folded names (first, last) beside one mailbox are of several people.

    Forms of one first name count as one person, and so does a name with its parts exchanged.
    """
    return any(
        not may_be_one_first(one[0], two[0]) and sorted(one) != sorted(two)
        for one, two in combinations(sorted(names), 2)
    )


def may_be_one_first(one: str, two: str) -> bool:
    """Return True if two folded first names may be one: initials, short forms, a typing error."""
    if not one or not two or one.startswith(two) or two.startswith(one):
        return True
    if name_use(one, "").firsts & name_use(two, "").firsts:
        return True
    both_known = known_first(one) and known_first(two)
    return not both_known and OSA.distance(one, two, score_cutoff=1) <= 1 and len(one) > 3


def tells_first_name(address: str, first: str, last: str) -> bool:
    """Return True if a mailbox contains the first name, not only a surname or an invented word.

    A word of the local part must begin with (the first four letters of) the first name, alone or
    after the surname. A name of two or three letters may be followed by the beginning of the
    surname only.
    """
    name, surname = (fold_name(part).replace(" ", "") for part in (first, last))
    for word in re.findall(r"[a-z]+", fold_name(address.partition("@")[0])):
        rest = word.removeprefix(surname) if word != surname else ""
        if len(name) > 3 and rest.startswith(name[:4]):
            return True
        if 1 < len(name) < 4 and rest.startswith(name) and surname.startswith(rest[len(name) :]):
            return True
    return False


def is_called_by_name(address: str, first: str, last: str) -> bool:
    """Return True if a mailbox contains the person's name, or is at a private mail service.

    At other domains a mailbox without the name (kirjuri@…) may be handed on with a post, whatever
    word it uses.
    """
    local, _, domain = address.rpartition("@")
    letters = fold_name(local).replace(" ", "")
    words = (*first.split(), *last.split())
    return domain in FREE or any(word[:4] in letters for word in words if len(word) > 2)


def is_named_for_another(
    address: str, first: str, last: str, firsts: Collection[str] = frozenset()
) -> bool:
    """Return True if a mailbox contains another person's first name, and not this one's.

    "antti.makinen@…" beside Katri Mäki belongs to a predecessor or a spouse. ``firsts`` are the
    folded first names of the rows at hand, which count besides those that are known.
    """
    words = set(re.findall(r"[a-z]{3,}", fold_name(address.partition("@")[0])))
    called = name_use(first, last).firsts
    if any(word.startswith(name[:4]) for word in words for name in called if len(name) > 1):
        return False
    return any(known_first(word) or word in firsts for word in words.difference(last.split()))


def is_written_out(first: str, last: str) -> bool:
    """Return True if a folded name has a first name and a surname: not initials ("M. J.", "MJ").

    A first name of two letters or without a vowel must be a known one. "Perhe", "Isä" and "Rouva"
    are no first names, and first name and surname must not be the same.
    """
    if first == last or not _KIN.isdisjoint(first.split()):
        return False
    named = any(
        known_first(word) or (len(word) > 2 and _VOWEL.search(word)) for word in first.split()
    )
    return named and any(len(word) > 1 for word in last.split())


_VOWEL = re.compile("[aeiouyäöåøæ]")
_KIN = frozenset(
    (
        *("perhe", "perheen", "aiti", "isa", "mummo", "vaari", "ukki", "pariskunta", "vanhemmat"),
        *("rouva", "herra", "neiti", "veljekset", "sisarukset", "poika", "tytar", "vaimo", "mies"),
        *(
            "familjen",
            "familj",
            "mamma",
            "pappa",
            "mor",
            "far",
            "fru",
            "herr",
            "froken",
            "syskonen",
        ),
        *("family", "mr", "mrs", "ms", "miss", "mother", "father", "parents", "son", "daughter"),
    )
)


def may_be_turned(first: str, last: str) -> bool:
    """Return True if two folded names, exchanged, may be another person's, as of father and son.

    False if one part is a known first name and the other clearly a Finnish surname. In other
    cultures the father's first name is the child's last ("Ali Hassan", "Hassan Ali"; "Petros Ivan",
    "Ivan Petros").
    """
    if known_first(first) == known_first(last):
        return True
    name, surname = (first, last) if known_first(first) else (last, first)
    return is_spelt_otherwise(name) or not is_surname_here(surname)


def stand_in_order(one: tuple[str, str], two: tuple[str, str]) -> bool:
    """Return True if two folded names have their words in one order, or the two parts exchanged.

    "Aino Helena" and "Helena Aino" with one surname may be mother and daughter.
    """
    return " ".join(one) in (" ".join(two), " ".join(reversed(two)))


def may_be_misspelt(one: tuple[str, str], two: tuple[str, str]) -> bool:
    """Return True if two folded names (first, last) may be one, written very badly.

    In one order of their parts or the other, each part must be missing in one, the beginning of the
    other or of mostly the same letters. Two known first names are two names, unless one begins with
    the other ("Susan", "Susanne").
    """
    known = known_first(one[0]) and known_first(two[0])
    return (_is_alike(one[0], two[0], known) and _is_alike(one[1], two[1])) or (
        _is_alike(one[0], two[1]) and _is_alike(one[1], two[0])
    )


def _is_alike(one: str, two: str, known: bool = False) -> bool:
    return one.startswith(two) or two.startswith(one) or (not known and _share_letters(one, two))


def _share_letters(one: str, two: str) -> bool:
    """Return True if two texts have mostly the same letters in any order: "Maija", "Mjaai"."""
    common = (Counter(one) & Counter(two)).total()
    return min(len(one), len(two)) > 2 and common * 4 >= 3 * max(len(one), len(two))
