"""Answers as people's programs write them: calendars, mail clients, servers that give letters back.

Each takes the letter that it answers apart, as the program would, and makes a mail of its own. The
shapes are those of the programs; the people and the places are of the example domains.
"""

from __future__ import annotations

import base64
import html
import quopri
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import default
from email.utils import format_datetime
from urllib.parse import unquote, urlsplit

CRLF = "\r\n"
AT = datetime(2026, 11, 24, 7, 30, tzinfo=UTC)


@dataclass(frozen=True)
class Asked:
    """What a letter asks, as its reader's programs see it."""

    to: str
    answers: str
    uid: str
    sequence: int
    message_id: str
    subject: str
    links: tuple[str, ...]
    data: bytes

    @classmethod
    def of(cls, data: bytes) -> Asked:
        mail = message_from_bytes(data, policy=default)
        page = mail.get_body(("html",)).get_content()
        links = map(html.unescape, re.findall(r'href="(mailto:[^"]+)"', page))
        unsubscribe = re.search(r"<(mailto:[^>]+)>", str(mail["List-Unsubscribe"] or ""))
        entry = next((p for p in mail.walk() if p.get_content_type() == "text/calendar"), None)
        ics = re.sub(r"\r?\n ", "", entry.get_content()) if entry else ""

        def field(name: str, other: str) -> str:
            found = re.search(rf"(?m)^{name}[^:\r\n]*:(.*?)\r?$", ics)
            return found[1] if found else other

        return cls(
            str(mail["To"]),
            str(mail["Reply-To"]),
            field("UID", ""),
            int(field("SEQUENCE", "0")),
            str(mail["Message-ID"]),
            str(mail["Subject"]),
            (*links, *(unsubscribe.groups() if unsubscribe else ())),
            data,
        )

    def link(self, word: str) -> tuple[str, str]:
        """The address and the subject of the link whose subject begins with this word."""
        for link in self.links:
            parts = urlsplit(link)
            subject = unquote(parts.query.removeprefix("subject="))
            if subject.startswith(word):
                return unquote(parts.path), subject
        raise LookupError(word)


def mail(
    sender: str,
    to: str,
    subject: str,
    body: str | list[str],
    *more: str,
    at: datetime = AT,
    kind: str = 'text/plain; charset="utf-8"',
    message_id: str = "",
) -> bytes:
    """A mail; a body that is a list is one of several parts, each with headers of its own."""
    lines = [f"From: {sender}", f"To: {to}", f"Subject: {encoded(subject)}"]
    lines += [f"Date: {format_datetime(at)}"]
    lines += [f"Message-ID: {message_id or made_id(sender, subject, at)}", "MIME-Version: 1.0"]
    lines += more
    if isinstance(body, list):
        kind = kind if kind.startswith("multipart") else "multipart/alternative"
        lines += [f'Content-Type: {kind}; boundary="=_bound"', ""]
        for part in body:
            lines += ["--=_bound", *part.split("\n")]
        lines += ["--=_bound--", ""]
    else:
        lines += [f"Content-Type: {kind}", "Content-Transfer-Encoding: 8bit", "", *body.split("\n")]
    return CRLF.join(lines).encode()


def made_id(*seed: object) -> str:
    number = base64.b32encode(str(hash(tuple(map(str, seed)))).encode()).decode().strip("=")
    return f"<{number}@client.example>"


def encoded(text: str) -> str:
    if text.isascii():
        return text
    return f"=?UTF-8?B?{base64.b64encode(text.encode()).decode()}?="


def part(kind: str, text: str, encoding: str = "8bit", *headers: str) -> str:
    match encoding:
        case "base64":
            text = base64.encodebytes(text.encode()).decode()
        case "quoted-printable":
            text = quopri.encodestring(text.replace(CRLF, "\n").encode()).decode()
    text = text.replace(CRLF, "\n")
    head = [f"Content-Type: {kind}", f"Content-Transfer-Encoding: {encoding}", *headers]
    return "\n".join([*head, "", text])


