"""A mail's bytes, written directly from its headers and parts (RFC 5322, 2045–2047, 6047).

``email.message.EmailMessage`` takes milliseconds a mail; this takes microseconds and is equivalent:
a test parses and compares both on text of every script. Text is quoted-printable, so that no server
on the way has a reason to change it. Calendars are base64, which keeps their line ends.
"""

import re
from base64 import b64encode
from binascii import b2a_qp
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b

Header = tuple[str, str]

_LINE = 76
_WORD = 75
_AROUND = len("=?utf-8?b??=")
_ATOMS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]+")
_QUOTED = re.compile(r'(["\\])')


@dataclass(frozen=True, slots=True)
class CalendarPart:
    """An iCalendar object and its METHOD."""

    text: str
    method: str


def text_header(name: str, text: str) -> str:
    """Return a header's plain text, in encoded words where it is not short ASCII (RFC 2047)."""
    plain = text.isascii() and "=?" not in text and len(name) + 2 + len(text) <= _LINE
    return text if plain else _words(text, _LINE - len(name) - 2)


def name_header(name: str, display: str, address: str) -> str:
    """Return a header's mailbox with a display name; without a display name only the address."""
    if not display:
        return address
    if display.isascii() and "=?" not in display and len(name) + 4 + len(display) <= _LINE:
        if not _ATOMS.fullmatch(display) or display != " ".join(display.split()):
            display = '"' + _QUOTED.sub(r"\\\1", display) + '"'
    else:
        display = _words(display, _LINE - len(name) - 2)
    last = display.rpartition("\n")[2]
    room = _LINE - len(name) - 5 - len(last)
    return f"{display}{' ' if len(address) <= room else chr(13) + chr(10) + ' '}<{address}>"


def fold_parts(name: str, value: str) -> str:
    """Return a header's value, folded to one part a line where it is too long for one line.

    The parts are separated by ``, ``; the first one has a line of its own where it does not fit
    behind the name. No part is cut, so that no reader has to join an address (RFC 2369, 2).
    """
    if len(name) + 2 + len(value) <= _LINE:
        return value
    first, *others = value.split(", ")
    begin = "" if len(name) + 2 + len(first) < _LINE else "\r\n "
    return begin + ",\r\n ".join((first, *others))


def mail_pieces(
    headers: Iterable[Header],
    text: str,
    html: str,
    calendar: CalendarPart | None,
    seed: str,
    attached: Sequence[bytes] = (),
) -> tuple[bytes, ...]:
    """Return the pieces of a mail with CRLF line ends: text, HTML, calendar and attachments.

    Without calendar and attachments it is ``multipart/alternative(text, html)``, else
    ``multipart/mixed(multipart/alternative(text, html, text/calendar), application/ics, …)``.
    Header values must already be encoded. ``seed`` determines the boundaries, so that the same
    letter gives the same bytes; neither encoding can produce a boundary. ``attached`` parts are
    returned unchanged among the pieces, so that all letters share them.
    """
    head = "".join(f"{name}: {value}\r\n" for name, value in headers).encode()
    unique = blake2b(seed.encode(), digest_size=12).hexdigest()
    inner = b"=_a" + unique.encode()
    alternatives = [_text("plain", text), _text("html", html)]
    parts: list[bytes] = []
    if calendar is not None:
        encoded = _base64(calendar.text.encode())
        alternatives.append(
            b'Content-Type: text/calendar; charset="utf-8"; method='
            + calendar.method.encode()
            + b"\r\nContent-Transfer-Encoding: base64\r\n\r\n"
            + encoded
        )
        parts.append(
            b'Content-Type: application/ics; name="invite.ics"\r\n'
            b"Content-Transfer-Encoding: base64\r\n"
            b'Content-Disposition: attachment; filename="invite.ics"\r\n\r\n' + encoded
        )
    kind, body = _multipart("alternative", inner, alternatives)
    if not parts and not attached:
        return (b"".join((head, b"MIME-Version: 1.0\r\n", kind, b"\r\n", body)),)
    outer = b"=_m" + unique.encode()
    kind, body = _multipart("mixed", outer, [kind + b"\r\n" + body, *parts])
    opening = b"".join((head, b"MIME-Version: 1.0\r\n", kind, b"\r\n", body))
    if not attached:
        return (opening,)
    end = b"--" + outer + b"--\r\n"
    between = b"--" + outer + b"\r\n"
    more = [piece for part in attached for piece in (between, part, b"\r\n")]
    return (opening.removesuffix(end), *more, end)


def _multipart(subtype: str, boundary: bytes, parts: list[bytes]) -> tuple[bytes, bytes]:
    """Return a multipart's Content-Type header and its body."""
    kind = f'Content-Type: multipart/{subtype};\r\n boundary="'.encode() + boundary + b'"\r\n'
    begin = b"--" + boundary + b"\r\n"
    body = b"".join(begin + part + b"\r\n" for part in parts) + b"--" + boundary + b"--\r\n"
    return kind, body


def _text(subtype: str, text: str) -> bytes:
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    encoded = b2a_qp(plain.encode(), istext=True).replace(b"\n", b"\r\n")
    return (
        f'Content-Type: text/{subtype}; charset="utf-8"\r\n'
        "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
    ).encode() + encoded


def _base64(data: bytes) -> bytes:
    encoded = b64encode(data)
    lines = (encoded[at : at + _LINE] for at in range(0, len(encoded), _LINE))
    return b"".join(line + b"\r\n" for line in lines)


def _words(text: str, first: int) -> str:
    """Return text as encoded words, characters kept whole; the first fits ``first`` columns."""
    words: list[str] = []
    piece = bytearray()
    room = (min(first, _WORD) - _AROUND) // 4 * 3
    for char in text:
        encoded = char.encode()
        if len(piece) + len(encoded) > room:
            words.append(_word(piece))
            piece.clear()
            room = (_WORD - _AROUND) // 4 * 3
        piece += encoded
    return "\r\n ".join((*words, _word(piece)))


def _word(data: bytes | bytearray) -> str:
    return f"=?utf-8?b?{b64encode(data).decode('ascii')}?="
