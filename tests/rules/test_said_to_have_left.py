"""Whose post a list says has ended has a day of end."""

import pytest

from register.book.schema import LANGUAGES
from register.people.departure_notes import departure_note
from register.rules import said_to_have_left as rule
from register.rules.rule import RuleContext
from register.words.sentences import Sentences
from tests.making import book
from tests.rules.expecting import TODAY


def findings(of):
    return list(rule.check(of, RuleContext(TODAY)))


LEFT = {
    "Jäsennumero: 103; Jäsenyyden tila: Eronnut": "",
    "Jäsenyyden tila: Eronnut; Eroamispäivä: 31.12.2023": "2023-12-31",
    "Jäsenyys: Päättynyt; Jäsenyyden loppu: 31.12.2023; Jäsentyyppi: Kannatus": "2023-12-31",
    "tavattu messuilla\nTila: lopettanut": "",
    "Medlemskap: avslutat": "",
    "Tila: toiminta päättynyt 2023": "",
    "Status: verksamheten avslutad": "",
    "Membership status: Resigned": "",
    "lopetti 2024\nNro: 4": "",
    "Toiminta loppunut 31.12.2025": "2025-12-31",
    "ei enää toiminnassa": "",
    "yhdistys purettu v. 2022": "",
    "Yhdistys ei ole enää toiminnassa": "",
    "ei toimi enää": "",
    "Föreningen finns ej mer": "",
    "Verksamheten har upphört": "",
    "upplöst 2021": "",
    "Lopetti toimintansa vuoden 2024 lopussa": "",
    "No longer active.": "",
    "Väri: punainen; Yliviivattu: koko rivi": "",
    "Överstruket: hela raden": "",
    "Struck through: the whole row": "",
}
THERE = (
    "",
    "Jäsenyyden tila: Jäsen",
    "Jäsenyyden tila: Jäsen; Eroamispäivä: 31.12.2027",
    "Tila: voimassa",
    "Yliviivattu: Puhelin: 040 111 2222",
    "Hänen edeltäjänsä on lopettanut",
    "lopetti kahvin juonnin 2024",
    "Toiminta loppuu 31.12.2027",
    "erosi hallituksesta, jatkaa sihteerinä",
    "ei toimi enää kesäisin",
    "ei enää mukana Olarin hankkeessa",
    "Edeltäjä eronnut 2023: kysy Liisalta",
    "Juhlatila: lopettanut toimintansa talvella",
)


@pytest.mark.parametrize("notes", LEFT)
def test_a_day_of_end_is_proposed_and_no_more_asked_about_once_it_is_there(notes):
    row = {"first": "Pia", "last": "Holm", "notes": notes, "added_on": "2026-10-01"}
    (found,) = findings(book(people=[row]))
    assert (found.column, found.suggestion) == ("end", LEFT[notes] or "2026-10-01")
    assert not findings(book(people=[{**row, "end": "2026-01-01"}]))
    (found,) = findings(book(organisations=[{"name": "Kaisla ry", "notes": notes}]))
    assert (found.column, found.suggestion) == ("stage", "ended")


@pytest.mark.parametrize("notes", THERE)
def test_who_is_there_is_left_alone(notes):
    assert not departure_note(notes, TODAY.isoformat())


def test_what_import_writes_of_a_struck_row_is_understood_in_each_language():
    for say in map(Sentences, LANGUAGES):
        assert departure_note(f"{say('Struck through')}: {say('the whole row')}", "2026-11-23")


@pytest.mark.parametrize(
    "notes",
    ["Kaisla ry on lopettanut toimintansa 2025", "x\nKaisla: lopetti 2024", "kaisla har upphört"],
)
def test_whose_name_begins_the_remark_is_the_row(notes):
    (found,) = findings(book(organisations=[{"name": "Kaisla ry", "notes": notes}]))
    assert found.suggestion == "ended"
    others = {"name": "Loiske ry", "notes": notes}
    assert findings(book(organisations=[others])) == []


def test_somebody_of_whom_their_own_notes_say_it_by_name():
    person = {"first": "Eila", "last": "Kaski", "notes": "Eila Kaski on lopettanut"}
    assert [one.column for one in findings(book(people=[person]))] == ["end"]
