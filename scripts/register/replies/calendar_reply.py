"""Calendar replies: iTIP REPLY and COUNTER by mail (RFC 5546, 3.2.3 and 3.2.7; RFC 6047).

Lines are unfolded and split by hand: calendars send more variants than any parser accepts, and only
a few fields are needed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from register.replies.tnef import plain_uid
from register.values.email import mailbox_key

ANSWERS = {
    "ACCEPTED": "coming",
    "COMPLETED": "coming",
    "IN-PROCESS": "coming",
    "TENTATIVE": "maybe",
    "DECLINED": "not_coming",
}
"""The key of ``rsvp`` for each PARTSTAT."""

_LINES = 2_000
_LINE = 8_000
_NAME = re.compile(r"([A-Za-z0-9-]{1,60})((?:;[^:;=\"]{1,60}=(?:\"[^\"]*\"|[^\";:]*))*):")
_PARAMETER = re.compile(r";([^:;=\"]{1,60})=(?:\"([^\"]*)\"|([^\";:]*))")
_WHEN = re.compile(r"(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)\d\d(Z?)")
_ESCAPED = re.compile(r"\\([\\;,nN])")


@dataclass(frozen=True, slots=True)
class CalendarReply:
    """A calendar's reply for one event.

    ``sequence`` is -1 if missing. ``partstat`` is in capitals, ``delegate`` an address or ''.
    ``comment`` is what the attendee adds; Google's guests are in it as ``(+2)``. ``program`` is the
    PRODID. ``begins`` is the event's begin in ISO 8601, with ``Z`` for UTC and without for local
    time, '' if missing.
    """

    method: str
    uid: str
    sequence: int
    stamp: datetime | None
    attendee: str
    partstat: str
    delegate: str
    comment: str
    program: str
    begins: str


def read_calendar_replies(text: str, sender: str = "") -> Iterator[CalendarReply]:
    """Yield the reply for each event; nothing if the calendar is no REPLY or COUNTER.

    If several attendees have answered, ``sender`` says which one is meant; otherwise none is.
    """
    method, program, event, inside = "", "", dict[str, str](), 0
    attendees: list[tuple[dict[str, str], str]] = []
    found: list[tuple[dict[str, str], list[tuple[dict[str, str], str]]]] = []
    for name, parameters, value in _lines(text):
        if name == "BEGIN":
            inside += 1
            if value.upper() in ("VEVENT", "VTODO"):
                event, attendees, inside = {}, [], 0
        elif name == "END":
            inside -= 1
            if value.upper() in ("VEVENT", "VTODO"):
                found.append((event, attendees))
        elif name == "METHOD":
            method = method or value.strip().upper()
        elif name == "PRODID":
            program = program or value.strip()[:200]
        elif name == "ATTENDEE" and inside == 0:
            attendees.append((parameters, value))
        elif inside == 0:
            event.setdefault(name, value)
    if method not in ("REPLY", "COUNTER"):
        return
    for one, people in found:
        speaking = [(_address(*each), each[0]) for each in people]
        yield _reply((method, program), one, speaking, sender)


def _reply(
    calendar: tuple[str, str],
    event: dict[str, str],
    people: list[tuple[str, dict[str, str]]],
    sender: str,
) -> CalendarReply:
    """Return the reply for an event, of the one attendee who has spoken.

    Of several, that is one who has delegated, else ``sender``, else the only one who has answered;
    without such a one the attendee is ''.
    """
    speaking = [one for one in people if one[1].get("DELEGATED-TO")] or people
    if len(speaking) > 1:
        answered = [one for one in people if one[1].get("PARTSTAT", "").upper() in ANSWERS]
        themselves = [one for one in answered if one[0] == sender]
        speaking = themselves if len(themselves) == 1 else answered
    attendee, parameters = speaking[0] if len(speaking) == 1 else ("", {})
    digits = event.get("SEQUENCE", "").strip()
    return CalendarReply(
        method=calendar[0],
        uid=plain_uid("".join(event.get("UID", "").split()))[:500],
        sequence=int(digits) if re.fullmatch(r"[0-9]{1,9}", digits) else -1,
        stamp=_moment(event.get("DTSTAMP", "")),
        attendee=attendee,
        partstat=parameters.get("PARTSTAT", "").upper(),
        delegate=mailbox_key(re.sub(r"(?i)^mailto:", "", parameters.get("DELEGATED-TO", ""))),
        comment=_comment(event, parameters)[:2_000],
        program=calendar[1],
        begins=_iso(event.get("DTSTART", "")),
    )


def _comment(event: dict[str, str], parameters: dict[str, str]) -> str:
    """Return an attendee's comment; Google puts it, and the number of guests, into parameters."""
    said = _plain(event.get("COMMENT", "")).strip() or parameters.get("X-RESPONSE-COMMENT", "")
    guests = parameters.get("X-NUM-GUESTS", "").strip()
    more = f"(+{guests})" if re.fullmatch(r"[1-9][0-9]{0,2}", guests) else ""
    return " ".join(filter(None, (said, more)))


def _address(parameters: dict[str, str], value: str) -> str:
    """Return an attendee's address; in Apple's replies it stands in the parameter EMAIL."""
    found = mailbox_key(re.sub(r"(?i)^mailto:", "", value.strip()))
    return found or mailbox_key(parameters.get("EMAIL", ""))


def _lines(text: str) -> Iterator[tuple[str, dict[str, str], str]]:
    unfolded = re.sub(r"\r*\n[ \t]", "", text.lstrip("\ufeff"))
    for line in unfolded.splitlines()[:_LINES]:
        head = _NAME.match(line[:_LINE])
        if not head:
            continue
        parameters = {
            one[1].strip().upper(): one[2] if one[2] is not None else one[3]
            for one in _PARAMETER.finditer(head[2])
        }
        yield head[1].upper(), parameters, line[head.end() : _LINE]


def _plain(text: str) -> str:
    return _ESCAPED.sub(lambda one: "\n" if one[1] in "nN" else one[1], text)


def _iso(text: str) -> str:
    found = _WHEN.fullmatch(text.strip())
    return f"{found[1]}-{found[2]}-{found[3]}T{found[4]}:{found[5]}{found[6]}" if found else ""


def _moment(text: str) -> datetime | None:
    try:
        return datetime.strptime(text.strip().rstrip("Z"), "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return None
