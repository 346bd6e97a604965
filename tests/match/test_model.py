"""Scoring by the engine."""

import numpy as np
import pandas as pd

from register.match.columns import people_columns
from register.match.model import load, score
from register.match.people import COMPARISONS
from register.match.people_worth import name_frequencies
from tests.match.contacts import Town


def test_a_pair_is_scored_alike_whichever_others_are_scored_with_it():
    """Random pairs are scored in the same run to correct u: none of them stays in the answer."""
    frame = people_columns(Town(41, 300).rows)
    model, names = load("people", COMPARISONS), name_frequencies(frame)
    some = np.array([(left, left + 7) for left in range(0, 60, 2)])
    more = np.array([(left, left + 7) for left in range(290)])
    order = ["left", "right"]
    few = score(frame, some, model, names).sort_values(order, ignore_index=True)
    many = score(frame, more, model, names).sort_values(order, ignore_index=True)
    assert list(map(tuple, few[order].to_numpy())) == list(map(tuple, some))
    wanted = many.merge(few[order]).sort_values(order, ignore_index=True)
    pd.testing.assert_frame_equal(few, wanted)
