"""From bytes to text: only the encodings that lists here have are guessed.

UTF-8 and UTF-16 are told by their bytes; of the eight-bit ones (Windows-1252, Latin-9, Mac Roman
and DOS's 850) the one is taken that makes words of the letters beyond ASCII. A text may be in two:
UTF-8 with lines of another. Bytes that none of these explains are never guessed at: they stay as
surrogate escapes (PEP 383), by which :func:`has_undecoded_bytes` finds them.
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
"""The byte order marks that a text may begin with, and what each says."""

_EIGHT_BIT = ("cp1252", "iso8859-15", "mac_roman", "cp850")
_RARE = ("mac_roman", "cp850")
"""These are only taken by their signs: where most of the letters become those of this country."""

_HERE = frozenset("åäöÅÄÖ")
_NEAR_HERE = frozenset("éÉüÜšŠžŽøØæÆõÕèáíóñç")
_SIGNS = frozenset("–—’‘”“…€°§½»«·•\u00a0\u00ad")
_USUAL = _HERE | _NEAR_HERE | _SIGNS | set(map(chr, range(128)))
_BETWEEN = frozenset("–—’‘´·\u00a0\u00ad")
"""Signs that may stand between two letters: an apostrophe, a dash, a soft hyphen."""

_BEYOND = re.compile(rb"[A-Za-z\x80-\xff]*[\x80-\xff][A-Za-z\x80-\xff]*")
_SEVERAL = re.compile(
    rb"(?:[\xc3-\xdf][\x80-\xbf]|\xc2[\xa0-\xbf]|[\xe0-\xef][\x80-\xbf]{2}"
    rb"|[\xf0-\xf4][\x80-\xbf]{3})"
)
"""A letter as UTF-8 writes it, in two to four bytes."""

_ESCAPED = re.compile("[\ud800-\udfff]")
_BACK = set("aouAOU")
_FRONT = set("äöÄÖ")
_WORDS_LOOKED_AT = 20_000


def has_undecoded_bytes(text: str) -> bool:
    """Whether a text holds bytes that no encoding explained."""
    return not text.isascii() and bool(_ESCAPED.search(text))


def decode(data: bytes) -> tuple[str, str]:
    """Return the text of bytes and the encoding, ``utf-8 + cp1252`` where it has two.

    What cannot be read stays as surrogate escapes.
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
    """Decode UTF-16 or UTF-32; half a letter at its end, or without its other half, is unread."""
    width = 4 if encoding == "utf-32" else 2
    whole = len(data) - len(data) % width
    try:
        text = data[:whole].decode(encoding, "surrogatepass").lstrip("\ufeff")
    except UnicodeDecodeError:
        return data.decode("ascii", "surrogateescape")
    return text + data[whole:].decode("ascii", "surrogateescape").strip("\0\r\n")


def _unmarked_wide(data: bytes) -> str:
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


def _has_utf8(data: bytes) -> bool:
    """Whether what may be UTF-8 in a text is so by more than chance: letters that are used here."""
    found = islice((letter[0] for letter in _SEVERAL.finditer(data)), _WORDS_LOOKED_AT)
    letters = [letter.decode("utf-8", "replace") for letter in found]
    usual = sum(letter < "\u0250" or "\u2000" <= letter < "\u20d0" for letter in letters)
    return 2 * usual > len(letters)


def _likeliest(data: bytes) -> str:
    """Return the eight-bit encoding that makes the best words; the commonest where two do."""
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
    """Whether a word cannot be one: a sign between letters, small letters before a capital."""
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
    """Decode a text in one encoding; a word that it makes none of is left unread."""

    def word(found: re.Match[bytes]) -> bytes:
        text = found[0].decode(encoding, "surrogateescape")
        if _odd(text):
            return found[0]
        return text.encode()

    return _BEYOND.sub(word, data).decode("utf-8", "surrogateescape")


def _mixed(data: bytes, encoding: str) -> str:
    """Decode what is UTF-8, and as ``encoding`` what is not, where that makes a word.

    A letter of which a byte was lost must not become another one: only what is usual here counts.
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
