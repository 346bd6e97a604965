"""Are these one: the questions about two rows, their ids, and who has been told apart."""

import re
from collections.abc import Iterator, Mapping
from typing import Protocol

from register.book.ids import fingerprint, reference_id
from register.book.schema import schema
from register.book.table import Book
from register.review.question import Pairing
from register.review.words import NO, read_decision

PAIR_KIND = "duplicate"
"""The kind of these rows of ``review``."""

_ID = re.compile(r"\b[A-Z]-[0-9A-HJKMNP-TV-Z]{5}\b")
_APART = ("different", NO)


class RowPair(Protocol):
    """Two rows, by their ids."""

    @property
    def left(self) -> str:
        """The one."""
        ...

    @property
    def right(self) -> str:
        """The other."""
        ...


def pair_id(pair: RowPair) -> str:
    """Return the id of the question whether two rows are one, whichever comes first."""
    return fingerprint(PAIR_KIND, *sorted((pair.left, pair.right)))


def pair_of_question(case_id: str, row: Mapping[str, str]) -> Pairing | None:
    """Return the two rows that a row of review asks about, None where it is no such question."""
    if row.get("kind") != PAIR_KIND:
        return None
    named = dict.fromkeys(_ID.findall(f"{row.get('link', '')} {row.get('message', '')}"))
    for left in named:
        for right in named:
            tab = schema().tab_of_id(right)
            if left < right and tab and pair_id(Pairing("", left, right)) == case_id:
                first = schema().tab_of_id(left)
                if first is tab:
                    return Pairing(tab.key, left, right)
                if first and "inbox" in (first.key, tab.key):
                    card, other = (left, right) if first.key == "inbox" else (right, left)
                    owner = schema().tab_of_id(other)
                    return Pairing(owner.key if owner else "", card, other)
    return None


def decided_pair_questions(book: Book, *decisions: str) -> Iterator[tuple[str, Pairing]]:
    """Yield the questions about two rows that were decided so, by their ids in ``review``."""
    for case_id, row in book.table("review").rows():
        if row.get("kind") == PAIR_KIND and read_decision(row.get("decision", "")) in decisions:
            pairing = pair_of_question(case_id, row)
            if pairing:
                yield case_id, pairing


class PairsToldApart:
    """Tells whether a person has said that two are not to be brought together.

    Who is told apart from one row is so from the row that it was merged into: else the third of
    three would bring together what people keep apart. So is who came as a row of ``inbox``.
    ``strictly``: only by *eri*; what was passed over says nothing about the two.
    """

    def __init__(self, book: Book, *, strictly: bool = False) -> None:
        words = _APART if strictly else (*_APART, "ignore")
        self._apart = frozenset(
            case_id
            for case_id, row in book.table("review").rows()
            if row.get("kind") == PAIR_KIND and read_decision(row.get("decision", "")) in words
        )
        self._merged: dict[str, set[str]] = {}
        for tab in ("organisations", "people") if self._apart else ():
            into = {
                row_id: reference_id(row.get("merged_into", ""))
                for row_id, row in book.table(tab).rows()
                if row.get("status") == "merged"
            }
            for row_id in into:
                seen, at = {row_id}, into[row_id]
                while at in into and at not in seen:
                    seen.add(at)
                    at = into[at]
                self._merged.setdefault(at, set()).update(seen)
        for source, row in book.table("inbox").rows() if self._apart else ():
            for word in row.get("result", "").split(", "):
                self._merged.setdefault(reference_id(word.rpartition(" ")[2]), set()).add(source)

    def __call__(self, pair: RowPair) -> bool:
        """Return whether these two, or what was merged into them, are told apart."""
        if not self._apart:
            return False
        return any(
            pair_id(Pairing("", left, right)) in self._apart
            for left in {pair.left, *self._merged.get(pair.left, ())}
            for right in {pair.right, *self._merged.get(pair.right, ())}
        )
