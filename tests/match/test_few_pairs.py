"""The levels of a few pairs: SQLite finds what DuckDB finds."""

import pandas as pd
import pytest

from register.match import scoring
from register.match.columns import people_columns
from register.match.levels import model_of
from register.match.organisations import (
    organisation_candidates,
    organisation_columns,
    parsed_names,
)
from register.match.people import comparable_people, people_candidates
from register.match.told_apart import own_numbers
from tests.match.associations import Directory
from tests.match.contacts import Town
from tests.match.strangers import Lists

NAMES = ("Ann-Mari", "Анна", "Łukasz", "김", "Jr", "A B", "Patricia T", "|", "Ö", "x' or 1=1")
ROWS = [
    {
        "first": NAMES[number % 10],
        "last": NAMES[number // 10],
        "phone": f"04012345{number}",
        "email": f"{NAMES[number // 10]}@a.fi",
        "street": f"{NAMES[number % 7]}gatan {number}",
        "born": f"{1900 + number}-01-0{number % 9}",
        "org": NAMES[number % 6],
        "municipality": NAMES[number % 4],
        "postcode": f"0010{number % 3}",
        "role": "pj",
    }
    for number in range(100)
]
"""Few values that recur: letters of several bytes, separators, quotes, hardly anything."""


@pytest.mark.parametrize("rows", [Town(41, 100).rows, Lists(5, 100).rows, ROWS])
def test_two_people_are_compared_alike(rows, monkeypatch):
    frame = people_columns(rows)
    pairs = comparable_people(frame, people_candidates(frame))
    assert len(pairs) > 100
    compare(frame, pairs, model_of("people"), monkeypatch)


@pytest.mark.parametrize("rows", [Directory(41, 100).rows, [{"name": r["org"], **r} for r in ROWS]])
def test_two_organisations_are_compared_alike(rows, monkeypatch):
    names = parsed_names(rows)
    frame = organisation_columns(rows, names)
    pairs = organisation_candidates(frame, names)
    compare(own_numbers(frame), pairs, model_of("organisations"), monkeypatch)


def compare(frame, pairs, judge, monkeypatch):
    """Score pairs by both engines, which must say the same of each."""
    monkeypatch.setattr(scoring, "_cells_of", None)
    monkeypatch.setattr(scoring, "FEW_PAIRS", 0)
    by_duckdb = scoring.score_by_shipped(frame, pairs, judge, {})
    monkeypatch.undo()
    monkeypatch.setattr(scoring, "FEW_PAIRS", len(pairs))
    monkeypatch.setattr(scoring, "_engine", None)
    by_sqlite = scoring.score_by_shipped(frame, pairs, judge, {})
    pd.testing.assert_frame_equal(by_duckdb, by_sqlite)
