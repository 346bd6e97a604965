"""Who has no source gets no letter, and one question asks about all of them."""

from __future__ import annotations

import pytest

from register.book.change import Change
from register.letters.audience import audience
from register.letters.correspondents import standalone_readers
from register.people.records import Person
from register.people.writing import why_unwritable
from tests.cleanup.test_cleanup import clean
from tests.letters.correspondence import NOW, T, named, person, register
from tests.making import book

IDS = [named("H", f"person {number}") for number in range(4)]


def register_with(**cells):
    names = ("Maija", "Pekka", "Liisa", "Ville")
    people = [
        person(one, first=name, email=f"{name}@example.org", source="", role="pj", **cells)
        for one, name in zip(IDS, names, strict=True)
    ]
    return register(people)


def asked(there):
    rows = there.table("review").rows()
    return [(case, row) for case, row in rows if IDS[0] in row["left"] and not row["done"]]


def test_no_letter_goes_to_who_has_no_source_and_the_reason_is_said():
    there = register_with()
    found = audience(there, T, NOW.date())
    assert found.count == 0 and {found.why(one) for one in IDS} == {"no-source"}
    for kind in ("notice", "freshness", "follow-up", "letter"):
        readers, held = standalone_readers(there, IDS, kind, NOW.date(), ())
        assert readers == [] and set(held.values()) == {"no-source"}


@pytest.mark.parametrize("kind", ["change", "cancellation", "receipt"])
def test_who_comes_is_told_of_a_change(kind):
    one = Person.at(register_with(), IDS[0])
    assert why_unwritable(register_with(), one, kind, coming=True) == ""
    assert why_unwritable(register_with(), one, kind) == "no-source"


@pytest.mark.parametrize(
    ("cells", "known"),
    [
        ({"source": "messut"}, True),
        ({"met_at": "Kevätmessut"}, True),
        ({"source": " "}, False),
        ({"source": "Saapuneet S-MYRB1"}, False),
        ({"source": "Inkomna S-MYRB1"}, False),
        ({"source": "Saapuneet S-MYRB1", "met_at": "Kevätmessut"}, True),
        ({"source": "Saapuneet S-MYRB1; jäsenlista"}, True),
    ],
)
def test_a_row_of_the_inbox_is_no_source_and_a_meeting_is_one(cells, known):
    there = register([person(**{"source": "", **cells})])
    assert audience(there, T, NOW.date()).count == int(known)


def test_one_question_asks_about_all_and_one_answer_is_written_for_all():
    there, _ = clean(register_with())
    ((case, row),) = asked(there)
    assert row["left"].split() == IDS and "Maija" in row["message"]
    lines = [one for _, one in there.table("review").rows() if one["link"] == "Yhteyshenkilöt"]
    assert not [one for one in lines if "Lähde" in one["message"]]
    assert {there.table("people").cell(one, "status") for one in IDS} == {"check"}
    assert all(there.table("people").notes[(one, "source")] for one in IDS)
    own = Change("people", IDS[3], "source", "", "soitti itse", "by hand")
    value = Change("review", case, "value", "", "jäsenluettelo 2024", "by hand")
    there, _ = clean(there.with_changes([own, value]))
    sources = [there.table("people").cell(one, "source") for one in IDS]
    assert sources == [*["jäsenluettelo 2024"] * 3, "soitti itse"]
    assert asked(there) == [] and audience(there, T, NOW.date()).count == 4
    assert not [cell for cell in there.table("people").notes if cell[1] == "source"]
    assert clean(there)[1].plan.changes == ()


def test_who_ignores_the_question_is_asked_no_more_and_still_nobody_is_written_to():
    there, _ = clean(register_with())
    ((case, _),) = asked(there)
    there, _ = clean(there.with_changes([Change("review", case, "decision", "", "ohita", "hand")]))
    assert asked(there) == [] and audience(there, T, NOW.date()).count == 0
    later = person(named("H", "later"), first="Uusi", email="uusi@example.org", source="")
    rows = {key: [row for _, row in table.rows()] for key, table in there.tables.items()}
    there, _ = clean(book(**{**rows, "people": [*rows["people"], later]}))
    (row,) = [row for _, row in there.table("review").rows() if later["id"] in row["left"]]
    assert not row["done"] and IDS[0] not in row["left"]


def test_a_card_without_a_source_is_taken_in_and_asked_about():
    card = {"name": "Maija Malli", "org": "Kylä ry", "email": "maija@kyla.example"}
    there, _ = clean(book(inbox=[card, {**card, "name": "Pekka Testi", "met_at": "Messut"}]))
    sources = {row["first"]: row["source"] for _, row in there.table("people").rows()}
    assert sources == {"Maija": "", "Pekka": "Messut"}
    (row,) = [one for _, one in there.table("review").rows() if one["link"].endswith("Lähde")]
    assert "Maija Malli" in row["message"] and "Pekka" not in row["message"]
