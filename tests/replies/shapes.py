"""Answers and notices in rarer shapes: other charsets and encodings, broken calendars, lists.

Each takes the letter that it answers, and says what the message is, and fields of its verdict.
"""

from __future__ import annotations

import base64
import quopri
import re
import struct
from collections.abc import Callable, Iterator
from dataclasses import replace

from tests.replies.clients import (
    AT,
    CRLF,
    Asked,
    apple,
    away,
    exchange,
    gmail,
    ics,
    mail,
    part,
    replied,
    returned,
    tapped,
)

Shape = tuple[str, bytes, str, dict[str, object]]
COMING = {"answer": "coming", "via": "calendar"}
OWN = "Omaa väkeä: Äänekoski, Ylöjärvi, Åland – €"


def calendar(asked: Asked, partstat: str = "ACCEPTED", *more: str, **flags) -> str:
    return ics(asked, partstat, AT, *more, prodid="-//Test//EN", **flags)


def whole(asked: Asked, body: bytes, *headers: str) -> bytes:
    """A mail of one part whose bytes are given, headers and all."""
    head = (
        *(f"From: Maija Meri <{asked.to}>", f"To: {asked.answers}", "Subject: Accepted: Kutsu"),
        *("Date: Tue, 24 Nov 2026 09:30:00 +0200", "MIME-Version: 1.0", *headers),
    )
    return CRLF.join(head).encode() + b"\r\n\r\n" + body


