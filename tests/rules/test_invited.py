"""Whoever is to be invited has an address to write to."""

import pytest

from register.rules import invited
from tests.making import book
from tests.rules.expecting import codes


@pytest.mark.parametrize(
    ("tabs", "expected"),
    [
        ({"people": [{"invite": "yes"}]}, [("email", "invited-without-address")]),
    ],
)
def test_what_is_said(tabs, expected):
    assert codes(invited, book(**tabs)) == expected


@pytest.mark.parametrize(
    "tabs",
    [
        {"people": [{"invite": "yes", "email": "x@example.org"}]},
        {"people": [{"invite": "no"}]},
        {"people": [{"invite": "yes", "end": "2026-01-01"}]},
    ],
)
def test_what_is_left_alone(tabs):
    assert codes(invited, book(**tabs)) == []
