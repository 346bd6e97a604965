"""``describe``, ``basis``, ``due``: what is said of the register, and what is due in it."""

import json
from datetime import date

import pytest

from register.book.schema import schema
from register.privacy.description import NOTES, Controller, description
from register.privacy.retention import Retention, basis_rows, overdue_people
from register.review.retention import retention_question, retention_questions
from register.words.sentences import Sentences
from tests.making import book
from tests.test_scripts import exits, types

TODAY = date(2026, 11, 29)
BOOK = ("--book", "r.xlsx")


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_every_column_is_described_in_every_language(language):
    lines = list(description(book(), Controller("Kylä ry", "a@b.fi"), Sentences(language)))
    data = "\n".join(line for section, line in lines if section == "data")
    assert Sentences(language)("not described yet") not in data
    for tab in schema().tabs.values():
        for column in tab.columns:
            assert column.headers[language] in data
    assert {section for section, _ in lines} == set(NOTES)


def test_the_description_says_what_the_configuration_says():
    said = described(Controller("Kylä ry", "a@b.fi"))
    assert "nobody else" in said["receivers"] and "None" in said["transfers"]
    assert "party of elected representatives" in said["interest"]
    mailed = Controller("Kylä ry", "a@b.fi", mail_server="smtp.gmail.com", receivers=("Kunta",))
    said = described(mailed)
    assert "nobody else" not in said["receivers"] and "Kunta" in said["receivers"]
    assert "None" not in said["transfers"] and "smtp.gmail.com" in said["transfers"]
    kept = described(Controller("Kylä ry", "a@b.fi", in_register=True))
    assert "hidden tab" in kept["data"] and "hidden tab" not in said["data"]


def test_how_many_people_there_are_stands_in_a_section_of_its_own():
    ours = Controller("Kylä ry", "a@b.fi")
    one = described(ours, person("H-00000", basis="consent", group="elected"))
    none = described(ours)
    assert {key for key in NOTES if one[key] != none[key]} == {"now"}


def described(ours, *people):
    found = dict.fromkeys(NOTES, "")
    for section, line in description(book(people=list(people)), ours, Sentences("en")):
        found[section] += f"{line}\n"
    return found


def person(row_id, **cells):
    return {"id": row_id, "first": "Maija", "last": "Malli", **cells}


@pytest.mark.parametrize(
    ("cells", "due"),
    [
        ({"verified_on": "2024-11-29"}, True),
        ({"verified_on": "2024-11-30"}, False),
        ({"added_on": "2020-01-01", "verified_on": "2026-01-01"}, False),
        ({"added_on": "2023-01-01", "group": "elected"}, False),
        ({"added_on": "2022-01-01", "group": "elected"}, True),
        ({"added_on": "2020-01-01", "status": "merged"}, False),
        ({"added_on": "2020-01-01", "status": "archived"}, True),
        ({"added_on": "2020-01-01", "first": "", "last": ""}, False),
        ({}, False),
    ],
)
def test_who_is_due(cells, due):
    made = book(people=[person("H-00000", **cells)])
    found = overdue_people(made, Retention(24, {"elected": 48}), TODAY)
    assert bool(found) is due


CONSENT = {"basis": "consent", "consent_on": "2026-01-01", "consent_words": "Saa kutsua: x (kortti)",
           "source": "kortti"}  # fmt: skip


@pytest.mark.parametrize(
    ("cells", "lacking"),
    [
        ({**CONSENT, "consent_on": ""}, {"consent-without-date"}),
        ({**CONSENT, "consent_words": ""}, {"consent-without-words"}),
        (CONSENT, set()),
        ({"basis": "legitimate_interest", "source": "https://x.example"}, set()),
        ({"basis": "legitimate_interest", "source": "x@y.example"}, {"source-unsaid"}),
        ({"basis": "legitimate_interest", "met_at": "Messut"}, set()),
        ({"basis": "legitimate_interest"}, {"no-source"}),
        ({"source": "kortti"}, {"no-basis"}),
        ({"basis": "public_duty", "group": "other", "source": "x"}, {"not-an-office"}),
        ({"basis": "public_duty", "group": "elected", "source": "x"}, set()),
        ({**CONSENT, "consent_on": "2027-01-01"}, {"consent-in-future"}),
    ],
)
def test_what_a_ground_lacks(cells, lacking):
    (row,) = basis_rows(book(people=[person("H-00000", **cells)]), TODAY)
    assert set(row.lacking) == lacking


def test_who_is_due_is_asked_about_until_somebody_answers():
    made = book(people=[person("H-00000", added_on="2020-01-01")])
    asked = made.with_changes(retention_question(made, "H-00000", "2020-01-01", Sentences("fi")))
    (question,) = retention_questions(asked, TODAY)
    assert set(question.choices) == {"confirm", "archive", "ask", "erase", "ignore"}
    (confirmed,) = question.choices["confirm"]
    assert (confirmed.column, confirmed.after) == ("verified_on", TODAY.isoformat())
    assert retention_questions(asked.with_changes([confirmed]), TODAY) == []


def test_what_a_user_types(tmp_path):
    exits(0, tmp_path, "create.py", *BOOK, "--apply")
    (tmp_path / "list.csv").write_text(
        "Nimi;Yhdistys;Sähköposti;Tehtävä\nMaija Malli;Kylä ry;m@example.org;sihteeri\n", "utf-8"
    )
    exits(0, tmp_path, "contacts.py", "import", "list.csv", *BOOK, "--apply")
    exits(0, tmp_path, "cleanup.py", *BOOK, "--apply", "--fail-on", "never")
    types(tmp_path, "Yhteyshenkilöt", 2, "Lähde", "")
    rows = json.loads(
        exits(0, tmp_path, "privacy.py", "basis", "--lacking", *BOOK, "--format", "json").stdout
    )
    assert [row["lacking"] for row in rows] == [["no-source"]]

    types(tmp_path, "Yhteyshenkilöt", 2, "Tarkistettu", "1.1.2020")
    types(tmp_path, "Yhteyshenkilöt", 2, "Lisätty", "1.1.2020")
    assert "säilytysaika" in exits(0, tmp_path, "privacy.py", "due", *BOOK).stdout
    exits(0, tmp_path, "privacy.py", "due", *BOOK, "--apply")
    again = exits(0, tmp_path, "privacy.py", "due", *BOOK, "--format", "json")
    assert json.loads(again.stdout)["changes"] == []
    exits(0, tmp_path, "cleanup.py", *BOOK, "--apply", "--fail-on", "never")

    first = ("privacy.py", "describe", *BOOK, "--format", "json", "--apply")
    assert json.loads(exits(0, tmp_path, *first).stdout)["changed"] == []
    (tmp_path / "config.toml").write_text("[privacy]\nretention_months = 36\n", "utf-8")
    changed = json.loads(exits(0, tmp_path, *first).stdout)["changed"]
    assert any("36" in line for line in changed) and any("24" in line for line in changed)
    doctor = exits(0, tmp_path, "doctor.py", *BOOK).stdout
    assert "kopiota" in doctor and "Mikään poisto ei ole kesken" in doctor


def test_the_report_of_grounds_is_a_page_too(tmp_path):
    exits(0, tmp_path, "create.py", *BOOK, "--apply")
    exits(0, tmp_path, "privacy.py", "basis", *BOOK, "--report-dir", "out")
    assert "<table" in (tmp_path / "out" / "basis.html").read_text("utf-8")
