"""Mojibake: text that was decoded wrongly, once or several times: "PÃ¤ivi" for "Päivi".

Each character that UTF-8 writes in several bytes has become several characters of an eight-bit
encoding. Where these can only be one letter or sign that is used here, the text is repaired. Where
something is wrong but its meaning is uncertain, it is only reported.
"""

import html
import re
import unicodedata
from functools import lru_cache

_LONGEST = 40_000
_CONTROLS = re.compile("[\x80-\x9f]")
_TIMES = 8
"""The maximum number of repair steps; each wrong decoding takes one or two."""

_BYTES = {chr(byte): byte for byte in range(0x80, 0x100)}
for _byte in range(0x80, 0xA0):
    try:
        _BYTES[bytes((_byte,)).decode("cp1252")] = _byte
    except UnicodeDecodeError:
        continue
_NEXT = "".join(re.escape(char) for char, byte in _BYTES.items() if byte < 0xC0)
_RUN = re.compile("[{}]+".format("".join(re.escape(char) for char in _BYTES)))
_TORN = re.compile(f"Ã[{_NEXT}]|Â[\xa0-\xbf]|Å[¡¾½]|Ì[ˆŠ\x88\x8a]|[âï][{_NEXT}]{{2}}")
"""Characters of UTF-8 as Windows-1252, Latin-1 or a mixture of both shows them."""

_SIGNS = frozenset("–—’‘‚“”„•…€™−\ufeff")
_OF_OTHERS = {
    letter.encode().decode(encoding): letter
    for encoding in ("mac_roman", "cp850", "cp437")
    for letter in "åäöÅÄÖéÉüÜ"
}
_OTHER = re.compile("|".join(map(re.escape, _OF_OTHERS)))
_QUOTED = re.compile(r"=C3=([89AB][0-9A-F])")
_ENTITY = re.compile(r"&(?:[aouAOU]uml|[aA]ring|eacute|#(?:228|246|229|196|214|197));")
_LEFT = re.compile(f"[ÃÂ](?=[{_NEXT}?])|Ã(?=[a-zåäö])|(?<=[a-zåäö])[ÃÂ]|â€|ï¿½|[ÐÑ]\\W|[√├](?=\\w)")
"""Sequences that correctly decoded text hardly ever contains."""

_SUSPECT = re.compile(f"{_LEFT.pattern}|{_TORN.pattern}|{_OTHER.pattern}|=C3=|&[#\\w]+;")
_MAY_BEGIN = frozenset((*"ÃÂÅÌâïÐÑ√├=&", *(letters[0] for letters in _OF_OTHERS)))
"""The first characters of all of that; most texts have none of them and need no further look."""


@lru_cache(maxsize=4096)
def mend_mojibake(text: str) -> tuple[str, bool]:
    """Return the repaired text, and whether nothing in it is doubtful.

    Correctly decoded text is returned unchanged. Doubtful text is repaired only where that is
    certain, and must not be written anywhere.
    """
    if text.isascii() and "=C3=" not in text and "&" not in text:
        return text, True
    if len(text) > _LONGEST or _MAY_BEGIN.isdisjoint(text) or not _SUSPECT.search(text):
        return text, True
    found = text
    for _ in range(_TIMES):
        before, found = found, _once(found)
        if found == before:
            break
    if found != text:
        found = found.replace("\ufeff", "")
    if _CONTROLS.search(found) and not _CONTROLS.search(text):
        return text, False
    return found, not (_LEFT.search(found) and _is_bad(found))


def is_garbled(text: str) -> bool:
    """Return True if a text was decoded wrongly, whether or not it can be repaired."""
    return mend_mojibake(text) != (text, True)


def _once(text: str) -> str:
    if (whole := _RUN.sub(_whole, text)) != text:
        return whole
    text = _TORN.sub(_letter, text)
    text = _OTHER.sub(lambda found: _OF_OTHERS[found[0]], text)
    text = _QUOTED.sub(lambda found: bytes((0xC3, int(found[1], 16))).decode(), text)
    text = _ENTITY.sub(lambda found: html.unescape(found[0]), text)
    return unicodedata.normalize("NFC", text) if "\u0308" in text or "\u030a" in text else text


def _whole(found: re.Match[str]) -> str:
    """Decode a run of several characters beyond ASCII, if all of it is UTF-8."""
    run = found[0]
    if len(run) < 4 or not {"Ã", "Â", "â"} & set(run):
        return run
    try:
        return bytes(_BYTES[char] for char in run).decode()
    except UnicodeDecodeError:
        return run


def _letter(found: re.Match[str]) -> str:
    torn, text = found[0], found.string
    start, end = found.span()
    before, after = text[max(0, start - 1) : start], text[end : end + 1]
    if torn == "Ã€":  # Latin-9 shows the second byte of ä as €, Windows-1252 that of À
        small = before.islower() or (before.isalpha() and after.islower())
        return "ä" if small else "À" if after.isupper() else torn
    try:
        letter = bytes(_BYTES[char] for char in torn).decode()
    except UnicodeDecodeError:
        return torn
    if letter.isupper() and before.islower():
        return torn
    return torn if torn[0] in "âï" and letter not in _SIGNS else letter


def _is_bad(text: str) -> bool:
    """Return True if what is left is no text; some of these sequences do occur, as in JOÃO."""
    if re.search("[ÃÂ](?=[a-zåäö])(?<!Â)|(?<=[a-zåäö])[ÃÂ]|Ã\\?|â€|ï¿½|[√├](?=[^\\W\\d])", text):
        return True
    import ftfy  # imported late: its tables take a moment to load, and are seldom needed

    return ftfy.fix_encoding(text) != text