def calendars(asked: Asked) -> Iterator[Shape]:
    """iTIP as it comes: charsets, encodings, folds, what is missing and what is too much."""
    plain = calendar(asked, "ACCEPTED", f"COMMENT:{OWN}", f"LOCATION:{OWN}")
    said = {**COMING, "comment": OWN}
    for charset in ("utf-8", "windows-1252", "iso-8859-15", "utf-16"):
        kind = f"Content-Type: text/calendar; method=REPLY; charset={charset}"
        latin = plain.replace("–", "-") if charset == "iso-8859-15" else plain
        fields = {**COMING, "comment": OWN.replace("–", "-")} if latin != plain else said
        data = latin.encode(charset)
        if charset != "utf-16":
            yield f"8bit {charset}", whole(asked, data, kind), "rsvp", fields
        coded = base64.encodebytes(data)
        encoding = "Content-Transfer-Encoding: base64"
        yield f"base64 {charset}", whole(asked, coded, kind, encoding), "rsvp", fields
        coded = quopri.encodestring(data)
        encoding = "Content-Transfer-Encoding: quoted-printable"
        if charset != "utf-16":
            yield f"quoted {charset}", whole(asked, coded, kind, encoding), "rsvp", fields
    kind = "Content-Type: text/calendar; charset=utf-8"
    octets = plain.replace(f"{CRLF} ", "").encode()
    folded = b"\r\n".join(
        b"\r\n ".join(line[at : at + 74] for at in range(0, max(len(line), 1), 74))
        for line in octets.split(b"\r\n")
    )
    at = octets.index(b"COMMENT:") + octets[octets.index(b"COMMENT:") :].index("ä".encode()) + 1
    torn = octets[:at] + b"\r\n " + octets[at:]
    yield "folded by octets", whole(asked, folded, kind), "rsvp", said
    yield "a fold within a letter", whole(asked, torn, kind), "rsvp", said
    yield (
        "folded with a tab",
        whole(asked, plain.replace(f"{CRLF} ", f"{CRLF}\t").encode(), kind),
        ("rsvp"),
        said,
    )
    yield "ends of lines LF", whole(asked, plain.replace(CRLF, "\n").encode(), kind), "rsvp", said
    yield (
        "ends of lines CR CR LF",
        whole(asked, plain.replace("\r", "\r\r").encode(), kind),
        ("rsvp"),
        said,
    )
    yield "a byte order mark", whole(asked, b"\xef\xbb\xbf" + plain.encode(), kind), "rsvp", said
    small = re.sub(r"(?m)^([A-Z-]+)(?=[:;])", lambda one: one[1].lower(), plain)
    yield "names in small letters", whole(asked, small.encode(), kind), "rsvp", said
    no_method = plain.replace(f"METHOD:REPLY{CRLF}", "").encode()
    yield "METHOD in MIME alone", whole(asked, no_method, f"{kind}; method=REPLY"), "rsvp", said
    yield "METHOD nowhere", whole(asked, no_method, kind), "text", {"answer": ""}
    for name in ("invite.ics", "vastaus.ICS"):
        attached = [
            part("text/plain; charset=utf-8", "Kalenterin vastaus liitteenä."),
            part(f'application/octet-stream; name="{name}"', plain, "base64",
                 f'Content-Disposition: attachment; filename="{name}"'),
        ]  # fmt: skip
        data = mail(asked.to, asked.answers, "Accepted", attached, kind="multipart/mixed")
        yield f"{name} alone", data, "rsvp", said
    people = (
        ("CUTYPE", ";CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;RSVP=TRUE", ""),
        ("quoted CN with : and ;", ';CN="Meri: Maija; pj, hallitus"', ""),
        ("SENT-BY", ';SENT-BY="mailto:sihteeri@example.net"', ""),
        ("LANGUAGE, DIR", ';LANGUAGE=fi;DIR="ldap://example.net:6666/o=x";CN=Maija', ""),
        ("EMAIL and a path", f';CN=Maija;EMAIL="{asked.to}"', "/aMTIzNDU2Nzg5/principal/"),
        ("EMAIL and a urn", f';EMAIL={asked.to}', "urn:uuid:9DFE5E5D-8C1A-4F0E-9C8B-1C2D3E4F5A6B"),
        ("an address in capitals", "", f"MAILTO:{asked.to.upper()}"),
        ("a space after mailto", "", f"mailto: {asked.to}"),
    )  # fmt: skip
    for name, parameters, value in people:
        text = calendar(asked, attendee=parameters)
        if value:
            text = text.replace(f"{CRLF} ", "").replace(
                f":mailto:{asked.to}{CRLF}ORG", f":{value}{CRLF}ORG"
            )
        fields = {**COMING, "recipient": asked.to}
        yield f"attendee: {name}", whole(asked, text.encode(), kind), "rsvp", fields
    guests = calendar(asked).replace(f"PARTSTAT=ACCEPTED:mailto:{asked.to}", (
        f"PARTSTAT=ACCEPTED;X-NUM-GUESTS=2;X-RESPONSE-COMMENT=\"Tuomme kaksi ystävää\""
        f":mailto:{asked.to}"))  # fmt: skip
    yield (
        "guests and Google's comment",
        whole(asked, guests.encode(), kind),
        "rsvp",
        {
            **COMING,
            "comment": "Tuomme kaksi ystävää (+2)",
        },
    )
    others = "ATTENDEE;PARTSTAT={}:mailto:{}"
    more = calendar(asked, "DECLINED", others.format("ACCEPTED", "pekka@example.net"))
    declined = {"answer": "not_coming", "recipient": asked.to}
    yield (
        "several attendees, one of them writes",
        whole(asked, more.encode(), kind),
        ("rsvp"),
        declined,
    )
    more = calendar(asked, "DECLINED", others.format("NEEDS-ACTION", "pekka@example.net"))
    yield (
        "several attendees, one has answered",
        whole(asked, more.encode(), kind),
        ("rsvp"),
        declined,
    )
    two = calendar(asked, "ACCEPTED", others.format("DECLINED", asked.to))
    yield "one attendee says two things", whole(asked, two.encode(), kind), "text", {"answer": ""}
    strange = calendar(asked, uid="foreign-event@elsewhere.example").replace(
        "END:VCALENDAR\r\n", ""
    )
    event = calendar(asked, "TENTATIVE").partition("BEGIN:VEVENT")[2]
    data = whole(asked, f"{strange}BEGIN:VEVENT{event}".encode(), kind)
    yield "ours is the second event", data, "rsvp", {"answer": "maybe"}
    both = calendar(asked, "ACCEPTED").replace("END:VCALENDAR\r\n", "")
    data = whole(asked, f"{both}BEGIN:VEVENT{event}".encode(), kind)
    yield "two events disagree", data, "text", {"answer": ""}
    zones = "\r\n".join(
        ("BEGIN:VTIMEZONE", "TZID:FLE Standard Time", "BEGIN:DAYLIGHT", "DTSTART:16010101T030000",
         "COMMENT:väärä", "UID:väärä", "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3", "END:DAYLIGHT",
         "END:VTIMEZONE", "BEGIN:VEVENT")
    )  # fmt: skip
    data = whole(asked, calendar(asked).replace("BEGIN:VEVENT", zones).encode(), kind)
    yield "a VTIMEZONE with names of ours", data, "rsvp", COMING
    alarm = ("BEGIN:VALARM", "ACTION:DISPLAY", "ATTENDEE:mailto:x@example.net", "END:VALARM")
    data = whole(asked, calendar(asked, "ACCEPTED", *alarm).encode(), kind)
    yield "an alarm with an attendee", data, "rsvp", {**COMING, "recipient": asked.to}
    wrapped = b"vCal-Uid\x01\x00\x00\x00" + asked.uid.encode() + b"\x00"
    object_id = "040000008200E00074C5B7101A82E008" + "00" * 24 + wrapped.hex().upper()
    data = whole(asked, calendar(asked, uid=object_id).encode(), kind)
    yield "the UID within Exchange's object id", data, "rsvp", COMING
    no_stamp = re.sub(r"(?m)^(DTSTAMP|SEQUENCE):.*\r\n", "", calendar(asked))
    yield (
        "no DTSTAMP, no SEQUENCE",
        whole(asked, no_stamp.encode(), kind),
        ("rsvp"),
        {**COMING, "sequence": -1},
    )
    data = whole(asked, calendar(asked, "NEEDS-ACTION").encode(), kind)
    yield "NEEDS-ACTION", data, "text", {"answer": ""}
    data = whole(asked, calendar(asked, "X-LATER").encode(), kind)
    yield "a PARTSTAT of nobody's", data, "text", {"answer": ""}
    delegate = calendar(
        replace(asked, to="pekka@example.net"),
        attendee=f';DELEGATED-FROM="mailto:{asked.to}";ROLE=REQ-PARTICIPANT',
    )
    yield (
        "a delegate's own answer",
        whole(asked, delegate.encode(), kind),
        ("rsvp"),
        {"recipient": "pekka@example.net"},
    )


