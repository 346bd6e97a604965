"""The right one of two spellings of a name, as far as anything says which.

First by the mailboxes and sites of both rows ("maija.aalto@…" is an Aalto, not an Alto), then by
the tables of first names and municipalities. Without evidence nothing is decided.
"""

from collections.abc import Collection, Iterable

from register.match.compared_names import known_first
from register.match.folding import fold_name
from register.values.places import place_code


def better_spelled(one: str, two: str, addresses: Iterable[str]) -> str:
    """Return the spelling that mailboxes, sites or tables support, '' if neither.

    If two spellings differ in accents alone, it is the one with accents: they get lost, not added.
    """
    left, right = _words(one), _words(two)
    if left.keys() == right.keys():
        return max((one, two), key=_accents) if _accents(one) != _accents(two) else ""
    mine, theirs = left.keys() - right.keys(), right.keys() - left.keys()
    votes = 0
    for address in addresses:
        letters = fold_name(address).replace(" ", "")
        found, other = _longest_in(mine, letters), _longest_in(theirs, letters)
        votes += (found > other) - (found < other)
    known = [
        _is_known(words[word] for word in apart) for words, apart in ((left, mine), (right, theirs))
    ]
    votes = votes or known[0] - known[1]
    return one if votes > 0 else two if votes < 0 else ""


def _words(text: str) -> dict[str, str]:
    """Return the words of a name as written, by their folded form."""
    return {folded: word for word in text.split() for folded in [fold_name(word)] if folded}


def _accents(text: str) -> int:
    return sum(not letter.isascii() for letter in text)


def _longest_in(words: Collection[str], letters: str) -> int:
    """Return the length of the longest word that the address contains, 0 for none."""
    return max((len(word) for word in words if len(word) > 2 and word in letters), default=0)


def _is_known(words: Iterable[str]) -> bool:
    listed = list(words)
    return bool(listed) and all(known_first(fold_name(one)) or place_code(one) for one in listed)
