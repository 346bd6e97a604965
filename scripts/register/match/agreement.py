"""What is certain of a pair, where others of its group say otherwise."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations
from typing import TypeVar

from register.book.groups import Union

RowName = TypeVar("RowName", int, str)


def agreeing(sure: Iterable[tuple[RowName, RowName]]) -> set[tuple[RowName, RowName]]:
    """Return the pairs that are certain of groups in which every pair is.

    Where A is B for certain, and B is C, but A may not be C, none of it is certain.
    """
    every = set(sure)
    groups = Union[RowName]()
    for one, two in every:
        groups.unite(one, two)
    members: dict[RowName, set[RowName]] = {}
    for pair in every:
        members.setdefault(groups.find(pair[0]), set()).update(pair)
    whole = {
        top for top, rows in members.items() if every.issuperset(combinations(sorted(rows), 2))
    }
    return {pair for pair in every if groups.find(pair[0]) in whole}
