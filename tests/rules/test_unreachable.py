"""An organisation can be reached: an address, a phone, a website, or a person who is present."""

import pytest

from register.rules import unreachable
from tests.making import book
from tests.rules.expecting import codes

A = "O-MYRB1"


@pytest.mark.parametrize(
    ("tabs", "expected"),
    [
        ({"organisations": [{"name": "x"}]}, [("email", "organisation-unreachable")]),
    ],
)
def test_what_is_said(tabs, expected):
    assert codes(unreachable, book(**tabs)) == expected


@pytest.mark.parametrize(
    "tabs",
    [
        {"organisations": [{"name": "x", "phone": "+358401234567"}]},
    ],
)
def test_what_is_left_alone(tabs):
    assert codes(unreachable, book(**tabs)) == []


def test_an_organisation_is_reached_through_its_people():
    start = book(
        organisations=[{"id": A, "name": "x"}],
        people=[{"org": f"x · {A}", "email": "maija@example.org"}],
    )
    assert codes(unreachable, start) == []
    gone = book(
        organisations=[{"id": A, "name": "x"}],
        people=[{"org": f"x · {A}", "email": "maija@example.org", "end": "2026-01-01"}],
    )
    assert codes(unreachable, gone) == [("email", "organisation-unreachable")]
