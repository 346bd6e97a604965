"""A poll's ends: who is silent is reminded once, who was asked hears that it is off."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta

import pytest

from register.people.meetings import Meeting
from register.rounds.promises import has_letters_due
from register.state.ledger import SqliteLedger
from tests.letters.correspondence import AMINA, MAIJA, NILS, NOW, T
from tests.replies.clients import later, mail, tapped
from tests.replies.test_flow import added
from tests.rounds.test_follow import ALL
from tests.rounds.test_invite import Killed, edited, row_of
from tests.rounds.test_meetings import LIISA
from tests.rounds.test_poll import MON, TUE, Poll, flat, poll, without

__all__ = ["poll"]
ASKED_AGAIN = {"nils@example.com", "amina@esimerkki.example"}
MAIJAS = "Maija Meri <maija.meri@example.org>"
GENUINE = "Authentication-Results: mx.example.org; dmarc=pass header.from=example.org"
THE_DAY = NOW + timedelta(days=5)
"""Three days before the last day to answer by."""


@pytest.fixture
def reminding(tmp_path):
    """A poll with a reminder, that Maija has answered."""
    poll = Poll(tmp_path, remind_days="3")
    code = poll.previewed()
    text = poll.post.mails()[0].get_body(("plain",)).get_content()
    assert "muistutus 28.11.2026 niille, jotka eivät ole kertoneet, mikä päivä sopii" in flat(text)
    poll.does(state="released", release=code)
    assert poll.cells("state") == "gathered" and set(poll.letters()) == ALL
    poll.get(tapped(poll.asked("maija"), f"Päivä käy: {TUE}"))
    return poll


def row(poll, who, *columns):
    table = poll.book.table("invitations")
    return tuple(table.cell(row_of(poll.book, who), one) for one in columns)


def test_who_is_silent_is_reminded_once_and_can_answer_it(reminding):
    reminding.run(THE_DAY - timedelta(days=1))
    assert not reminding.letters("poll-reminder")
    reminding.run(THE_DAY)
    letters = reminding.letters("poll-reminder")
    assert set(letters) == ASKED_AGAIN
    text = letters["nils@example.com"].get_body(("plain",)).get_content()
    assert "ännu inte fått ditt svar" in flat(text) and "måndag 14.12.2026" in text
    assert row(reminding, NILS, "reminded_at", "asked_at", "send_state") == (
        "2026-11-28T09:00",
        "2026-11-23T09:00",
        "waiting",
    )
    assert row(reminding, MAIJA, "reminded_at", "asked_at") == ("", "2026-11-23T09:00")
    assert "kirjoita päivä sarakkeeseen Pvm" in reminding.cells("remark")
    assert reminding.rests(THE_DAY + timedelta(days=1))
    asked = type(reminding.asked("nils")).of(bytes(letters["nils@example.com"]))
    reminding.get(tapped(asked, f"Dagen passar: {MON}", later(5)))
    assert reminding.said(NILS) == (MON, "")


def test_a_reminder_keeps_to_permissions(reminding):
    """A ban on reminders, a veto, a poll that was chosen, and a code that did not name it."""
    ban = {"email": "nils@example.com", "scope": "reminders", "date": "2026-11-24"}
    reminding.book = added(reminding.book, "bans", "E-00000", **ban)
    veto = row_of(reminding.book, AMINA)
    reminding.book = edited(reminding.book, veto, "invitations", send="no")
    reminding.run(THE_DAY)
    assert not reminding.letters("poll-reminder")


def test_a_reminder_that_was_not_released_asks_for_a_code(poll):
    poll.does(remind_days="3")
    assert poll.cells("state") == "preview" and "on muuttunut" in poll.cells("remark")
    poll.run()
    assert poll.cells("state") == "previewed"
    poll.run(THE_DAY)
    assert not poll.letters("poll-reminder")
    poll.does(THE_DAY, state="released", release=poll.post.code)
    assert poll.cells("state") == "gathered" and len(poll.letters()) == 3
    poll.run(THE_DAY + timedelta(minutes=1))
    assert set(poll.letters("poll-reminder")) == ALL and poll.rests()


@pytest.mark.parametrize(
    ("cells", "now", "said"),
    [
        ({"rsvp_by": ""}, NOW, "Vastaa viimeistään"),
        ({"remind_days": "kolme"}, NOW, "”kolme” ei ole päivien määrä"),
        ({}, NOW + timedelta(days=10), "Muistutusta 28.11.2026 ei lähetetty"),
        ({"date": "2026-12-15"}, THE_DAY, ""),
    ],
)
def test_what_keeps_a_reminder_back_is_said(reminding, cells, now, said):
    reminding.does(now, **cells)
    assert said in reminding.cells("remark") and not reminding.letters("poll-reminder")


def test_a_killed_run_reminds_nobody_twice(reminding):
    reminding.post.faults = {"nils@example.com": Killed()}
    with suppress(Killed):
        reminding.run(THE_DAY)
    reminding.post.faults = {}
    reminding.run(THE_DAY + timedelta(hours=1))
    reminding.run(THE_DAY + timedelta(days=1))
    gone = [one for one in reminding.post.taken if one != LIISA]
    assert sorted(set(gone)) == sorted(ALL) and len(gone) <= len(ALL) + len(ASKED_AGAIN)


def test_calling_off_a_poll_tells_those_who_were_asked(poll):
    poll.get(tapped(poll.asked("nils"), "Inga inbjudningar"))
    gone = len(poll.post.taken)
    poll.does(state="cancelled")
    assert "Esikatselu on sähköpostissa" in poll.cells("remark")
    assert poll.post.invited == ALL and owed(poll)
    previews = [one.get_body(("plain",)).get_content() for one in poll.post.mails()]
    assert any("päiväkyselyn peruutus" in text for text in previews)
    poll.does(release=poll.post.code)
    told = poll.letters("poll-cancellation")
    assert set(told) == {"maija.meri@example.org", "amina@esimerkki.example"}
    words = told["maija.meri@example.org"].get_body(("plain",)).get_content()
    assert "mikä päivä sopisi tilaisuuteen" in flat(words) and "14.12" not in words
    assert all(
        one.get_content_type() != "text/calendar" for mail in told.values() for one in mail.walk()
    )
    assert poll.cells("state", "remark") == ("cancelled", "Peruutus on kerrottu 2 ihmiselle.")
    assert poll.rests() and not owed(poll)
    poll.get(tapped(poll.asked("maija"), f"Päivä käy: {TUE}", later(1)))
    assert poll.said(MAIJA) == ("", "") and len(poll.post.taken) > gone


def owed(poll):
    with SqliteLedger(poll.folder) as ledger:
        return has_letters_due(Meeting.at(poll.book, T), ledger, poll.now.date())


def test_calling_off_once_a_day_was_chosen_and_nobody_invited(poll):
    poll.does(date="2026-12-15")
    poll.does(state="cancelled")
    poll.does(release=poll.post.code)
    assert set(poll.letters("poll-cancellation")) == ALL and not poll.letters("cancellation")


def test_calling_off_in_the_midst_of_the_invitations_tells_whoever_was_asked(poll):
    """Who was asked for the day and cut off from the invitation hears it too, and once."""
    poll.does(date="2026-12-15")
    code = poll.previewed()
    poll.post.faults = {one: Killed() for one in ASKED_AGAIN}
    with suppress(Killed):
        poll.does(state="released", release=code)
    poll.post.faults = {}
    assert len(poll.letters("invitation")) == 1
    poll.does(state="cancelled")
    poll.does(release=poll.post.code)
    assert set(poll.letters("cancellation")) == ALL and not poll.letters("poll-cancellation")
    assert poll.cells("remark") == "Peruutus on kerrottu 3 ihmiselle."
    assert poll.rests() and not owed(poll)


def test_calling_off_before_anybody_was_asked_tells_nobody(tmp_path):
    poll = Poll(tmp_path)
    poll.does(state="gather")
    poll.does(state="cancelled")
    assert "Yhtään kirjettä ei ollut lähetetty" in poll.cells("remark") and not poll.post.taken


def test_an_older_register_without_the_column_is_reminded_from_all_the_same(tmp_path):
    poll = Poll(tmp_path, remind_days="3")
    poll.book = without(poll.book, "invitations", "asked_at")
    poll.asks()
    poll.run(THE_DAY)
    assert set(poll.letters("poll-reminder")) == ALL


def test_a_mail_of_its_own_about_days(poll):
    """From whom one open poll has asked: written down where genuine, else proposed."""
    poll.get(mail(MAIJAS, "v@example.org", "Päivät", "ti ja ke käy", GENUINE, at=later(1)))
    assert poll.said(MAIJA) == ("15.12.2026, 16.12.2026", "") and not poll.questions
    poll.get(mail(MAIJAS, "v@example.org", "Päivät", "ma käy", at=later(2)))
    assert poll.said(MAIJA) == ("15.12.2026, 16.12.2026", "")
    (question,) = poll.questions
    assert f"erillisessä viestissä: Sopivat päivät: {MON}" in question


@pytest.mark.parametrize(
    ("sender", "words"),
    [
        ("Maija Meri <maija@muualla.example>", "kaikki käyvät"),
        (MAIJAS, "perjantai käy"),
        (MAIJAS, "ma käy jos pääsen"),
    ],
)
def test_never_by_name_alone_nor_what_is_unclear(poll, sender, words):
    domain = sender.strip(">").rpartition("@")[2]
    genuine = GENUINE.replace("header.from=example.org", f"header.from={domain}")
    poll.get(mail(sender, "v@example.org", "Päivät", words, genuine, at=later(1)))
    assert poll.said(MAIJA) == ("", "")
    assert len(poll.questions) == (sender == MAIJAS)


def test_once_the_day_is_chosen_a_mail_of_its_own_is_asked_about(poll):
    poll.sent_as("sent", date="2026-12-15")
    poll.get(mail(MAIJAS, "v@example.org", "Päivät", "ma käy", GENUINE, at=later(1)))
    assert poll.said(MAIJA) == ("", "") and len(poll.questions) == 1
