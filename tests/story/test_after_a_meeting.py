"""An open meeting from its queue to what was promised there, by the scripts alone, on both stores."""

from __future__ import annotations

import csv
import re
from email import message_from_bytes
from email.policy import default

import pytest

from tests.registers import configure
from tests.story.test_meeting_from_sheet import LIISA, smtp_server
from tests.test_scripts import run

pytestmark = pytest.mark.story

CONFIG = """
[letters]
from_address = "verkosto@yhdistys.example"
release = ["{liisa}"]
automatic = ["receipt"]
[sign_up_form]
file = "form.csv"
meeting = "Kevättapaaminen"
[privacy]
needs_days = 14
[post]
kind = "smtp"
host = "127.0.0.1"
port = {port}
security = "none"
"""
MEETING = {
    "Nimi": "Kevättapaaminen",
    "Laji": "verkostotapaaminen",
    "Pvm": "20.4.2027",
    "Alkaa": "17.30",
    "Paikka": "Kirjasto",
    "Alue": "Tampere",
    "Paikkoja": "1",
    "Avoin ilmoittautuminen": "kyllä",
    "Kiitos": "kyllä",
    "Muistio": "https://muistiot.example/7",
}
PEOPLE = ("Meri", "Ranta")


@pytest.fixture
def spring(register):
    with smtp_server() as (letters, port):
        configure(register, CONFIG.format(liisa=LIISA, port=port))
        (register.folder / "form.csv").write_text("", encoding="utf-8")
        organisation = {"Nimi": "Kylät ry", "Tyyppi": "yhdistys", "Kotikunta": "Tampere"}
        register.types_row("Organisaatiot", 2, organisation)
        for row, last in enumerate(PEOPLE, start=2):
            person = {"Etunimi": "Maija", "Sukunimi": last, "Organisaatio": "Kylät ry"}
            cells = {"Sähköposti": mailbox(last), "Kutsutaan": "kyllä", "Lähde": "messut"}
            register.types_row("Yhteyshenkilöt", row, person | cells)
        yield Spring(register, letters)


def mailbox(last):
    return f"{last.lower()}@jasenet.example"


class Spring:
    """What the coordinator types, and what a run of all that is due makes of it."""

    def __init__(self, register, letters):
        self.register, self.letters = register, letters

    def runs(self, moment):
        done = run(
            *(self.register.folder, "autopilot.py", *self.register.book, "--apply"),
            *("--fail-on", "never"),
            TESTS_NOW=f"{moment}:00+03:00",
        )
        assert done.returncode == 0, done.stdout + done.stderr

    def row(self, tab, number=0):
        return [row for row in self.register.rows(tab) if row["Tunnus"]][number]

    def released(self, moment, later):
        """Preview in one run, type the code, and have the next one send."""
        self.runs(moment)
        mine = [
            message_from_bytes(data, policy=default) for to, data in self.letters.all if to == LIISA
        ]
        code = re.match(r"\[(\d+-[0-9A-Z]{4})\]", mine[-1]["Subject"])[1]
        self.register.types("Tapaamiset", 2, "Lupa", code)
        if self.row("Tapaamiset")["Tila"] == "esikatseltu":
            self.register.types("Tapaamiset", 2, "Tila", "saa lähettää")
        self.runs(later)

    def guest(self, last):
        found = [row for row in self.register.rows("Kutsut") if last in row["Yhteyshenkilö"]]
        return found[0], self.register.rows("Kutsut").index(found[0]) + 2

    def got(self, last, words):
        """How many letters to somebody have these words."""
        bodies = (
            message_from_bytes(data, policy=default).get_body(("plain",)).get_content()
            for to, data in self.letters.all
            if to == mailbox(last)
        )
        return sum(words in " ".join(body.split()) for body in bodies)


def test_from_the_queue_to_the_thanks_and_what_was_promised(spring):
    register = spring.register
    spring.runs("2027-03-01T08:00")
    register.types_row("Tapaamiset", 2, MEETING | {"Tila": "kokoa kutsuttavat"})
    spring.runs("2027-03-01T09:00")
    register.types("Tapaamiset", 2, "Tila", "esikatselu")
    spring.released("2027-03-01T09:30", "2027-03-01T10:00")
    assert spring.row("Tapaamiset")["Tila"] == "lähetetty", spring.row("Tapaamiset")["Huomautus"]

    with (register.folder / "form.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(
            [
                ["Aikaleima", "Nimi", "Sähköposti", "Tarpeet"],
                ["2027-03-02 09:00:00", "Maija Meri", mailbox("Meri"), "pähkinäallergia"],
                ["2027-03-02 09:05:00", "Maija Ranta", mailbox("Ranta"), ""],
            ]
        )
    spring.runs("2027-03-02T10:00")
    (meri, at), (ranta, _) = spring.guest("Meri"), spring.guest("Ranta")
    assert (meri["Vastaus"], ranta["Vastaus"]) == ("tulossa", "jonossa")
    assert meri["Tarpeet"] == "pähkinäallergia"

    register.types("Kutsut", at, "Vastaus", "ei pääse")
    spring.runs("2027-03-03T10:00")
    ranta, there = spring.guest("Ranta")
    assert ranta["Vastaus"] == "tulossa" and spring.got("Ranta", "Sinulle vapautui paikka") == 1
    register.types("Kutsut", at, "Vastaus", "tulossa")
    register.types("Tapaamiset", 2, "Paikkoja", "2")

    for row in (at, there):
        register.types("Kutsut", row, "Osallistui", "kyllä")
    register.types("Kutsut", at, "Huom", "lupasi lähettää avustusohjeen 15.5. mennessä")
    register.types("Tapaamiset", 2, "Tila", "pidetty")
    spring.released("2027-04-21T10:00", "2027-04-21T11:00")
    spring.runs("2027-04-22T10:00")
    for last in PEOPLE:
        assert spring.got(last, "https://muistiot.example/7") == 1, last
    matters = [row for row in register.rows("Yhteistyö") if row["Tilanne"] == "auki"]
    assert [row["Yhteyshenkilö"].partition(" · ")[0] for row in matters] == ["Maija Meri"]
    assert spring.guest("Meri")[0]["Tarpeet"] == "pähkinäallergia"

    spring.runs("2027-05-05T10:00")
    assert spring.guest("Meri")[0]["Tarpeet"] == ""
    told = "".join(str(row) for row in register.rows("Loki"))
    assert "pähkinä" not in told


def test_a_poll_whose_days_pass_before_it_is_released_asks_nobody(spring):
    register = spring.register
    spring.runs("2027-03-01T08:00")
    days = {"Pvm": "", "Päivävaihtoehdot": "10.3.2027, 11.3.2027", "Tila": "kokoa kutsuttavat"}
    register.types_row("Tapaamiset", 2, MEETING | days)
    spring.runs("2027-03-01T09:00")
    register.types("Tapaamiset", 2, "Tila", "esikatselu")
    spring.released("2027-03-01T10:00", "2027-03-12T10:00")
    row = spring.row("Tapaamiset")
    assert "päivät ovat jo menneet" in row["Huomautus"] and row["Tila"] != "lähetetty"
    assert {to for to, _ in spring.letters.all} == {LIISA}