def ics(
    asked: Asked,
    partstat: str,
    at: datetime,
    *more: str,
    prodid: str,
    attendee: str = "",
    method: str = "REPLY",
    uid: str = "",
    sequence: int | None = None,
    zone: bool = False,
) -> str:
    """A reply's calendar; ``attendee`` holds the parameters before PARTSTAT."""
    who = asked.to
    vtimezone = ["BEGIN:VTIMEZONE", "TZID:Europe/Helsinki", "BEGIN:STANDARD"]
    vtimezone += ["DTSTART:16010101T040000", "TZOFFSETFROM:+0300", "TZOFFSETTO:+0200"]
    vtimezone += ["END:STANDARD", "END:VTIMEZONE"]
    lines = [
        *("BEGIN:VCALENDAR", f"PRODID:{prodid}", "VERSION:2.0", f"METHOD:{method}"),
        *(vtimezone if zone else ()),
        "BEGIN:VEVENT",
        f"UID:{uid or asked.uid}",
        f"DTSTAMP:{at:%Y%m%dT%H%M%SZ}",
        f"SEQUENCE:{asked.sequence if sequence is None else sequence}",
        f"ATTENDEE{attendee};PARTSTAT={partstat}:mailto:{who}",
        f"ORGANIZER:mailto:{asked.answers}",
        "DTSTART:20261203T153000Z",
        *more,
        *("END:VEVENT", "END:VCALENDAR"),
    ]
    return CRLF.join(_folded(line) for line in lines) + CRLF


def _folded(line: str) -> str:
    return f"{CRLF} ".join(line[i : i + 70] for i in range(0, len(line), 70))


SAYS = {
    "ACCEPTED": ("Accepted", "Hyväksytty", "has accepted this invitation"),
    "TENTATIVE": ("Tentative", "Alustava", "has replied 'Maybe' to this invitation"),
    "DECLINED": ("Declined", "Hylätty", "has declined this invitation"),
    "DELEGATED": ("Delegated", "Välitetty", "has delegated this invitation"),
}
Client = Callable[..., bytes]


def gmail(asked: Asked, partstat: str, at: datetime = AT, **ics_flags) -> bytes:
    """Google Calendar: base64 calendar part, an attachment, From the reader, Sender Google."""
    text = ics(
        asked,
        partstat,
        at,
        "SUMMARY:Syystapaaminen",
        prodid="-//Google Inc//Google Calendar 70.9054//EN",
        attendee=";CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT",
        **ics_flags,
    ).replace(f":mailto:{asked.to}", f";X-NUM-GUESTS=0:mailto:{asked.to}")
    word = SAYS[partstat]
    return mail(
        f"Maija Meri <{asked.to}>",
        asked.answers,
        f"{word[0]}: {asked.subject}",
        [
            part('text/plain; charset="UTF-8"', f"Maija Meri {word[2]}.", "base64"),
            part('text/html; charset="UTF-8"', f"<p>Maija Meri {word[2]}.</p>", "quoted-printable"),
            part('text/calendar; charset="UTF-8"; method=REPLY', text, "7bit"),
            part(
                'application/ics; name="invite.ics"',
                text,
                "base64",
                'Content-Disposition: attachment; filename="invite.ics"',
            ),
        ],
        "Sender: Google Calendar <calendar-notification@google.example>",
        f"Reply-To: Maija Meri <{asked.to}>",
        "Auto-Submitted: auto-generated",
        at=at,
        kind="multipart/mixed",
    )


