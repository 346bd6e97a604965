"""First and last names stand in their own columns (told by the list of first names)."""

import pytest

from register.review.findings import finding_changes
from register.rules import RuleContext, swapped
from tests.making import book
from tests.rules.expecting import TODAY, codes

A = "H-00000"


def person(**cells):
    return {"id": A, "first": "Maija", "last": "Malli", **cells}


@pytest.mark.parametrize(
    ("tabs", "expected"),
    [
        ({"people": [person(first="Virtanen", last="Matti")]}, [("first", "name-swapped")]),
    ],
)
def test_what_is_said(tabs, expected):
    assert codes(swapped, book(**tabs)) == expected


@pytest.mark.parametrize(
    "tabs",
    [
        {"people": [person(first="Matti", last="Virtanen")]},
        {"people": [person(first="Maija", last="Mikko")]},
        {"people": [person(first="", last="Matti")]},
    ],
)
def test_what_is_left_alone(tabs):
    assert codes(swapped, book(**tabs)) == []


def test_a_swap_is_one_answer_for_both_cells():
    start = book(people=[person(first="Virtanen", last="Matti")])
    (finding,) = swapped.check(start, RuleContext(TODAY))
    after = start.with_changes(finding_changes(start, finding))
    assert (after.table("people").cell(A, "first"), after.table("people").cell(A, "last")) == (
        "Matti",
        "Virtanen",
    )
    assert list(swapped.check(after, RuleContext(TODAY))) == []
