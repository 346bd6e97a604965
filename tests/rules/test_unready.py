"""A meeting that is released says all that its invitation needs."""

import pytest

from register.rules import unready
from tests.making import book
from tests.rules.expecting import codes


@pytest.mark.parametrize(
    ("tabs", "expected"),
    [
        (
            {"meetings": [{"name": "x", "kind": "network_meeting", "state": "released"}]},
            [("template", "meeting-unready"), ("rsvp_by", "meeting-unready")],
        ),
    ],
)
def test_what_is_said(tabs, expected):
    assert codes(unready, book(**tabs)) == expected


@pytest.mark.parametrize(
    "tabs",
    [
        {"meetings": [{"name": "x", "kind": "network_meeting", "state": "draft"}]},
        {"meetings": [{"name": "x", "kind": "seminar", "state": "released"}]},
    ],
)
def test_what_is_left_alone(tabs):
    assert codes(unready, book(**tabs)) == []
