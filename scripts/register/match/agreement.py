"""What is certain of a pair, where others of its group say otherwise."""

from collections.abc import Iterable
from typing import TypeVar

from register.book.groups import DisjointSets

_RowName = TypeVar("_RowName", int, str)


def agreeing_pairs(
    sure: Iterable[tuple[_RowName, _RowName]], doubtful: Iterable[tuple[_RowName, _RowName]]
) -> set[tuple[_RowName, _RowName]]:
    """Return the pairs that are certain of groups in which no pair is doubtful.

    Where A is B for certain, and B is C, but A may not be C, none of it is certain.
    """
    every = set(sure)
    groups = DisjointSets[_RowName]()
    for one, two in every:
        groups.unite(one, two)
    broken = {
        groups.find(one)
        for one, two in doubtful
        if (one, two) not in every and groups.find(one) == groups.find(two)
    }
    return {pair for pair in every if groups.find(pair[0]) not in broken}