def exchange(asked: Asked, partstat: str, at: datetime = AT, **ics_flags) -> bytes:
    """Exchange and Outlook on the web: LANGUAGE on every name, a VTIMEZONE, base64."""
    text = ics(
        asked,
        partstat,
        at,
        "SUMMARY;LANGUAGE=fi-FI:Hyväksytty: Syystapaaminen",
        "PRIORITY:5",
        "TRANSP:OPAQUE",
        "STATUS:CONFIRMED",
        "X-MICROSOFT-CDO-APPT-SEQUENCE:0",
        "X-MICROSOFT-DISALLOW-COUNTER:FALSE",
        *ics_flags.pop("lines", ()),
        prodid="Microsoft Exchange Server 2010",
        attendee=ics_flags.pop("attendee", ';CN="Meri Maija"'),
        zone=True,
        **ics_flags,
    ).replace("mailto:", "MAILTO:")
    return mail(
        f'"Meri, Maija" <{asked.to}>',
        asked.answers,
        f"{SAYS[partstat][1]}: {asked.subject}",
        [
            part('text/plain; charset="iso-8859-1"', "", "quoted-printable"),
            part('text/html; charset="iso-8859-1"', "<html><body></body></html>"),
            part('text/calendar; charset="utf-8"; method=REPLY', text, "base64"),
        ],
        "Thread-Topic: Kutsu",
        f"In-Reply-To: {asked.message_id}",
        "X-MS-Has-Attach:",
        "X-MS-Exchange-Calendar-Originator-Id: x",
        "Content-Language: fi-FI",
        at=at,
    )


def outlook(asked: Asked, partstat: str, at: datetime = AT, **ics_flags) -> bytes:
    """Outlook on the desktop: the calendar is the whole mail, no encoding but 7bit."""
    text = ics(
        asked,
        partstat,
        at,
        "CLASS:PUBLIC",
        "X-MICROSOFT-CDO-BUSYSTATUS:BUSY",
        prodid="-//Microsoft Corporation//Outlook 16.0 MIMEDIR//EN",
        **ics_flags,
    )
    return mail(
        f"Meri Maija <{asked.to}>",
        asked.answers,
        f"{SAYS[partstat][0]}: {asked.subject}",
        text.replace(CRLF, "\n"),
        "X-Mailer: Microsoft Outlook 16.0",
        at=at,
        kind='text/calendar; charset="utf-8"; method=REPLY',
    )


def apple(asked: Asked, partstat: str, at: datetime = AT, **ics_flags) -> bytes:
    """Apple Calendar: a text and the calendar as an attachment, parameters in quotes."""
    text = ics(
        asked,
        partstat,
        at,
        "SUMMARY:Syystapaaminen",
        prodid="-//Apple Inc.//macOS 15.1//EN",
        attendee=';CN="Maija Meri";CUTYPE=INDIVIDUAL;EMAIL="' + asked.to + '"',
        **ics_flags,
    )
    return mail(
        f"Maija Meri <{asked.to}>",
        asked.answers,
        f"{SAYS[partstat][0]}: {asked.subject}",
        [
            part("text/plain; charset=us-ascii", "Maija Meri has responded."),
            part(
                "text/calendar; method=REPLY; charset=utf-8; name=iCal-20261124.ics",
                text,
                "quoted-printable",
                "Content-Disposition: attachment; filename=iCal-20261124.ics",
            ),
        ],
        "X-Mailer: iCal",
        at=at,
    )


def thunderbird(asked: Asked, partstat: str, at: datetime = AT, **ics_flags) -> bytes:
    text = ics(
        asked,
        partstat,
        at,
        "CREATED:20261124T070000Z",
        "LAST-MODIFIED:20261124T070000Z",
        prodid="-//Mozilla.org/NONSGML Mozilla Calendar V1.1//EN",
        attendee=";CN=Maija Meri;RSVP=TRUE;ROLE=REQ-PARTICIPANT",
        **ics_flags,
    )
    return mail(
        asked.to,
        asked.answers,
        f"Tapahtumakutsun vastaus: {asked.subject}",
        [
            part("text/plain; charset=UTF-8", "Maija on vastannut kutsuun.", "base64"),
            part("text/calendar; method=REPLY; charset=UTF-8", text, "8bit"),
        ],
        "User-Agent: Mozilla Thunderbird",
        at=at,
    )


