"""A message of the mailbox, parsed within limits, since anybody may send us one.

Headers are read as bytes that may be anything; only those that are needed are decoded.
"""

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.parser import BytesParser
from email.policy import compat32
from email.utils import parsedate_to_datetime

from register.replies.limits import DEEPEST, MOST_PARTS, HostileMessage, guard_size_of_message
from register.replies.quoting import QUOTED_BELOW
from register.replies.tnef import tnef_calendar
from register.values.email import mailbox_key
from register.values.encoding import decode

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

_LONGEST = 200_000
_BLOCKS = ("blockquote", "div", "h1", "h2", "h3", "li", "ol", "p", "pre", "table", "tr", "ul")
_BREAKING = frozenset(("br", "hr", *_BLOCKS, *(f"/{name}" for name in _BLOCKS)))
_SILENT = ("style", "script", "head", "title")
_QUOTES = re.compile(
    r"gmail_attr|divRplyFwdMsg|moz-cite-prefix|appendonsend|yahoo_quoted|OutlookMessageHeader"
    r"|mobile_quote|protonmail_quote|moz-email-headers-table"
)
_HIDDEN = re.compile(r"display:\s?none", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ParsedMail:
    """The parts of a message that matter; texts are cut, addresses canonical, times aware.

    ``sender`` is '' if From has no address or several, ``name`` is the rest of From. ``references``
    are the Message-IDs that it answers, ``originals`` those of messages that it contains.
    ``reports`` are the groups of fields of its delivery status (RFC 3464), names in small letters;
    ``wrapped`` those of a report in a contained message. ``beginning`` is the message, or its first
    bytes if it is large.
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
        """Return a header, decoded, on one line and cut; '' if missing."""
        return mail_header(self.message, name)


def read_mail(data: bytes) -> ParsedMail:
    """Return the parts of a message.

    Raises HostileMessage if it is beyond the limits or cannot be parsed.
    """
    guard_size_of_message(data)
    try:
        message = _parsed(data)
        parts = list(_parts(message))
    except (RecursionError, ValueError, LookupError, AssertionError, AttributeError) as fault:
        raise HostileMessage("broken") from fault
    texts, pages, calendars, originals = [], [], [], []
    reports, wrapped = list[dict[str, str]](), list[dict[str, str]]()
    for part, inside in parts:
        kind = part.get_content_type()
        if kind in _HEADERS:
            originals += _message_ids(_decoded(part))
        if part is not message and (found := mail_header(part, "Message-ID")):
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
    text = "\n".join(filter(str.strip, texts)) or _text_of_pages(pages)
    return ParsedMail(
        sender=address_of(message),
        name=_ADDRESS.sub(" ", mail_header(message, "From"))[:200],
        recipients=_recipients(message),
        subject=mail_header(message, "Subject"),
        date=_date(mail_header(message, "Date")),
        message_id=mail_header(message, "Message-ID")[:500],
        references=_ids(
            mail_header(message, "In-Reply-To") + " " + mail_header(message, "References")
        ),
        originals=tuple(dict.fromkeys(originals)),
        text=text[:_KEPT],
        calendars=tuple(dict.fromkeys(calendars)),
        reports=tuple(reports),
        wrapped=tuple(wrapped),
        message=message,
        beginning=message if len(data) <= _TEXT else _parsed(data[:_TEXT]),
    )


def _text_of_pages(pages: Iterable[str]) -> str:
    """Return the text of a message's HTML parts, up to a limit for all of them."""
    texts: list[str] = []
    left = _TEXT
    for page in pages:
        texts.append(html_to_text(page[:left]))
        left -= len(page)
        if left <= 0:
            break
    return "\n".join(texts)


def _parsed(data: bytes) -> Message:
    return BytesParser(policy=compat32).parsebytes(data)


def mail_header(message: Message, name: str) -> str:
    """Return a part's header, decoded, on one line, without control characters; '' if missing."""
    small = name.lower()
    raw = next((str(value) for key, value in message.raw_items() if key.lower() == small), None)
    if raw is None:
        return ""
    text = raw[:_HEADER]
    if not text.isascii():  # raw bytes without a declared encoding (RFC 6532 wants UTF-8)
        text = _as_text(text.encode("utf-8", "surrogateescape"), "utf-8")
    if "=?" in text:
        try:
            pieces = decode_header(text)
        except (HeaderParseError, ValueError, LookupError):
            pieces = []
        text = "".join(_as_text(*piece) for piece in pieces) or text
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def address_of(message: Message) -> str:
    """Return the only address in From, in canonical form; '' if there is none or several.

    Quoted names and comments are removed first, so that a name that looks like an address is not
    taken for one (CVE-2023-27043).
    """
    froms = message.get_all("From") or []
    if len(froms) != 1:
        return ""
    found = {mailbox_key(one) for one in _addresses(str(froms[0]))}
    return found.pop() if len(found) == 1 else ""


def _parts(
    message: Message, depth: int = 0, count: list[int] | None = None, *, inside: bool = False
) -> Iterator[tuple[Message, bool]]:
    """Yield (part, whether it belongs to a contained message).

    Raises HostileMessage if there are too many parts, or they are nested too deeply.
    """
    count = [0] if count is None else count
    count[0] += 1
    if depth > DEEPEST:
        raise HostileMessage("too-deep")
    if count[0] > MOST_PARTS:
        raise HostileMessage("too-many-parts")
    yield message, inside
    payload = message.get_payload()
    if isinstance(payload, list) and "delivery-status" not in message.get_content_type():
        inside = inside or message.get_content_maintype() == "message"
        for part in payload:
            if isinstance(part, Message):
                yield from _parts(part, depth + 1, count, inside=inside)


def _calendar(part: Message, kind: str) -> str:
    """Return the calendar that a part holds, whatever its type or file name, or ''."""
    name = str(part.get_filename() or "").lower()
    if kind == "application/ms-tnef" or name == "winmail.dat":
        found = part.get_payload(decode=True)
        return tnef_calendar(found[:_TNEF]) if isinstance(found, bytes) else ""
    if kind not in ("text/calendar", "application/ics") and not name.endswith(".ics"):
        return ""
    text = _decoded(part, folded=True)
    method = str(part.get_param("method", "")).strip()
    if method.isalpha() and "METHOD:" not in text.upper():
        return f"METHOD:{method}\r\n{text}"
    return text


def _decoded(part: Message, *, folded: bool = False) -> str:
    """Return a part's text; calendar lines are unfolded first, as a fold may split a character."""
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
    """Return bytes as text; only charsets that decode in linear time are used."""
    if isinstance(data, str):
        return data
    wanted = (charset or "utf-8").lower()
    if not _CHARSETS.fullmatch(wanted):
        wanted = "utf-8"
    try:
        text = data.decode(wanted)
    except (UnicodeDecodeError, LookupError):
        text = decode(data)[0].encode("utf-8", "replace").decode()
    # Programs that declare Latin-1 mean Windows-1252: they differ in controls that nobody writes.
    return data.decode("cp1252", "replace") if _CONTROLS.search(text) else text


def _groups(part: Message) -> list[dict[str, str]]:
    """Return the fields of a delivery status, by lower-case name, group by group."""
    payload = part.get_payload()
    if isinstance(payload, list):
        return [
            {name.lower(): mail_header(group, name) for name in group}
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


def html_to_text(page: str) -> str:
    """Return the text of an HTML page; lines within a blockquote begin with ">"."""
    pieces: list[str] = []
    silent, depth, plain = "", 0, False
    for number, piece in enumerate(page[:_LONGEST].split("<")):
        tag, closed, text = piece.partition(">")
        if not number:
            tag, text = "", piece
        elif not closed:
            continue
        name = tag[:30].split(None, 1)[0].lower().rstrip("/") if tag.strip() else ""
        if silent:
            silent = "" if name == f"/{silent}" else silent
            if silent:
                continue
        elif name in _SILENT:
            silent = name
            continue
        depth = max(0, depth + (name == "blockquote") - (name == "/blockquote"))
        plain = name == "pre" or (plain and name != "/pre")
        if _QUOTES.search(tag[:400]) and not depth:
            pieces.append(f"\n{QUOTED_BELOW}\n")
        if name in _BREAKING:
            pieces.append("\n> " if depth else "\n")
        if _HIDDEN.search(tag[:1_000]):
            continue
        shown = html.unescape(text)
        pieces.append(shown.replace("\n", "\n> " if depth else "\n") if plain else _line(shown))
    lines = (line.rstrip() for line in "".join(pieces).splitlines())
    return "\n".join(line for line in lines if line != ">").strip()


def _line(text: str) -> str:
    """Return a piece of a page on one line: in HTML an end of line is only a space."""
    return re.sub(r"[ \t\r\n]+", " ", text)
