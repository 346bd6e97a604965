"""Words that say that somebody is gone: they stay, they are asked about, and no letter goes."""

import pytest

from register.book.cells import to_book
from register.book.change import Change
from register.book.schema import schema
from register.letters.audience import audience
from register.people.departure_notes import departure_note, tells_own_death
from tests.cleanup.test_cleanup import clean
from tests.letters.correspondence import NOW, T, named, person, register

COLUMN = schema().tab("people").column("status")
MAIJA = named("H", "person 0")
TODAY = NOW.date()


def register_with(**cells):
    return register([person(MAIJA, first="Maija", email="maija@example.org", role="pj", **cells)])


@pytest.mark.parametrize(
    "notes",
    ["kuollut 2025", "Kuollut", "on kuollut", "menehtyi 3.2.2025", "edesmennyt", "nukkunut pois",
     "tavattu messuilla; kuollut 2025", "avliden 2024", "har avlidit", "gick bort 2025", "deceased",
     "died 2025", "R.I.P.", "död 2024", "dog 3.2.2025", "dead", "poisnukkunut", "haudattu 2025", "Död: 2024",
     "Status: död", "Tila: kuollut", "Tila: †", "Status: avliden", "Kuollut: 3.2.2025", "Kuolinpäivä: 2024"],
)  # fmt: skip
def test_who_is_noted_to_have_died_is_asked_about_and_gets_no_letter(notes):
    assert tells_own_death(notes) and departure_note(notes, TODAY.isoformat())
    assert audience(register_with(notes=notes), T, TODAY).why(MAIJA) == "maybe-gone"


@pytest.mark.parametrize(
    "notes",
    ["puoliso kuollut 2025", "entinen pj Aune kuollut", "Tila: jäsen", "kuolinpesän hoitaja", "",
     "died in the wool supporter", "dog"],
)  # fmt: skip
def test_what_is_noted_of_another_stops_no_letter(notes):
    assert not tells_own_death(notes) and not departure_note(notes, TODAY.isoformat())
    assert audience(register_with(notes=notes), T, TODAY).why(MAIJA) != "maybe-gone"


@pytest.mark.parametrize("word", ["OK", " ok ", "Tarkista", "granska", "Incomplete"])
def test_a_status_in_another_spelling_is_no_word_of_a_persons(word):
    asked, _ = clean(register_with(status=to_book(COLUMN, word, "fi")))
    assert asked.table("people").cell(MAIJA, "status") in ("ok", "check", "incomplete")


@pytest.mark.parametrize(
    ("word", "proposed"),
    [("poistettu", "archived"), ("kuollut", "archived"), ("eronnut", "archived"),
     ("borttagen", "archived"), ("deleted", "archived"), ("arkistoito", "archived"),
     ("vanha", ""), ("kysy Liisalta", "")],
)  # fmt: skip
def test_a_word_typed_into_the_status_stays_and_is_asked_about(word, proposed):
    there = register_with(status=word)
    assert audience(there, T, TODAY).why(MAIJA) == "maybe-gone"
    asked, _ = clean(there)
    assert asked.table("people").cell(MAIJA, "status") == word
    (case,) = (
        (case_id, row) for case_id, row in asked.table("review").rows() if word in row["message"]
    )
    assert ("arkistoitu" in case[1]["suggestion"]) is bool(proposed)
    if proposed:
        answer = Change("review", case[0], "decision", "", "accept", "person")
        done, _ = clean(asked.with_changes([answer]))
        assert done.table("people").cell(MAIJA, "status") == proposed


def test_the_status_of_an_organisation_stops_letters_to_its_people():
    there = register_with()
    (org, *_) = (row_id for row_id, _ in there.table("organisations").rows())
    there = there.with_changes(
        [Change("organisations", org, "status", there.table("organisations").cell(org, "status"),
                "lakkautettu", "person")]
    )  # fmt: skip
    assert audience(there, T, TODAY).why(MAIJA) == "maybe-gone"
