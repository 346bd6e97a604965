"""Columns and notes of a list that say no to letters, in three languages: none comes in as a yes."""

import pytest

from register.imports.contact_list import import_contacts
from register.intake.columns import guess_columns
from register.sources.files import read_list
from tests.conftest import TickingClock
from tests.making import book


def consent(header, cell):
    """Return the consent of a row with this cell, where the importer says that all agree."""
    text = (
        f"Nimi;Sähköposti;{header}\nEila Kaski;eila@example.org;{cell}\nIvo Tamm;i@example.org;\n"
    )
    sheet = read_list(text.encode(), "l.csv")
    outcome, _ = import_contacts(
        book(), sheet, guess_columns(sheet), TickingClock().now(), agreed=True
    )
    inbox = book().with_changes(outcome.plan.changes).table("inbox")
    return {row["name"]: row["consent"] for _, row in inbox.rows()}["Eila Kaski"]


@pytest.mark.parametrize(
    ("header", "cell"),
    [("Postituslista", "ei"), ("Jakelu", "ei"), ("Jakelulista", "Ei"), ("Postitus", "Ei"),
     ("Tilaaja", "ei"), ("Yhteydenotto", "ei"), ("Sähköposti sallittu", "0"),
     ("Yhteystietojani saa käyttää kutsuihin", "ei"), ("Poistettu listalta", "1.2.2025"),
     ("Utskick", "nej"), ("E-postutskick", "nej"), ("Prenumererar", "nej"), ("Kontakta ej", "x"),
     ("Subscribed", "false"), ("Email OK?", "no"), ("OK to email", "N"),
     ("Huom", "poistettu jakelulta 2024"), ("Huom", "vain puhelimitse"), ("Huom", "vain kirjeposti"),
     ("Obs", "endast per telefon"), ("Notes", "phone only"), ("Notes", "only by post")],
)  # fmt: skip
def test_a_no_is_heard_although_the_importer_says_that_all_agree(header, cell):
    assert consent(header, cell) == "no"


@pytest.mark.parametrize(
    ("header", "cell"),
    [("Jakelu", "kyllä"), ("Jakelu", "A"), ("Postituslista", "x"), ("Subscribed", "true"),
     ("Do not disturb after", "20.00"), ("Huom", "soitan puhelimitse"), ("Jäsen", "ei"),
     ("Huom", "poistettu hallituksesta")],
)  # fmt: skip
def test_what_is_no_refusal_leaves_the_importers_word(header, cell):
    assert consent(header, cell) == "yes"


@pytest.mark.parametrize(("header", "cell"), [("Jakelu", "kyllä"), ("Subscribed", "true")])
def test_who_is_on_a_list_has_not_agreed_by_that(header, cell):
    text = f"Nimi;Sähköposti;{header}\nEila Kaski;eila@example.org;{cell}\n"
    sheet = read_list(text.encode(), "l.csv")
    outcome, _ = import_contacts(book(), sheet, guess_columns(sheet), TickingClock().now())
    inbox = book().with_changes(outcome.plan.changes).table("inbox")
    assert [row["consent"] for _, row in inbox.rows()] == [""]
