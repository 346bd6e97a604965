"""What the rows of a sign-up form, and mails that join, say; whatever their questions are called."""

from datetime import datetime
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest

from register.book.errors import UsageError
from register.configuration.forms import SignUpColumns, SignUpForm
from register.replies.form_columns import own_columns
from register.replies.sign_up import form_sign_ups, mail_sign_ups
from register.replies.verdict import Verdict

NOW = datetime(2026, 11, 30, 9, 0, tzinfo=ZoneInfo("Europe/Helsinki"))
FORM = SignUpForm(tab="Vastaukset", meeting="Kevätkokous")
TARGETS = ("at", "name", "first", "last", "org", "email", "phone", "text")
OF_A_GOOGLE_FORM = {
    "fi": "Aikaleima|Sähköpostiosoite|Nimesi|Yhdistys tai organisaatio|Montako teitä tulee?"
    "|Onko erityisruokavalioita tai esteettömyystarpeita?|Muuta kerrottavaa tai kysyttävää",
    "sv": "Tidstämpel|E-postadress|Ditt namn|Förening eller organisation|Hur många kommer ni?"
    "|Specialdiet eller tillgänglighetsbehov?|Övrigt",
    "en": "Timestamp|Email Address|Your name|Organisation|How many of you are coming?"
    "|Dietary or accessibility needs?|Anything else?",
}
OF_A_WEB_FORM = "Päiväys|Sähköposti|Nimi|Yhdistys|Osallistujamäärä|Ruokavalio|Viesti"
CELLS = ["2026-11-20 09:02:00", "ulla@example.net", "Ulla Uusi", "Uusi seura ry"]


def read(headers, *rows, form=FORM):
    return form_sign_ups([headers.split("|"), *rows], form, TARGETS, lambda _: False, NOW)


@pytest.mark.parametrize("headers", [*OF_A_GOOGLE_FORM.values(), OF_A_WEB_FORM])
def test_the_questions_are_known_by_their_words(headers):
    (one,) = read(headers, [*CELLS, "2", "Vegaani, pyörätuoli", "Voiko autolla tulla pihaan?"])
    assert (one.party, one.needs) == (2, "Vegaani, pyörätuoli")
    assert one.words == one.question == "Voiko autolla tulla pihaan?"
    assert f"{one.at:%Y-%m-%d %H:%M}" == "2026-11-20 09:02"
    assert (one.cells["name"], one.cells["email"]) == ("Ulla Uusi", "ulla@example.net")
    assert "Vegaani" not in " ".join(one.cells.values())


@pytest.mark.parametrize(
    ("cell", "party", "words"),
    [("2", 2, ""), ("kaksi", 2, ""), ("3 henkilöä", 3, ""), ("", 0, ""),
     ("minä ja pari muuta", 0, "minä ja pari muuta")],
)  # fmt: skip
def test_how_many_come_is_read_or_shown(cell, party, words):
    (one,) = read(OF_A_GOOGLE_FORM["fi"], [*CELLS, cell, "ei", "Kiitos!"])
    assert (one.party, one.words, one.needs) == (party, words, "")


@pytest.mark.parametrize(
    "header",
    ["Kuinka monta jäsentä yhdistyksessänne on?", "Mistä kuulit tapaamisesta?", "Kotikunta",
     "Mitä tarpeita yhdistykselläsi on?", "Organisaatio", "Hur många medlemmar har ni?"],
)  # fmt: skip
def test_other_questions_are_left_alone(header):
    assert own_columns([header], SignUpForm(tab="x")) == {}


def test_a_header_of_ones_own_that_is_not_there_is_a_fault():
    form = SignUpForm(tab="x", meeting="y", columns=SignUpColumns(party="Pax"))
    with pytest.raises(UsageError) as fault:
        own_columns(["Aikaleima", "Nimi"], form)
    assert "[sign_up_form]" in str(fault.value)
    assert own_columns(["Nimi", "PAX "], form)["party"] == 1
    assert own_columns(["Nimi", "Montako tulee?"], form)["party"] == 1
    assert own_columns([], form) == {}


def test_two_in_a_row_are_no_more_than_it_says():
    first, second = read(
        OF_A_GOOGLE_FORM["fi"], [CELLS[0], "pari@koti.example", "Aino ja Eino Pari", "", "3"]
    )
    assert (first.party, second.party) == (2, 1)
    assert (first.cells["email"], first.question) == ("pari@koti.example", "")


@pytest.mark.parametrize(
    ("words", "another"),
    [("Ilmoitan mukaan Liisa Virtasen.", True), ("Anmäler min kollega Bo Berg.", True),
     ("I'd like to sign up my colleague.", True), ("Ilmoitan itseni mukaan.", False),
     ("Ilmoitan meidät, meitä on kaksi.", False), ("Jag anmäler mig.", False),
     ("Jag anmäler oss båda.", False), ("Please sign me up.", False), ("Ilmoittaudun.", False)],
)  # fmt: skip
def test_who_signs_up_somebody_else_is_not_taken_for_them(words, another):
    verdict = Verdict("sign-up", sender="a@b.example", words=words, sign_up="Kevätkokous")
    (one,) = mail_sign_ups([SimpleNamespace(key="k", print="p", verdict=verdict)], NOW)
    assert one.another == another
