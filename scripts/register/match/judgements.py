"""Memory of judgements: the same rows need not be judged again.

Judging compares all rows with each other, and the frequency of a name counts in every pair; so if
one compared cell has changed, all rows are judged anew. A judgement is found by a digest of the
cells; it refers to rows by their number and contains no personal data.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import wraps
from hashlib import blake2b

from register.match.pair import JudgedPair

_Cells = tuple[tuple[str, ...], ...]
_Shifts = tuple[tuple[str, str, float], ...]
Judge = Callable[[_Cells, int, tuple[bool, ...], _Shifts], tuple[JudgedPair, ...]]

_MOST = 4


class Judgements:
    """The latest judgements by digest.

    ``fresh`` is True once this process has judged a whole register.
    """

    def __init__(self) -> None:
        self._known: dict[str, tuple[JudgedPair, ...]] = {}
        self._used: dict[str, tuple[JudgedPair, ...]] = {}
        self.fresh = False

    def worth_keeping(self) -> Mapping[str, tuple[JudgedPair, ...]]:
        """Return the judgements of whole registers that this process used last, by digest."""
        return self._used

    def learn(self, digest: str, pairs: tuple[JudgedPair, ...]) -> None:
        """Store a judgement; beyond :data:`_MOST` the oldest is dropped."""
        _put_last(self._known, digest, pairs)

    def remembered(self, judge: Judge) -> Judge:
        """Decorate a function that judges whole lists: for the same list it answers from memory."""

        @wraps(judge)
        def judged(
            cells: _Cells, size: int, sides: tuple[bool, ...], shifts: _Shifts
        ) -> tuple[JudgedPair, ...]:
            content = repr((judge.__module__, size, sides, shifts, cells))
            digest = blake2b(content.encode("utf-8", "replace"), digest_size=16).hexdigest()
            if digest not in self._known:
                self.learn(digest, judge(cells, size, sides, shifts))
                self.fresh |= not sides
            found = self._known[digest]
            if not sides:
                _put_last(self._used, digest, found)
            return found

        return judged


def _put_last(
    judged: dict[str, tuple[JudgedPair, ...]], digest: str, pairs: tuple[JudgedPair, ...]
) -> None:
    judged.pop(digest, None)
    judged[digest] = pairs
    while len(judged) > _MOST:
        del judged[next(iter(judged))]


JUDGEMENTS = Judgements()
"""The judgements of this process."""


def judge_in_order(
    judge: Judge, cells: Sequence[tuple[str, ...]], size: int, listed: int, shifts: _Shifts
) -> tuple[JudgedPair, ...]:
    """Return what ``judge`` finds in the rows sorted by their cells, by the rows' own numbers.

    If ``listed`` is given, the first ``listed`` rows are a list, and only pairs of it with the
    other rows are returned.
    """
    order = sorted(range(len(cells)), key=lambda number: cells[number])
    sides = tuple(number < listed for number in order) if listed else ()
    turned = []
    for one in judge(tuple(cells[number] for number in order), size, sides, shifts):
        left, right = sorted((order[one.left], order[one.right]))
        if not listed or left < listed <= right:
            turned.append(replace(one, left=left, right=right))
    return tuple(sorted(turned, key=lambda one: (one.left, one.right)))
