"""What the judging of pairs gives: which rows are or may be one, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

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
