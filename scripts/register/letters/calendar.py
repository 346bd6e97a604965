"""The meeting as a calendar invitation: iTIP over mail (RFC 5545, 5546, 6047).

There is one event with one ATTENDEE, the reader; the ORGANIZER is the mailbox that receives
answers. Times are in Europe/Helsinki with a compact VTIMEZONE, so that an entry keeps its hour even
if the rules of summer time change. RFC 5545 (3.3.5) takes a local time that occurs twice as the
first one, and a local time that never occurs with the offset before the gap; so does Python's
``fold=0``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo

from register.letters.untrusted import field_line

Method = Literal["REQUEST", "CANCEL"]

_ZONE = ZoneInfo("Europe/Helsinki")
_USUAL_LENGTH = timedelta(hours=2)
"""Assumed length of a meeting without an end time."""

_OCTETS = 75
_CONTINUES, _CONTINUED = 0b1100_0000, 0b1000_0000
"""Bit mask and value of a UTF-8 continuation byte, at which a line must not be cut."""
_ESCAPED = re.compile(r"([\\;,])")
_END = "END:VEVENT\r\nEND:VCALENDAR\r\n"
_QUOTED = str.maketrans({'"': "'", "\\": "/"})
_VTIMEZONE = (
    *("BEGIN:VTIMEZONE", "TZID:Europe/Helsinki"),
    *("BEGIN:DAYLIGHT", "DTSTART:19810329T030000", "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU"),
    *("TZOFFSETFROM:+0200", "TZOFFSETTO:+0300", "TZNAME:EEST", "END:DAYLIGHT"),
    *("BEGIN:STANDARD", "DTSTART:19961027T040000", "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU"),
    *("TZOFFSETFROM:+0300", "TZOFFSETTO:+0200", "TZNAME:EET", "END:STANDARD"),
    "END:VTIMEZONE",
)


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """A meeting as a calendar entry shows it; ``begins`` and ``ends`` are naive local times."""

    meeting: str
    name: str
    begins: datetime
    ends: datetime
    place: str = ""
    url: str = ""

    @classmethod
    def of(
        cls,
        meeting: str,
        name: str,
        day: date,
        start: time,
        end: time | None,
        *,
        place: str = "",
        url: str = "",
    ) -> CalendarEvent:
        """Return the event of a meeting; an end before the start is on the next day.

        A local time that summer time skips is moved to the time that the clock then shows (03:30
        becomes 04:30).
        """
        begins = _existing(datetime.combine(day, start))
        ends = datetime.combine(day, end) if end else begins + _USUAL_LENGTH
        if ends <= begins and end:
            ends += timedelta(days=1)
        return cls(meeting, name, begins, max(_existing(ends), begins), place, url)

    def facts(self) -> dict[str, str]:
        """Return what readers must be told when it changes, as text by field name."""
        return {
            key: value.isoformat(timespec="minutes") if isinstance(value, datetime) else str(value)
            for key, value in asdict(self).items()
            if key != "meeting"
        }


@dataclass(frozen=True, slots=True)
class Party:
    """The organizer or attendee of a calendar entry: a name, which may be '', and an address."""

    name: str
    address: str


def calendar_uid(meeting: str, person: str, token: str, domain: str) -> str:
    """Return the UID of a meeting in one person's calendar: the same in every letter about it."""
    return f"{meeting}.{person}.{token}@{domain}"


def render_calendar(
    event: CalendarEvent,
    method: Method,
    *,
    uid: str,
    sequence: int,
    organizer: Party,
    attendee: Party,
    at: datetime,
    words: str = "",
) -> str:
    """Return an iCalendar object with this one event, its lines folded and ended with CRLF.

    ``words`` is the event's description. ``at`` is an aware datetime.
    """
    cancelled = method == "CANCEL"
    lines = [
        f"UID:{uid}",
        f"ATTENDEE{_named(attendee)};ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION"
        + (":" if cancelled else ";RSVP=TRUE:")
        + f"mailto:{attendee.address}",
    ]
    if words:
        lines.append("DESCRIPTION:" + r"\n".join(_text(line) for line in words.splitlines()))
    return "".join((_shared(event, method, sequence, organizer, at), _written(lines), _END))


@lru_cache(maxsize=1 << 4)
def _shared(
    event: CalendarEvent, method: Method, sequence: int, organizer: Party, at: datetime
) -> str:
    """Return the part that is the same for all readers; cached, so rendered once a campaign."""
    cancelled = method == "CANCEL"
    lines = [
        *("BEGIN:VCALENDAR", "PRODID:-//Verkosto//Verkosto//FI", "VERSION:2.0"),
        *("CALSCALE:GREGORIAN", f"METHOD:{method}", *_VTIMEZONE, "BEGIN:VEVENT"),
        f"SEQUENCE:{sequence}",
        f"DTSTAMP:{at.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART;TZID=Europe/Helsinki:{event.begins:%Y%m%dT%H%M%S}",
        f"DTEND;TZID=Europe/Helsinki:{event.ends:%Y%m%dT%H%M%S}",
        f"SUMMARY:{_text(event.name)}",
        f"ORGANIZER{_named(organizer)}:mailto:{organizer.address}",
        f"STATUS:{'CANCELLED' if cancelled else 'CONFIRMED'}",
        "TRANSP:TRANSPARENT" if cancelled else "TRANSP:OPAQUE",
        "CLASS:PUBLIC",
    ]
    if event.place:
        lines.append(f"LOCATION:{_text(event.place)}")
    if event.url:
        lines.append(f"URL:{field_line(event.url)}")
    return _written(lines)


def _written(lines: Iterable[str]) -> str:
    return "".join(f"{fold_content_line(line)}\r\n" for line in lines)


def fold_content_line(line: str) -> str:
    """Return a content line folded to at most 75 octets, characters kept whole (RFC 5545, 3.1)."""
    octets = line.encode()
    if len(octets) <= _OCTETS:
        return line
    pieces: list[bytes] = []
    begin, end = 0, _OCTETS
    while end < len(octets):
        while octets[end] & _CONTINUES == _CONTINUED:
            end -= 1
        pieces.append(octets[begin:end])
        begin, end = end, end + _OCTETS - 1
    return b"\r\n ".join((*pieces, octets[begin:])).decode()


def _existing(local: datetime) -> datetime:
    """Return a naive local time as a wall clock shows it, normalised through UTC and back."""
    moment = local.replace(tzinfo=_ZONE).astimezone(UTC).astimezone(_ZONE)
    return moment.replace(tzinfo=None, fold=0)


@lru_cache(maxsize=1 << 10)
def _text(cell: str) -> str:
    return _ESCAPED.sub(r"\\\1", field_line(cell))


def _named(party: Party) -> str:
    """Return ``;CN="name"``, or ''; quotes, which RFC 5545 (3.2) cannot escape, are replaced."""
    name = field_line(party.name).translate(_QUOTED)
    return f';CN="{name}"' if name else ""