def kde(asked: Asked, partstat: str, at: datetime = AT, **ics_flags) -> bytes:
    """KOrganizer: no Reply-To, the METHOD stands after the events' properties of the calendar."""
    text = ics(
        asked,
        partstat,
        at,
        "LAST-MODIFIED:20261124T070000Z",
        "COMMENT:Nähdään\\, tuon kahvit\\nMaija",
        prodid="-//K Desktop Environment//NONSGML libkcal 4.3//EN",
        attendee=";RSVP=FALSE",
        **ics_flags,
    )
    return mail(
        f"Maija Meri <{asked.to}>",
        asked.answers,
        f"Answer: {asked.subject}",
        [
            part("text/plain; charset=utf-8", "Nähdään"),
            part(
                'text/calendar; method="REPLY"; charset=utf-8; name="cal.ics"',
                text,
                "8bit",
                'Content-Disposition: inline; filename="cal.ics"',
            ),
        ],
        "User-Agent: KMail",
        at=at,
        kind="multipart/mixed",
    )


CALENDARS: dict[str, Client] = {
    "gmail": gmail,
    "exchange": exchange,
    "outlook": outlook,
    "apple": apple,
    "thunderbird": thunderbird,
    "kde": kde,
}


def tapped(asked: Asked, word: str, at: datetime = AT, body: str = "", sender: str = "") -> bytes:
    """One of the three links: the mail program opens, the reader presses send."""
    address, subject = asked.link(word)
    return mail(sender or f"Maija Meri <{asked.to}>", address, subject, body, at=at)


def replied(asked: Asked, body: str, at: datetime = AT, *more: str, sender: str = "") -> bytes:
    """A reply with the letter quoted below it."""
    quote = "\n".join(f"> {line}" for line in ("Hei Maija,", "olet tervetullut.", "Ehkä tulossa?"))
    return mail(
        sender or f"Maija Meri <{asked.to}>",
        asked.answers,
        f"Re: {asked.subject}",
        f"{body}\n\nma 23. marrask. 2026 klo 9.00 Verkosto <v@example.org> kirjoitti:\n{quote}",
        f"In-Reply-To: {asked.message_id}",
        f"References: {asked.message_id}",
        *more,
        at=at,
    )


def away(asked: Asked, body: str, at: datetime = AT, subject: str = "", *more: str) -> bytes:
    """An automatic reply."""
    return mail(
        f"Maija Meri <{asked.to}>",
        asked.answers,
        subject or f"Automaattinen vastaus: {asked.subject}",
        body,
        f"In-Reply-To: {asked.message_id}",
        *(more or ("Auto-Submitted: auto-replied", "X-Auto-Response-Suppress: All")),
        at=at,
    )


def returned(
    asked: Asked,
    status: str = "5.1.1",
    said: str = "550 5.1.1 User unknown",
    at: datetime = AT,
    *,
    action: str = "failed",
    recipient: str = "",
    whole: bool = False,
    original: bool = True,
    extra: tuple[str, ...] = (),
    by: str = "smtp",
) -> bytes:
    """A delivery status notification as Postfix makes it (RFC 3464)."""
    headers = asked.data.split(b"\r\n\r\n")[0].decode().replace("\r\n", "\n")
    who = recipient or asked.to
    parts = [
        part("text/plain; charset=us-ascii", f"<{who}>: host mx.example said: {said}"),
        "\n".join(
            [
                "Content-Type: message/delivery-status",
                "",
                "Reporting-MTA: dns; mail.example.org",
                f"Arrival-Date: {format_datetime(at)}",
                "",
                f"Final-Recipient: rfc822; {who}",
                *extra,
                f"Action: {action}",
                f"Status: {status}",
                f"Diagnostic-Code: {by}; {said}",
                "",
            ]
        ),
    ]
    if original and whole:
        text = asked.data.decode().replace("\r\n", "\n")
        parts.append(f"Content-Type: message/rfc822\n\n{text}")
    elif original:
        parts.append(f"Content-Type: text/rfc822-headers\n\n{headers}\n")
    return mail(
        "MAILER-DAEMON@mail.example.org (Mail Delivery System)",
        asked.answers,
        "Undelivered Mail Returned to Sender",
        parts,
        "Return-Path: <>",
        "Auto-Submitted: auto-replied",
        at=at,
        kind="multipart/report; report-type=delivery-status",
    )


def later(days: int = 0, **more: int) -> datetime:
    return AT + timedelta(days=days, **more)
