"""Whoever leaves open matters has a successor: somebody else, whose own do not lead back."""

import pytest

from register.rules import succession
from tests.making import book
from tests.rules.expecting import codes

A, B = "H-00000", "H-00011"
MATTER = {"person": f"Maija · {A}", "state": "open"}


def person(**cells):
    return {"id": A, "first": "Maija", "last": "Malli", **cells}


@pytest.mark.parametrize(
    ("tabs", "expected"),
    [
        (
            {"people": [person(end="2026-10-01")], "cooperation": [MATTER, MATTER]},
            [("successor", "ended-without-successor")],
        ),
    ],
)
def test_what_is_said(tabs, expected):
    assert codes(succession, book(**tabs)) == expected


@pytest.mark.parametrize(
    "tabs",
    [
        {"people": [person()], "cooperation": [MATTER]},
        {"people": [person(end="2027-10-01")], "cooperation": [MATTER]},
        {"people": [person(end="2026-10-01")], "cooperation": [{**MATTER, "state": "done"}]},
        {"people": [person(end="2026-10-01", successor=f"x · {B}")], "cooperation": [MATTER]},
    ],
)
def test_what_is_left_alone(tabs):
    assert codes(succession, book(**tabs)) == []
