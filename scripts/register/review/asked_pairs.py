"""Which pairs are asked about: all of a small group, of a large one only as many as it takes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from register.match.pair import Pair

SMALL = 4
"""Of a group of at most so many rows every pair is asked about."""


def to_ask(pairs: Iterable[Pair]) -> list[Pair]:
    """Return the pairs to ask about.

    Of a large group only the likeliest pairs that hold it together: a hundred rows alike are 99
    questions, not 4,950. Where one of them is answered "eri", the next run finds another way.
    """
    every = list(pairs)
    group = _Groups(every)
    sizes = Counter(group.of(row) for row in {row for pair in every for row in _rows(pair)})
    held = _Groups(())
    asked = []
    for pair in sorted(every, key=lambda pair: (-pair.probability, pair)):
        one, two = _rows(pair)
        if sizes[group.of(one)] <= SMALL or held.of(one) != held.of(two):
            asked.append(pair)
        held.join(one, two)
    return sorted(asked)


def _rows(pair: Pair) -> tuple[tuple[str, str], tuple[str, str]]:
    return (pair.tab, pair.left), (pair.tab, pair.right)


class _Groups:
    """Rows that pairs hold together (union and find)."""

    def __init__(self, pairs: Iterable[Pair]) -> None:
        self._above: dict[tuple[str, str], tuple[str, str]] = {}
        for pair in pairs:
            self.join(*_rows(pair))

    def of(self, row: tuple[str, str]) -> tuple[str, str]:
        """Return the row that a row's group is called by."""
        while (above := self._above.get(row, row)) != row:
            self._above[row] = self._above.get(above, above)
            row = above
        return row

    def join(self, one: tuple[str, str], two: tuple[str, str]) -> None:
        """Make one group of two."""
        a, b = sorted((self.of(one), self.of(two)))
        self._above[b] = a
