"""What is kept too long, as people decide it in the sheet: kept, asked, archived, erased."""

from __future__ import annotations

import os
import re
from datetime import date, timedelta

import pytest
from openpyxl import load_workbook

from register.book.change import Change
from register.review.retention import (
    decided_people,
    retention_question,
    retention_questions,
    uninformed_question,
    uninformed_questions,
)
from register.words.sentences import Sentences
from tests.making import book
from tests.test_scripts import exits, types

TODAY = date(2026, 11, 29)
BOOK = ("--book", "r.xlsx")
LONG_AGO = "2020-01-01"
CONFIG = '[privacy]\nautomatic = ["ask"]\nfiles_days = 30\n'


def asked(decision="", **row):
    row = {"id": "H-00000", "first": "Maija", "last": "Malli", "added_on": LONG_AGO, **row}
    made = book(people=[row])
    found = made.with_changes(retention_question(made, "H-00000", LONG_AGO, Sentences("fi")))
    ((case, _),) = found.table("review").rows()
    return found.with_changes([Change("review", case, "decision", "", decision, "by hand")])


@pytest.mark.parametrize("status", ["", "archived"])
def test_each_decision_is_offered_and_a_letter_only_to_who_is_in_use(status):
    (question,) = retention_questions(asked(status=status), TODAY)
    always = {"confirm", "erase", "ignore"}
    assert set(question.choices) == (always if status else {*always, "archive", "ask"})


@pytest.mark.parametrize(
    ("word", "wanted"),
    [("poista", "erase"), ("poista rekisteristä", "erase"), ("radera", "erase"), ("kysy", "ask")],
)
def test_what_the_tool_does_itself_is_known_in_any_words(word, wanted):
    decided = asked(word)
    assert decided_people(decided, wanted) == ["H-00000"]
    assert retention_questions(decided, TODAY)


def test_who_has_confirmed_meanwhile_is_asked_about_no_more():
    for word in ("", "kysy"):
        assert retention_questions(asked(word, verified_on="2026-11-01"), TODAY) == []
    assert decided_people(asked("kysy", id="H-11111"), "ask") == []


def test_who_is_untold_is_one_question_a_month():
    say, made = Sentences("fi"), book()
    once = made.with_changes(uninformed_question(made, "2026-11", 40, say))
    assert len(uninformed_questions(once)) == 1
    assert list(uninformed_question(once, "2026-11", 41, say)) == []
    assert list(uninformed_question(once, "2026-12", 41, say))


@pytest.fixture
def folder(tmp_path):
    """A register with three people from long ago, and the questions about them."""
    exits(0, tmp_path, "create.py", *BOOK, "--apply")
    (tmp_path / "list.csv").write_text(
        "Nimi;Yhdistys;Sähköposti\nMaija Malli;Kylä ry;maija@kyla.example\n"
        "Pekka Testi;Kylä ry;pekka@kyla.example\nLiisa Koe;Kylä ry;liisa@kyla.example\n",
        "utf-8",
    )
    exits(0, tmp_path, "contacts.py", "import", "list.csv", *BOOK, "--apply")
    exits(0, tmp_path, "cleanup.py", *BOOK, "--apply", "--fail-on", "never")
    for row in (2, 3, 4):
        types(tmp_path, "Yhteyshenkilöt", row, "Lisätty", "1.1.2020")
    (tmp_path / "config.toml").write_text(CONFIG, "utf-8")
    return tmp_path


def cells(folder, tab):
    """What stands in a tab, a row each, by header."""
    headers, *rows = load_workbook(folder / "r.xlsx")[tab].iter_rows(values_only=True)
    found = [dict(zip(headers, row, strict=True)) for row in rows]
    return [row for row in found if any(row.values())]


def decide(folder, **decisions):
    """Type a decision beside the question about each person, by first name."""
    for number, row in enumerate(cells(folder, "Tarkista"), start=2):
        for name, decision in decisions.items():
            if name in str(row.get("Rivi", "")) and "säilytysaika" in str(row.get("Mitä", "")):
                types(folder, "Tarkista", number, "Päätös", decision)


def test_what_people_decide_in_the_sheet(folder):
    said = exits(0, folder, "autopilot.py", *BOOK, "--apply").stdout
    assert "kerrottu" in said
    questions = [row["Mitä"] for row in cells(folder, "Tarkista")]
    assert sum("säilytysaika" in one for one in questions) == 3
    assert sum("14 artikla" in one for one in questions) == 1

    decide(folder, Maija="poista", Pekka="kysy", Liisa="tiedot pitävät")
    types(folder, "Yhteyshenkilöt", 2, "Puhelin", "040 12")
    would = exits(0, folder, "privacy.py", "due", *BOOK).stdout
    assert "poistettaisiin" in would
    assert len(cells(folder, "Yhteyshenkilöt")) == 3
    assert "Maija" in str(cells(folder, "Yhteyshenkilöt"))

    said = exits(0, folder, "autopilot.py", *BOOK, "--apply", "--report-dir", "night").stdout
    assert "on poistettu" in said and "Maija" not in said
    (report,) = (folder / "night").iterdir()
    assert "Liisa" in report.read_text("utf-8") and "Maija" not in report.read_text("utf-8")
    people = str(cells(folder, "Yhteyshenkilöt"))
    assert "Maija" not in people and "Pekka" in people and "Liisa" in people
    assert "maija" not in (folder / "r.xlsx").read_bytes().decode("latin-1").lower()
    again = exits(0, folder, "autopilot.py", *BOOK, "--apply").stdout
    assert "on poistettu" not in again
    letters = exits(0, folder, "invite.py", "freshness", *BOOK).stdout
    assert "Yksi kirje lähtisi" in letters


def test_lists_for_the_door_and_rehearsed_letters_go_by_their_own_clock(folder):
    types(folder, "Tapaamiset", 2, "Nimi", "Ilta")
    exits(0, folder, "autopilot.py", *BOOK, "--apply")
    exits(0, folder, "invite.py", "notice", *BOOK, "--apply", "--confirm", release(folder))
    letters = sorted((folder / "outbox").glob("*.eml"))
    own = folder / "outbox" / "oma.eml"
    own.write_bytes(b"Subject: oma\n\nX-Campaign-ID: lainaus\n")
    assert len(letters) == 3
    for path in (*letters[:2], own):
        age(path, 31)
    said = exits(0, folder, "privacy.py", "due", *BOOK, "--format", "json").stdout
    assert "2" in said and all(path.is_file() for path in letters)
    said = exits(0, folder, "privacy.py", "due", *BOOK, "--apply").stdout
    assert sorted((folder / "outbox").glob("*.eml")) == sorted([letters[2], own])
    assert "2 tiedostoa" in said and not any(path.name in said for path in letters)


def release(folder):
    said = exits(0, folder, "invite.py", "notice", *BOOK).stdout
    return re.search(r"\d+:[0-9a-f]{8}", said)[0]


def age(path, days):
    then = path.stat().st_mtime - timedelta(days=days).total_seconds()
    os.utime(path, (then, then))
