r"""Text in bytes of any kind: raw, encoded and packed, so that a name in them is found.

Encodings: UTF-8, UTF-16, Windows-1252; base64, quoted-printable, percent, JSON's ``\u``, entities
of XML and HTML; gzip, zip (workbooks too), and what SQLite keeps on its pages.
"""

from __future__ import annotations

import base64
import binascii
import gzip
import html
import io
import quopri
import re
import zipfile
import zlib
from collections.abc import Iterator
from urllib.parse import unquote_to_bytes

_DEPTH = 4
"""So many wrappings of one another are opened."""

_MOST = 256 * 1024 * 1024
_BASE64 = re.compile(rb"(?:[A-Za-z0-9+/_-]{4}[\r\n ]{0,3}){4,}[A-Za-z0-9+/_-]{0,3}={0,2}")
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")
_TAG = re.compile(r"<[^<>]{0,2000}>")
_QUOTED = re.compile(rb"=[0-9A-Fa-f]{2}|=\r?\n")


def texts_in(data: bytes, depth: int = _DEPTH) -> Iterator[str]:
    """Yield every text that bytes may be read as."""
    if depth == 0 or not data:
        return
    unpacked = False
    for inner in _unpacked(data):
        unpacked = True
        yield from texts_in(inner, depth - 1)
    if unpacked and data[:2] in (b"PK", b"\x1f\x8b"):
        return
    for text in _decoded(data):
        yield text
        if "\\u" in text:
            yield _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
        if "&" in text:
            yield html.unescape(text)
        if "<" in text:
            yield html.unescape(_TAG.sub("", text))
    for inner in _unwrapped(data):
        yield from texts_in(inner, depth - 1)


def _unpacked(data: bytes) -> Iterator[bytes]:
    try:
        if data[:2] == b"\x1f\x8b":
            with gzip.open(io.BytesIO(data)) as file:
                yield file.read(_MOST)
        elif data[:4] == b"PK\x03\x04":
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                for entry in archive.infolist():
                    yield entry.filename.encode() + b"\n" + archive.read(entry)[:_MOST]
                yield archive.comment
    except (OSError, EOFError, ValueError, RuntimeError, zipfile.BadZipFile, zlib.error):
        return


def _decoded(data: bytes) -> Iterator[str]:
    text = data.decode("utf-8", "replace")
    yield text
    if "\ufffd" in text:
        yield data.decode("cp1252", "replace")
    if b"\0" in data:
        for start in (0, 1):
            for codec in ("utf-16-le", "utf-16-be"):
                yield data[start:].decode(codec, "ignore")


def _unwrapped(data: bytes) -> Iterator[bytes]:
    if _QUOTED.search(data):
        yield quopri.decodestring(data)
        yield quopri.decodestring(data, header=True)
    if b"%" in data:
        bare = unquote_to_bytes(data)
        if bare != data:
            yield bare
    found = []
    for run in _BASE64.findall(data):
        plain = re.sub(rb"[\r\n ]", b"", run).translate(bytes.maketrans(b"-_", b"+/")).rstrip(b"=")
        try:
            found.append(base64.b64decode(plain[: len(plain) // 4 * 4] + _tail(plain)))
        except (binascii.Error, ValueError):
            continue
    if found:
        yield b"\n".join(found)


def _tail(plain: bytes) -> bytes:
    rest = plain[len(plain) // 4 * 4 :]
    return rest + b"=" * (4 - len(rest)) if len(rest) > 1 else b""
