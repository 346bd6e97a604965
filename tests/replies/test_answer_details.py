"""What an answer says besides yes or no, in the ways that people say it, and what is left alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from register.book.log import log_rows
from register.book.table import Table
from register.privacy.retention import NEEDS_REASON, expired_need_changes
from register.replies.answer_details import answer_details
from register.replies.answer_text import read_answer_text
from register.state.journal import SqliteJournal
from tests.letters.correspondence import AMINA, MAIJA, NILS, T
from tests.replies.clients import later, replied
from tests.replies.quotes import PROGRAMS
from tests.replies.test_flow import LATER, Club
from tests.rounds.test_invite import edited, row_of

PARTIES = {
    "tulemme kaksi": 2, "Tulemme kaksi.": 2, "Tulemme kolmestaan, kiitos!": 3, "Meitä tulee neljä": 4,
    "Meitä on tulossa viisi henkeä.": 5, "Tulossa 2 hlö": 2, "Tulossa, 3 henkilöä": 3, "Tulossa +1": 2,
    "Tulen puolisoni kanssa": 2, "Tulossa, avec": 2, "me molemmat tulemme": 2, "Tulen yksin": 1,
    "Ilmoitan meiltä kolme henkilöä": 3, "Olemme tulossa kahden hengen voimin": 2,
    "vi kommer två": 2, "Vi är tre.": 3, "Vi blir fyra personer": 4, "Vi kommer båda": 2,
    "Jag kommer med min fru": 2, "Vi anmäler två": 2, "kommer ensam": 1, "Tack, vi kommer 3 personer": 3,
    "there will be three of us": 3, "We'll be 3 people, thanks!": 3, "Party of four": 4,
    "Both of us will come": 2, "I'm coming with my colleague": 2, "I'm coming, plus one": 2,
    "We are coming, two of us": 2, "Meitä on 400": 400,
}  # fmt: skip
"""Clear answers and how many come; nothing is left for a person to read."""

NO_PARTY = (
    "Tulen 20.4.", "Tulemme kaksi tuntia myöhässä", "Coming at 3", "Vi kommer 2 timmar sent",
    "Tulemme 20. päivä", "Tulemme 3-4 henkeä", "Meitä on kaksi tai kolme", "Emme tule", "En pääse",
    "Tulen kello 2", "Hallituksessa on viisi henkilöä lisää tulossa ensi vuonna", "Vi har två frågor",
    "There are three questions", "Kaksi meistä on sairaana", "I come from two different boards",
)  # fmt: skip

SUBSTITUTES = {
    "Liisa tulee tilalleni": "Liisa",
    "En pääse, mutta Liisa Virtanen tulee tilalleni.": "Liisa Virtanen",
    "Tilalleni tulee Pekka Puro.": "Pekka Puro",
    "Valitettavasti en pääse. Sijastani osallistuu Åsa Öhman": "Åsa Öhman",
    "Nils kommer i mitt ställe": "Nils",
    "Jag har förhinder, Åsa Berg ersätter mig": "Åsa Berg",
    "Maria Smith will come instead of me": "Maria Smith",
    "Sorry! In my place, Tom Brown will come": "Tom Brown",
}

NEEDS = {
    "Tulen. Olen vegaani.": "Olen vegaani",
    "Tulemme kaksi, toinen meistä on kasvissyöjä": "toinen meistä on kasvissyöjä",
    "Kommer, men jag är glutenintolerant": "jag är glutenintolerant",
    "I will attend. I need a wheelchair accessible room.": "I need a wheelchair accessible room",
    "Vi kommer två, en är allergisk mot nötter": "en är allergisk mot nötter",
    "Coming! I am coeliac": "I am coeliac",
}


@pytest.mark.parametrize(("text", "party"), PARTIES.items())
def test_how_many_come(text, party):
    found = answer_details(text)
    heard = read_answer_text(found.plain)
    assert (found.party, heard.guess, heard.clear, heard.added) == (party, "coming", True, "")


@pytest.mark.parametrize("text", NO_PARTY)
def test_what_is_no_party(text):
    found = answer_details(text)
    assert (found.party, found.plain) == (0, text)


@pytest.mark.parametrize(("text", "name"), SUBSTITUTES.items())
def test_who_comes_instead(text, name):
    assert answer_details(text).substitute == name


@pytest.mark.parametrize(
    "text",
    ["Pekka on tulossa, minä en pääse", "Tulen Pekan kanssa", "Kuka tulee tilalleni?", "En pääse"],
)
def test_nobody_comes_instead(text):
    assert answer_details(text).substitute == ""


@pytest.mark.parametrize(("text", "needs"), NEEDS.items())
def test_needs_leave_the_answer_clear(text, needs):
    found = answer_details(text)
    heard = read_answer_text(found.plain)
    assert (found.needs, heard.guess, heard.clear, heard.added) == (needs, "coming", True, "")
    assert needs not in found.shown


def test_a_need_that_the_answer_hangs_on():
    found = answer_details("Tulen vain jos pääsee pyörätuolilla")
    assert found.needs == "Tulen vain jos pääsee pyörätuolilla"
    assert not read_answer_text(found.plain).clear
    assert found.shown == "…"


@pytest.mark.parametrize("text", ["En pääse, minulla on este", "Nähdään hississä", "Tulen in vain"])
def test_no_need_or_no_yes(text):
    assert (
        not read_answer_text(answer_details(text).plain).clear or answer_details(text).needs == ""
    )


def test_a_question_is_kept_and_asked():
    found = answer_details("Tulossa. Onko paikalla pysäköintiä?")
    assert found.question == "Onko paikalla pysäköintiä?"
    assert read_answer_text(found.plain).added


def cells(club, who, *columns):
    row = club.book.table("invitations").row(row_of(club.book, who))
    return tuple(row.get(column, "") for column in columns)


@pytest.mark.parametrize("program", PROGRAMS)
def test_every_program(tmp_path, program):
    club = Club(tmp_path)
    club.get(PROGRAMS[program](club.maija, "Tulemme kaksi. Olen vegaani.\n\nMaija", "above"))
    assert cells(club, MAIJA, "rsvp", "party_size", "needs") == ("coming", "2", "Olen vegaani")
    assert club.rows("review") == []
    assert "tulossa 2" in club.book.table("meetings").cell(T, "tally")


def test_a_party_that_does_not_fit_waits_whole_and_who_fits_goes_before_it(tmp_path):
    club = Club(tmp_path, capacity="3")
    club.get(replied(club.maija, "Tulemme kaksi"))
    club.get(replied(club.nils, "Vi kommer två"), automatic=("receipt",))
    assert club.answer(NILS)[0] == "waitlisted"
    assert (NILS, "waitlisted") in club.receipts
    club.get(replied(club.amina, "Coming"), automatic=("receipt",))
    assert [club.answer(one)[0] for one in (MAIJA, NILS, AMINA)] == [
        "coming",
        "waitlisted",
        "coming",
    ]
    club.get(replied(club.maija, "Valitettavasti emme pääse", later(2)), automatic=("receipt",))
    assert [club.answer(one)[0] for one in (MAIJA, NILS, AMINA)] == [
        "not_coming",
        "coming",
        "coming",
    ]


def test_who_has_a_place_and_would_bring_more_keeps_it_and_a_person_is_asked(tmp_path):
    club = Club(tmp_path, capacity="2")
    club.get(replied(club.maija, "Tulen"), replied(club.nils, "Kommer"))
    club.get(replied(club.maija, "Tulemme kaksi", later(2)))
    assert cells(club, MAIJA, "rsvp", "party_size") == ("coming", "")
    (asked,) = club.rows("review")
    assert asked["suggestion"] == "Vastaus: tulossa; Henkilöitä: 2"
    club.book = edited(club.book, asked["id"], "review", decision="hyväksy")
    club.get()
    assert cells(club, MAIJA, "rsvp", "party_size") == ("coming", "")


@pytest.mark.parametrize(
    ("capacity", "given"), [("", "coming"), ("500", "coming"), ("20", "waitlisted")]
)
def test_a_party_of_four_hundred_is_asked_about(tmp_path, capacity, given):
    club = Club(tmp_path, capacity=capacity)
    club.get(replied(club.maija, "Meitä on 400"))
    assert cells(club, MAIJA, "rsvp", "party_size") == ("", "")
    (asked,) = club.rows("review")
    assert asked["suggestion"] == "Vastaus: tulossa; Henkilöitä: 400"
    club.book = edited(club.book, asked["id"], "review", decision="hyväksy")
    club.get()
    assert cells(club, MAIJA, "rsvp", "party_size") == (given, "400")


def test_two_proposals_that_are_accepted_at_once_keep_to_the_places(tmp_path):
    club = Club(tmp_path, capacity="12")
    club.get(replied(club.maija, "Meitä on 11"), replied(club.nils, "Vi är 12"))
    for row in club.rows("review"):
        club.book = edited(club.book, row["id"], "review", decision="hyväksy")
    club.get()
    assert sorted(club.answer(one)[0] for one in (MAIJA, NILS)) == ["coming", "waitlisted"]


def test_a_substitute_has_the_place_once_a_person_says_so(tmp_path):
    club = Club(tmp_path)
    club.get(replied(club.maija, "En pääse, mutta Liisa Virtanen tulee tilalleni."))
    assert cells(club, MAIJA, "rsvp", "substitute") == ("", "")
    (asked,) = club.rows("review")
    assert asked["suggestion"] == "Vastaus: tulossa; Tilalla: Liisa Virtanen"
    club.book = edited(club.book, asked["id"], "review", decision="hyväksy")
    club.get()
    assert cells(club, MAIJA, "rsvp", "substitute") == ("coming", "Liisa Virtanen")


def test_a_need_stands_in_its_cell_alone_and_goes_after_the_meeting(tmp_path):
    club = Club(tmp_path)
    club.get(replied(club.nils, "Kommer bara om det går med rullstol"))
    (asked,) = club.rows("review")
    need = "Kommer bara om det går med rullstol"
    assert cells(club, NILS, "rsvp", "needs") == ("", need)
    assert need not in str(asked)
    held = edited(club.book, T, "meetings", date="2026-11-20")
    assert [*expired_need_changes(held, LATER.date(), 30)] == []
    (gone,) = expired_need_changes(held, LATER.date() + timedelta(days=30), 14)
    assert (gone.column, gone.before, gone.after, gone.reason) == ("needs", need, "", NEEDS_REASON)


def test_a_register_made_before_goes_on_and_asks_with_all_of_the_words(tmp_path):
    club = Club(tmp_path)
    table = club.book.table("invitations")
    kept = [one for one in table.columns if one not in ("party_size", "needs", "question")]
    cells = {row_id: tuple(table.cell(row_id, one) for one in kept) for row_id, _ in table.rows()}
    older = Table(table.tab, kept, cells, table.numbers)
    club.book = replace(club.book, tables={**club.book.tables, "invitations": older})
    club.get(replied(club.maija, "Tulemme kaksi. Olen vegaani."))
    assert club.answer(MAIJA)[0] == "coming"
    (asked,) = club.rows("review")
    assert "Olen vegaani" in asked["left"] and "Henkilöitä: 2" in asked["left"]
    club.get(replied(club.nils, "Kommer bara om det går med rullstol"))
    assert "rullstol" in club.rows("review")[1]["left"]


def test_neither_log_nor_journal_repeats_a_need(tmp_path):
    club = Club(tmp_path)
    read = club.get(replied(club.maija, "Tulen. Olen vegaani."))
    changes = read.outcome.plan.changes
    assert "Olen vegaani" in str(changes)
    assert "vegaani" not in str(log_rows(changes, "R", "2026-11-28T09:00", club.book))
    SqliteJournal(tmp_path).begin("R", "replies", LATER, read.outcome.plan)
    assert b"vegaani" not in (tmp_path / "journal.sqlite").read_bytes()
