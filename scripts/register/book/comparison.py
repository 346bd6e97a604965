"""Two rows that may be one, side by side."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing that two rows have in common or differ in, and its weight.

    ``weight`` is a log2 Bayes factor, for (+) or against (-) the rows being one; None if a rule
    compared them. ``left`` and ``right`` are the cells that it was read from.
    """

    said: str
    weight: float | None
    left: str
    right: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two rows of ``tab`` by their ids, and the probability that they are one (0..1).

    ``evidence`` is a function, because only a few of many pairs are shown.
    """

    tab: str
    left: str
    right: str
    evidence: Callable[[], tuple[Evidence, ...]]
    probability: float = 0.0
