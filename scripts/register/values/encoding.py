"""Decoding bytes to text: only encodings that occur in Finnish lists are guessed.

UTF-8 and UTF-16 are recognised by their bytes. Of the eight-bit encodings (Windows-1252, Latin-9,
Mac Roman, DOS 850) the one that gives the best words is taken. A text may be in two encodings:
UTF-8 with lines of another. Bytes that none of them explains are not guessed: they stay as
surrogate escapes (PEP 383), which :func:`has_undecoded_bytes` finds.
"""

import codecs
import re
from itertools import islice

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""Byte order marks at the beginning of a text, with their encodings."""

_EIGHT_BIT = ("cp1252", "iso8859-15", "mac_roman", "cp850")
_RARE = ("mac_roman", "cp850")
"""Taken only if most of the letters beyond ASCII become å, ä and ö."""

_HERE = frozenset("åäöÅÄÖ")
_NEAR_HERE = frozenset("éÉüÜšŠžŽøØæÆõÕèáíóñç")
_SIGNS = frozenset("–—’‘”“…€°§½»«·•\u00a0\u00ad")
_USUAL = _HERE | _NEAR_HERE | _SIGNS | set(map(chr, range(128)))
_BETWEEN = frozenset("–—’‘´·\u00a0\u00ad")
"""Signs that may stand between two letters: apostrophes, dashes, a soft hyphen."""

_BEYOND = re.compile(rb"[A-Za-z\x80-\xff]*[\x80-\xff][A-Za-z\x80-\xff]*")
_SEVERAL = re.compile(
    rb"(?:[\xc3-\xdf][\x80-\xbf]|\xc2[\xa0-\xbf]|[\xe0-\xef][\x80-\xbf]{2}"
    rb"|[\xf0-\xf4][\x80-\xbf]{3})"
)
"""A character in UTF-8 of two to four bytes."""

_ESCAPED = re.compile("[\ud800-\udfff]")
_BACK = set("aouAOU")
_FRONT = set("äöÄÖ")
_WORDS_LOOKED_AT = 20_000


def has_undecoded_bytes(text: str) -> bool:
    """Return True if a text contains bytes that could not be decoded."""
    return not text.isascii() and bool(_ESCAPED.search(text))


def decode(data: bytes) -> tuple[str, str]:
    """Return the text and its encoding, ``utf-8 + cp1252`` if it has two.

    Bytes that cannot be decoded stay as surrogate escapes.
    """
    for mark, encoding in MARKS:
        if data.startswith(mark) and encoding != "utf-8-sig":
            return _wide(data, encoding), encoding
    if encoding := _unmarked_wide(data):
        return _wide(data, encoding), encoding
    name = "utf-8-sig" if data.startswith(codecs.BOM_UTF8) else "utf-8"
    try:
        return data.decode("utf-8").lstrip("\ufeff"), name
    except UnicodeDecodeError:
        pass
    if name == "utf-8" and not _has_utf8(data):
        encoding = _likeliest(data)
        return _eight_bit(data, encoding), encoding
    text = _mixed(data, "cp1252").lstrip("\ufeff")
    return text, f"{name} + cp1252"


def _wide(data: bytes, encoding: str) -> str:
    """Decode UTF-16 or UTF-32; an incomplete character stays undecoded."""
    width = 4 if encoding == "utf-32" else 2
    whole = len(data) - len(data) % width
    try:
        text = data[:whole].decode(encoding, "surrogatepass").lstrip("\ufeff")
    except UnicodeDecodeError:
        return data.decode("ascii", "surrogateescape")
    return text + data[whole:].decode("ascii", "surrogateescape").strip("\0\r\n")


def _unmarked_wide(data: bytes) -> str:
    """Return the UTF-16 encoding of a text without a mark, else ''.

    It is recognised by zeros: in Latin text every other byte is zero.
    """
    head = data[:2000]
    pairs = len(head) // 2
    if pairs < 2:
        return ""
    if head[1::2].count(0) > 0.7 * pairs and head[0::2].count(0) < 0.1 * pairs:
        return "utf-16-le"
    if head[0::2].count(0) > 0.7 * pairs and head[1::2].count(0) < 0.1 * pairs:
        return "utf-16-be"
    return ""


def _has_utf8(data: bytes) -> bool:
    """Return True if most sequences that may be UTF-8 give characters that are used here."""
    found = islice((letter[0] for letter in _SEVERAL.finditer(data)), _WORDS_LOOKED_AT)
    letters = [letter.decode("utf-8", "replace") for letter in found]
    usual = sum(letter < "\u0250" or "\u2000" <= letter < "\u20d0" for letter in letters)
    return 2 * usual > len(letters)


def _likeliest(data: bytes) -> str:
    """Return the eight-bit encoding that gives the best words; the commonest one if several do."""
    words = set(islice((found[0] for found in _BEYOND.finditer(data)), _WORDS_LOOKED_AT))
    worth = {"cp1252": 3 if b"\r\n" in data else 1}
    for encoding in _EIGHT_BIT:
        read = [word.decode(encoding, "surrogateescape") for word in words]
        beyond = [char for word in read for char in word if not char.isascii()]
        if encoding in _RARE and 2 * sum(char in _HERE for char in beyond) < len(beyond):
            continue
        worth[encoding] = worth.get(encoding, 0) + sum(
            _word_worth(word, rare=encoding in _RARE) for word in read
        )
    return max(worth, key=worth.__getitem__)


def _word_worth(word: str, *, rare: bool) -> int:
    worth = -10 if _odd(word) else 0
    for char in word:
        if char in _HERE:
            worth += 3
        elif char in _NEAR_HERE or char in _SIGNS:
            worth += 1
        elif "\x7f" < char < "\xa0":
            worth -= 10
        elif char.isalpha() and not char.isascii():
            worth -= 1
    if rare:  # a Finnish word has ä and ö, or a, o and u
        worth -= 3 if _FRONT & set(word) and _BACK & set(word) else 0
        worth -= 1 if word[0] in _HERE and word[0].islower() else 0
    return worth


def _odd(word: str) -> bool:
    """Return True if this is no word: a sign between letters, a capital after a small letter."""
    foreign = [c for c in word if c.isalpha() and not c.isascii() and c not in _HERE]
    letters = sum(map(str.isalpha, word))
    if len(foreign) > 2 and 2 * len(foreign) > letters:
        return True
    for at, char in enumerate(word):
        if char.isascii():
            continue
        if has_undecoded_bytes(char):
            return True
        before, after = word[at - 1 : at] if at else "", word[at + 1 : at + 2]
        if char.isalpha():
            if char.isupper() and before.islower():
                return True
        elif before.isalpha() and after.isalpha() and char not in _BETWEEN:
            return True
        if char in "¤¦¨¸" and (before + after).isalpha():
            return True
    return False


def _eight_bit(data: bytes, encoding: str) -> str:
    """Decode a text in one encoding; runs that do not give a word stay undecoded."""

    def word(found: re.Match[bytes]) -> bytes:
        text = found[0].decode(encoding, "surrogateescape")
        if _odd(text):
            return found[0]
        return text.encode()

    return _BEYOND.sub(word, data).decode("utf-8", "surrogateescape")


def _mixed(data: bytes, encoding: str) -> str:
    """Decode UTF-8, and the rest as ``encoding`` where that gives a word.

    A character with a lost byte must not become another character: only usual ones are accepted.
    """

    def word(found: re.Match[bytes]) -> bytes:
        other = _SEVERAL.sub(b"", found[0])
        if not other or other.isascii():
            return found[0]
        strange = set(other.decode(encoding, "surrogateescape")) - _USUAL
        parts = _SEVERAL.split(found[0])
        letters = [*_SEVERAL.findall(found[0]), b""]
        text = "".join(
            part.decode(encoding, "surrogateescape") + letter.decode("utf-8", "surrogateescape")
            for part, letter in zip(parts, letters, strict=True)
        )
        torn = text[0] in "–…•" and text[1:2].isalpha()
        return found[0] if strange or torn or _odd(text) else text.encode()

    return _BEYOND.sub(word, data).decode("utf-8", "surrogateescape")