def outlooks(asked: Asked) -> Iterator[Shape]:
    """Outlook where its server sends TNEF to everybody."""
    kinds = {
        "MtgRespP": ("Hyväksytty", "coming"),
        "MtgRespA": ("Alustava", "maybe"),
        "MtgRespN": ("Hylätty", "not_coming"),
    }
    for name, (word, answer) in kinds.items():
        data = tnef(asked, f"IPM.Microsoft Schedule.{name}")
        yield (
            f"winmail.dat {name}",
            winmail(asked, word, data),
            "rsvp",
            {
                "answer": answer,
                "via": "calendar",
            },
        )
        data = winmail(asked, word, b"\x78\x9f\x3e\x22" + b"\x00" * 40)
        yield f"winmail.dat without an answer {name}", data, "text", {"guess": answer}
    data = winmail(asked, "Kutsu", tnef(asked, "IPM.Note"))
    yield "winmail.dat of a letter", data, "text", {"answer": "", "guess": ""}


def tnef(asked: Asked, message_class: str) -> bytes:
    """A TNEF stream (MS-OXTNEF): the message's class, and properties with a global object id."""
    wrapped = b"vCal-Uid\x01\x00\x00\x00" + asked.uid.encode() + b"\x00"
    head = bytes.fromhex("040000008200E00074C5B7101A82E008") + bytes(20)
    object_id = head + struct.pack("<I", len(wrapped)) + wrapped
    stream = struct.pack("<IH", 0x223E9F78, 1)
    for number, value in (
        (0x00089006, struct.pack("<I", 0x00010000)),
        (0x00078008, message_class.encode() + b"\x00"),
        (0x00069003, struct.pack("<IHHI", 1, 0x0102, 0x8003, 1) + object_id),
    ):
        stream += struct.pack("<BII", 1, number, len(value)) + value
        stream += struct.pack("<H", sum(value) & 0xFFFF)
    return stream


