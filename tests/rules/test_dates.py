"""Dates follow each other: a start before its end, an answer before its meeting."""

import pytest

from register.rules import dates
from tests.making import book
from tests.rules.expecting import codes


@pytest.mark.parametrize(
    ("tabs", "expected"),
    [
        ({"people": [{"start": "2026-05-01", "end": "2026-04-30"}]}, [("end", "end-before-start")]),
        (
            {"meetings": [{"date": "2027-01-02", "start": "18:00", "end": "17:00"}]},
            [("end", "end-before-start")],
        ),
        (
            {"meetings": [{"date": "2027-01-02", "rsvp_by": "2027-01-03"}]},
            [("rsvp_by", "deadline-after-meeting")],
        ),
        ({"meetings": [{"date": "2026-11-22", "state": "sent"}]}, [("state", "meeting-over")]),
    ],
)
def test_what_is_said(tabs, expected):
    assert codes(dates, book(**tabs)) == expected


@pytest.mark.parametrize(
    "tabs",
    [
        {"people": [{"start": "2026-05-01", "end": "2026-05-01"}]},
        {"people": [{"start": "keväällä", "end": "2026-05-01"}]},
        {"meetings": [{"date": "2026-11-22", "state": "held"}]},
        {"meetings": [{"date": "2026-11-23", "state": "released"}]},
    ],
)
def test_what_is_left_alone(tabs):
    assert codes(dates, book(**tabs)) == []
