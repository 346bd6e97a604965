"""Which pairs are asked about: all of a small group, of a large one only as many as it takes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from register.book.groups import Union
from register.match.pair import Pair

SMALL = 4
"""Of a group of at most so many rows every pair is asked about."""


_Row = tuple[str, str]


def to_ask(pairs: Iterable[Pair]) -> list[Pair]:
    """Return the pairs to ask about.

    Of a large group only the likeliest pairs that hold it together: a hundred rows alike are 99
    questions, not 4,950. Where one of them is answered "eri", the next run finds another way.
    """
    every = list(pairs)
    group, held = Union[_Row](), Union[_Row]()
    for pair in every:
        group.unite(*_rows(pair))
    sizes = Counter(group.find(row) for row in {row for pair in every for row in _rows(pair)})
    asked = []
    for pair in sorted(every, key=lambda pair: (-pair.probability, pair)):
        one, two = _rows(pair)
        if sizes[group.find(one)] <= SMALL or held.find(one) != held.find(two):
            asked.append(pair)
        held.unite(one, two)
    return sorted(asked)


def _rows(pair: Pair) -> tuple[_Row, _Row]:
    return (pair.tab, pair.left), (pair.tab, pair.right)