def winmail(asked: Asked, word: str, data: bytes) -> bytes:
    body = base64.encodebytes(data).decode()
    attached = [
        part("text/plain; charset=utf-8", ""),
        "\n".join(
            ("Content-Type: application/ms-tnef; name=\"winmail.dat\"",
             "Content-Transfer-Encoding: base64",
             "Content-Disposition: attachment; filename=\"winmail.dat\"", "", body)
        ),
    ]  # fmt: skip
    subject = f"{word}: {asked.subject}"
    return mail(asked.to, asked.answers, subject, attached, kind="multipart/mixed")


def lists(asked: Asked) -> Iterator[Shape]:
    """Answers that come to us by way of a group, and what lists and robots write themselves."""
    group = ("List-Id: <vastaukset.yhdistys.example>", "Precedence: list",
             "List-Unsubscribe: <mailto:pois@yhdistys.example>")  # fmt: skip
    extra = "".join(f"{line}\r\n" for line in group).encode()
    never = {"automatic": True}
    yield (
        "a link through a group",
        extra + tapped(asked, "Tulossa"),
        "rsvp",
        {
            "answer": "coming",
            **never,
        },
    )
    yield "a wish through a group", extra + tapped(asked, "Ei kutsuja"), "unsubscribe", never
    yield (
        "a calendar through a group",
        extra + apple(asked, "DECLINED"),
        "rsvp",
        {
            "answer": "not_coming",
            **never,
        },
    )
    yield (
        "a reply through a group",
        extra + replied(asked, "En pääse"),
        "text",
        {
            "guess": "not_coming",
            **never,
        },
    )
    news = mail(asked.to, asked.answers, "Uutiskirje 11/2026", "Tervetuloa! Nähdään.", *group)
    yield "a newsletter", news, "auto-reply", never
    robots = (
        ("listserv", "LISTSERV@lists.example.net", "Rejected posting to KUTSU@LISTS.EXAMPLE.NET",
         "You are not authorized to send mail to the list."),
        ("mailman", "kutsu-bounces@lists.example.net", "Your message awaits moderator approval",
         "Is being held until the list moderator can review it for approval."),
        ("majordomo", "owner-kutsu@lists.example.net", "BOUNCE kutsu", "Non-member submission"),
        ("no reply", "no-reply@tiketti.example", "[#4711] Viestisi on vastaanotettu",
         "Kiitos viestistäsi, olen tulossa takaisin asiaan."),
    )  # fmt: skip
    for name, sender, subject, body in robots:
        data = mail(sender, asked.answers, subject, body, f"In-Reply-To: {asked.message_id}")
        yield f"robot: {name}", data, "auto-reply", never
    held = mail(
        asked.to,
        asked.answers,
        "Vahvista viestisi (Please confirm your message)",
        "To deliver your message, please reply to this mail.",
        "Auto-Submitted: auto-replied",
        f"In-Reply-To: {asked.message_id}",
    )
    yield "challenge and response", held, "auto-reply", never
    for word, gone in (("displayed", "näytettiin"), ("deleted", "poistettiin lukematta")):
        receipt = mail(
            asked.to,
            asked.answers,
            f"Luettu: {asked.subject}" if word == "displayed" else f"Ei luettu: {asked.subject}",
            [
                part("text/plain; charset=utf-8", f"Viestisi {gone}. Tulossa, ehkä."),
                "\n".join(
                    ("Content-Type: message/disposition-notification", "",
                     "Reporting-UA: mail.example.net; Test",
                     f"Final-Recipient: rfc822;{asked.to}",
                     f"Original-Message-ID: {asked.message_id}",
                     f"Disposition: manual-action/MDN-sent-manually; {word}", "")
                ),
            ],
            kind="multipart/report; report-type=disposition-notification",
        )  # fmt: skip
        yield f"read receipt {word}", receipt, "auto-reply", {"answer": "", **never}


