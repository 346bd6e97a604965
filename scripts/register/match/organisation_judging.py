"""Judging organisations: which rows are one, how likely, and the evidence for and against."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from register.match.judgements import JUDGEMENTS, judge_in_order
from register.match.one_name import are_elsewhere, named_as_one
from register.match.organisation_names import ParsedName
from register.match.pair import JudgedPair

if TYPE_CHECKING:
    import pandas as pd

    from register.match.candidates import Pairs
    from register.match.model import Shifts

_CELLS = (
    *("name", "short", "business_id", "assoc_no", "email", "url", "phone"),
    *("municipality", "postcode", "street", "address"),
)
"""The column keys that are compared."""

_LEAST = 0.3
"""Pairs of at least this probability are asked about: a name alone is seldom more, and often
right."""

_UNSCORED = 0.2
"""The probability of a pair that was not scored, when a third row is like both."""


_ASKED = 0.5
"""The minimum probability of pairs that are always asked about: those with one number, with two
contacts in common whatever their names, or of one name that nothing contradicts."""

_CHAIN = 5
"""A name of this many rows may be a chain's, unless it contains a place."""


def judge_organisations(
    rows: Sequence[Mapping[str, str]], size: int = 0, listed: int = 0, shifts: Shifts = ()
) -> tuple[JudgedPair, ...]:
    """Return the pairs of rows that are or may be one organisation, after clustering.

    Certain: the same Y-tunnus or register number and the same name (:func:`named_as_one`), unless
    they are in two municipalities and the name does not say which one, or both street and phone
    differ; then it is a question. Never: different numbers, or names with different places and no
    number in common. The order of the rows does not matter.

    ``size`` is the number of rows in the whole register, if ``rows`` are only a part of it. If
    ``listed`` is given, the first ``listed`` rows are a list, and only pairs of it with the other
    rows are returned. ``shifts`` are what was learned about the weights: they make nothing certain.
    """
    cells = [tuple(row.get(key, "").strip() for key in _CELLS) for row in rows]
    return judge_in_order(_judged, cells, size, listed, shifts)


@dataclass(frozen=True, slots=True)
class ScoredOrganisations:
    """The compared columns of each row, and the scored candidate pairs.

    ``never`` are the candidates that cannot be one, which are not scored.
    """

    frame: pd.DataFrame
    names: Sequence[ParsedName]
    found: pd.DataFrame
    never: Pairs


def scored_organisations(
    rows: Sequence[Mapping[str, str]],
    size: int = 0,
    sides: Sequence[bool] = (),
    shifts: Shifts = (),
) -> ScoredOrganisations:
    """Return the candidate pairs of the rows with their ``probability``."""
    # Imported late: numpy, scipy and the engine take longer to load than a run without pairs.
    import pandas as pd

    from register.match.candidates import pairs_between
    from register.match.groups import probabilities
    from register.match.model import load_model
    from register.match.organisation_comparisons import ORGANISATION_COMPARISONS
    from register.match.organisations import (
        organisation_candidates,
        organisation_columns,
        organisation_name_frequencies,
        parsed_names,
    )
    from register.match.scoring import learned_weight, score_pairs
    from register.match.told_apart import comparable_organisations, own_numbers

    names = parsed_names(rows)
    frame = organisation_columns(rows, names)
    looked_at = pairs_between(organisation_candidates(frame, names), sides)
    may_be = comparable_organisations(frame, looked_at, names)
    pairs, never = looked_at[may_be], looked_at[~may_be]
    if not len(pairs):
        return ScoredOrganisations(frame, names, pd.DataFrame(), never)
    model = load_model("organisations", ORGANISATION_COMPARISONS)
    found = score_pairs(
        own_numbers(frame), pairs, model, organisation_name_frequencies(frame, names)
    )
    found["weight"] += learned_weight(found, shifts)
    found["probability"] = probabilities(found["weight"], max(size, len(frame)), sum(sides))
    return ScoredOrganisations(frame, names, found, never)


@JUDGEMENTS.remembered
def _judged(
    cells: tuple[tuple[str, ...], ...], size: int, sides: tuple[bool, ...], shifts: Shifts
) -> tuple[JudgedPair, ...]:
    import pandas as pd

    from register.match.judging import settle_pairs
    from register.match.organisation_comparisons import ORGANISATION_COMPARISONS
    from register.match.told_apart import share_contacts

    if len(cells) < 2:
        return ()
    rows = [dict(zip(_CELLS, row, strict=True)) for row in cells]
    scored = scored_organisations(rows, size, sides, shifts)
    frame, names, found = scored.frame, scored.names, scored.found
    if not len(found):
        return ()
    one_number = found["level_number"].eq("same")
    asked = one_number | share_contacts(frame, found[["left", "right"]].to_numpy())
    asked |= _named_alike(frame, found, names)
    found["probability"] = found["probability"].where(
        ~asked, found["probability"].clip(lower=_ASKED)
    )
    towns = frame["town"].fillna("").tolist()
    alike = [
        named_as_one(names[a], names[b])
        and not are_elsewhere(names[a], names[b], towns[a], towns[b])
        for a, b in found[["left", "right"]].to_numpy()
    ]
    sure = one_number & pd.Series(alike, index=found.index)
    sure &= ~(
        found["level_street"].eq("different") & found["level_phone"].isin(("different", "typo"))
    )
    never = pd.DataFrame(scored.never, columns=["left", "right"]).assign(probability=0.0)
    every = pd.concat([found, never], ignore_index=True)
    return settle_pairs(
        every,
        sure.reindex(every.index, fill_value=False),
        ORGANISATION_COMPARISONS,
        _LEAST,
        _UNSCORED,
        asked.reindex(every.index, fill_value=False),
    )


def _named_alike(
    frame: pd.DataFrame, found: pd.DataFrame, names: Sequence[ParsedName]
) -> pd.Series[bool]:
    """Return which pairs have one name, and nothing else that says they are two.

    A name of many rows is a chain's (Martat) and says little, unless it contains a place or the
    whole country.
    """
    import pandas as pd

    rows = frame["whole"].map(frame["whole"].value_counts())
    placed = [bool(name.places) or "suomi" in name.meaning for name in names]
    few = (rows < _CHAIN) | pd.Series(placed, index=frame.index)
    same = found["level_title"].isin(("exact_here", "exact"))
    same &= found["left"].map(few)
    for comparison in ("contact", "phone", "number", "place"):
        same &= ~found[f"level_{comparison}"].isin(("different", "region"))
    return same
