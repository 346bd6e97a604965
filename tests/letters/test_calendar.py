"""The calendar part, read by another implementation (icalendar) than the one that wrote it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, strategies as st
from icalendar import Calendar

from register.letters.calendar import (
    CalendarEvent,
    Party,
    calendar_uid,
    fold_content_line,
    render_calendar,
)
from register.letters.untrusted import field_line

AT = datetime(2026, 11, 23, 9, 0, 5, tzinfo=ZoneInfo("Europe/Helsinki"))
US, YOU = Party("Yhdistysverkosto", "vastaukset@example.org"), Party("Maija Meri", "m@example.org")
EVENT = CalendarEvent.of(
    "T-1", "Syystapaaminen", date(2026, 12, 3), time(17, 30), time(19, 30), place="Kulttuurikeskus"
)


def written(event=EVENT, method="REQUEST", **given):
    values = {
        "uid": calendar_uid("T-1", "H-1", "0" * 26, "example.org"),
        "sequence": 0,
        "organizer": US,
        "attendee": YOU,
        "at": AT,
    }
    return render_calendar(event, method, **{**values, **given})


def read(text):
    """Return the one event, and what surrounds it."""
    whole = Calendar.from_ical(text)
    assert not whole.errors
    (event,) = whole.walk("VEVENT")
    assert not event.errors
    return event, whole


def test_a_request():
    """RFC 5546, 3.2.2: what a REQUEST must have, once each."""
    event, whole = read(written(words="Ohjelma\nKahvit"))
    assert whole["METHOD"] == "REQUEST" and whole["VERSION"] == "2.0" and whole["PRODID"]
    assert event["UID"] == "T-1.H-1." + "0" * 26 + "@example.org"
    assert event["SEQUENCE"] == 0
    assert event["DTSTAMP"].dt == datetime(2026, 11, 23, 7, 0, 5, tzinfo=UTC)
    assert event["SUMMARY"] == "Syystapaaminen" and event["LOCATION"] == "Kulttuurikeskus"
    assert event["DESCRIPTION"] == "Ohjelma\nKahvit"
    assert event["ORGANIZER"] == "mailto:vastaukset@example.org"
    assert event["ORGANIZER"].params["CN"] == "Yhdistysverkosto"
    (attendee,) = event["ATTENDEE"] if isinstance(event["ATTENDEE"], list) else [event["ATTENDEE"]]
    assert attendee == "mailto:m@example.org"
    assert attendee.params["RSVP"] == "TRUE" and attendee.params["PARTSTAT"] == "NEEDS-ACTION"
    assert event["STATUS"] == "CONFIRMED"
    assert whole.walk("VTIMEZONE")[0]["TZID"] == "Europe/Helsinki"


def test_a_cancellation():
    """RFC 5546, 3.2.5: the same UID, a higher SEQUENCE, and it asks for no answer."""
    event, whole = read(written(method="CANCEL", sequence=3))
    assert whole["METHOD"] == "CANCEL" and event["STATUS"] == "CANCELLED"
    assert event["SEQUENCE"] == 3
    assert event["UID"] == read(written())[0]["UID"]
    assert "RSVP" not in event["ATTENDEE"].params


@pytest.mark.parametrize(
    ("day", "start", "moment"),
    [
        (date(2026, 12, 3), time(17, 30), datetime(2026, 12, 3, 15, 30, tzinfo=UTC)),
        (date(2026, 6, 3), time(17, 30), datetime(2026, 6, 3, 14, 30, tzinfo=UTC)),
        # The nights in which the clock is turned.
        (date(2027, 3, 28), time(2, 59), datetime(2027, 3, 28, 0, 59, tzinfo=UTC)),
        (date(2027, 3, 28), time(3, 30), datetime(2027, 3, 28, 1, 30, tzinfo=UTC)),
        (date(2027, 3, 28), time(4, 0), datetime(2027, 3, 28, 1, 0, tzinfo=UTC)),
        (date(2026, 10, 25), time(3, 30), datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        (date(2026, 10, 25), time(4, 0), datetime(2026, 10, 25, 2, 0, tzinfo=UTC)),
    ],
)
def test_the_moment_that_it_begins(day, start, moment):
    """As UTC, by the file's own VTIMEZONE and by the machine's rules alike."""
    event, whole = read(written(CalendarEvent.of("T-1", "Tapaaminen", day, start, None)))
    assert event["DTSTART"].dt.astimezone(UTC) == moment
    ours = whole.walk("VTIMEZONE")[0].to_tz()
    local = event["DTSTART"].dt.replace(tzinfo=None)
    if day != date(2026, 10, 25):
        assert local.replace(tzinfo=ours).astimezone(UTC) == moment


def test_our_time_zone_is_the_machines():
    """Our VTIMEZONE agrees with the time zone database on every day of twenty years."""
    ours = read(written())[1].walk("VTIMEZONE")[0].to_tz()
    theirs = ZoneInfo("Europe/Helsinki")
    noon = datetime(2020, 1, 1, 12)
    for _ in range(20 * 365):
        assert noon.replace(tzinfo=ours).utcoffset() == noon.replace(tzinfo=theirs).utcoffset()
        noon += timedelta(days=1)


@pytest.mark.parametrize(
    ("start", "end", "lasts"),
    [
        (time(17), time(19, 30), timedelta(hours=2, minutes=30)),
        (time(17), None, timedelta(hours=2)),
        (time(22), time(1), timedelta(hours=3)),
        (time(17), time(17), timedelta(days=1)),
        (time(0), time(0), timedelta(days=1)),
    ],
)
def test_how_long_it_lasts(start, end, lasts):
    event, _ = read(written(CalendarEvent.of("T-1", "Tapaaminen", date(2026, 12, 3), start, end)))
    assert event["DTEND"].dt - event["DTSTART"].dt == lasts


def test_a_meeting_over_the_night_of_the_clock():
    """It never ends before it begins."""
    event, _ = read(
        written(CalendarEvent.of("T-1", "Yö", date(2027, 3, 28), time(3, 30), time(4, 0)))
    )
    assert event["DTEND"].dt >= event["DTSTART"].dt


@given(st.text(max_size=200), st.text(max_size=200), st.text(max_size=120), st.text(max_size=200))
def test_no_cell_gets_out_of_its_property(name, place, reader, words):
    """Whatever is typed: one event, one attendee, lines of 75 octets, and the text as it was."""
    event = CalendarEvent.of("T-1", name, date(2026, 12, 3), time(17), None, place=place)
    text = written(event, attendee=Party(reader, "m@example.org"), words=words)
    found, whole = read(text)
    assert found["SUMMARY"] == field_line(name)
    assert found.get("LOCATION", "") == field_line(place)
    assert whole["METHOD"] == "REQUEST" and not isinstance(found["ATTENDEE"], list)
    assert found["ATTENDEE"] == "mailto:m@example.org"
    assert all(len(line) <= 75 for line in text.encode().split(b"\r\n"))
    assert "\n" not in text.replace("\r\n", "") and "\r" not in text.replace("\r\n", "")


@pytest.mark.parametrize("cell", ["x\r\nATTENDEE:mailto:thief@example.com", 'x";X=y:', "x\u2028y"])
def test_orders_in_a_cell(cell):
    event = CalendarEvent.of("T-1", cell, date(2026, 12, 3), time(17), None, place=cell, url=cell)
    found, _ = read(written(event, attendee=Party(cell, "m@example.org"), words=cell))
    assert found["ATTENDEE"] == "mailto:m@example.org"


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=300))
def test_folding_loses_nothing(line):
    assert fold_content_line(line).replace("\r\n ", "") == line


def test_facts_tell_what_changed():
    later = CalendarEvent.of("T-1", "Syystapaaminen", date(2026, 12, 4), time(17, 30), None)
    assert EVENT.facts()["begins"] == "2026-12-03T17:30"
    assert later.facts() != EVENT.facts()
