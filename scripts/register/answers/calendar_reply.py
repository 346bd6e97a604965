"""Calendar replies: iTIP REPLY and COUNTER over mail (RFC 5546, 3.2.3 and 3.2.7; RFC 6047).

Lines are unfolded and taken apart by hand: what calendars send is more varied than any parser's
idea of it, and little of it is needed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from register.fields.email import mailbox_key

ANSWERS = {
    "ACCEPTED": "coming",
    "COMPLETED": "coming",
    "IN-PROCESS": "coming",
    "TENTATIVE": "maybe",
    "DECLINED": "not_coming",
}
"""What a PARTSTAT says, by the keys of Vastaus."""

_LINES = 2_000
_LINE = 8_000
_NAME = re.compile(r"([A-Za-z0-9-]{1,60})((?:;[^:;=\"]{1,60}=(?:\"[^\"]*\"|[^\";:]*))*):")
_PARAMETER = re.compile(r";([^:;=\"]{1,60})=(?:\"([^\"]*)\"|([^\";:]*))")
_ESCAPED = re.compile(r"\\([\\;,nN])")


@dataclass(frozen=True, slots=True)
class Reply:
    """A calendar's reply. ``partstat`` is in capitals, ``delegate`` an address or ''."""

    method: str
    uid: str
    sequence: int
    stamp: datetime | None
    attendee: str
    partstat: str
    delegate: str
    comment: str


def replies(text: str) -> Iterator[Reply]:
    """Yield the reply of each event; nothing where the calendar is no REPLY or COUNTER."""
    method, event, inside = "", dict[str, str](), 0
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
        elif name == "ATTENDEE" and inside == 0:
            attendees.append((parameters, value))
        elif inside == 0:
            event.setdefault(name, value)
    if method not in ("REPLY", "COUNTER"):
        return
    for one, people in found:
        yield _reply(method, one, people)


def _reply(method: str, event: dict[str, str], people: list[tuple[dict[str, str], str]]) -> Reply:
    """Return an event's reply; of several attendees, the one that has delegated speaks."""
    speaking = next((one for one in people if one[0].get("DELEGATED-TO")), None)
    parameters, attendee = speaking or (people[0] if people else ({}, ""))
    if speaking is None and len(people) > 1:
        answered = [one for one in people if one[0].get("PARTSTAT", "").upper() in ANSWERS]
        parameters, attendee = answered[0] if len(answered) == 1 else ({}, "")
    digits = event.get("SEQUENCE", "").strip()
    return Reply(
        method=method,
        uid=event.get("UID", "").strip()[:500],
        sequence=int(digits) if re.fullmatch(r"[0-9]{1,9}", digits) else -1,
        stamp=_moment(event.get("DTSTAMP", "")),
        attendee=mailbox_key(re.sub(r"(?i)^mailto:", "", attendee.strip())),
        partstat=parameters.get("PARTSTAT", "").upper(),
        delegate=mailbox_key(re.sub(r"(?i)^mailto:", "", parameters.get("DELEGATED-TO", ""))),
        comment=_plain(event.get("COMMENT", ""))[:2_000],
    )


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


def _moment(text: str) -> datetime | None:
    try:
        return datetime.strptime(text.strip().rstrip("Z"), "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return None
