"""Rows as typed values: their fields are columns of the schema, and each fact has one answer."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date

import pytest

from register.book.change import Change
from register.book.schema import schema
from register.people.meetings import Invitation, Meeting
from register.people.records import Matter, Organisation, Person
from tests.making import book

A, B, C = "H-0JCDN", "H-WR637", "H-C30J9"
O1, O2 = "O-F9J29", "O-C30J9"
TODAY = date(2026, 11, 23)


@pytest.mark.parametrize("kind", [Person, Organisation, Meeting, Matter, Invitation])
def test_every_field_is_a_column_of_the_schema(kind):
    columns = {column.key for column in schema().tab(kind.tab).columns}
    assert {field.name for field in fields(kind)} <= columns
    assert set(vars(kind.of("", {}).__class__)["__slots__"]) <= columns


def test_a_row_is_read_once_a_book_and_anew_after_a_change():
    there = book(people=[{"id": A, "first": "Kaisa"}])
    assert Person.all(there) is Person.all(there) and Person.at(there, A).first == "Kaisa"
    assert Person.at(there, B) == Person.of("", {}) and not Person.at(there, B).id
    after = there.with_changes([Change("people", A, "first", "Kaisa", "Kaija", "test")])
    assert Person.at(after, A).first == "Kaija" and Person.at(there, A).first == "Kaisa"


def test_a_reference_leads_to_what_became_of_a_merged_row():
    there = book(
        organisations=[
            {"id": O1, "name": "Uusi"},
            {"id": O2, "name": "Vanha", "status": "merged", "merged_into": f"Uusi · {O1}"},
        ],
        people=[{"id": A, "org": f"Vanha · {O2}"}, {"id": B, "org": "Vanha"}, {"id": C}],
    )
    assert Organisation.current_id(there, f"Vanha · {O2}") == O1
    assert [one.id for one in Organisation.live(there)] == [O1]
    homes = [one.organisation(there) for one in Person.all(there).values()]
    assert homes == [Organisation.at(there, O1), None, None]


def test_a_home_that_was_merged_into_nothing_is_still_the_home_that_is_gone():
    there = book(
        organisations=[{"id": O2, "status": "merged", "merged_into": O1}],
        people=[{"id": A, "org": O2}],
    )
    home = Person.at(there, A).organisation(there)
    assert home and home.id == O2 and not home.is_live


def test_why_somebody_is_not_there_to_be_written_to():
    kaisa = Person.of(A, {"first": "Kaisa", "invite": "yes", "end": "2026-12-01"})
    assert kaisa.why_absent(TODAY) == "" and not kaisa.ended(TODAY)
    assert kaisa.why_absent(TODAY, date(2026, 12, 3)) == "ends-before"
    assert kaisa.why_absent(date(2026, 12, 1)) == "ended"
    assert replace(kaisa, status="archived").why_absent(TODAY) == "archived"
    assert replace(kaisa, id="#7").why_absent(TODAY) == "no-id"
    assert replace(kaisa, invite="no").why_absent(TODAY) == "not-to-invite"
    assert Person.of("#7", {"role": "pj"}).is_vacant and not kaisa.is_vacant


def test_the_invitations_to_a_meeting_are_found_by_its_id():
    there = book(
        meetings=[{"id": "T-B1067", "name": "Kokous"}],
        invitations=[
            {"id": "K-1", "meeting": "Kokous · T-B1067", "person": f"K · {A}", "email": "A@X.fi"},
            {"id": "K-2", "meeting": "T-00000", "person": B},
        ],
    )
    (one,) = Invitation.to(there, "T-B1067")
    assert (one.person_id, one.mailbox) == (A, "a@x.fi") and Invitation.to(there, "T-ZZZZZ") == ()
    change = one.change("rsvp", "coming", "test")
    assert (change.before, change.after, change.group) == ("", "coming", f"invitation {one.id}")
