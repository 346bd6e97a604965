"""A draft as a mail: headers, parts, one recipient, and header values that are refused."""

from __future__ import annotations

from dataclasses import replace
from email import message_from_bytes
from email.policy import default

import pytest
from hypothesis import given, strategies as st

from register.book.errors import UsageError
from register.letters.audience import audience
from register.letters.calendar import CalendarEvent, Party, render_calendar
from register.letters.campaign import REHEARSAL, Mailing, campaign_name, ledger_name
from register.letters.draft import render_letters
from register.letters.message import compose_letter as ready
from register.letters.mime import CalendarPart, mail_pieces, name_header, text_header
from tests.letters.correspondence import (
    MAIJA,
    MAILING,
    NILS,
    NOW,
    SENDER,
    TEMPLATES,
    TOKENS,
    T,
    person,
    register,
    three_languages,
)
from tests.letters.reference import built, meaning

VISIBLE = st.characters(exclude_categories=["Cc", "Cs", "Cf", "Zl", "Zp"])


def draft(book=None, who=MAIJA):
    book = book or register()
    found = audience(book, T, NOW.date())
    return next(
        one
        for one in render_letters(book, found.meeting, found.invited, TEMPLATES, SENDER, MAILING)
        if one.recipient.person == who
    )


def sent(letter, sender=SENDER):
    """The mail as a receiver parses it."""
    return message_from_bytes(ready(letter, sender, MAILING).data, policy=default)


TOKEN = MAILING.token(MAIJA)


def test_headers():
    """Everything that a receiver, a list and an answer need."""
    mail = sent(draft())
    assert {k: str(v).strip() for k, v in mail.items() if k != "Content-Type"} == {
        "From": "Liisa Koordinaattori <verkosto@example.org>",
        "To": "maija.meri@example.org",
        "Subject": "Kutsu: Syystapaaminen, 3.12.2026",
        "Reply-To": "vastaukset@example.org",
        "Date": "Mon, 23 Nov 2026 09:00:00 +0200",
        "Message-ID": f"<{T}.invitation.1.{MAIJA}.{TOKEN}@example.org>",
        "List-Id": "<verkosto.example.org>",
        "List-Unsubscribe": f"<mailto:vastaukset@example.org?subject=unsubscribe%20%5B{TOKEN}%5D>",
        "Auto-Submitted": "auto-generated",
        "X-Campaign-ID": f"{T}/invitation/1",
        "Content-Language": "fi",
        "MIME-Version": "1.0",
    }


def test_long_addresses_are_not_encoded():
    """A header that is one long word stays that word: no list or mail program would decode it."""
    answers = f"{'a' * 60}@{'b' * 60}.example"
    sender = replace(SENDER, reply_to=answers, domain=f"{'c' * 60}.example.org")
    raw = ready(draft(), sender, MAILING).data
    assert f"<mailto:{answers}?subject=unsubscribe%20%5B{TOKEN}%5D>".encode() in raw
    assert f"{TOKEN}@{'c' * 60}.example.org>".encode() in raw


def test_the_token_in_the_address():
    """With answer_by = plus, every way to answer goes to an address of the reader's own."""
    mail = sent(draft(), replace(SENDER, answer_by="plus"))
    assert mail["Reply-To"] == f"vastaukset+{TOKEN}@example.org"
    ways = str(mail["List-Unsubscribe"]).strip()
    assert ways == f"<mailto:vastaukset+{TOKEN}@example.org?subject=unsubscribe>"


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("https://example.org/pois", f"https://example.org/pois?token={TOKEN}"),
        ("https://example.org/pois?l=fi", f"https://example.org/pois?l=fi&token={TOKEN}"),
        ("https://example.org/{token}/pois", f"https://example.org/{TOKEN}/pois"),
    ],
)
def test_one_click_only_where_there_is_a_server(link, expected):
    """RFC 8058: the https address first, and the header that asks for it by POST."""
    assert sent(draft())["List-Unsubscribe-Post"] is None
    mail = sent(draft(), replace(SENDER, unsubscribe_url=link))
    assert str(mail["List-Unsubscribe"]).strip().startswith(f"<{expected}>, <mailto:")
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    raw = ready(draft(), replace(SENDER, unsubscribe_url=link), MAILING).data
    assert b">,\r\n <mailto:" in raw


def test_no_line_is_long_but_of_one_address():
    """RFC 5322, 2.1.1: at most 78 characters, where white space may stand (RFC 2369, 2: not in <>)."""
    link = "https://example.org/pois"
    sender = replace(SENDER, unsubscribe_url=link, domain=f"{'c' * 60}.example.org")
    before = f"<T-08C5T.invitation.1.H-8XQ22.{'a' * 26}@{sender.domain}>"
    letter = ready(draft(), sender, MAILING, follows=before)
    head = letter.data.partition(b"\r\n\r\n")[0].decode().split("\r\n")
    long = [line for line in head if len(line) > 78 and not line.startswith("Message-ID: ")]
    assert len(long) == 3 and all(line[:2] == " <" and line.count("<") == 1 for line in long), long
    mail = message_from_bytes(letter.data, policy=default)
    assert mail["In-Reply-To"].strip() == mail["References"].strip() == before
    assert mail["Message-ID"] == letter.message_id


