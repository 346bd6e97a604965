"""What a message tells of somebody's new name, a meeting to come, or an organisation is asked."""

from datetime import date

import pytest

from register.review.nameless_rows import nameless_row_questions
from register.words.sentences import Sentences
from tests.making import book

SAY, TODAY = Sentences("fi"), date(2026, 11, 30)
S = "S-0QXJF"
KNOWN = {
    "people": [{"id": "H-0QXJF", "first": "Heidi", "last": "Aalto"}],
    "organisations": [
        {"id": "O-0QXJF", "name": "Porvoon kalastusseura ry"},
        {"id": "O-MYRB1", "name": "Sipoon nuorisoseura ry", "email": "info@sipoo.example"},
        {"id": "O-C30J9", "name": "Lempäälän lapsiperheet ry"},
    ],
    "meetings": [{"id": "T-0QXJF", "name": "Yhteistapaaminen", "date": "2027-01-14"}],
}


def accepted(text):
    """Return (message, {(tab, column): value} of what accepting the question writes)."""
    (asked,) = nameless_row_questions(book(inbox=[{"id": S, "text": text}], **KNOWN), TODAY, SAY)
    changes = asked.choices.get("accept", ())
    return asked.shown["message"], {(one.tab, one.column): one.after for one in changes}


@pytest.mark.parametrize(
    "text",
    [
        "Heidi Aalto on nykyisin Heidi Korpi",
        "Heidi Aalto on nykyään Korpi",
        "Heidi Aalto har gift sig, heter nu Heidi Korpi",
        "Heidi Aalto is now Heidi Korpi",
        "muuttunut: Heidi Aalto -> Heidi Korpi (naimisiin)",
    ],
)
def test_a_new_last_name(text):
    _, written = accepted(text)
    assert written["people", "last"] == "Korpi" and written["people", "former_name"] == "Aalto"


@pytest.mark.parametrize("text", ["Heidi Aalto on nyt Espoossa", "Heidi Aalto on nyt sihteeri"])
def test_where_or_what_somebody_is_now_is_no_name(text):
    assert ("people", "last") not in accepted(text)[1]


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("Seuraava tapaaminen 14.1. klo 17 Sellossa", ("Tapaaminen", "2027-01-14", "17:00", "", "Sellossa", "")),
        ("kokoonnutaan taas helmikuun 3. päivä kello 18 karkkilan kirjastossa aiheena avustukset", ("Avustukset", "2027-02-03", "18:00", "", "karkkilan kirjastossa", "Karkkila")),
        ("Kokous 12.1.2027 klo 17-19 Vihdin kirjastossa, aihe: avustukset", ("Avustukset", "2027-01-12", "17:00", "19:00", "Vihdin kirjastossa", "Vihti")),
        ("nästa träff 21.1 kl 18 i Lovisa bibliotek", ("Tapaaminen", "2027-01-21", "18:00", "", "Lovisa bibliotek", "Loviisa")),
        ("next meeting 21.1. at 18 in the library about grants", ("Grants", "2027-01-21", "18:00", "", "library", "")),
    ],
)  # fmt: skip
def test_a_meeting_to_come_becomes_a_draft(text, cells):
    message, written = accepted(text)
    columns = ("name", "date", "start", "end", "place", "area")
    assert tuple(written.get(("meetings", one), "") for one in columns) == cells
    assert written["meetings", "state"] == "draft"
    assert ("Yhteistapaaminen" in message) == ("14.1." in text)


@pytest.mark.parametrize("text", ["Tapaaminen 14.1. meni hyvin", "soitto klo 17", "kokous joskus"])
def test_without_a_day_and_an_hour_there_is_no_meeting(text):
    assert not any(tab == "meetings" for tab, _ in accepted(text)[1])


@pytest.mark.parametrize(
    ("text", "column", "after"),
    [
        ("Lempäälän lapsiperheiden sähköposti on muuttunut: uusi@perheet.example", "email", "uusi@perheet.example"),
        ("Sipoon nuorisoseuralla uusi numero 040 123 4567", "phone", "+358401234567"),
        ("Sipoon nuorisoseura muutti", "notes", "Sipoon nuorisoseura muutti"),
    ],
)  # fmt: skip
def test_news_of_an_organisation(text, column, after):
    _, written = accepted(text)
    assert {key: cell for key, cell in written.items() if key[0] == "organisations"} == {
        ("organisations", column): after
    }


def test_a_merger_is_noted_with_both_and_merges_nothing():
    text = "Porvoon kalastusseura ja Sipoon nuorisoseura yhdistyivät Itä-Uudenmaan seuraksi"
    message, written = accepted(text)
    assert "O-0QXJF" in message and "O-MYRB1" in message
    assert set(written) == {("organisations", "notes"), ("inbox", "result")}


def test_the_only_registered_name_is_proposed():
    _, written = accepted("toimisto@seniorit.example Nokian Seniorit ry toimisto auki ma-to 9-14")
    assert written["inbox", "org"] == "Nokian Seniorit ry"
    assert written["inbox", "email"] == "toimisto@seniorit.example"
