"""A meeting that is released says all that its invitation needs."""

import pytest

from register.rules import unready
from tests.making import book
from tests.rules.expecting import codes

RELEASED = {"name": "x", "kind": "network_meeting", "state": "released"}


@pytest.mark.parametrize(
    ("tabs", "expected"),
    [
        (
            {"meetings": [{**RELEASED, "remind_days": "2"}]},
            [("rsvp_by", "meeting-unready")],
        ),
    ],
)
def test_what_is_said(tabs, expected):
    assert codes(unready, book(**tabs)) == expected


@pytest.mark.parametrize(
    "tabs",
    [
        {"meetings": [{"name": "x", "kind": "network_meeting", "state": "draft"}]},
        {"meetings": [{**RELEASED, "kind": "seminar", "remind_days": "2"}]},
        {"meetings": [RELEASED]},
        {"meetings": [{**RELEASED, "remind_days": "2", "rsvp_by": "2027-01-01"}]},
    ],
)
def test_what_is_left_alone(tabs):
    assert codes(unready, book(**tabs)) == []
