"""From scored pairs to decisions: clusters, what is certain, and the reasons of each pair."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import pandas as pd

from register.match.groups import LIKELY, clusters
from register.match.judgement import Decision, Judged, Reason
from register.match.model import ModelComparison, pair_evidence


def settle_pairs(
    found: pd.DataFrame,
    sure: pd.Series[bool],
    comparisons: Sequence[ModelComparison],
    least: float = LIKELY,
    unlooked: float = 0.0,
) -> tuple[Judged, ...]:
    """Return the pairs that are or may be one after clustering.

    ``found`` are scored pairs with their ``probability``, ``sure`` tells those that the evidence
    makes certain; from ``least`` on a pair is asked about; ``unlooked`` is how likely a pair is
    taken to be that was not looked at, where two clusters may be one. A pair that only a chain of
    others holds together is likely at best.
    """
    cluster = clusters(found, least, unlooked)
    known: dict[tuple[int, int], tuple[float, Decision, tuple[Reason, ...]]] = {}
    near = found["left"].map(cluster).eq(found["right"].map(cluster))
    for told, certain in zip(found[near].to_dict("records"), sure[near], strict=True):
        row = {str(key): value for key, value in told.items()}
        reasons = tuple(Reason(*one) for one in pair_evidence(row, comparisons))
        known[int(row["left"]), int(row["right"])] = (
            float(row["probability"]),
            "certain" if certain and row["probability"] > least else "likely",
            reasons,
        )
    members = pd.Series(cluster).groupby(pd.Series(cluster)).groups if cluster else {}
    judged = []
    for rows in members.values():
        for left, right in combinations(sorted(int(row) for row in rows), 2):
            probability, decision, reasons = known.get((left, right), (least, "likely", ()))
            if not probability:
                continue
            judged.append(Judged(left, right, max(probability, least), decision, reasons))
    return tuple(judged)
