"""A row of the inbox that names nobody is asked about; a name under value brings it in."""

from datetime import date

import pytest

from register.book.change import Change
from register.cleanup.cleanup import CleanupOptions, cleanup
from register.review.nameless_rows import nameless_row_questions
from register.rules import SAFE
from register.words.sentences import Sentences
from tests.conftest import TickingClock
from tests.making import book

SAY, ORDERS = Sentences("fi"), CleanupOptions(SAFE)
TODAY = date(2026, 11, 23)
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
    (asked,) = nameless_row_questions(book(inbox=[{"id": "S-0QXJF", **cells}]), TODAY, SAY)
    assert said in asked.shown["message"] and asked.proposal == proposed


@pytest.mark.parametrize(
    "cells",
    [
        {"name": "Eila", "phone": "040 123 4567"},
        {"name": "Eila", "at": "2026-11-20"},
        {"org": "Apu ry"},
        {"business_id": "0112038-9"},
        {"source": "list"},
        {},
    ],
)
def test_a_row_that_names_somebody_or_says_nothing_is_not(cells):
    assert not list(nameless_row_questions(book(inbox=[{"id": "S-0QXJF", **cells}]), TODAY, SAY))


def test_news_of_a_meeting_to_come_is_asked_about_as_such():
    meetings = [
        {"id": "T-0QXJF", "name": "Syystapaaminen", "state": "sent"},
        {"id": "T-C30J9", "name": "Kevätretki", "state": "held"},
    ]
    for text, said in (
        ("Syystapaaminen siirtyy 28.1.2027", "kertoo tapaamisesta Syystapaaminen · T-0QXJF"),
        ("syystapaaminen peruttu", "kertoo tapaamisesta Syystapaaminen · T-0QXJF"),
        ("Kevätretki peruttu", "ei kerro, ketä se koskee"),
    ):
        start = book(inbox=[{"id": "S-0QXJF", "text": text}], meetings=meetings)
        (asked,) = nameless_row_questions(start, TODAY, SAY)
        assert said in asked.shown["message"]


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
    (asked,) = nameless_row_questions(start, TODAY, SAY)
    assert (
        asked.proposal == "Huom: Soitin Leena Virralle" and "Leena Virta" in asked.shown["message"]
    )
    after = start.with_changes(asked.choices["accept"])
    assert after.table("inbox").cell("S-0QXJF", "name") == "Leena Virta"
    twins = [*people, {"id": "H-C30J9", "first": "Leena", "last": "Virrala"}]
    (asked,) = nameless_row_questions(
        book(inbox=[{"id": "S-0QXJF", "text": "Leena Virralle"}], people=twins), TODAY, SAY
    )
    assert not asked.proposal


def test_a_message_about_somebody_who_is_known_goes_to_their_notes_in_one_decision():
    people = [{"id": "H-0QXJF", "first": "Leena", "last": "Virta", "notes": "tuttu messuilta"}]
    row = {"id": "S-0QXJF", "text": "Leena Virta ei halua enää kutsuja"}
    start = book(inbox=[row], people=people)
    (asked,) = nameless_row_questions(start, TODAY, SAY)
    assert asked.proposal == "Huom: Leena Virta ei halua enää kutsuja"
    after = start.with_changes(asked.choices["accept"])
    notes = "tuttu messuilta\nLeena Virta ei halua enää kutsuja"
    assert after.table("people").cell("H-0QXJF", "notes") == notes
    assert after.table("inbox").cell("S-0QXJF", "result") == "tuttu H-0QXJF"
    assert not list(nameless_row_questions(after, TODAY, SAY))


@pytest.mark.parametrize(
    ("cells", "proposed"),
    [
        ({"name": "Leena"}, "Leena Virta"),
        ({"first": "Leena", "text": "Pertin kaveri"}, "Leena Virta"),
        ({"name": "Virta"}, "Leena Virta"),
        ({"name": "Olli"}, ""),
    ],
)
def test_half_a_name_brings_nobody_in_but_is_asked_about(cells, proposed):
    people = [{"id": "H-0QXJF", "first": "Leena", "last": "Virta", "source": "messut"}]
    start = book(inbox=[{"id": "S-0QXJF", **cells}], people=people)
    (asked,) = nameless_row_questions(start, TODAY, SAY)
    half = cells.get("name") or cells["first"]
    assert asked.shown["message"].startswith(f"Kuka on {half}?") and asked.proposal == proposed
    assert len(clean(start).table("people")) == 1


def test_a_whole_name_for_half_a_name_brings_them_in():
    asked = clean(book(inbox=[{"id": "S-0QXJF", "first": "Olli", "text": "Pertin kaveri"}]))
    ((case, _),) = asked.table("review").rows()
    after = clean(asked.with_changes([Change("review", case, "value", "", "Olli Koski", "test")]))
    ((_, olli),) = after.table("people").rows()
    assert (olli["first"], olli["last"], olli["notes"]) == ("Olli", "Koski", "Pertin kaveri")


