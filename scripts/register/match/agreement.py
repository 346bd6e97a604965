"""Certain pairs stay certain only where no other pair of their group contradicts them."""

from collections.abc import Iterable
from typing import TypeVar

from register.book.groups import DisjointSets

_RowName = TypeVar("_RowName", int, str)


def agreeing_pairs(
    sure: Iterable[tuple[_RowName, _RowName]], doubtful: Iterable[tuple[_RowName, _RowName]]
) -> set[tuple[_RowName, _RowName]]:
    """Return the pairs of ``sure``, except those of groups in which another pair is doubtful.

    If A is certainly B, and B certainly C, but the pair A and C is in ``doubtful``, then none of
    the three pairs is certain.
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
