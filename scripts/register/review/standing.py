"""Reuses the wording of questions that are in ``review`` unchanged, since making it is slow.

A question is recognised by a digest of everything its wording depends on, and of its cells. A
digest holds nobody's data, but may tell whether somebody was among the rows.
"""

from collections.abc import Callable, Mapping
from hashlib import blake2b

from register.book.table import Book
from register.review.question import SHOWN, ReviewCells


class StandingQuestions:
    """Digests of questions by id: those of the last run, and those ``asked`` since."""

    def __init__(self) -> None:
        self._known: Mapping[str, str] = {}
        self.asked: dict[str, str] = {}

    @property
    def fresh(self) -> bool:
        """Whether the digests differ from those of the last run, so that they must be kept anew."""
        return bool(self.asked) and self.asked != self._known

    def learn(self, known: Mapping[str, str]) -> None:
        """Take in the digests that were kept of the last run, and begin a new one."""
        self._known, self.asked = dict(known), {}

    def cells(
        self, book: Book, case_id: str, made_of: object, put: Callable[[], ReviewCells]
    ) -> ReviewCells:
        """Return the cells of a question: those in ``review`` if still valid, else from ``put``.

        ``made_of`` is everything that they depend on. The severity is taken as "warning": the cell
        in ``review`` shows the urgency instead.
        """
        there = book.table("review")
        if case_id in self._known and case_id in there:
            row = there.row(case_id) | {"severity": "warning"}
            cells = tuple((key, row.get(key, "")) for key in SHOWN)
            if _digest(made_of, cells) == self._known[case_id]:
                self.asked[case_id] = self._known[case_id]
                return cells
        cells = put()
        self.asked[case_id] = _digest(made_of, cells)
        return cells


def _digest(made_of: object, cells: ReviewCells) -> str:
    content = repr((made_of, cells)).encode("utf-8", "replace")
    return blake2b(content, digest_size=8).hexdigest()


STANDING = StandingQuestions()
"""The digests of this process, shared by all its runs."""
