"""Streets as lists write them: the letters that tell one from the others, whatever the order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from register.match.folding import fold_name

COMMON, SOME = 0.02, 20
"""Letters that stand in a larger share of the streets (and in at least so many) tell nothing."""

_FEWEST = 2
_LONGEST = 200


def street_and_house(cell: str) -> tuple[str, str]:
    """Return a street, folded, and its first number; a number alone is no street."""
    street = fold_name(cell)
    house = next((word for word in street.split() if word[0].isdecimal()), "")
    return (street, house) if any(map(str.isalpha, street)) else ("", house)


def trigrams_of(streets: Sequence[str]) -> list[str]:
    """Return the telling trigrams of each street, joined by bars; '' where there are hardly any.

    House numbers are no part of it, nor what most streets have in common (-katu, -tie, street).
    """
    found = [
        {word[i : i + 3] for word in _words(street) for i in range(len(word) - 2)}
        for street in streets
    ]
    count = Counter(gram for grams in found for gram in grams)
    most = max(COMMON * sum(map(bool, found)), SOME)
    telling = [sorted(gram for gram in grams if count[gram] <= most) for grams in found]
    return ["|".join(grams) if len(grams) >= _FEWEST else "" for grams in telling]


def _words(street: str) -> list[str]:
    return [f" {word} " for word in street[:_LONGEST].split() if not word.isdecimal()]
