"""Two rows that may be one, side by side."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Evidence:
    """What two rows have in common, or in what they differ, and how much that says.

    ``weight`` is a log2 Bayes factor, for (+) or against (-) their being one; None where the rows
    were compared by a rule. ``left`` and ``right`` are the cells that it was read from.
    """

    said: str
    weight: float | None
    left: str
    right: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two rows of ``tab`` by their ids, and how likely they are one (0..1).

    ``evidence`` reads what they have in common when it is asked: few of many pairs are shown.
    """

    tab: str
    left: str
    right: str
    evidence: Callable[[], tuple[Evidence, ...]]
    probability: float = 0.0
