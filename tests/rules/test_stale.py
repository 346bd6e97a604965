"""A contact is confirmed once in a while (default: every 12 months), or it has gone stale."""

import pytest

from register.rules import stale
from tests.making import book
from tests.rules.expecting import codes


@pytest.mark.parametrize(
    ("tabs", "expected"),
    [
        ({"people": [{"verified_on": "2025-10-01"}]}, [("verified_on", "stale")]),
        ({"organisations": [{"name": "x", "added_on": "2024-01-01"}]}, [("verified_on", "stale")]),
    ],
)
def test_what_is_said(tabs, expected):
    assert codes(stale, book(**tabs)) == expected


@pytest.mark.parametrize(
    "tabs",
    [
        {"people": [{"verified_on": "2025-11-24"}]},
        {"people": [{"verified_on": "2020-01-01", "end": "2021-01-01"}]},
        {"people": [{"verified_on": "2020-01-01", "status": "merged"}]},
        {"people": [{"first": "x"}]},
    ],
)
def test_what_is_left_alone(tabs):
    assert codes(stale, book(**tabs)) == []
