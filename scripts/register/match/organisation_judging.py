"""Organisations judged: which rows are one, how likely, and what speaks for and against it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from register.match.judging import Judged

CELLS = (
    *("name", "short", "business_id", "assoc_no", "email", "url", "phone"),
    *("municipality", "postcode", "street"),
)
"""The cells that say which organisation a row is about."""

ALIKE = ("exact", "words", "alias", "language", "slip", "typo", "acronym", "part", "alike")
"""Names that are alike enough to be one's where the Y-tunnus or register number is the same."""


def judge_organisations(rows: Sequence[Mapping[str, str]]) -> tuple[Judged, ...]:
    """Return the pairs of rows that are one organisation, or likely so, after clustering.

    Certain: the same Y-tunnus or register number, and alike names. Never: different ones, or names
    that differ in their place. The order of the rows makes no difference.
    """
    cells = [tuple(row.get(key, "").strip() for key in CELLS) for row in rows]
    order = sorted(range(len(cells)), key=lambda number: cells[number])
    turned = []
    for one in _judged(tuple(cells[number] for number in order)):
        left, right = sorted((order[one.left], order[one.right]))
        turned.append(replace(one, left=left, right=right))
    return tuple(sorted(turned, key=lambda one: (one.left, one.right)))


@lru_cache(maxsize=4)
def _judged(cells: tuple[tuple[str, ...], ...]) -> tuple[Judged, ...]:
    # Not at the top: numpy, scipy and the engine take longer to load than most runs without pairs.
    from register.match.groups import probabilities
    from register.match.model import load, score
    from register.match.organisations import (
        COMPARISONS,
        comparable,
        name_frequencies,
        names_of,
        organisation_candidates,
        organisation_columns,
    )
    from register.match.settling import settled

    rows = [dict(zip(CELLS, row, strict=True)) for row in cells]
    if len(rows) < 2:
        return ()
    frame, names = organisation_columns(rows), names_of(rows)
    pairs = comparable(frame, organisation_candidates(frame, names), names)
    if not len(pairs):
        return ()
    model = load("organisations", COMPARISONS)
    found = score(frame, pairs, model, {"meaning": name_frequencies(frame, names)})
    found["probability"] = probabilities(found["weight"], len(frame))
    sure = found["level_number"].eq("same") & found["level_title"].isin(ALIKE)
    return settled(found, sure, COMPARISONS)
