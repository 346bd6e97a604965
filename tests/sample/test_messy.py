"""The sample list: the same seed gives the same mess, and the mess is all there."""

from datetime import date, timedelta

import pytest

from register.book.table import Book
from register.fields.henkilotunnus import find
from register.sample.demo import messy_csv, release
from register.sample.messy import messy_list


def test_a_seed_is_a_list():
    assert messy_list(7, 200) == messy_list(7, 200)
    assert messy_list(7, 200)[1] != messy_list(8, 200)[1]


def test_the_truth_is_told_for_each_row():
    headers, rows, truth = messy_list()
    assert len(rows) == len(truth.people) == len(truth.organisations) == 500
    assert all(len(row) == len(headers) for row in rows)
    named = [person for person in truth.people if person >= 0]
    assert len(named) - len(set(named)) == 50
    assert truth.people.count(-1) == sum(not any(row) for row in rows) > 0


def test_every_sort_of_mess_is_in_the_list():
    _, rows, _ = messy_list()
    cells = [cell for row in rows for cell in row]
    assert any(find(cell) for cell in cells)
    assert any(cell.startswith("=") for cell in cells)
    for part in ("(at)", "mailto:", "r.y.", " rf", "\u00a0", "+358 (0)", "(koti)"):
        assert any(part in cell for cell in cells), part
    assert any(row[6].isdigit() and len(row[6]) < 5 for row in rows)
    assert {"fi", "sv"} <= {row[7] for row in rows}


def test_no_address_is_anybodys():
    _, rows, _ = messy_list()
    for row in rows:
        if row[3]:
            assert "example" in row[3].casefold()


def test_the_list_is_what_a_finnish_excel_saves():
    text = messy_csv().decode("cp1252")
    assert text.startswith("Yhdistys;Sukunimi Etunimi;")
    assert text.count("\r\n") >= 500


@pytest.mark.parametrize("day", range(0, 365, 9))
def test_the_meeting_is_on_a_day_when_people_meet(day):
    today = date(2026, 1, 1) + timedelta(days=day)
    plan, meeting = release(Book.empty(), today)
    cells = {change.column: change.after for change in plan.changes}
    when = date.fromisoformat(cells["date"])
    assert cells["id"] == meeting
    assert when.weekday() == 3
    assert not (when.month == 12 and when.day > 19)
    assert timedelta(days=20) < when - today < timedelta(days=75)
    assert date.fromisoformat(cells["rsvp_by"]) > today
