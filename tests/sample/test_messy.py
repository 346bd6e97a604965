"""The sample list: the same seed gives the same mess, and the mess is all there."""

import re
from datetime import date, timedelta

import pytest

from register.book.personal_identity_code import find_identity_codes
from register.book.table import Book
from register.sample.demo import messy_csv, release_meeting
from register.sample.messy import messy_list
from register.values import business_id, email, phone, postal_code
from register.values.places import resolve_place


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
    assert any(find_identity_codes(cell) for cell in cells)
    assert any(cell.startswith("=") for cell in cells)
    for part in ("(at)", "mailto:", "r.y.", " rf", "\u00a0", "+358 (0)", "(koti)"):
        assert any(part in cell for cell in cells), part
    assert any(row[6].isdigit() and len(row[6]) < 5 for row in rows)
    assert {"fi", "sv", "en", ""} == {row[7] for row in rows}
    assert any(row[0].isupper() for row in rows)
    assert {"current", "form", "former"} <= {resolve_place(row[5].strip()).how for row in rows}
    assert "phone-several" in {phone.read(row[4]).problem for row in rows}
    assert {"email-marks", "email-typo"} <= {email.read(row[3]).problem for row in rows}


def test_a_doubled_person_is_in_one_organisation_or_in_two():
    _, _, truth = messy_list()
    homes = {}
    for person, home in zip(truth.people, truth.organisations, strict=True):
        homes.setdefault(person, []).append(home)
    del homes[-1]
    pairs = [tuple(found) for found in homes.values() if len(found) == 2]
    assert len(pairs) == 50
    assert {one == other for one, other in pairs} == {True, False}
    assert all(len(found) <= 2 for found in homes.values())


def test_what_is_not_messed_up_can_be_read():
    """Three rows in four need no question; every Y-tunnus and every telling postal code is right."""
    _, rows, _ = messy_list()
    full = [row for row in rows if any(row)]
    assert all(business_id.read(row[8]).value for row in full if row[8])
    assert all(postal_code.read(row[6]).value for row in full)
    clean = [row for row in full if email.read(row[3]).value and phone.read(row[4]).value]
    assert len(clean) > len(full) * 3 // 4


def test_a_henkilotunnus_is_nobodys():
    _, rows, _ = messy_list()
    codes = [row[10] for row in rows if find_identity_codes(row[10])]
    assert codes
    assert all(code.partition("-")[2].startswith("9") for code in codes)


def test_no_address_is_anybodys():
    _, rows, _ = messy_list()
    for row in rows:
        for address in re.findall(r"@\s?([\w.,-]+)", row[3].casefold()):
            assert re.search(r"(?:^|[.,])example(?:\.(?:com|org|con))?$", address), address


def test_the_list_is_what_a_finnish_excel_saves():
    text = messy_csv().decode("cp1252")
    assert text.startswith("Yhdistys;Sukunimi Etunimi;")
    assert text.count("\r\n") >= 500


@pytest.mark.parametrize("day", range(0, 365, 9))
def test_the_meeting_is_on_a_day_when_people_meet(day):
    today = date(2026, 1, 1) + timedelta(days=day)
    plan, meeting = release_meeting(Book.empty(), today)
    cells = {change.column: change.after for change in plan.changes}
    when = date.fromisoformat(cells["date"])
    assert cells["id"] == meeting
    assert when.weekday() == 3
    assert not (when.month == 12 and when.day > 19)
    assert timedelta(days=20) < when - today < timedelta(days=75)
    assert date.fromisoformat(cells["rsvp_by"]) > today
