"""Scoring by the engine."""

import numpy as np
import pandas as pd

from register.match.columns import people_columns
from register.match.model import ModelComparison, load_model
from register.match.people import person_name_frequencies
from register.match.person_comparisons import PEOPLE_COMPARISONS
from register.match.scoring import score_pairs
from tests.match.contacts import Town


def test_a_pair_is_scored_alike_whichever_others_are_scored_with_it():
    """Random pairs are scored in the same run to correct u: none of them stays in the answer."""
    frame = people_columns(Town(41, 300).rows)
    model, names = load_model("people", PEOPLE_COMPARISONS), person_name_frequencies(frame)
    some = np.array([(left, left + 7) for left in range(0, 60, 2)])
    more = np.array([(left, left + 7) for left in range(290)])
    order = ["left", "right"]
    few = score_pairs(frame, some, model, names).sort_values(order, ignore_index=True)
    many = score_pairs(frame, more, model, names).sort_values(order, ignore_index=True)
    assert list(map(tuple, few[order].to_numpy())) == list(map(tuple, some))
    wanted = many.merge(few[order]).sort_values(order, ignore_index=True)
    pd.testing.assert_frame_equal(few, wanted)


def test_what_no_row_tells_is_left_out_and_changes_nothing(monkeypatch):
    """And so does judging the pairs in parts."""
    frame = people_columns([{**row, "street": "", "role": ""} for row in Town(41, 200).rows])
    whole, names = load_model("people", PEOPLE_COMPARISONS), person_name_frequencies(frame)
    pairs = np.array([(left, left + 7) for left in range(190)])
    order = ["left", "right"]
    blank = score_pairs(frame, pairs, whole, names).sort_values(order, ignore_index=True)
    left_out = {
        one.name for one in PEOPLE_COMPARISONS if set(blank[f"level_{one.name}"]) == {"unknown"}
    }
    assert {"address", "role"} <= left_out and not blank[
        ["weight_address", "weight_role"]
    ].any().any()
    monkeypatch.setattr(ModelComparison, "columns", frozenset(frame.columns))
    monkeypatch.setattr("register.match.scoring.AT_ONCE", 8_000)
    asked = score_pairs(frame, pairs, whole, names).sort_values(order, ignore_index=True)
    pd.testing.assert_frame_equal(blank, asked[blank.columns])
