import pytest

from register.rules import RuleContext, findings, form
from tests.making import book
from tests.rules.expecting import TODAY

CASES = [
    ("organisations", "name", " Espoon  Apu r.y.", "Espoon Apu ry"),
    ("organisations", "type", "Förening", "association"),
    ("organisations", "municipality", "esbo", "Espoo"),
    ("organisations", "business_id", "01120389", "0112038-9"),
    ("organisations", "postcode", "2100", "02100"),
    ("organisations", "verified_on", "1.3.2026", "2026-03-01"),
    ("people", "email", "Maija@EXAMPLE.ORG ", "Maija@example.org"),
    ("people", "phone", "040 123 4567", "+358401234567"),
    ("people", "phone", "401234567", "+358401234567"),
    ("people", "invite", "Kyllä", "yes"),
    ("meetings", "start", "klo 17.30", "17:30"),
]
LEFT_ALONE = [
    ("organisations", "name", "Espoon Apu ry"),
    ("organisations", "municipality", "Espoo"),
    ("organisations", "type", "association"),
    ("organisations", "municipality", "Nummi-Pusula"),
    ("organisations", "business_id", "1234567-8"),
    ("people", "phone", "+358401234567"),
    ("people", "phone", "040 123 4567, 09 123 4567"),
    ("people", "email", "maija@example.con"),
    ("people", "end", "ensi keväänä"),
    ("people", "notes", "soittaa itse"),
]


@pytest.mark.parametrize(("tab", "column", "cell", "wanted"), CASES)
def test_one_meaning_one_spelling(tab, column, cell, wanted):
    found = list(form.check(book(**{tab: [{column: cell}]}), RuleContext(TODAY)))
    assert [(f.column, f.cell, f.suggestion) for f in found] == [(column, cell, wanted)]
    again = book(**{tab: [{column: wanted}]})
    assert list(form.check(again, RuleContext(TODAY))) == []


@pytest.mark.parametrize(("tab", "column", "cell"), LEFT_ALONE)
def test_what_is_left_alone(tab, column, cell):
    assert list(form.check(book(**{tab: [{column: cell}]}), RuleContext(TODAY))) == []


def test_a_swedish_register_calls_places_by_their_swedish_names():
    found = list(
        form.check(book("sv", organisations=[{"municipality": "Espoo"}]), RuleContext(TODAY))
    )
    assert [f.suggestion for f in found] == ["Esbo"]


def test_rows_out_of_use_are_not_judged():
    rows = [{"phone": "040 123 4567", "status": "merged"}]
    assert list(form.check(book(people=rows), RuleContext(TODAY))) == []
    assert len(findings(book(people=rows), RuleContext(TODAY))) <= 1
