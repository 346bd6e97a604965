"""Freshness: whose details are old, once a year, one tap confirms; and what a machine may settle."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes
from email.policy import default
from hashlib import blake2b

import pytest

from register.book.change import Change
from register.book.errors import SafetyStop, UsageError
from register.ports.ledger import Release
from register.post.classifier import own_identity
from register.replies.classify import classify
from register.replies.desk import Message
from register.replies.replies import read_answers
from register.rounds.freshness import send_freshness
from register.rounds.known_letters import KnownLetters
from register.rounds.resolve import resolve_unknown
from register.rounds.status import invitation_status
from register.rules.rule import RuleContext
from register.state.answers import SqliteMailboxState
from register.state.ledger import SqliteLedger
from register.words.sentences import Sentences
from tests.letters.correspondence import (
    AMINA,
    MAIJA,
    NILS,
    NOW,
    TOKENS,
    named,
    person,
    register,
    three_languages,
)
from tests.replies.clients import Asked, replied, tapped
from tests.rounds.test_follow import Archive
from tests.rounds.test_invite import Killed, applied, room

OLD, NEW = "2025-03-01", "2026-10-01"
LATER = NOW + timedelta(days=2)


def dated(book, **days):
    changes = [
        Change("people", who, "verified_on", "", day, "test")
        for who, day in zip((MAIJA, NILS, AMINA), days.values(), strict=True)
    ]
    return book.with_changes(changes)


def asked(book, folder, post=None, now=NOW, **flags):
    post = post or Archive()
    with room(post, folder, clock=lambda: now, **flags) as opened:
        outcome = send_freshness(book, replace(opened, now=now), RuleContext(now.date()))
    return outcome, getattr(post, "letters", {}), post


def answered(book, folder, *mails, now=LATER):
    memory = SqliteMailboxState(folder)
    messages = [
        Message(
            f"file:{n}",
            blake2b(data, digest_size=16).hexdigest(),
            classify(data, now, own_identity()),
        )
        for n, data in enumerate(mails)
    ]
    with SqliteLedger(folder, clock=lambda: now) as ledger:
        letters = KnownLetters(ledger, TOKENS)
        read = read_answers(book, messages, ledger, letters, memory, now, Sentences("fi"), ())
    return applied(book, read.outcome), dict(read.outcome.notes)


def test_only_stale_details_are_asked_about_and_once_a_year(tmp_path):
    book = dated(three_languages(), maija=OLD, nils=NEW, amina=OLD)
    _, letters, post = asked(book, tmp_path)
    assert set(post.taken) == {"maija.meri@example.org", "amina@esimerkki.example"}
    mail = message_from_bytes(letters["maija.meri@example.org"].data, policy=default)
    text = mail.get_body(("plain",)).get_content()
    for detail in ("Maija Meri", "Espoon Kylät ry", "maija.meri@example.org"):
        assert detail in text
    assert "None" not in text and mail["X-Campaign-ID"] == "freshness/2026"
    again, letters, _ = asked(book, tmp_path)
    assert not letters and ("{count} have had this letter", {"count": 2}) in again.notes
    _, letters, _ = asked(book, tmp_path, now=NOW + timedelta(days=365))
    assert set(letters) == {"maija.meri@example.org", "nils@example.com", "amina@esimerkki.example"}


def test_one_tap_confirms_and_next_year_begins_from_there(tmp_path):
    """The letter's own link, as a mail program sends it, is what sets the day in Vahvistettu."""
    book = dated(three_languages(), maija=OLD, nils=OLD, amina=OLD)
    _, letters, _ = asked(book, tmp_path)
    maija, nils, amina = (
        Asked.of(letters[one].data)
        for one in ("maija.meri@example.org", "nils@example.com", "amina@esimerkki.example")
    )
    book, notes = answered(
        book,
        tmp_path,
        tapped(maija, "Tiedot ovat oikein"),
        tapped(nils, "Uppgifterna stämmer"),
        replied(amina, "I have moved on, please ask Lauri."),
    )
    people = book.table("people")
    assert people.cell(MAIJA, "verified_on") == people.cell(NILS, "verified_on") == "2026-11-24"
    assert people.cell(AMINA, "verified_on") == OLD
    assert notes["{count} have confirmed that their details are right."]["count"] == 2
    (question,) = [row for _, row in book.table("review").rows()]
    assert "Lauri" in question["left"]


def test_a_stranger_confirms_nothing(tmp_path):
    book = dated(three_languages(), maija=OLD, nils=NEW, amina=NEW)
    _, letters, _ = asked(book, tmp_path)
    maija = Asked.of(letters["maija.meri@example.org"].data)
    mail = tapped(maija, "Tiedot ovat oikein").replace(
        b"<maija.meri@example.org>", b"<muu@example.net>"
    )
    assert b"muu@example.net" in mail
    book, _ = answered(book, tmp_path, mail)
    assert book.table("people").cell(MAIJA, "verified_on") == OLD
    assert len(list(book.table("review").rows())) == 1


@pytest.mark.parametrize(
    ("cells", "tabs", "reason"),
    [
        ({"email": ""}, {}, "{count} have no e-mail address"),
        (
            {"invite": "no"},
            {},
            "{count} are not to be invited ({column:people.invite} is not “yes”)",
        ),
        (
            {},
            {"bans": [{"email": "maija.meri@example.org", "scope": "all"}]},
            "{count} must not be written to",
        ),
    ],
)
def test_who_is_not_asked_is_counted(tmp_path, cells, tabs, reason):
    book = register([person(verified_on=OLD, **cells)], **tabs)
    outcome, letters, _ = asked(book, tmp_path)
    assert not letters and (reason, {"count": 1}) in outcome.notes


def test_two_behind_one_mailbox_get_one_letter(tmp_path):
    other = person(named("H", "other"), first="Olli", verified_on=OLD)
    outcome, letters, _ = asked(register([person(verified_on=OLD), other]), tmp_path)
    assert len(letters) == 1
    assert (
        "{count} share a mailbox with somebody who gets the letter",
        {"count": 1},
    ) in outcome.notes


def test_nothing_goes_but_what_was_agreed_to(tmp_path):
    book = dated(three_languages(), maija=OLD, nils=OLD, amina=OLD)
    outcome, letters, _ = asked(book, tmp_path, apply=False)
    assert not letters and "{count} letters would go ({release})." in dict(outcome.notes)
    with pytest.raises(SafetyStop):
        asked(book, tmp_path, confirm=lambda wanted: Release(2, "00000000"))


def test_a_letter_of_unknown_fate_is_told_and_settled(tmp_path):
    """As with invitations: it is never sent again by itself, and a person's word settles it."""
    book = dated(three_languages(), maija=OLD, nils=NEW, amina=NEW)
    post = Archive({"maija.meri@example.org": Killed()})
    with pytest.raises(Killed):
        asked(book, tmp_path, post)
    later = NOW + timedelta(days=1)
    outcome, letters, _ = asked(book, tmp_path, now=later)
    assert not letters and outcome.failed == 1
    with room(Archive(), tmp_path, clock=lambda: later) as opened:
        (row,) = invitation_status(book, "freshness", opened.ledger)["letters"]
        assert (row["person"], row["state"]) == (MAIJA, "unknown")
        with pytest.raises(UsageError):
            resolve_unknown(book, "freshness", opened, unsent=[NILS])
        resolve_unknown(book, "freshness", opened, unsent=[MAIJA])
    _, letters, post = asked(book, tmp_path, now=later)
    assert post.taken == ["maija.meri@example.org"]
