"""What was judged of a list's rows is known again: the same rows are the same pairs.

Judging compares all rows with each other, and how common a name is counts in every pair; so where
one cell that is compared has changed, all are judged anew. A judgement is known by a digest of the
cells; it names rows by their number, and holds nobody's data.
"""

import os
import sys
from collections.abc import Callable, Mapping
from functools import wraps
from hashlib import blake2b
from threading import active_count

from register.match.pair import JudgedPair

_Cells = tuple[tuple[str, ...], ...]
_Shifts = tuple[tuple[str, str, float], ...]
Judge = Callable[[_Cells, int, tuple[bool, ...], _Shifts], tuple[JudgedPair, ...]]

_WORTH_KEEPING = 300
"""Fewer rows are judged sooner than a file is read."""

_MOST = 4

_APART = 2_000
"""So many rows are judged in a process of its own: what the engine and its libraries hold, some
300 MB of 20,000 rows, goes with it."""


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
                self.learn(digest, _judged_apart(judge, cells, size, sides, shifts))
                self.fresh |= is_whole
            found = self._known[digest]
            if is_whole:
                self._used.pop(digest, None)
                self._used[digest] = found
            return found

        return judged


def _judged_apart(
    judge: Judge, cells: _Cells, size: int, sides: tuple[bool, ...], shifts: _Shifts
) -> tuple[JudgedPair, ...]:
    """Return what ``judge`` says, of many rows from a process of its own where there can be one."""
    if len(cells) < _APART or not _can_fork():
        return judge(cells, size, sides, shifts)
    from multiprocessing import get_context

    context = get_context("fork")
    answers, answer = context.Pipe(duplex=False)

    def tell() -> None:
        # The lock of the register and its connections are the parent's: they end with that.
        os.closerange(3, answer.fileno())
        os.closerange(answer.fileno() + 1, os.sysconf("SC_OPEN_MAX"))
        answer.send(judge(cells, size, sides, shifts))

    child = context.Process(target=tell, daemon=True)
    child.start()
    answer.close()
    try:
        found: tuple[JudgedPair, ...] = answers.recv()
    except EOFError:  # it ended without a word, for lack of memory or by a fault that shows here
        return judge(cells, size, sides, shifts)
    finally:
        child.kill()
        child.join()
        answers.close()
    return found


def _can_fork() -> bool:
    """Whether a copy of this process can judge: it has one thread, and no engine yet."""
    return sys.platform == "linux" and active_count() == 1 and "duckdb" not in sys.modules


JUDGEMENTS = Judgements()
"""Those of this process."""
