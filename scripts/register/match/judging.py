"""People judged: which rows are one person, how likely, and what speaks for and against it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import pandas as pd

Decision = Literal["certain", "likely"]

CELLS = (
    *("first", "last", "email", "phone", "org", "municipality", "postcode", "role"),
    *("street", "region"),
)
"""The cells that say who somebody is."""

_SAME_NAME = ("exact", "swapped")


@dataclass(frozen=True, slots=True)
class Reason:
    """One piece of evidence: which comparison, which level, and its weight (log2 Bayes factor)."""

    comparison: str
    level: str
    weight: float


@dataclass(frozen=True, slots=True)
class Judged:
    """Two rows (numbers, the smaller first) that are or may be one person."""

    left: int
    right: int
    probability: float
    decision: Decision
    reasons: tuple[Reason, ...]


def judge_people(rows: Sequence[Mapping[str, str]], size: int = 0) -> tuple[Judged, ...]:
    """Return the pairs of rows that are one person, or likely so, after clustering.

    Certain: the same name, more than initials, and the same mailbox, which is a person's own, where
    organisation and phone do not both differ. A pair that only a chain of others holds together is
    likely at best. The order of the rows makes no difference.
    ``size`` is how many rows the register has where these are only a part of it.
    """
    cells = [tuple(row.get(key, "").strip() for key in CELLS) for row in rows]
    order = sorted(range(len(cells)), key=lambda number: cells[number])
    found = _judged(tuple(cells[number] for number in order), size)
    turned = []
    for one in found:
        left, right = sorted((order[one.left], order[one.right]))
        turned.append(Judged(left, right, one.probability, one.decision, one.reasons))
    return tuple(sorted(turned, key=lambda one: (one.left, one.right)))


@lru_cache(maxsize=4)
def _judged(cells: tuple[tuple[str, ...], ...], size: int) -> tuple[Judged, ...]:
    # Not at the top: numpy, scipy and the engine take longer to load than most runs without people.
    from register.match.columns import people_columns
    from register.match.groups import probabilities
    from register.match.households import lived_in_singly, told_apart
    from register.match.model import load, score
    from register.match.people import COMPARISONS
    from register.match.people_worth import comparable, name_frequencies, people_candidates
    from register.match.settling import settled

    frame = people_columns([dict(zip(CELLS, row, strict=True)) for row in cells])
    pairs = comparable(frame, people_candidates(frame))
    if not len(pairs):
        return ()
    model = load("people", COMPARISONS)
    found = score(frame, pairs, model, name_frequencies(frame))
    singly = lived_in_singly(found)
    apart = told_apart(found, singly)
    found["weight"] += singly
    found["probability"] = probabilities(found["weight"].where(~apart, -60), max(size, len(frame)))
    found.loc[apart, "probability"] = 0.0
    own = found["level_name"].isin(_SAME_NAME) & found["level_email"].eq("same")
    own &= ~_doubtful(frame, found)
    return settled(found, own, COMPARISONS)


def _doubtful(frame: pd.DataFrame, found: pd.DataFrame) -> pd.Series[bool]:
    """Tell the pairs that are never certain: initials only, or another phone and organisation."""
    initials = (frame["first"].str.len() < 2) | (frame["last"].str.len() < 2)
    short = found["left"].map(initials) | found["right"].map(initials)
    elsewhere = found["level_affiliation"].isin(("different", "place", "code"))
    return short | (elsewhere & found["level_phone"].isin(("different", "of_two")))
