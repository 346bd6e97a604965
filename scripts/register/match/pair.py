"""A pair of rows that may be one, with its evidence; and the rows that are alive."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from register.book.table import Book

_Certainty = Literal["certain", "likely"]

_GONE = ("merged", "archived")


@dataclass(frozen=True, order=True, slots=True)
class Pair:
    """Two rows that may be one, in the order of their ids; ``evidence`` names what agrees."""

    tab: str
    left: str
    right: str
    certainty: _Certainty
    evidence: tuple[str, ...]
    weights: tuple[float, ...] = ()
    """Of each piece of evidence, for (+) or against (-); log2 Bayes factors."""
    probability: float = 0.0


def live_rows_of(book: Book, tab: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the rows of a tab by id, those that were merged or archived left out."""
    for row_id, row in book.table(tab).rows():
        if row.get("status") not in _GONE:
            yield row_id, row
