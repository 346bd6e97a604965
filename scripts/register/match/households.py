"""Who lives or works together: families and colleagues are different people."""

from __future__ import annotations

import pandas as pd

_OTHERS = ("other_first", "different", "other_last", "half_known", "unknown")
_HOMES = ("same", "same_place", "alike", "alike_place", "part")
_FAMILIES, _SINGLY, _FEWEST_HOMES = 0.2, 8.0, 50


def different_people(found: pd.DataFrame, singly: pd.Series[float]) -> pd.Series[bool]:
    """Tell the pairs that are never one: two clearly different first names, or no names at all.

    Father and son with one phone, a couple with one mailbox and colleagues are different people.
    Only where addresses are lived in singly may a name be so badly written.
    """
    return found["level_name"].isin(("other_first", "different", "unknown")) & (singly <= 0)


def single_address_weight(found: pd.DataFrame) -> pd.Series[float]:
    """Return what to add to each pair's weight where each address is one person's own.

    Two names at one address are a family or colleagues where a list has those. Where nearly all
    rows at one address have the same name, the rest are the same person, badly written, and who
    has the same name at quite another address is a namesake.
    """
    added = pd.Series(0.0, index=found.index)
    other = found["level_name"].isin(_OTHERS)
    two = found["level_name"].isin(("other_first", "different"))
    home = found["level_address"].isin(_HOMES)
    if home.sum() >= _FEWEST_HOMES and (home & two).sum() < _FAMILIES * home.sum():
        added[home & other] = _SINGLY
        near = found["level_address"].isin(("house", "place", "part_place", "alike_place"))
        half = found["level_name"].isin(("other_first", "other_last", "half_known", "spoiled"))
        added[near & half] = _SINGLY + 2
        added[found["level_address"].eq("different")] = -_SINGLY / 2
    return added