LEFT = [
    ("Leena Virta on lopettanut puheenjohtajana", "end", ""),
    ("Leena Virta jäi eläkkeelle 1.11.2026", "end", "2026-11-01"),
    ("Leena Virta lopettaa vuodenvaihteessa", "end", "2026-12-31"),
    ("Leena Virta har slutat", "end", ""),
    ("Leena Virta has stepped down", "end", ""),
    ("Leena Virta kuollut 20.11.", "end", "2026-11-20"),
    ("Leena Virta jää eläkkeelle 31.12.", "end", "2026-12-31"),
    ("Leena Virta lopetti 31.12.", "end", "2025-12-31"),
    ("Leena Virta: eläkkeelle vuoden lopussa", "end", "2026-12-31"),
    ("Leena Virta går i pension 1.3.", "end", "2027-03-01"),
    ("Leena Virta jää pois sihteerin tehtävästä vuodenvaihteessa", "end", "2026-12-31"),
    ("Leena Virta luopuu puheenjohtajuudesta 31.12.", "end", "2026-12-31"),
    ("Leena Virta lopettaa 20.11.", "end", "2026-11-20"),
    ("Leena Virta ei enää töissä Martoissa", "end", ""),
    ("Leena Virran numero on väärä, oikea 040 711 1002", "phone", "+358407111002"),
    ("Leena Virralla uusi osoite l.v@uusi.example", "email", "l.v@uusi.example"),
]


@pytest.mark.parametrize(("text", "column", "value"), LEFT)
def test_who_leaves_and_how_somebody_is_reached_now_is_one_decision(text, column, value):
    people = [{"id": "H-0QXJF", "first": "Leena", "last": "Virta", "phone": "+358401234567"}]
    start = book(inbox=[{"id": "S-0QXJF", "text": text}], people=people)
    (asked,) = nameless_row_questions(start, TODAY, SAY)
    after = start.with_changes(asked.choices["accept"]).table("people").row("H-0QXJF")
    assert after[column] == (value or TODAY.isoformat()) and after["notes"] == text
    assert asked.dated == (() if value else (("people", "H-0QXJF", "end"),))


@pytest.mark.parametrize(
    "text",
    [
        "Leena ei vastaa puhelimeen",
        "Leenan kanssa sovittu",
        "Leena V. soitti",
        "Leena Keravalta kyseli",
    ],
)
def test_whom_a_first_name_alone_may_mean_is_named(text):
    names = (
        ("H-0QXJF", "Leena", "Virta"),
        ("H-C30J9", "Leena", "Vuori"),
        ("H-MYRB1", "Eila", "Aho"),
    )
    people = [{"id": row_id, "first": first, "last": last} for row_id, first, last in names]
    start = book(inbox=[{"id": "S-0QXJF", "text": text}], people=people)
    (asked,) = nameless_row_questions(start, TODAY, SAY)
    assert "Leena Virta · H-0QXJF" in asked.shown["message"]
    assert (
        "Leena Vuori · H-C30J9" in asked.shown["message"] and "Eila" not in asked.shown["message"]
    )
    for said in ("H-C30J9", "vuori"):
        typed = asked.valued({asked.fields[0]: said})
        assert start.with_changes(typed).table("people").cell("H-C30J9", "notes") == text
    assert {one.tab for one in asked.valued({asked.fields[0]: "Leena"})} == {"inbox"}


def test_the_first_name_of_the_only_one_who_may_be_meant_names_them():
    people = [
        {"id": "H-0QXJF", "first": "Leena", "last": "Virta"},
        {"id": "H-C30J9", "first": "Pekka", "last": "Koe"},
    ]
    inbox = [{"id": "S-0QXJF", "text": "Pekka ja Leena riitaantuivat"}]
    start = book(inbox=inbox, people=people)
    (asked,) = nameless_row_questions(start, TODAY, SAY)
    typed = asked.valued({asked.fields[0]: "leena"})
    after = start.with_changes(typed).table("people")
    assert after.cell("H-0QXJF", "notes") and not after.cell("H-C30J9", "notes")


def test_of_two_of_one_name_the_question_names_both_and_nobody_else():
    names = (
        ("H-0QXJF", "Leena", "Virta"),
        ("H-C30J9", "Leena", "Virta"),
        ("H-MYRB1", "Leena", "Aho"),
    )
    people = [{"id": row_id, "first": first, "last": last} for row_id, first, last in names]
    start = book(inbox=[{"id": "S-0QXJF", "text": "Leena Virta on lopettanut"}], people=people)
    (asked,) = nameless_row_questions(start, TODAY, SAY)
    assert all(row_id in asked.shown["message"] for row_id in ("H-0QXJF", "H-C30J9"))
    assert "Aho" not in asked.shown["message"]
    stranger = book(inbox=[{"id": "S-0QXJF", "text": "Leena Salo soitti"}], people=people)
    (asked,) = nameless_row_questions(stranger, TODAY, SAY)
    assert "Leena Aho" not in asked.shown["message"]


def test_no_personal_identity_code_is_written_nor_taken_for_a_number():
    people = [{"id": "H-0QXJF", "first": "Leena", "last": "Virta"}]
    start = book(inbox=[{"id": "S-0QXJF", "text": "Leena Virta 131052-308T soitti"}], people=people)
    (asked,) = nameless_row_questions(start, TODAY, SAY)
    after = start.with_changes(asked.choices["accept"]).table("people").row("H-0QXJF")
    assert after["notes"] == "Leena Virta ******-**** soitti" and not after["phone"]


