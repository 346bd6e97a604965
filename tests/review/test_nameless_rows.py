"""A row of the inbox that names nobody is asked about; a name under value brings it in."""

import pytest

from register.book.change import Change
from register.cleanup.cleanup import CleanupOptions, cleanup
from register.review.nameless_rows import nameless_row_questions
from register.rules import SAFE
from register.words.sentences import Sentences
from tests.conftest import TickingClock
from tests.making import book

SAY, ORDERS = Sentences("fi"), CleanupOptions(SAFE)
NUMBER = {"id": "S-0QXJF", "phone": "040 123 4567"}


def clean(start):
    return start.with_changes(cleanup(start, TickingClock().now(), ORDERS, SAY).plan.changes)


@pytest.mark.parametrize(
    ("cells", "said", "proposed"),
    [
        ({"phone": "040 123 4567"}, "Puhelin: +358401234567", ""),
        ({"municipality": "Espoo"}, "Kunta: Espoo", ""),
        ({"email": "tamm.ivo@vire.example"}, "Sähköposti: tamm.ivo@vire.example", "Ivo Tamm"),
        ({"email": "info@vire.example"}, "Sähköposti: info@vire.example", ""),
        ({"text": "soita Maijalle"}, "”soita Maijalle”", ""),
    ],
)
def test_what_a_row_says_is_asked_about(cells, said, proposed):
    (asked,) = nameless_row_questions(book(inbox=[{"id": "S-0QXJF", **cells}]), SAY)
    assert said in asked.shown["message"] and asked.proposal == proposed


@pytest.mark.parametrize(
    "cells",
    [{"name": "Eila"}, {"org": "Apu ry"}, {"business_id": "0112038-9"}, {"source": "list"}, {}],
)
def test_a_row_that_names_somebody_or_says_nothing_is_not(cells):
    assert not list(nameless_row_questions(book(inbox=[{"id": "S-0QXJF", **cells}]), SAY))


def test_a_name_that_is_typed_under_value_brings_the_row_in():
    asked = clean(book(inbox=[NUMBER]))
    ((case, _),) = asked.table("review").rows()
    typed = Change("review", case, "value", "", "Eila Kaski, Kaislan Apu ry", "test")
    named = asked.with_changes([typed])
    after = clean(named)
    ((_, eila),) = after.table("people").rows()
    assert (eila["first"], eila["last"], eila["phone"]) == ("Eila", "Kaski", "+358401234567")
    assert after.table("review").cell(case, "done")
    assert not cleanup(after, TickingClock().now(), ORDERS, SAY).plan.changes


def test_whom_a_sentence_names_in_any_case_is_proposed_and_written():
    people = [{"id": "H-0QXJF", "first": "Leena", "last": "Virta"}]
    start = book(inbox=[{"id": "S-0QXJF", "text": "Soitin Leena Virralle"}], people=people)
    (asked,) = nameless_row_questions(start, SAY)
    assert asked.proposal == "Leena Virta"
    after = start.with_changes(asked.choices["accept"])
    assert after.table("inbox").cell("S-0QXJF", "name") == "Leena Virta"
    twins = [*people, {"id": "H-C30J9", "first": "Leena", "last": "Virrala"}]
    (asked,) = nameless_row_questions(
        book(inbox=[{"id": "S-0QXJF", "text": "Leena Virralle"}], people=twins), SAY
    )
    assert not asked.proposal
