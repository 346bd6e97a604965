"""Dates follow each other: a start before its end, an answer before its meeting."""

from collections.abc import Iterator
from datetime import date, timedelta

from register.book.finding import Finding
from register.book.table import Book
from register.people.meetings import AHEAD, Meeting
from register.people.records import Matter, Person, live_cells
from register.rules.rule import RuleContext
from register.values import time
from register.values.date import day, nearest_day

_PAST = {
    "organisations": ("verified_on",),
    "people": ("verified_on", "consent_on"),
    "networks": ("verified_on",),
    "bans": ("date",),
}
"""The columns whose days must not be in the future."""

_YEARLESS = timedelta(days=270)
"""How far from its reference a day without a year may be: the other year's is then 3 months off."""


def check(book: Book, setting: RuleContext) -> Iterator[Finding]:
    """Yield days in the wrong order, in the future or without a year, and undecided meetings."""
    today = setting.today.isoformat()
    yield from _in_future(book, today)
    yield from days_without_year(book, setting.today)
    for one in Person.live(book):
        yield from _order("people", one.id, "end", day(one.start), day(one.end))
    for matter in Matter.all(book).values():
        start = day(matter.date)
        yield from _order("cooperation", matter.id, "due", start, day(matter.due))
        if matter.state == "done" and start > today:
            place = ("cooperation", matter.id, "date")
            yield Finding(*place, "date-in-future", start)
    for row_id, meeting in Meeting.all(book).items():
        held, deadline = day(meeting.date), day(meeting.rsvp_by)
        if held and deadline > held:
            yield Finding(
                *("meetings", row_id, "rsvp_by", "deadline-after-meeting", deadline),
                detail=held,
            )
        start, end = (time.read(cell).value for cell in (meeting.start, meeting.end))
        yield from _order("meetings", row_id, "end", start, end)
        if held and held < today and meeting.state in AHEAD:
            yield Finding(
                *("meetings", row_id, "state", "meeting-over", held),
                detail=meeting.state,
            )


def _order(tab: str, row_id: str, column: str, start: str, end: str) -> Iterator[Finding]:
    if start and end and end < start:
        yield Finding(tab, row_id, column, "end-before-start", end, detail=start)


def _in_future(book: Book, today: str) -> Iterator[Finding]:
    for key, columns in _PAST.items():
        for column in columns:
            for row_id, cell in live_cells(book.table(key), column):
                if (told := day(cell)) > today:
                    yield Finding(key, row_id, column, "date-in-future", told)


def days_without_year(book: Book, today: date) -> Iterator[Finding]:
    """Yield days without a year in matters: ``date`` is read as past, ``due`` as to come.

    A day that may as well belong to another year is left out: :mod:`register.rules.impossible`
    asks.
    """
    latest = (today - _YEARLESS).isoformat()
    for matter in Matter.all(book).values():
        past = nearest_day(matter.date, today)
        done = past if past > latest else day(matter.date)
        for key, cell, read in (
            ("date", matter.date, past if past > latest else ""),
            ("due", matter.due, _due(matter.due, done, today)),
        ):
            if read:
                yield Finding("cooperation", matter.id, key, "date-year-missing", cell, read)


def _due(cell: str, done: str, today: date) -> str:
    """Return the day that something is due, '' if it may be one that has passed.

    It is after the day of the matter if that is known (``done``); otherwise it must be nearer ahead
    than behind.
    """
    since = date.fromisoformat(done) if done else today
    ahead, behind = nearest_day(cell, since, ahead=True), nearest_day(cell, since)
    if not ahead or not behind:
        return ""
    most = _YEARLESS if done else since - date.fromisoformat(behind)
    return ahead if date.fromisoformat(ahead) - since <= most else ""
