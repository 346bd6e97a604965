"""A draft as a mail: headers, parts, one recipient, and header values that are refused."""

from __future__ import annotations

from dataclasses import replace
from email import message_from_bytes
from email.policy import default

import pytest
from hypothesis import given
from hypothesis import strategies as st

from register.errors import UsageError
from register.letters.audience import audience
from register.letters.campaign import REHEARSAL, campaign, in_ledger, message_id
from register.letters.draft import drafts
from register.letters.message import message
from tests.letters.correspondence import (
    MAIJA,
    NILS,
    NOW,
    SENDER,
    TEMPLATES,
    T,
    person,
    register,
    three_languages,
)

VISIBLE = st.characters(exclude_categories=["Cc", "Cs", "Cf", "Zl", "Zp"])


def draft(book=None, who=MAIJA):
    book = book or register()
    found = audience(book, T, NOW.date())
    return next(
        one
        for one in drafts(book, found.meeting, found.invited, TEMPLATES, SENDER)
        if one.recipient.person == who
    )


def sent(letter, sender=SENDER):
    """The mail as a receiver parses it."""
    return message_from_bytes(message(letter, sender, campaign(T), NOW).as_bytes(), policy=default)


def test_headers():
    """Everything that a receiver, a list and an answer need."""
    mail = sent(draft())
    assert {k: str(v).strip() for k, v in mail.items() if k != "Content-Type"} == {
        "From": "Liisa Koordinaattori <verkosto@example.org>",
        "To": "maija.meri@example.org",
        "Subject": "Kutsu: Syystapaaminen, 3.12.2026",
        "Reply-To": "vastaukset@example.org",
        "Date": "Mon, 23 Nov 2026 09:00:00 +0200",
        "Message-ID": f"<{T}.invitation.1.{MAIJA}@example.org>",
        "List-Id": "<verkosto.example.org>",
        "List-Unsubscribe": f"<mailto:vastaukset@example.org?subject=unsubscribe%20{MAIJA}>",
        "X-Campaign-ID": f"{T}/invitation/1",
        "Content-Language": "fi",
        "MIME-Version": "1.0",
    }


def test_long_addresses_are_not_encoded():
    """A header that is one long word stays that word: no list or mail program would decode it."""
    answers = f"{'a' * 60}@{'b' * 60}.example"
    sender = replace(SENDER, reply_to=answers, domain=f"{'c' * 60}.example.org")
    raw = message(draft(), sender, campaign(T), NOW).as_bytes()
    assert f"<mailto:{answers}?subject=unsubscribe%20{MAIJA}>".encode() in raw
    assert f"{MAIJA}@{'c' * 60}.example.org>".encode() in raw


def test_parts():
    """Text first, HTML last, and both say what the draft says."""
    letter = draft(three_languages(), NILS)
    mail = sent(letter)
    assert mail.get_content_type() == "multipart/alternative"
    text, html = mail.iter_parts()
    assert (text.get_content_type(), html.get_content_type()) == ("text/plain", "text/html")
    assert text.get_content().splitlines() == letter.text.splitlines()
    assert html.get_content().splitlines() == letter.html.splitlines()
    assert mail["Content-Language"] == "sv"


def test_exactly_one_recipient():
    """Whatever the names, one address and nothing else is written to."""
    mail = sent(draft(register([person(), person(NILS)]), min(MAIJA, NILS)))
    assert [one.addr_spec for one in mail["To"].addresses] == ["maija.meri@example.org"]
    assert (mail["Cc"], mail["Bcc"]) == (None, None)


def test_a_domain_with_letters_of_its_own():
    """The domain is written as DNS knows it."""
    mail = sent(draft(register([person(email="maija@järjestö.example")])))
    assert str(mail["To"]) == "maija@xn--jrjest-bua3m.example"


def test_the_same_letter_is_the_same_mail():
    """A Message-ID is for ever; the moment of sending does not change it."""
    later = message(draft(), SENDER, campaign(T), NOW.replace(year=2027))
    assert later["Message-ID"] == sent(draft())["Message-ID"]


def test_two_people_two_kinds_two_numbers():
    """Message-IDs tell apart people, kinds of letters and rounds."""
    names = [campaign(T), campaign(T, "reminder"), campaign(T, "reminder", 2)]
    ids = {message_id(name, who, "example.org") for name in names for who in (MAIJA, NILS)}
    assert len(ids) == 6


def test_a_rehearsal_is_a_campaign_of_its_own():
    """It is called differently in the ledger; the letter is what would really be sent."""
    assert in_ledger(campaign(T), rehearsal=True) == f"{T}/invitation/1{REHEARSAL}"
    assert in_ledger(campaign(T), rehearsal=False) == campaign(T)


@pytest.mark.parametrize(
    "bad", ["\r\nBcc: a@example.org", "\n", "\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\u2029"]
)
@pytest.mark.parametrize("field", ["subject", "from_name"])
def test_a_break_in_a_header_is_refused(field, bad):
    """Before the email package sees it."""
    letter = replace(draft(), **{field: f"a{bad}b"})
    with pytest.raises(UsageError, match="hidden"):
        message(letter, SENDER, campaign(T), NOW)


@pytest.mark.parametrize("bad", ["\u202e", "\u200f", "\u2066", "\x00", "\x7f", "\ud800"])
def test_a_hidden_character_in_an_address_is_refused(bad):
    """Bidi marks, controls and lone surrogates; ids only in the error."""
    letter = draft()
    letter = replace(letter, recipient=replace(letter.recipient, address=f"a{bad}@example.org"))
    with pytest.raises(UsageError) as stop:
        message(letter, SENDER, campaign(T), NOW)
    assert stop.value.values == {"header": "To", "person": MAIJA}


@given(
    st.text(
        st.characters(exclude_categories=["Cc", "Cs", "Cf", "Zl", "Zp"]), min_size=1, max_size=80
    )
)
def test_any_subject_comes_back(subject):
    """Letters of every script survive the trip; what cannot is refused, never changed."""
    letter = replace(draft(), subject=subject)
    try:
        mail = message(letter, SENDER, campaign(T), NOW)
    except UsageError:
        return
    parsed = message_from_bytes(mail.as_bytes(), policy=default)
    assert " ".join(str(parsed["Subject"]).split()) == " ".join(subject.split())
    assert [one.addr_spec for one in parsed["To"].addresses] == ["maija.meri@example.org"]
