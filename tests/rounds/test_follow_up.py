"""After an event: whom we met, a letter each, nobody twice; and an event that nobody knows."""

from __future__ import annotations

from email import message_from_bytes
from email.policy import default

import pytest

from register.book.errors import UsageError
from register.cooperation.people_met import people_met_at
from register.rounds.follow_up import plan_follow_up, send_follow_up
from tests.letters.correspondence import (
    AMINA,
    MAIJA,
    NILS,
    T,
    invitation,
    meeting,
    named,
    person,
    register,
)
from tests.rounds.test_follow import Archive
from tests.rounds.test_invite import room

FAIR = "Järjestömessut 2026"
PEOPLE = [
    person(met_at=FAIR),
    person(NILS, first="Nils", last="Berg", email="nils@example.com", met_at="järjestömessut 2026"),
    person(AMINA, first="Amina", last="Osei", email="amina@esimerkki.example", met_at="Muualla"),
    person(named("H", "no"), first="Ei", email="ei@example.org", met_at=FAIR, invite="no"),
    person(named("H", "two"), first="Kati", email="kati@example.org", met_at=f"Muualla, {FAIR}"),
]
MATTER = {
    "id": named("Y", "room"),
    "matter": "Yhteinen kokoustila",
    "person": f"Maija Meri · {MAIJA}",
    "date": "2026-11-01",
    "state": "open",
}


def wrote(book, event, folder):
    post = Archive()
    with room(post, folder) as opened:
        outcome = send_follow_up(book, event, opened)
    return outcome, getattr(post, "letters", {})


def text_of(letter):
    mail = message_from_bytes(letter.data, policy=default)
    return mail.get_body(("plain",)).get_content()


def test_whom_we_met_gets_one_letter(tmp_path):
    book = register(PEOPLE, cooperation=[MATTER], inbox=[{"first": "Uusi", "met_at": FAIR}])
    outcome, letters = wrote(book, "JÄRJESTÖMESSUT 2026", tmp_path)
    assert set(letters) == {"maija.meri@example.org", "nils@example.com", "kati@example.org"}
    maija = text_of(letters["maija.meri@example.org"])
    assert FAIR in maija and "Yhteinen kokoustila" in maija and "Espoon Kylät ry" in maija
    assert "Puhuimme" not in text_of(letters["nils@example.com"])
    said = {msgid: values["count"] for msgid, values in outcome.notes if "count" in values}
    assert said["{count} are not to be invited ({column:people.invite} is not “yes”)"] == 1
    assert any("still wait in {tab:inbox}" in msgid for msgid in said)
    again, letters = wrote(book, FAIR, tmp_path)
    assert not letters and ("{count} have had this letter", {"count": 3}) in again.notes


def test_another_event_is_another_letter(tmp_path):
    book = register(PEOPLE)
    wrote(book, FAIR, tmp_path)
    _, letters = wrote(book, "Muualla", tmp_path)
    assert set(letters) == {"amina@esimerkki.example", "kati@example.org"}


def test_those_who_were_at_a_meeting_were_met_there(tmp_path):
    rows = [
        invitation(MAIJA, "maija.meri@example.org", attended="yes"),
        invitation(NILS, "nils@example.com", attended="no"),
    ]
    book = register(PEOPLE, invitations=rows, meetings=[meeting()])
    for name in (T, T.lower(), "syystapaaminen"):
        assert people_met_at(book, name).people == (MAIJA,)
    with room(Archive(), tmp_path) as opened:
        assert plan_follow_up(book, T, opened).met.event == "Syystapaaminen"


@pytest.mark.parametrize("text", ["{{ 7*7 }} <b>x</b>", "[tästä](https://example.net) <b>x</b>"])
def test_what_was_talked_about_is_data(tmp_path, text):
    hostile = {**MATTER, "matter": text}
    _, letters = wrote(register(PEOPLE, cooperation=[hostile]), FAIR, tmp_path)
    mail = message_from_bytes(letters["maija.meri@example.org"].data, policy=default)
    page = mail.get_body(("html",)).get_content()
    assert "<b>x</b>" not in page and "https://example.net" not in page
    assert ("{{ 7*7 }} &lt;b&gt;x&lt;/b&gt;" in page) == ("https" not in text)


@pytest.mark.parametrize("event", ["", "   ", "Järjestömesut", "x" * 300, "T-00000", "{{7*7}}"])
def test_an_event_that_nobody_knows(event):
    with pytest.raises(UsageError) as stop:
        people_met_at(register(PEOPLE), event)
    assert stop.value.exit_code == 2
    if event == "Järjestömesut":
        assert FAIR in stop.value.values["known"]