AWAY: tuple[tuple[str, str, str], ...] = (
    ("Abwesenheit: Kutsu", "Ich bin bis zum 1. Dezember nicht im Büro.", "auto-reply"),
    ("Automatische Antwort: Kutsu", "Ich bin im Urlaub.", "auto-reply"),
    ("Automatische Antwort: Kutsu", "Ich bin nicht mehr im Unternehmen tätig.", "left"),
    ("Abwesenheitsnotiz", "Frau Muster hat unseren Verein verlassen.", "left"),
    ("Autosvar: Kutsu", "Jag är föräldraledig till augusti, kontakta kansliet.", "auto-reply"),
    ("Frånvarande: Kutsu", "Tjänstledig t.o.m. 31.12.", "auto-reply"),
    ("Automatiskt svar: Kutsu", "Min anställning har upphört.", "left"),
    ("Automatiskt svar: Kutsu", "Jag har gått i pension. Ny kontakt: kansli.", "left"),
    ("Poissa: Kutsu", "En ole enää tänään tavoitettavissa.", "auto-reply"),
    ("Automaattinen vastaus: Kutsu", "Toimistomme ei ole enää avoinna perjantaisin.", "auto-reply"),
    ("Automaattinen vastaus: Kutsu", "Olen opintovapaalla 31.7. asti.", "auto-reply"),
    ("Automaattinen vastaus: Kutsu", "En enää työskentele järjestössä.", "left"),
    ("Automaattinen vastaus: Kutsu", "Virkasuhteeni kaupungilla on päättynyt.", "left"),
    ("Automaattinen vastaus: Kutsu", "Olen siirtynyt uusiin tehtäviin.", "left"),
    ("Automatic reply: Kutsu", "I have left the office for today.", "auto-reply"),
    ("Automatic reply: Kutsu", "Tomorrow is my last day before the holidays.", "auto-reply"),
    ("Automatic reply: Kutsu", "I am no longer with the association.", "left"),
    ("Automatic reply: Kutsu", "Maija has retired. Please write to the office.", "left"),
)
"""Automatic replies: subject, words, and whether they say that somebody has left."""

PEOPLE: tuple[tuple[str, str, str], ...] = (
    ("Poissa torstain kokouksesta", "En pääse torstaina.", "not_coming"),
    ("Lomalla silloin", "Valitettavasti en pääse.", "not_coming"),
    ("Re: Kutsu", "Osallistumme kahden hengen voimin.", "coming"),
    ("VS: Kutsu", "Ei onnistu tällä kertaa.", "not_coming"),
    ("SV: Inbjudan", "Jag kan tyvärr inte delta.", "not_coming"),
    ("Re: Invitation", "Yes, we'll be there!", "coming"),
)
"""What people write themselves, in a mail of their own."""


def notices(asked: Asked) -> Iterator[Shape]:
    """Absences, people's own mails, and what looks like a notice and is none."""
    for subject, body, kind in AWAY:
        data = away(asked, body, AT, subject, "Auto-Submitted: auto-replied")
        yield f"{subject}: {body}", data, kind, {"automatic": True}
        bare = mail(asked.to, asked.answers, subject, body, f"In-Reply-To: {asked.message_id}")
        yield f"without headers, {subject}: {body}", bare, kind, {"automatic": True}
    for subject, body, guess in PEOPLE:
        yield (
            f"{subject}: {body}",
            mail(asked.to, asked.answers, subject, body),
            "text",
            {
                "guess": guess,
                "automatic": False,
            },
        )
    report = returned(asked).decode().replace(CRLF, "\n").replace("=_bound", "=_inner")
    sent_on = mail(
        asked.to,
        asked.answers,
        "VL: Undelivered Mail",
        [
            part("text/plain; charset=utf-8", "Tällainen tuli meille."),
            f"Content-Type: message/rfc822\n\n{report}",
        ],
        kind="multipart/mixed",
    )
    yield "a notice that a person sends on", sent_on, "text", {"automatic": False}
    inside = gmail(asked, "ACCEPTED").decode().replace(CRLF, "\n").replace("=_bound", "=_inner")
    data = mail(
        "pekka@example.net",
        asked.answers,
        "VL: Accepted",
        [
            part("text/plain; charset=utf-8", "Tiedoksi."),
            f"Content-Type: message/rfc822\n\n{inside}",
        ],
        kind="multipart/mixed",
    )
    yield "a calendar's answer that a person sends on", data, "text", {"answer": ""}
    data = exchange(asked, "ACCEPTED").replace(b"multipart/alternative", b"multipart/related")
    yield "an unusual multipart", data, "rsvp", {"answer": "coming"}


SHAPES: tuple[Callable[[Asked], Iterator[Shape]], ...] = (calendars, outlooks, lists, notices)
