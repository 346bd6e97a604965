"""A message as it lies in the mailbox, read within limits: whoever can write to us is the attacker.

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

from register.answers.limits import DEEPEST, MOST_PARTS, Hostile, guard
from register.answers.page import plain_text
from register.answers.tnef import as_calendar
from register.fields.email import mailbox_key
from register.fields.encoding import decode

_HEADER = 4_000
_TEXT = 200_000
_KEPT = 20_000
_TNEF = 2_000_000
_HEADERS = ("text/rfc822-headers", "message/rfc822-headers", "message/global-headers")
_REPORTS = ("message/delivery-status", "message/global-delivery-status")
_CHARSETS = re.compile(r"(?:utf-?8|us-ascii|ascii|iso-8859-\d{1,2}|(?:windows|cp)-?125\d|utf-16)")
_CONTROLS = re.compile("[\x80-\x84\x86-\x9f]")
_FOLD = re.compile(rb"\r*\n[ \t]")
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')
_ADDRESS = re.compile(r"[^\s<>@,;:\"()\[\]]{1,64}@[^\s<>@,;:\"()\[\]]{1,255}")


@dataclass(frozen=True, slots=True)
class Mail:
    """A message's parts that say something; texts are cut, addresses plain, moments aware.

    ``sender`` is '' where From names none or several, ``name`` what else stands there.
    ``references`` are the Message-IDs that it answers, ``originals`` those of messages that it
    holds. ``reports`` are the groups of fields of its delivery status (RFC 3464), names in small
    letters; ``wrapped`` those of a report that it holds as a message. ``beginning`` is the
    message, of a large one its first bytes.
    """

    sender: str
    name: str
    recipients: tuple[str, ...]
    subject: str
    date: datetime | None
    message_id: str
    references: tuple[str, ...]
    originals: tuple[str, ...]
    text: str
    calendars: tuple[str, ...]
    reports: tuple[dict[str, str], ...]
    wrapped: tuple[dict[str, str], ...]
    message: Message = field(repr=False)
    beginning: Message = field(repr=False)

    def header(self, name: str) -> str:
        """Return a header, decoded, on one line and cut; '' where there is none."""
        return header(self.message, name)


def read_mail(data: bytes) -> Mail:
    """Return what a message holds; raises Hostile where it is beyond the limits."""
    guard(data)
    try:
        message = _parsed(data)
        parts = list(_parts(message))
    except (RecursionError, ValueError, LookupError, AssertionError, AttributeError) as fault:
        raise Hostile("broken") from fault
    texts, pages, calendars, originals = [], [], [], []
    reports, wrapped = list[dict[str, str]](), list[dict[str, str]]()
    for part, inside in parts:
        kind = part.get_content_type()
        if kind in _HEADERS:
            originals += _message_ids(_decoded(part))
        if part is not message and (found := header(part, "Message-ID")):
            originals.append(found)
        if kind in _REPORTS:
            found_groups = wrapped if inside else reports
            found_groups += _groups(part)
        if inside:
            continue
        if kind in _REPORTS:
            continue
        if calendar := _calendar(part, kind):
            calendars.append(calendar)
        elif kind == "text/plain" and not part.get_filename():
            texts.append(_decoded(part))
        elif kind == "text/html" and not part.get_filename():
            pages.append(_decoded(part))
    text = "\n".join(filter(str.strip, texts)) or "\n".join(map(plain_text, pages))
    return Mail(
        sender=address_of(message),
        name=_ADDRESS.sub(" ", header(message, "From"))[:200],
        recipients=_recipients(message),
        subject=header(message, "Subject"),
        date=_date(header(message, "Date")),
        message_id=header(message, "Message-ID")[:500],
        references=_ids(header(message, "In-Reply-To") + " " + header(message, "References")),
        originals=tuple(dict.fromkeys(originals)),
        text=text[:_KEPT],
        calendars=tuple(dict.fromkeys(calendars)),
        reports=tuple(reports),
        wrapped=tuple(wrapped),
        message=message,
        beginning=message if len(data) <= _TEXT else _parsed(data[:_TEXT]),
    )


def _parsed(data: bytes) -> Message:
    return BytesParser(policy=compat32).parsebytes(data)


def header(message: Message, name: str) -> str:
    """Return a header of a part, decoded, on one line, without controls; '' where there is none."""
    small = name.lower()
    raw = next((str(value) for key, value in message.raw_items() if key.lower() == small), None)
    if raw is None:
        return ""
    text = raw[:_HEADER]
    if not text.isascii():  # bytes that no encoding names (RFC 6532 wants UTF-8)
        text = _as_text(text.encode("utf-8", "surrogateescape"), "utf-8")
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


def _parts(
    message: Message, depth: int = 0, count: list[int] | None = None, *, inside: bool = False
) -> Iterator[tuple[Message, bool]]:
    """Yield each part, and whether it belongs to another message that this one holds."""
    count = [0] if count is None else count
    count[0] += 1
    if depth > DEEPEST:
        raise Hostile("too-deep")
    if count[0] > MOST_PARTS:
        raise Hostile("too-many-parts")
    yield message, inside
    payload = message.get_payload()
    if isinstance(payload, list) and "delivery-status" not in message.get_content_type():
        inside = inside or message.get_content_maintype() == "message"
        for part in payload:
            if isinstance(part, Message):
                yield from _parts(part, depth + 1, count, inside=inside)


def _calendar(part: Message, kind: str) -> str:
    """Return the calendar that a part holds, whatever it is called; '' where it holds none."""
    name = str(part.get_filename() or "").lower()
    if kind == "application/ms-tnef" or name == "winmail.dat":
        found = part.get_payload(decode=True)
        return as_calendar(found[:_TNEF]) if isinstance(found, bytes) else ""
    if kind not in ("text/calendar", "application/ics") and not name.endswith(".ics"):
        return ""
    text = _decoded(part, folded=True)
    method = str(part.get_param("method", "")).strip()
    if method.isalpha() and "METHOD:" not in text.upper():
        return f"METHOD:{method}\r\n{text}"
    return text


def _decoded(part: Message, *, folded: bool = False) -> str:
    """Return a part's text; of a calendar, lines are unfolded first: a fold may tear a letter."""
    if part.is_multipart():
        payload = str(part.get_payload(0))[:_TEXT].encode("utf-8", "replace")
    else:
        found = part.get_payload(decode=True)
        payload = found[:_TEXT] if isinstance(found, bytes) else b""
    charset = part.get_content_charset()
    if folded and not str(charset).startswith("utf-16"):
        payload = _FOLD.sub(b"", payload)
    return _as_text(payload, charset)


def _as_text(data: bytes | str, charset: str | None) -> str:
    """Return bytes as text; of charsets only those that are read in linear time."""
    if isinstance(data, str):
        return data
    wanted = (charset or "utf-8").lower()
    if not _CHARSETS.fullmatch(wanted):
        wanted = "utf-8"
    try:
        text = data.decode(wanted)
    except (UnicodeDecodeError, LookupError):
        text = decode(data)[0].encode("utf-8", "replace").decode()
    # Programs that say Latin-1 mean Windows-1252: between the two are controls that nobody writes.
    return data.decode("cp1252", "replace") if _CONTROLS.search(text) else text


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
