"""An open matter is taken care of by its date."""

import pytest

from register.rules import overdue
from tests.making import book
from tests.rules.expecting import codes


@pytest.mark.parametrize(
    ("tabs", "expected"),
    [
        ({"cooperation": [{"due": "2026-11-22", "state": "open"}]}, [("due", "matter-overdue")]),
    ],
)
def test_what_is_said(tabs, expected):
    assert codes(overdue, book(**tabs)) == expected


@pytest.mark.parametrize(
    "tabs",
    [
        {"cooperation": [{"due": "2026-11-23", "state": "open"}]},
        {"cooperation": [{"due": "2026-01-01", "state": "done"}]},
    ],
)
def test_what_is_left_alone(tabs):
    assert codes(overdue, book(**tabs)) == []
