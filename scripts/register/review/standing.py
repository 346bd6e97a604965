"""A question that stands in ``review`` as it would be asked now is not put into words again.

It is known by a digest of all that its words are made of, and of the cells that it stands in. A
digest holds nobody's data, but may tell whether somebody was among the rows.
"""

from collections.abc import Callable, Mapping
from hashlib import blake2b

from register.book.table import Book
from register.review.question import SHOWN, ReviewCells


class StandingQuestions:
    """Digests of questions by their ids: those of the last run, and those ``asked`` since."""

    def __init__(self) -> None:
        self._known: Mapping[str, str] = {}
        self.asked: dict[str, str] = {}

    @property
    def fresh(self) -> bool:
        """Whether other questions have been asked since, or in other words."""
        return bool(self.asked) and self.asked != self._known

    def learn(self, known: Mapping[str, str]) -> None:
        """Take in what was kept of the last run, and begin a new one."""
        self._known, self.asked = dict(known), {}

    def cells(
        self, book: Book, case_id: str, made_of: object, put: Callable[[], ReviewCells]
    ) -> ReviewCells:
        """Return the cells of a question: as they stand, else as they are ``put`` now.

        ``made_of`` is all that they depend on. How grave it is stands there as it is shown, and is
        no more than a warning.
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
"""Those of this process."""