NAMESAKES = {
    "organisations": [
        {"id": "O-C30J9", "name": "Nuorten Ääni ry", "notes": ""},
        {"id": "O-MYRB1", "name": "Lohjan Omaishoitajat ry"},
    ],
    "people": [
        {"id": "H-C30J9", "first": "Matti", "last": "Korhonen", "org": "Nuorten Ääni ry · O-C30J9"},
        {"id": "H-MYRB1", "first": "Matti", "last": "Korhonen", "org": "O-MYRB1"},
    ],
}


@pytest.mark.parametrize("said", ["Nuorten Ääni", "nuorten ääni ry", "O-C30J9"])
def test_of_two_of_one_name_the_organisation_says_which(said):
    row = {"id": "S-0QXJF", "text": "Matti Korhonen haluaa pois listalta"}
    start = book(inbox=[row], **NAMESAKES)
    (asked,) = nameless_row_questions(start, TODAY, SAY)
    after = start.with_changes(asked.valued({asked.fields[0]: said}))
    assert after.table("inbox").cell("S-0QXJF", "result") == "tuttu H-C30J9"
    assert len(after.table("people")) == 2


def test_an_organisation_is_never_taken_for_the_persons_name():
    start = book(inbox=[{"id": "S-0QXJF", "text": "Matti Korhonen lopettaa"}], **NAMESAKES)
    (asked,) = nameless_row_questions(
        start.with_changes(
            [Change("people", "H-C30J9", "org", "Nuorten Ääni ry · O-C30J9", "", "t")]
        ),
        TODAY,
        SAY,
    )
    assert asked.valued({asked.fields[0]: "Nuorten Ääni"}) is None
    start = book(inbox=[{"id": "S-0QXJF", "text": "avain on naapurilla"}], **NAMESAKES)
    (asked,) = nameless_row_questions(start, TODAY, SAY)
    after = start.with_changes(asked.valued({asked.fields[0]: "Nuorten Ääni"}))
    assert after.table("organisations").cell("O-C30J9", "notes") == "avain on naapurilla"
    assert len(after.table("people")) == 2


@pytest.mark.parametrize(
    ("said", "end"), [("27.11.", "2026-11-27"), ("viime vuoden lopussa 2025-12-31", "2025-12-31")]
)
def test_a_day_is_when_somebody_left(said, end):
    people = [{"id": "H-0QXJF", "first": "Ritva", "last": "Lahti"}]
    row = {"id": "S-0QXJF", "text": "Ritva Lahti kuoli viime viikolla"}
    (asked,) = nameless_row_questions(
        start := book(inbox=[row], people=people), date(2026, 11, 30), SAY
    )
    after = start.with_changes(asked.valued({asked.fields[0]: said}))
    assert after.table("people").cell("H-0QXJF", "end") == end
    assert after.table("inbox").cell("S-0QXJF", "text") == row["text"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("tapasin eilen kaisa korhosen martoista", "Kaisa Korhonen"),
        ("träffade igår eva sundström från marthorna", "Eva Sundström"),
        ("soitin anna-maija niemiselle", "Anna-Maija Nieminen"),
        ("tapasin toivo virran", ""),
        ("satu tulee mukaan", ""),
    ],
)
def test_a_dictated_sentence_names_somebody_without_capitals(text, name):
    start = book(inbox=[{"id": "S-0QXJF", "text": text}])
    (asked,) = nameless_row_questions(start, TODAY, SAY)
    assert asked.proposal == name


@pytest.mark.parametrize(
    ("text", "asked_about"),
    [
        ("juteltiin leena virran kanssa kesästä", "Leena Virta · H-0QXJF"),
        ("leena virkistyi", ""),
        ("pekka kotona", ""),
        ("pekka koe soitti", "Pekka Koe · H-C30J9"),
    ],
)
def test_who_is_known_is_found_without_capitals_where_the_name_ends_as_one(text, asked_about):
    names = (("H-0QXJF", "Leena", "Virta"), ("H-C30J9", "Pekka", "Koe"))
    people = [{"id": row_id, "first": first, "last": last} for row_id, first, last in names]
    start = book(inbox=[{"id": "S-0QXJF", "text": text}], people=people)
    (asked,) = nameless_row_questions(start, TODAY, SAY)
    assert (" · H-" in asked.shown["message"]) == bool(asked_about)
    assert asked_about in asked.shown["message"]


@pytest.mark.parametrize("said", ["tehty", "en muista kuka"])
def test_a_remark_under_the_decision_is_no_name(said):
    asked = clean(book(inbox=[{"id": "S-0QXJF", "text": "muista ostaa kahvia"}]))
    ((case, _),) = asked.table("review").rows()
    after = clean(asked.with_changes([Change("review", case, "decision", "", said, "test")]))
    row = after.table("review").row(case)
    assert not after.table("inbox").cell("S-0QXJF", "name")
    assert said in row["answer"] and not row["done"]
