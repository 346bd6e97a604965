"""A party is kept for holders of an elected office only (GDPR art. 9: political opinions)."""

import pytest

from register.rules import party
from tests.making import book
from tests.rules.expecting import codes


@pytest.mark.parametrize(
    ("tabs", "expected"),
    [
        ({"people": [{"party": "X", "group": "official"}]}, [("party", "party-of-private-person")]),
    ],
)
def test_what_is_said(tabs, expected):
    assert codes(party, book(**tabs)) == expected


@pytest.mark.parametrize(
    "tabs",
    [
        {"people": [{"party": "X", "group": "elected"}]},
        {"people": [{"group": "official"}]},
    ],
)
def test_what_is_left_alone(tabs):
    assert codes(party, book(**tabs)) == []
