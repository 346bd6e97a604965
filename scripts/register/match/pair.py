"""A pair of rows that may be one, with its evidence, and what the judging of all pairs gives."""

from dataclasses import dataclass
from typing import Literal

_Certainty = Literal["certain", "likely"]


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


Decision = Literal["certain", "likely"]


@dataclass(frozen=True, slots=True)
class EvidenceWeight:
    """One piece of evidence: which comparison, which level, and its weight (log2 Bayes factor)."""

    comparison: str
    level: str
    weight: float


@dataclass(frozen=True, slots=True)
class JudgedPair:
    """Two rows (numbers, the smaller first) that are or may be one person."""

    left: int
    right: int
    probability: float
    decision: Decision
    reasons: tuple[EvidenceWeight, ...]
