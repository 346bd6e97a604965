"""A message as it lies in the mailbox, read within limits: whoever can write to us is the attacker.

Size, lines, parts and depth are looked at before anything is parsed, so that no message takes long.
Headers are read as bytes that may be anything; only what is needed of them is decoded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.parser import BytesParser
from email.policy import compat32
from email.utils import parsedate_to_datetime

from register.answers.words import plain_text
from register.fields.email import mailbox_key

LARGEST = 10_000_000
"""Bytes of a message that is read; a larger one is set aside."""

MOST_PARTS = 100
DEEPEST = 12

_LINES = 400_000
_HEADER = 4_000
_HEADERS = 1_000
_TEXT = 200_000
_KEPT = 20_000
_CHARSETS = re.compile(r"(?:utf-?8|us-ascii|ascii|iso-8859-\d{1,2}|(?:windows|cp)-?125\d|utf-16)")
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')
_ADDRESS = re.compile(r"[^\s<>@,;:\"()\[\]]{1,64}@[^\s<>@,;:\"()\[\]]{1,255}")


class Hostile(Exception):
    """A message that is not read: the only argument says why, in a word."""


@dataclass(frozen=True, slots=True)
class Mail:
    """A message's parts that say something; texts are cut, addresses plain, moments aware.

    ``sender`` is '' where From names none or several. ``references`` are the Message-IDs that it
    answers, ``originals`` those of messages that it holds. ``reports`` are the groups of fields of
    its delivery status (RFC 3464), names in small letters.
    """

    sender: str
    recipients: tuple[str, ...]
    subject: str
    date: datetime | None
    message_id: str
    references: tuple[str, ...]
    originals: tuple[str, ...]
    text: str
    calendars: tuple[str, ...]
    reports: tuple[dict[str, str], ...]
    message: Message = field(repr=False)

    def header(self, name: str) -> str:
        """Return a header, decoded, on one line and cut; '' where there is none."""
        return header(self.message, name)


def read_mail(data: bytes) -> Mail:
    """Return what a message holds; raises Hostile where it is beyond the limits."""
    _guard(data)
    try:
        message = BytesParser(policy=compat32).parsebytes(data)
        parts = list(_parts(message))
    except (RecursionError, ValueError, LookupError, AssertionError, AttributeError) as fault:
        raise Hostile("broken") from fault
    texts, pages, calendars, reports, originals = [], [], [], [], []
    for part in parts:
        match part.get_content_type():
            case "text/plain" if not part.get_filename():
                texts.append(_decoded(part))
            case "text/html" if not part.get_filename():
                pages.append(_decoded(part))
            case "text/calendar" | "application/ics":
                calendars.append(_decoded(part))
            case "message/delivery-status" | "message/global-delivery-status":
                reports += _groups(part)
            case "text/rfc822-headers" | "message/rfc822-headers" | "message/global-headers":
                originals += _message_ids(_decoded(part))
        if part is not message and (found := header(part, "Message-ID")):
            originals.append(found)
    text = "\n".join(filter(str.strip, texts)) or "\n".join(map(plain_text, pages))
    return Mail(
        sender=address_of(message),
        recipients=_recipients(message),
        subject=header(message, "Subject"),
        date=_date(header(message, "Date")),
        message_id=header(message, "Message-ID")[:500],
        references=_ids(header(message, "In-Reply-To") + " " + header(message, "References")),
        originals=tuple(dict.fromkeys(originals)),
        text=text[:_KEPT],
        calendars=tuple(dict.fromkeys(calendars)),
        reports=tuple(reports),
        message=message,
    )


def header(message: Message, name: str) -> str:
    """Return a header of a part, decoded, on one line, without controls; '' where there is none."""
    raw = message.get(name)
    if raw is None:
        return ""
    text = str(raw)[:_HEADER]
    if "=?" in text:
        try:
            pieces = decode_header(text)
        except (HeaderParseError, ValueError, LookupError):
            pieces = []
        text = "".join(_as_text(*piece) for piece in pieces) or text
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def address_of(message: Message) -> str:
    """Return the one address of From, in canonical form; '' where it is not just one.

    Names in quotes and comments are taken out before an address is looked for, so that a name that
    looks like an address is none (CVE-2023-27043).
    """
    froms = message.get_all("From") or []
    if len(froms) != 1:
        return ""
    found = {mailbox_key(one) for one in _addresses(str(froms[0]))}
    return found.pop() if len(found) == 1 else ""


def _guard(data: bytes) -> None:
    """Raise Hostile where a message is so made that to parse it would take long."""
    if len(data) > LARGEST:
        raise Hostile("too-large")
    if data.count(b"\n") > _LINES:
        raise Hostile("too-many-lines")
    small = data.lower()
    if small.count(b"boundary") > MOST_PARTS or small.count(b"message/rfc822") > MOST_PARTS:
        raise Hostile("too-many-parts")
    head = data[: max(data.find(b"\n\n"), data.find(b"\r\n\r\n"), 0) or len(data)]
    if head.count(b"\n") > _HEADERS or len(head) > LARGEST // 10:
        raise Hostile("too-many-headers")


def _parts(message: Message, depth: int = 0, count: list[int] | None = None) -> Iterator[Message]:
    count = [0] if count is None else count
    count[0] += 1
    if depth > DEEPEST:
        raise Hostile("too-deep")
    if count[0] > MOST_PARTS:
        raise Hostile("too-many-parts")
    yield message
    payload = message.get_payload()
    if isinstance(payload, list) and "delivery-status" not in message.get_content_type():
        for part in payload:
            if isinstance(part, Message):
                yield from _parts(part, depth + 1, count)


def _decoded(part: Message) -> str:
    if part.is_multipart():
        payload = str(part.get_payload(0))[:_TEXT].encode("utf-8", "replace")
    else:
        found = part.get_payload(decode=True)
        payload = found[:_TEXT] if isinstance(found, bytes) else b""
    return _as_text(payload, part.get_content_charset())


def _as_text(data: bytes | str, charset: str | None) -> str:
    """Return bytes as text; of charsets only those that are read in linear time."""
    if isinstance(data, str):
        return data
    wanted = (charset or "utf-8").lower()
    if not _CHARSETS.fullmatch(wanted):
        wanted = "utf-8"
    try:
        return data.decode(wanted)
    except (UnicodeDecodeError, LookupError):
        return data.decode("cp1252", "replace")


def _groups(part: Message) -> list[dict[str, str]]:
    """Return the fields of a delivery status, group by group."""
    payload = part.get_payload()
    if isinstance(payload, list):
        return [
            {name.lower(): header(group, name) for name in group}
            for group in payload[:MOST_PARTS]
            if isinstance(group, Message)
        ]
    blocks = re.split(r"\r?\n[ \t]*\r?\n", _decoded(part)[:_KEPT])
    return [
        {
            name.strip().lower(): value.strip()
            for name, colon, value in (line.partition(":") for line in block.splitlines())
            if colon
        }
        for block in blocks
        if block.strip()
    ]


def _recipients(message: Message) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for name in ("To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To"):
        for line in (message.get_all(name) or [])[:10]:
            found.update(dict.fromkeys(map(mailbox_key, _addresses(str(line)))))
    return tuple(found)[:200]


def _addresses(text: str) -> list[str]:
    bare = _QUOTED.sub(" ", text[:_HEADER])
    angled = re.findall(r"<([^<>]*)>", bare)
    return [one for part in angled or [bare] for one in _ADDRESS.findall(part)]


def _message_ids(text: str) -> list[str]:
    return re.findall(r"(?im)^message-id:\s*(<[^<>\s]{1,500}>)", text[:_TEXT])[:10]


def _ids(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(re.findall(r"<[^<>\s]{1,500}>", text)))[:50]


def _date(text: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(text[:200])
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
