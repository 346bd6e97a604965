"""A pair of rows that may be one, with its evidence, and the result of judging all pairs."""

from dataclasses import dataclass
from typing import Literal

Decision = Literal["certain", "likely"]


@dataclass(frozen=True, order=True, slots=True)
class Pair:
    """Two rows that may be one, by id; for ``evidence`` see :mod:`register.match.evidence`."""

    tab: str
    left: str
    right: str
    certainty: Decision
    evidence: tuple[str, ...]
    weights: tuple[float, ...] = ()
    """Log2 Bayes factors of the evidence, for (+) or against (-); empty if not scored."""
    probability: float = 0.0


@dataclass(frozen=True, slots=True)
class EvidenceWeight:
    """One piece of evidence: comparison, level, and weight (log2 Bayes factor)."""

    comparison: str
    level: str
    weight: float


@dataclass(frozen=True, slots=True)
class JudgedPair:
    """Two rows (numbers, the smaller first) that are or may be one."""

    left: int
    right: int
    probability: float
    decision: Decision
    reasons: tuple[EvidenceWeight, ...]
