"""The model: comparisons in levels, each level with its probabilities m and u.

The weights are Fellegi and Sunter's (A Theory for Record Linkage, 1969): log2(m / u) of the level
that holds, summed as in Splink (:mod:`register.match.scoring`). The probabilities are in JSON
beside this module, made by tests/match/training.py. m, the probability of a level in two rows of
the same, is shipped. u, the probability in two rows of different ones, is shipped and corrected by
random pairs of the rows at hand; so is the share of duplicates.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from math import log2

_UNKNOWN = "unknown"
"""The level of a comparison where a cell is blank, so that nothing can be said."""

Shifts = tuple[tuple[str, str, float], ...]
"""What was learned about the weights: comparison, level, and bits to add."""

_COLUMN = re.compile(r"\b(\w+)_[lr]\b")


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a comparison: ``sql`` is its condition, by columns _l and _r."""

    code: str
    sql: str
    frequency: str = ""
    """The column whose term frequency replaces u in this level's weight; '' for none."""


@dataclass(frozen=True, slots=True)
class ModelComparison:
    """A comparison; ``unknown`` is the SQL condition of no information. The last level is ELSE."""

    name: str
    unknown: str
    levels: tuple[Level, ...]
    graded: bool = False
    """Whether no level may weigh less than the last one, not even in a list of three towns."""

    @property
    def codes(self) -> tuple[str, ...]:
        """The code of no information, then those of the levels."""
        return (_UNKNOWN, *(level.code for level in self.levels))

    @property
    def read(self) -> frozenset[str]:
        """The columns that the levels read."""
        return frozenset(_COLUMN.findall(" ".join([self.unknown, *(x.sql for x in self.levels)])))

    @property
    def columns(self) -> frozenset[str]:
        """The columns that :attr:`unknown` reads: if all are blank, it holds of every pair."""
        return frozenset(_COLUMN.findall(self.unknown))


@dataclass(frozen=True, slots=True)
class Model:
    """Comparisons with their probabilities: ``m`` and ``u`` by comparison and level."""

    comparisons: tuple[ModelComparison, ...]
    m: Mapping[str, Mapping[str, float]]
    u: Mapping[str, Mapping[str, float]]


def load_model(name: str, comparisons: tuple[ModelComparison, ...]) -> Model:
    """Return a model with the shipped probabilities (``<name>.json``)."""
    kept = json.loads(files("register.match").joinpath(f"{name}.json").read_text("utf-8"))
    return Model(comparisons, kept["m"], kept["u"])


def weight_of(model: Model, comparison: str, code: str) -> float:
    """Return the weight of a level by the shipped probabilities, in bits."""
    return log2(model.m[comparison][code] / model.u[comparison][code])


def level_case(one: ModelComparison, told: Sequence[str] | None = None) -> str:
    """Return the SQL for the first level that holds of a pair: its code, or its item of ``told``.

    ``told`` has an item for each of ``codes``.
    """
    unknown, *levels = told or [f"'{code}'" for code in one.codes]
    cases = (f"when {one.levels[n].sql} then {code}" for n, code in enumerate(levels[:-1]))
    return f"case when {one.unknown} then {unknown} {' '.join(cases)} else {levels[-1]} end"


def edits_at_most(one: str, two: str, most: str) -> str:
    """Return the SQL condition that two texts differ by at most ``most`` typing errors.

    They are not counted if the lengths differ by more, or if the texts are not alike at all.
    """
    return (
        f"case when abs(strlen({one}) - strlen({two})) > {most} then false "
        f"when jaro_similarity({one}, {two}) < 0.7 then false "
        f"else damerau_levenshtein({one}, {two}) <= {most} end"
    )


def pair_evidence(
    found: Mapping[str, object], comparisons: Sequence[ModelComparison]
) -> list[tuple[str, str, float]]:
    """Return ``(comparison, level, weight)`` of one scored pair, the weightiest first."""
    told = [
        (one.name, str(found[f"level_{one.name}"]), float(str(found[f"weight_{one.name}"])))
        for one in comparisons
        if found[f"level_{one.name}"] != _UNKNOWN
    ]
    return sorted(told, key=lambda item: -abs(item[2]))
