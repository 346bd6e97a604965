"""From scored pairs to decisions: the probability of each pair, and the clusters of rows."""

from __future__ import annotations

from collections.abc import Callable
from math import log2
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

LIKELY = 0.4
"""Pairs of at least this probability are asked about: a few more questions find many more
duplicates."""

_SMALL = 200
"""A smaller register counts as one of this many rows: having much in common is not being one."""

_ROUNDS = 4
_FEWEST, _FIRST = 0.01, 0.1
"""Share of a register's rows that are duplicates: the minimum, and the first estimate."""

_FEWEST_LINKED, _FIRST_LINKED, _MOST_LINKED = 0.05, 0.3, 0.005
"""The same for a list's rows that are in another list; and the highest prior for two short
lists."""


def probabilities(weight: pd.Series[float], rows: int, listed: int = 0) -> pd.Series[float]:
    """Return the probability that each pair is one, from its weight (log2 Bayes factor).

    For ``rows``, ``listed`` and the prior see :func:`estimated_prior`.
    """

    def expected(prior: float) -> float:
        found = _posterior(weight, prior)
        return float(found[found > LIKELY].sum())

    return _posterior(weight, estimated_prior(expected, rows, listed))


def estimated_prior(expected: Callable[[float], float], rows: int, listed: int = 0) -> float:
    """Return the log2 odds that two rows drawn at random are one.

    The share of duplicates is estimated from the pairs themselves, in a few rounds (expectation and
    maximisation of the prior alone): ``expected`` returns for a prior the expected number of pairs
    that are one, among the likely ones. The prior depends on the number of ``rows``. If the first
    ``listed`` rows are one list and the rest another, and only pairs between the two are scored,
    the share is that of the shorter list's rows that are in the other list.
    """
    shorter = min(listed, rows - listed) if listed else rows
    share, fewest = (_FIRST_LINKED, _FEWEST_LINKED) if listed else (_FIRST, _FEWEST)
    most = 1.0 if listed else 3.0
    for _ in range(_ROUNDS):
        found = expected(prior_of_share(share, rows, listed))
        share = min(max(found / max(shorter, 1), fewest), most)
    return prior_of_share(share, rows, listed)


def prior_of_share(share: float, rows: int, listed: int = 0) -> float:
    """Return the log2 odds that two random rows are one, if ``share`` of the rows is duplicated."""
    shorter = min(listed, rows - listed) if listed else rows
    chance = share / max(rows - shorter, 1) if listed else 2 * share / max(rows - 1, _SMALL)
    chance = min(chance, _MOST_LINKED if listed else 0.5)
    return log2(chance / (1 - chance))


def prior_of_rows(rows: int) -> float:
    """Return the log2 odds that two of ``rows`` rows are one, before any pair has been scored."""
    return prior_of_share(_FIRST, rows)


def _posterior(weight: pd.Series[float], prior: float) -> pd.Series[float]:
    return 1 / (1 + 2.0 ** -(weight + prior).clip(-60, 60))


def clusters(pairs: pd.DataFrame, least: float, unscored: float = 0.0) -> dict[int, int]:
    """Return the cluster number of each row that is in a pair of at least ``least``.

    Pairs are joined from the likeliest down. Two clusters are joined only if their members fit on
    the whole: the mean probability of all pairs between them is at least a half, or ``least`` if
    that is less. A pair that was not scored counts as ``unscored``. So a chain of likely pairs does
    not become one cluster.
    """
    left_ones, right_ones = pairs["left"].tolist(), pairs["right"].tolist()
    known = dict(
        zip(zip(left_ones, right_ones, strict=True), pairs["probability"].tolist(), strict=True)
    )
    likely = [item for item in known.items() if item[1] >= least]
    members: dict[int, list[int]] = {}
    cluster: dict[int, int] = {}
    for (one, two), _ in sorted(likely, key=lambda item: (-item[1], item[0])):
        a, b = cluster.get(one, one), cluster.get(two, two)
        if a == b and one in cluster:
            continue
        left, right = members.get(a, [one]), members.get(b, [two])
        fit = [known.get((min(x, y), max(x, y)), unscored) for x in left for y in right]
        if sum(fit) / len(fit) < min(_FIT, least):
            continue
        together = left + right
        members[a] = together
        if b != a:
            members.pop(b, None)
        cluster.update(dict.fromkeys(together, a))
    return cluster


_FIT = 0.5
