"""Dates follow each other: a start before its end, an answer before its meeting."""

import pytest

from register.rules import RuleContext, dates, findings
from register.values.meant_day import meant_day
from register.values.noted_days import due_day
from tests.making import book
from tests.rules.expecting import TODAY, codes


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
        ({"cooperation": [{"date": "20.11."}]}, [("date", "date-year-missing")]),
        ({"cooperation": [{"due": "20.1."}]}, [("due", "date-year-missing")]),
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
        {"cooperation": [{"date": "20.12."}]},
        {"cooperation": [{"date": "31.2.", "due": "31.2."}]},
    ],
)
def test_what_is_left_alone(tabs):
    assert codes(dates, book(**tabs)) == []


def test_the_year_of_a_matter():
    """The latest such day for what was done, the next after it for what is due."""
    rows = [
        {"date": "20.11.", "due": "5.1."},
        {"date": "3.2.2025", "due": "1.3."},
        {"due": "1.3."},
        {"due": "23.11."},
        {"date": "22.11.2026", "due": "22.11."},
        {"date": "15.1.2027", "due": "20.9."},
    ]
    found = dates.check(book(cooperation=rows), RuleContext(TODAY))
    assert {(one.row_id, one.column): one.suggestion for one in found} == {
        ("#2", "date"): "2026-11-20",
        ("#2", "due"): "2027-01-05",
        ("#3", "due"): "2025-03-01",
        ("#4", "due"): "2027-03-01",
        ("#5", "due"): "2026-11-23",
        ("#6", "due"): "2026-11-22",
        ("#7", "due"): "2027-09-20",
    }


@pytest.mark.parametrize(
    "matter",
    [
        {"due": "22.11."},
        {"due": "1.6."},
        {"date": "20.11.", "due": "19.11."},
        {"date": "23.11.2026", "due": "22.11."},
        {"date": "1.2.2027", "due": "20.12."},
    ],
)
def test_a_due_day_that_may_have_passed_is_asked_about(matter):
    """Yesterday's is overdue, and is not moved a year ahead."""
    there = book(cooperation=[matter])
    assert ("due", "date-year-missing") not in codes(dates, there)
    asked = [(one.column, one.code) for one in findings(there, RuleContext(TODAY))]
    assert ("due", "date-no-year") in asked


@pytest.mark.parametrize(
    ("cell", "past", "due"),
    [
        ("pe", "2026-11-20", "2026-11-27"),
        ("Perjantai", "2026-11-20", "2026-11-27"),
        ("perjantaihin mennessä", "2026-11-20", "2026-11-27"),
        ("på fredag", "2026-11-20", "2026-11-27"),
        ("this Friday", "2026-11-20", "2026-11-27"),
        ("ma", "2026-11-23", "2026-11-30"),
        ("ensi viikon tiistaina", None, "2026-12-01"),
        ("tiistaina ensi viikolla", None, "2026-12-01"),
        ("nästa veckas tisdag", None, "2026-12-01"),
        ("next Friday", None, "2026-12-04"),
        ("ensi maaliskuussa", None, "2027-03-31"),
        ("vko 50", None, "2026-12-11"),
        ("2 viikon päästä", None, "2026-12-07"),
        ("ma-pe", None, None),
        ("maksa", None, None),
    ],
)
def test_a_weekday_means_the_latest_or_the_coming_one(cell, past, due):
    meant = [meant_day(cell, TODAY, when) for when in ("past", "deadline")]
    assert [one and one.isoformat() for one in meant] == [past, due]


def test_a_day_of_next_week_is_not_the_coming_one():
    for text in (
        "soitan ensi viikon tiistaina",
        "vi ses på tisdag nästa vecka",
        "soitan ensi tiistaina",
        "ringer nästa tisdag",
        "will call next Tuesday",
    ):
        assert due_day(text, TODAY).isoformat() == "2026-12-01"
    assert due_day("ensi viikolla maksan", TODAY).isoformat() == "2026-12-04"
