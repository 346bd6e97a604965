"""From a text file's bytes to its text: the encoding is found, a binary file is refused."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from register.book.errors import UsageError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BINARIES = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x1f\x8b",
    b"\xd0\xcf\x11\xe0",
    b"{\\rtf",
)
_EIGHT_BIT = ("cp1252", "mac_roman", "cp850", "latin_1")
_HERE = frozenset("åäöÅÄÖ")
_NEAR_HERE = frozenset("éÉüÜšŠžŽøØæÆõÕèáíóñç–—’‘”“…€´°§½\u00a0")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f]")


def decode_text(data: bytes, name: str) -> tuple[str, str]:
    """Return a text file's text and its encoding. Raises UsageError for what is no text."""
    if data.startswith(_BINARIES):
        raise _binary(name)
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strict(data, encoding, name), encoding
    if wide := _wide(data):
        return _strict(data, wide, name), wide
    if len(_CONTROLS.findall(data[:4096].decode("latin_1"))) > len(data[:4096]) // 100:
        raise _binary(name)
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return _eight_bit(data, name)


def _eight_bit(data: bytes, name: str) -> tuple[str, str]:
    """Take the encoding that makes most of the letters beyond ASCII letters that are used here."""
    beyond = bytes(byte for byte in data if byte >= 0x80)
    best, most = "", -1.0
    for encoding in _EIGHT_BIT:
        try:
            text = beyond.decode(encoding)
        except UnicodeDecodeError:
            continue
        score = sum(3 if c in _HERE else 1 if c in _NEAR_HERE else 0 for c in text) / len(text)
        if score > most:
            best, most = encoding, score
    if most < 1:
        guessed = from_bytes(data[:200_000]).best()
        if guessed is not None:
            try:
                return data.decode(guessed.encoding), guessed.encoding
            except UnicodeDecodeError:
                pass
    return _strict(data, best, name), best


def _wide(data: bytes) -> str:
    """Return which UTF-16 a text without a mark is in (every other byte of Latin text is zero)."""
    head = data[:2000]
    pairs = len(head) // 2
    if pairs < 2:
        return ""
    if head[1::2].count(0) > 0.7 * pairs and head[0::2].count(0) < 0.1 * pairs:
        return "utf-16-le"
    if head[0::2].count(0) > 0.7 * pairs and head[1::2].count(0) < 0.1 * pairs:
        return "utf-16-be"
    return ""


def _strict(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as fault:
        raise _binary(name) from fault


def _binary(name: str) -> UsageError:
    return UsageError(
        "{file} is not a list that can be read: it is no text, or it is broken.",
        remedy="Save it as .csv or .xlsx in the program that it comes from.",
        file=name,
    )