def test_a_receipt_says_that_it_answers():
    """RFC 3834: so that no other robot answers it."""
    mailing = Mailing(campaign_name(T, "receipt"), NOW, TOKENS)
    mail = message_from_bytes(ready(draft(), SENDER, mailing).data, policy=default)
    assert mail["Auto-Submitted"] == "auto-replied"


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
    later = ready(draft(), SENDER, replace(MAILING, at=NOW.replace(year=2027)))
    assert later.message_id == sent(draft())["Message-ID"]


def test_two_people_two_kinds_two_numbers():
    """Message-IDs tell apart people, kinds of letters and rounds."""
    names = [campaign_name(T), campaign_name(T, "reminder"), campaign_name(T, "reminder", 2)]
    mailings = [Mailing(name, NOW, TOKENS) for name in names]
    ids = {one.message_id(who, "example.org") for one in mailings for who in (MAIJA, NILS)}
    assert len(ids) == 6


def test_a_rehearsal_is_a_campaign_of_its_own():
    """It is called differently in the ledger; the letter is what would really be sent."""
    assert ledger_name(campaign_name(T), rehearsal=True) == f"{T}/invitation/1{REHEARSAL}"
    assert ledger_name(campaign_name(T), rehearsal=False) == campaign_name(T)


@pytest.mark.parametrize(
    "bad", ["\r\nBcc: a@example.org", "\n", "\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\u2029"]
)
@pytest.mark.parametrize("field", ["subject", "from_name"])
def test_a_break_in_a_header_is_refused(field, bad):
    """Before the email package sees it."""
    letter = replace(draft(), **{field: f"a{bad}b"})
    with pytest.raises(UsageError, match="hidden"):
        ready(letter, SENDER, MAILING)


@pytest.mark.parametrize("bad", ["\u202e", "\u200f", "\u2066", "\x00", "\x7f", "\ud800"])
def test_a_hidden_character_in_an_address_is_refused(bad):
    """Bidi marks, controls and lone surrogates; ids only in the error."""
    letter = draft()
    letter = replace(letter, recipient=replace(letter.recipient, address=f"a{bad}@example.org"))
    with pytest.raises(UsageError) as stop:
        ready(letter, SENDER, MAILING)
    assert stop.value.values == {"header": "To", "person": MAIJA}


WORDS = st.text(VISIBLE, max_size=90)
TEXTS = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t"), max_size=400
)
ICS = CalendarPart(
    render_calendar(
        CalendarEvent.of(T, "Äijät – 集まり", NOW.date(), NOW.time(), None),
        "REQUEST",
        uid="u@example.org",
        sequence=0,
        organizer=Party("", "a@example.org"),
        attendee=Party("Åke", "b@example.org"),
        at=NOW,
    ),
    "REQUEST",
)


@given(WORDS, WORDS, TEXTS, TEXTS, st.sampled_from([None, ICS]))
def test_our_bytes_mean_what_the_standard_library_builds(subject, display, text, html, part):
    """On names and texts of every script: the same parts, words and headers once parsed."""
    subject, display = " ".join(subject.split()), " ".join(display.split())
    headers = [
        ("From", ""),
        ("To", "maija@example.org"),
        ("Subject", subject),
        ("Message-ID", "<" + "a" * 90 + "@example.org>"),
        ("X-Campaign-ID", f"{T}/invitation/1"),
    ]
    written = [
        ("From", name_header("From", display, "a@example.org")),
        *headers[1:2],
        ("Subject", text_header("Subject", subject)),
        *headers[3:],
    ]
    ours = b"".join(mail_pieces(written, text, html, part, "seed"))
    theirs = built(headers, text, html, part, display=display)
    assert meaning(message_from_bytes(ours, policy=default)) == meaning(theirs)
    lines = ours.split(b"\r\n")
    assert all(b"\n" not in line and b"\r" not in line and len(line) <= 998 for line in lines)
    assert all(len(line) <= 78 for line in lines if b"Message-ID" not in line)
    assert ours.isascii()


@given(st.text(VISIBLE, min_size=1, max_size=80))
def test_any_subject_comes_back(subject):
    """Letters of every script survive the trip; what cannot is refused, never changed."""
    letter = replace(draft(), subject=subject)
    try:
        mail = ready(letter, SENDER, MAILING)
    except UsageError:
        return
    parsed = message_from_bytes(mail.data, policy=default)
    assert " ".join(str(parsed["Subject"]).split()) == " ".join(subject.split())
    assert [one.addr_spec for one in parsed["To"].addresses] == ["maija.meri@example.org"]


def test_a_letter_with_a_calendar_part():
    """RFC 6047: the method in the part's type is the object's; and the file for those who save."""
    mail = message_from_bytes(ready(draft(), SENDER, MAILING, ICS).data, policy=default)
    assert [part.get_content_type() for part in mail.walk()] == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/html",
        "text/calendar",
        "application/ics",
    ]
    part = next(one for one in mail.walk() if one.get_content_type() == "text/calendar")
    assert part.get_param("method") == "REQUEST" and part.get_content_charset() == "utf-8"
    assert part.get_payload(decode=True).decode() == ICS.text
    assert next(iter(mail.iter_attachments())).get_payload(decode=True).decode() == ICS.text
