"""Headings that refuse letters, and questions of forms that ask for leave: nobody's no is lost."""

import pytest

from register.imports.contact_list import import_contacts
from register.intake.columns import guess_columns
from register.intake.refusals import consent_kind
from register.sources.files import read_list
from tests.conftest import TickingClock
from tests.making import book

PEOPLE = "Jukka Hall;jukka@example.org\nSari Nevala;sari@example.org\n"


def consents(name: str, text: str) -> dict[str, str]:
    """Return each person's consent where the importer says that all agree."""
    of = read_list(text.encode("utf-8"), name)
    outcome, _ = import_contacts(book(), of, guess_columns(of), TickingClock().now(), agreed=True)
    inbox = book().with_changes(outcome.plan.changes).table("inbox")
    return {row.get("name") or row.get("first", ""): row["consent"] for _, row in inbox.rows()}


@pytest.mark.parametrize(
    "heading",
    ["EI ENÄÄ KUTSUTA", "Ei saa lähettää", "Kieltolista:", "Vill inte ha utskick", "Unsubscribed:"],
)
def test_a_heading_refuses_for_the_rows_below_it(heading):
    text = f"Nimi;Sähköposti\n{PEOPLE}{heading}\nReijo Mäki;reijo@example.org\n\nTiina Laakso;\n"
    assert consents("list.csv", text) == {
        **dict.fromkeys(("Jukka Hall", "Sari Nevala"), "yes"),
        **dict.fromkeys(("Reijo Mäki", "Tiina Laakso"), "no"),
    }
    assert set(consents("list.csv", f"{heading};\nNimi;Sähköposti\n{PEOPLE}").values()) == {"no"}


def test_the_next_heading_ends_a_refusal_and_a_last_line_refuses_nothing():
    text = f"Nimi;Sähköposti\nEi kutsuta;\nReijo Mäki;r@example.org\nKUTSUTAAN;\n{PEOPLE}"
    assert consents("list.csv", text)["Jukka Hall"] == "yes"
    ended = consents("list.csv", f"Nimi;Sähköposti\n{PEOPLE}Ei saa lähettää edelleen;\n")
    assert ended == dict.fromkeys(("Jukka Hall", "Sari Nevala"), "yes")


@pytest.mark.parametrize("blank", ["", "\n"])
def test_a_heading_of_a_text_refuses_for_the_people_below_it(blank):
    text = (
        "Kutsutaan:\nJukka Hall, jukka@example.org\n\nEi saa lähettää (pyysivät poistoa):\n"
        f"{blank}Reijo Mäki, reijo@example.org\nTiina Laakso, tiina@example.org\n"
        "\nKutsutaan myös:\nSari Nevala, sari@example.org\n"
    )
    assert consents("list.txt", text) == {
        **dict.fromkeys(("Jukka Hall", "Sari Nevala"), "yes"),
        **dict.fromkeys(("Reijo Mäki", "Tiina Laakso"), "no"),
    }


def test_a_footnote_of_a_column_refuses_for_whoever_has_a_cell_there():
    text = "Nimi*;Sähköposti¹)\nJukka Hall;jukka@example.org\nSari Nevala;\n{} pakollinen\n{}\n"
    refused = text.format("*", "¹) ei saa lähettää kutsuja")
    assert consents("list.csv", refused) == {"Jukka Hall": "no", "Sari Nevala": "yes"}
    told = text.format("*", "¹) ei julkaista verkossa")
    assert consents("list.csv", told) == {"Jukka Hall": "yes", "Sari Nevala": "yes"}


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("Saako sinulle lähettää kutsuja verkoston tapahtumiin?", "leave"),
        ("Saako osallistujalle lähettää kutsun jatkossakin?", "leave"),
        ("Saammeko ottaa sinuun yhteyttä?", "leave"),
        ("Haluatko jatkossa kutsuja tapahtumiimme?", "leave"),
        ("Annan luvan lähettää minulle sähköpostia", "leave"),
        ("Får vi skicka inbjudningar till dig?", "leave"),
        ("Vill du få inbjudningar i fortsättningen?", "leave"),
        ("May we contact you about future events?", "leave"),
        ("I agree to receive news by email", "leave"),
        ("Bounced", "opt-out"),
        ("Saako yhteystietosi julkaista verkoston sivuilla?", "other"),
        ("Saako minusta ottaa kuvia?", "other"),
        ("Haluatko lounaan?", "other"),
        ("Haluatko osallistua työpajaan?", "answer"),
        ("Vill du ha mat?", "other"),
        ("En halua kutsuja", "other"),
    ],
)
def test_what_a_form_s_question_asks_for(header, kind):
    assert consent_kind(header) == kind


def test_a_no_to_a_form_s_question_is_heard():
    text = (
        "Nimi;Saako sinulle lähettää kutsuja verkoston tapahtumiin?\nJukka Hall;Ei\nIda Holm;Joo\n"
    )
    assert consents("list.csv", text) == {"Jukka Hall": "no", "Ida Holm": "yes"}


@pytest.mark.parametrize(
    ("header", "cell"), [("Huom", "ei saa lähettää kutsuja"), ("Saako sinut kutsua?", "ei")]
)
@pytest.mark.parametrize(
    ("headers", "cells"),
    [("Yhdistys", "Kaisla ry, Tuulia ry"), ("Yhdistys 1;Yhdistys 2", "Kaisla ry;Tuulia ry")],
)
def test_a_refusal_counts_in_each_organisation_of_a_person(headers, cells, header, cell):
    text = f"Nimi;{headers};Sähköposti;{header}\nIda Holm;{cells};ida@example.org;{cell}\n"
    of = read_list(text.encode("utf-8"), "list.csv")
    outcome, _ = import_contacts(book(), of, guess_columns(of), TickingClock().now(), agreed=True)
    inbox = book().with_changes(outcome.plan.changes).table("inbox")
    told = [(row["org"], row["consent"]) for _, row in inbox.rows()]
    assert told == [("Kaisla ry", "no"), ("Tuulia ry", "no")]
