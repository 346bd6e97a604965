"""A data cell holds a value, not a formula; a formula that fetches from outside is an error."""

from datetime import date

import pytest

from register.rules import RuleContext, findings, formula
from tests.making import book, table
from tests.rules.expecting import codes

A = "O-MYRB1"


@pytest.mark.parametrize(
    ("tabs", "expected"),
    [
        ({"people": [{"notes": '=HYPERLINK("http://x")'}]}, [("notes", "formula-external")]),
        ({"inbox": [{"name": "=importxml(A1)"}]}, [("name", "formula-external")]),
        ({"people": [{"notes": "=1+1"}]}, [("notes", "formula-text")]),
    ],
)
def test_what_is_said(tabs, expected):
    assert codes(formula, book(**tabs)) == expected


@pytest.mark.parametrize(
    "tabs",
    [
        {"people": [{"phone": "+358401234567", "notes": "-"}]},
        {"people": [{"notes": "="}]},
        {"people": [{"notes": "@maija"}]},
    ],
)
def test_what_is_left_alone(tabs):
    assert codes(formula, book(**tabs)) == []


def test_a_live_formula_is_said_and_one_in_peoples_own_column_is_not():
    rows = [{"id": A, "name": "x", "+Oma": "3"}]
    start = book(organisations=rows)
    live = table("organisations", rows, formulas=[(2, "name"), (2, "+Oma")])
    start = type(start)({**start.tables, "organisations": live}, "fi")
    assert codes(formula, start) == [("name", "formula")]


@pytest.mark.parametrize(
    ("column", "value", "severity"),
    [
        ("email", "maija(at)x.example", "warning"),
        ("phone", "#REF!", "warning"),
        ("first", "=A1", "warning"),
        ("municipality", "Esppo", "warning"),
    ],
)
def test_a_cell_with_a_formula_is_asked_about_once(column, value, severity):
    rows = [{"id": "H-0JCDN", "first": "Maija", "last": "Aalto", "invite": "yes", column: value}]
    start = book(people=rows)
    live = table("people", rows, formulas=[(2, column)])
    start = type(start)({**start.tables, "people": live}, "fi")
    said = [
        (one.code, one.severity)
        for one in findings(start, RuleContext(date(2026, 11, 23)))
        if one.column == column
    ]
    assert said == [("formula", severity)] or said == [("name-formula", severity)]
    typed = findings(book(people=[{**rows[0], column: "=B1"}]), RuleContext(date(2026, 11, 23)))
    (once,) = [one for one in typed if one.column == column]
    assert once.severity == ("error" if column == "email" else severity), "as grave as its value"
