"""Every value stands in the column of its kind: no phone among the addresses, no code of a post."""

import pytest

from register.review.findings import finding_changes
from register.rules import RuleContext, shifted
from tests.making import book
from tests.rules.expecting import TODAY, codes

A = "H-00000"


def person(**cells):
    return {"id": A, "first": "Maija", "last": "Malli", **cells}


@pytest.mark.parametrize(
    ("tabs", "expected"),
    [
        ({"people": [person(email="0401234567")]}, [("email", "column-shift")]),
        ({"people": [person(phone="maija@example.org")]}, [("phone", "column-shift")]),
        (
            {"organisations": [{"name": "x", "email": "040 1234567", "phone": "a@example.org"}]},
            [("email", "column-shift")],
        ),
    ],
)
def test_what_is_said(tabs, expected):
    assert codes(shifted, book(**tabs)) == expected


@pytest.mark.parametrize(
    "tabs",
    [
        {"people": [person(email="maija@example.org", phone="+358401234567")]},
        {"people": [person(email="040 1234567", phone="09 1234567")]},
        {"people": [person(phone="maija@example.org", email="m@example.org")]},
        {"people": [person(email="kysy", phone="ei ole")]},
    ],
)
def test_what_is_left_alone(tabs):
    assert codes(shifted, book(**tabs)) == []


@pytest.mark.parametrize(
    ("email", "phone", "after"),
    [
        ("0401234567", "", ("", "+358401234567")),
        ("", "maija@example.org", ("maija@example.org", "")),
        ("0401234567", "maija@example.org", ("maija@example.org", "+358401234567")),
    ],
)
def test_a_shifted_cell_is_moved_and_nothing_is_lost(email, phone, after):
    start = book(people=[person(email=email, phone=phone)])
    (finding,) = shifted.check(start, RuleContext(TODAY))
    done = start.with_changes(finding_changes(start, finding)).table("people")
    assert (done.cell(A, "email"), done.cell(A, "phone")) == after
