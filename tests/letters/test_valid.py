"""Letters as the standards want them: HTML by the HTML standard's parser, MIME, iCalendar.

Every kind of letter in every language, with what people typed, hostile as it may be.
"""

from __future__ import annotations

import warnings
from email import message_from_bytes
from email.policy import default

import pytest
from icalendar import Calendar

from register.letters.audience import audience
from register.letters.campaign import Mailing, campaign_name
from register.letters.draft import render_letters
from register.letters.entry import calendar_part
from register.letters.meeting import read_meeting
from register.letters.message import compose_letter
from tests.letters.correspondence import NOW, SENDER, TEMPLATES, TOKENS, T, three_languages
from tests.letters.test_kinds import ALONE, FIELDS, URGENT
from tests.letters.test_preview import page

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)
    import html5lib

CLIPPED = 102_000
"""Bytes of HTML after which Gmail hides the rest."""

HOSTILE = "</p><script>x</script> & \"'<!-- [a](b) \\ ;:, &nbsp; ]]> BEGIN:VEVENT"
CELLS = [{}, {"name": f"Ilta {HOSTILE}", "place": HOSTILE}, {"name": "Åäö 集まり 🎉 " * 9}]
KINDS = {"invitation": [{}], **FIELDS}


def letters(kind, number, cells):
    book = three_languages(**cells)
    who = audience(book, T, NOW.date()).invited
    about = None if kind in ALONE else read_meeting(book, T)
    name = f"{kind}/2026-11" if kind in ALONE else campaign_name(T, kind)
    links = (URGENT[0].link,) if kind == "digest" else ()
    mailing = Mailing(name, NOW, TOKENS, KINDS[kind][number], links=links)
    for draft in render_letters(book, about, who, TEMPLATES, SENDER, mailing):
        part = calendar_part(draft, about, SENDER, mailing, 1) if about else None
        yield draft, compose_letter(draft, SENDER, mailing, part)


CASES = pytest.mark.parametrize(
    ("kind", "number", "cells"),
    [
        (kind, number, cells)
        for kind, several in KINDS.items()
        for number in range(len(several))
        for cells in (CELLS if kind not in ALONE else CELLS[:1])
    ],
)


def valid(html):
    """Return the document; an error of syntax anywhere in it is raised (html5lib, strict)."""
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(html)


@CASES
def test_the_html(kind, number, cells):
    """Valid, in its language, with a title; nothing that runs, loads or is clipped."""
    for draft, _ in letters(kind, number, cells):
        document = valid(draft.html)
        assert document.get("lang") == draft.recipient.language
        assert document.find("head/title").text == draft.subject
        tags = {element.tag for element in document.iter() if isinstance(element.tag, str)}
        assert not tags & {"script", "img", "iframe", "form", "link", "object", "svg", "base"}
        assert not any(
            name.startswith("on") or name == "src"
            for element in document.iter()
            for name in element.attrib
        )
        assert len(draft.html.encode()) < CLIPPED / 4


@CASES
def test_the_mime(kind, number, cells):
    """No defect in any part, lines that every server takes, CRLF and nothing but ASCII."""
    for draft, mail in letters(kind, number, cells):
        parsed = message_from_bytes(mail.data, policy=default)
        for part in parsed.walk():
            assert part.defects == [], (draft.template, part.get_content_type())
            assert not any(getattr(value, "defects", ()) for value in part.values())
        assert mail.data.isascii() and b"\0" not in mail.data
        lines = mail.data.split(b"\r\n")
        assert all(b"\n" not in one and b"\r" not in one and len(one) <= 998 for one in lines)
        once = ("From", "To", "Subject", "Date", "Message-ID", "Reply-To", "MIME-Version")
        assert all(len(parsed.get_all(name)) == 1 for name in once)


@CASES
def test_the_calendar(kind, number, cells):
    """One event that icalendar reads without an error; the zone that it names is in the file."""
    for _, mail in letters(kind, number, cells):
        if not mail.calendar:
            assert kind not in ("invitation", "reminder", "change", "cancellation")
            continue
        whole = Calendar.from_ical(mail.calendar)
        parts = [whole, *whole.walk("VEVENT"), *whole.walk("VTIMEZONE")]
        assert all(part.errors == [] for part in parts) and len(parts) == 3
        event, zone = parts[1:]
        assert event["DTSTART"].params["TZID"] == zone["TZID"]
        assert whole["METHOD"] == ("CANCEL" if kind == "cancellation" else "REQUEST")
        for name in ("UID", "DTSTAMP", "SEQUENCE", "DTSTART", "DTEND", "SUMMARY", "ORGANIZER"):
            assert event.get(name) is not None and not isinstance(event[name], list)
        assert event["ATTENDEE"].lower().startswith("mailto:")
        octets = mail.calendar.encode().split(b"\r\n")
        assert all(len(line) <= 75 and b"\n" not in line for line in octets)


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_preview(language):
    book = three_languages()
    valid(page(book.__class__(book.tables, language)))
