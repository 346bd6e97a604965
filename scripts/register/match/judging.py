"""People judged: which rows are one person, how likely, and what speaks for and against it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

from register.match.judgement import JudgedPair

_CELLS = (
    *("first", "last", "email", "phone", "org", "municipality", "postcode", "role"),
    *("street", "region"),
)
"""The cells that say who somebody is."""

_SAME_NAME = ("exact", "swapped")


def judge_people(rows: Sequence[Mapping[str, str]], size: int = 0) -> tuple[JudgedPair, ...]:
    """Return the pairs of rows that are one person, or likely so, after clustering.

    Certain: the same name, more than initials, and the same mailbox, which is a person's own, where
    organisation and phone do not both differ. A pair that only a chain of others holds together is
    likely at best. The order of the rows makes no difference.
    ``size`` is how many rows the register has where these are only a part of it.
    """
    cells = [tuple(row.get(key, "").strip() for key in _CELLS) for row in rows]
    order = sorted(range(len(cells)), key=lambda number: cells[number])
    found = _judged(tuple(cells[number] for number in order), size)
    turned = []
    for one in found:
        left, right = sorted((order[one.left], order[one.right]))
        turned.append(JudgedPair(left, right, one.probability, one.decision, one.reasons))
    return tuple(sorted(turned, key=lambda one: (one.left, one.right)))


@lru_cache(maxsize=4)
def _judged(cells: tuple[tuple[str, ...], ...], size: int) -> tuple[JudgedPair, ...]:
    # Not at the top: numpy, scipy and the engine take longer to load than most runs without people.
    from register.match.columns import people_columns
    from register.match.groups import probabilities
    from register.match.households import different_people, single_address_weight
    from register.match.model import load_model, score_pairs
    from register.match.people import PEOPLE_COMPARISONS
    from register.match.people_worth import (
        comparable_people,
        people_candidates,
        person_name_frequencies,
    )
    from register.match.settling import settle_pairs

    frame = people_columns([dict(zip(_CELLS, row, strict=True)) for row in cells])
    pairs = comparable_people(frame, people_candidates(frame))
    if not len(pairs):
        return ()
    model = load_model("people", PEOPLE_COMPARISONS)
    found = score_pairs(frame, pairs, model, person_name_frequencies(frame))
    singly = single_address_weight(found)
    apart = different_people(found, singly)
    found["weight"] += singly
    found["probability"] = probabilities(found["weight"].where(~apart, -60), max(size, len(frame)))
    found.loc[apart, "probability"] = 0.0
    own = found["level_name"].isin(_SAME_NAME) & found["level_email"].eq("same")
    own &= ~_doubtful(frame, found)
    return settle_pairs(found, own, PEOPLE_COMPARISONS)


def _doubtful(frame: pd.DataFrame, found: pd.DataFrame) -> pd.Series[bool]:
    """Tell the pairs that are never certain: initials only, or another phone and organisation."""
    initials = (frame["first"].str.len() < 2) | (frame["last"].str.len() < 2)
    short = found["left"].map(initials) | found["right"].map(initials)
    elsewhere = found["level_affiliation"].isin(("different", "place", "code"))
    return short | (elsewhere & found["level_phone"].isin(("different", "of_two")))
