"""Duplicate questions: their ids, the rows that they are about, and which pairs were told apart."""

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
        """The id of the one row."""

    @property
    def right(self) -> str:
        """The id of the other row."""


def pair_id(pair: RowPair) -> str:
    """Return the id of the question whether two rows are one; their order does not matter."""
    return fingerprint(PAIR_KIND, *sorted((pair.left, pair.right)))


def pair_of_question(case_id: str, row: Mapping[str, str]) -> Pairing | None:
    """Return the two rows that a row of ``review`` asks about, None if it is no duplicate question.

    For a question about an ``inbox`` row, that row is ``left``, and the tab is the other row's.
    """
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
    """Yield (question id, pair) of the duplicate questions that got one of these decisions."""
    for case_id, row in book.table("review").rows():
        if row.get("kind") == PAIR_KIND and read_decision(row.get("decision", "")) in decisions:
            pairing = pair_of_question(case_id, row)
            if pairing:
                yield case_id, pairing


class PairsToldApart:
    """Tells whether a person has said that two rows must not be brought together.

    It holds for merged rows, too: a row told apart from another is also told apart from the row
    that the other was merged into. Otherwise a third duplicate would join what people keep apart.
    The same goes for a row that came in as a row of ``inbox``.

    ``strictly`` counts only the decision *eri*; an ignored question says nothing about the two
    rows.
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
        """Return whether the two rows, or rows that became part of them, are told apart."""
        if not self._apart:
            return False
        return any(
            pair_id(Pairing("", left, right)) in self._apart
            for left in {pair.left, *self._merged.get(pair.left, ())}
            for right in {pair.right, *self._merged.get(pair.right, ())}
        )
