"""The rules that look at one or two cells of a row: what they say, and what they leave alone."""

import pytest

from register.rules import (
    consent,
    dates,
    formula,
    ids,
    invited,
    markup,
    overdue,
    party,
    stale,
    unreachable,
)  # fmt: skip
from tests.making import book, table
from tests.rules.expecting import found

A = "O-MYRB1"


def codes(rule, start):
    return [(column, code) for _, column, code in found(rule, start)]


@pytest.mark.parametrize(
    ("rule", "tab", "row", "expected"),
    [
        (invited, "people", {"invite": "yes"}, ("email", "invited-without-address")),
        (consent, "people", {"basis": "consent"}, ("consent_on", "consent-without-date")),
        (party, "people", {"party": "X", "group": "official"}, ("party", "party-of-private-person")),
        (stale, "people", {"verified_on": "2025-10-01"}, ("verified_on", "stale")),
        (stale, "organisations", {"name": "x", "added_on": "2024-01-01"}, ("verified_on", "stale")),
        (overdue, "cooperation", {"due": "2026-11-22", "state": "open"}, ("due", "matter-overdue")),
        (unreachable, "organisations", {"name": "x"}, ("email", "organisation-unreachable")),
        (markup, "people", {"first": "www.example.org"}, ("first", "name-with-link")),
        (markup, "organisations", {"name": "x <b>y"}, ("name", "name-with-link")),
        (markup, "organisations", {"name": "maija@example.org"}, ("name", "name-with-link")),
        (formula, "people", {"notes": '=HYPERLINK("http://x")'}, ("notes", "formula-external")),
        (formula, "inbox", {"name": "=importxml(A1)"}, ("name", "formula-external")),
        (formula, "people", {"notes": "=1+1"}, ("notes", "formula-text")),
        (dates, "people", {"start": "2026-05-01", "end": "2026-04-30"}, ("end", "end-before-start")),
        (dates, "meetings", {"date": "2027-01-02", "start": "18:00", "end": "17:00"},
         ("end", "end-before-start")),
        (dates, "meetings", {"date": "2027-01-02", "rsvp_by": "2027-01-03"},
         ("rsvp_by", "deadline-after-meeting")),
        (dates, "meetings", {"date": "2026-11-22", "state": "sent"}, ("state", "meeting-over")),
        (ids, "organisations", {"name": "x"}, ("id", "id-missing")),
        (ids, "organisations", {"id": "O-MYRB2"}, ("id", "id-foreign")),
    ],
)  # fmt: skip
def test_what_a_rule_says(rule, tab, row, expected):
    assert codes(rule, book(**{tab: [row]})) == [expected]


@pytest.mark.parametrize(
    ("rule", "tab", "row"),
    [
        (invited, "people", {"invite": "yes", "email": "x@example.org"}),
        (invited, "people", {"invite": "no"}),
        (invited, "people", {"invite": "yes", "end": "2026-01-01"}),
        (consent, "people", {"basis": "consent", "consent_on": "2026-01-01"}),
        (consent, "people", {"basis": "public_duty"}),
        (party, "people", {"party": "X", "group": "elected"}),
        (party, "people", {"group": "official"}),
        (stale, "people", {"verified_on": "2025-11-24"}),
        (stale, "people", {"verified_on": "2020-01-01", "end": "2021-01-01"}),
        (stale, "people", {"verified_on": "2020-01-01", "status": "merged"}),
        (stale, "people", {"first": "x"}),
        (overdue, "cooperation", {"due": "2026-11-23", "state": "open"}),
        (overdue, "cooperation", {"due": "2026-01-01", "state": "done"}),
        (unreachable, "organisations", {"name": "x", "phone": "+358401234567"}),
        (markup, "people", {"first": "Anna-Liisa", "last": "af Björksten"}),
        (markup, "organisations", {"name": "Nuoret & vanhat / Unga ry"}),
        (formula, "people", {"phone": "+358401234567", "notes": "-"}),
        (formula, "people", {"notes": "="}),
        (formula, "people", {"notes": "@maija"}),
        (dates, "people", {"start": "2026-05-01", "end": "2026-05-01"}),
        (dates, "people", {"start": "keväällä", "end": "2026-05-01"}),
        (dates, "meetings", {"date": "2026-11-22", "state": "held"}),
        (dates, "meetings", {"date": "2026-11-23", "state": "released"}),
        (ids, "organisations", {"id": A, "name": "x"}),
    ],
)
def test_what_a_rule_leaves_alone(rule, tab, row):
    assert codes(rule, book(**{tab: [row]})) == []


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


def test_a_live_formula_is_said_and_one_in_peoples_own_column_is_not():
    rows = [{"id": A, "name": "x", "+Oma": "3"}]
    start = book(organisations=rows)
    live = table("organisations", rows, formulas=[(2, "name"), (2, "+Oma")])
    start = type(start)({**start.tables, "organisations": live}, "fi")
    assert codes(formula, start) == [("name", "formula")]


def test_of_two_rows_with_one_id_the_lower_is_named():
    start = book(organisations=[{"id": A, "name": "x"}, {"id": A, "name": "y"}])
    assert found(ids, start) == [("#3", "id", "id-doubled")]
