"""What was judged of a list's rows is known again: the same rows are the same pairs.

Judging compares all rows with each other, and how common a name is counts in every pair; so where
one cell that is compared has changed, all are judged anew. A judgement is known by a digest of the
cells; it names rows by their number, and holds nobody's data.
"""

from collections.abc import Callable, Mapping
from functools import wraps
from hashlib import blake2b

from register.match.pair import JudgedPair

_Cells = tuple[tuple[str, ...], ...]
_Shifts = tuple[tuple[str, str, float], ...]
Judge = Callable[[_Cells, int, tuple[bool, ...], _Shifts], tuple[JudgedPair, ...]]

_WORTH_KEEPING = 300
"""Fewer rows are judged sooner than a file is read."""

_MOST = 4


class Judgements:
    """The last judgements by their digests; ``fresh``: of whole registers, made by this process."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[JudgedPair, ...]] = {}
        self._used: dict[str, tuple[JudgedPair, ...]] = {}
        self.fresh = False

    def worth_keeping(self) -> Mapping[str, tuple[JudgedPair, ...]]:
        """Return the judgements of whole registers that this process has asked for last."""
        return dict(list(self._used.items())[-_MOST:])

    def learn(self, digest: str, pairs: tuple[JudgedPair, ...]) -> None:
        """Take in a judgement that was kept."""
        self._known[digest] = pairs
        while len(self._known) > _MOST:
            del self._known[next(iter(self._known))]

    def remembered(self, judge: Judge) -> Judge:
        """Let a function that judges whole lists say again what it said of the same one."""

        @wraps(judge)
        def judged(
            cells: _Cells, size: int, sides: tuple[bool, ...], shifts: _Shifts
        ) -> tuple[JudgedPair, ...]:
            content = repr((judge.__module__, size, sides, shifts, cells))
            digest = blake2b(content.encode("utf-8", "replace"), digest_size=16).hexdigest()
            is_whole = len(cells) >= _WORTH_KEEPING and not sides
            if digest not in self._known:
                self.learn(digest, judge(cells, size, sides, shifts))
                self.fresh |= is_whole
            found = self._known[digest]
            if is_whole:
                self._used.pop(digest, None)
                self._used[digest] = found
            return found

        return judged


JUDGEMENTS = Judgements()
"""Those of this process."""
