r"""Texts in bytes of any kind, raw, encoded or packed, so that a name in them is found.

Encodings: UTF-8, UTF-16, Windows-1252; base64, quoted-printable, percent, encoded words (RFC 2047),
folded lines (RFC 5322, RFC 5545, RFC 6350), JSON's ``\u``, entities of XML and HTML; gzip, zip
(workbooks too), and the pages of SQLite. Each is decoded wherever it may stand inside another, but
not in its own output.
"""

import base64
import binascii
import email.errors
import gzip
import html
import io
import quopri
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from email.header import decode_header, make_header
from typing import IO
from urllib.parse import unquote_to_bytes

_DEPTH = 4
"""How many packages inside each other are opened."""

_MOST_UNPACKED = 128 * 1024 * 1024
"""How much of a file's packed content is read at all depths (bytes): a minute's work."""

_MARGIN = 200
"""How far around an encoded letter the same name may reach (bytes)."""

_BASE64 = re.compile(rb"(?:[A-Za-z0-9+/_-]{4}[\r\n ]{0,3}){2,}[A-Za-z0-9+/_-]{0,3}={0,2}")
_FOLD = re.compile(rb"\r?\n[ \t]")
_QUOTED = re.compile(rb"=[0-9A-Fa-f]{2}|=\r?\n")
_PERCENT = re.compile(rb"%[0-9A-Fa-f]{2}")
_WIDE = re.compile(rb"(?:[\x01-\xff][\0-\x02]){5,}|(?:[\0-\x02][\x01-\xff]){5,}")
_WORDS = re.compile(r"=\?[\w-]+\?[bBqQ]\?[^?\s]*\?=(?:\s+=\?[\w-]+\?[bBqQ]\?[^?\s]*\?=)*")
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")
_TAG = re.compile(r"<[^<>]{0,2000}>")
_PACKED = (b"PK", b"\x1f\x8b")


class NotAllSearched(Exception):
    """Raised if part of a file was not unpacked: too large, too deep, encrypted or damaged."""


def texts_in(data: bytes) -> Iterator[str]:
    """Yield every text that bytes may be read as, each once.

    Raises NotAllSearched after the last one if packed content was not read completely.
    """
    told: set[int] = set()
    search = _Search()
    for text in search.texts(data, _DEPTH, frozenset()):
        if hash(text) not in told:
            told.add(hash(text))
            yield text
    if search.left_out:
        raise NotAllSearched


@dataclass(slots=True)
class _Search:
    """The state of a search: what was read, the bytes left to unpack, whether any was left out."""

    seen: set[int] = field(default_factory=set)
    budget: int = field(default_factory=lambda: _MOST_UNPACKED)
    left_out: bool = False

    def texts(self, data: bytes, depth: int, undone: frozenset[str]) -> Iterator[str]:
        """Yield the texts in bytes; ``undone`` are the encodings decoded on the way here."""
        if not data or hash(data) in self.seen:
            return
        self.seen.add(hash(data))
        unpacked = False
        for inner in self._unpacked(data, depth):
            unpacked = True
            yield from self.texts(inner, depth - 1, frozenset())
        if unpacked and data[:2] in _PACKED:
            return
        for text in _decoded(data):
            yield from _readings(text)
        for name, undo in _UNDO.items():
            if name not in undone:
                yield from self.texts(undo(data), depth, undone | {name})

    def _unpacked(self, data: bytes, depth: int) -> Iterator[bytes]:
        begun = False
        try:
            for part in _parts(data):
                begun = True
                if depth == 0 or self.budget <= 0:
                    self.left_out = True
                    return
                inner = part.read(self.budget + 1)
                self.left_out |= len(inner) > self.budget
                yield inner[: self.budget]
                self.budget -= len(inner)
        except (OSError, EOFError, ValueError, RuntimeError, zipfile.BadZipFile, zlib.error):
            self.left_out |= begun


def _readings(text: str) -> Iterator[str]:
    """Yield a text as it is, and decoded in each way that its content suggests."""
    yield text
    if not unicodedata.is_normalized("NFC", text):
        yield unicodedata.normalize("NFC", text)
    if "=?" in text:
        yield _WORDS.sub(_words, text)
    if "\\u" in text:
        yield _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
    if "&" in text:
        yield html.unescape(text)
    if "<" in text:
        yield html.unescape(_TAG.sub("", text))


def _words(found: re.Match[str]) -> str:
    try:
        return str(make_header(decode_header(found[0])))
    except (LookupError, ValueError, email.errors.HeaderParseError):
        return found[0]


def _parts(data: bytes) -> Iterator[IO[bytes] | gzip.GzipFile]:
    """Yield the packed contents of bytes as open files: files, their names, the comment."""
    if data[:2] == b"\x1f\x8b":
        yield gzip.GzipFile(fileobj=io.BytesIO(data))
    elif data[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = [entry.filename.encode() for entry in archive.infolist()]
            yield io.BytesIO(b"\n".join((archive.comment, *names)))
            for entry in archive.infolist():
                with archive.open(entry) as part:
                    yield part


def _decoded(data: bytes) -> Iterator[str]:
    text = data.decode("utf-8", "replace")
    yield text
    if "\ufffd" in text:
        yield data.decode("cp1252", "replace")
    if b"\0" in data:
        wide = _around(data, _WIDE, 1)
        for start in (0, 1):
            for codec in ("utf-16-le", "utf-16-be"):
                yield "\n".join(one[start:].decode(codec, "ignore") for one in wide)
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        yield data.decode("utf-16", "replace")


def _around(data: bytes, pattern: re.Pattern[bytes], margin: int) -> list[bytes]:
    """Return the stretches of bytes around matches, ``margin`` bytes wider on both sides."""
    spans: list[tuple[int, int]] = []
    for found in pattern.finditer(data):
        start, end = max(0, found.start() - margin), found.end() + margin
        if spans and start <= spans[-1][1]:
            start = spans.pop()[0]
        spans.append((start, end))
    return [data[start:end] for start, end in spans]


def _unquoted(data: bytes) -> bytes:
    return b"\n".join(map(quopri.decodestring, _around(data, _QUOTED, _MARGIN)))


def _unescaped(data: bytes) -> bytes:
    return b"\n".join(map(unquote_to_bytes, _around(data, _PERCENT, _MARGIN)))


def _unfolded(data: bytes) -> bytes:
    return b"\n".join(_FOLD.sub(b"", one) for one in _around(data, _FOLD, _MARGIN))


def _decoded_base64(data: bytes) -> bytes:
    found = []
    for run in _BASE64.findall(data):
        plain = re.sub(rb"[\r\n ]", b"", run).translate(bytes.maketrans(b"-_", b"+/")).rstrip(b"=")
        try:
            found.append(base64.b64decode(plain[: len(plain) // 4 * 4] + _tail(plain)))
        except (binascii.Error, ValueError):
            continue
    return b"\n".join(found)


def _tail(plain: bytes) -> bytes:
    rest = plain[len(plain) // 4 * 4 :]
    return rest + b"=" * (4 - len(rest)) if len(rest) > 1 else b""


_UNDO: Mapping[str, Callable[[bytes], bytes]] = {
    "fold": _unfolded,
    "quoted": _unquoted,
    "percent": _unescaped,
    "base64": _decoded_base64,
}
