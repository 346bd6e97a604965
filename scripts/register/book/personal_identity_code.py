"""Finnish personal identity codes in free text: finding, checking and masking them.

The shape and the century signs are those of the Population Register's decree (with the signs of
2023); the check character is verified by stdnum.fi.hetu. Temporary codes (900–999) are included.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from stdnum.fi import hetu

MASK = "******-****"
LONGEST_SCANNED = 50_000
SHORTEST_CODE, LONGEST_CODE = 11, 43
"""The length of a code in characters; the longest has blanks and invisible characters in it."""

_NOTHING = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
_N = f"[{_NOTHING}]{{0,3}}"
# The pattern begins with a digit instead of a lookbehind, so that re can skip to digits.
_SHAPE = re.compile(
    rf"(\d(?<!\d\d){_N}(?:\d{_N}){{5}})\s?([-+–—‐‑−﹣－ABCDEFYXWVU])\s?{_N}((?:\d{_N}){{3}}[0-9A-Y])(?!\d)",
    re.IGNORECASE,
)
_INVISIBLE = re.compile(f"[{_NOTHING}]")
_CHECK = "0123456789ABCDEFHJKLMNPRSTUVWXY"
_DASHES = re.compile("[–—‐‑−﹣－]")


@dataclass(frozen=True, slots=True)
class CodeSpan:
    """The position of a code; ``certain`` if its check character is correct."""

    start: int
    end: int
    certain: bool


def find_identity_codes(text: str) -> list[CodeSpan]:
    """Return the codes in the first :data:`LONGEST_SCANNED` characters of a text, in order.

    A code that is glued to a word ("hetu131052-308T") counts only if its check character is
    correct.
    """
    spans: list[CodeSpan] = []
    if len(text) < SHORTEST_CODE:
        return spans
    for found in _SHAPE.finditer(text[:LONGEST_SCANNED]):
        digits, sign, rest = found.groups()
        if not found[0].isascii():
            sign = _DASHES.sub("-", sign)
            digits, rest = _plain(digits), _plain(rest)
        if not ("01" <= digits[:2] <= "31" and "01" <= digits[2:4] <= "12"):
            continue
        certain = _valid(f"{digits}{sign}{rest}".upper())
        if certain or not _is_glued(text, found.start(), found.end()):
            spans.append(CodeSpan(found.start(), found.end(), certain))
    return spans


def mask_identity_codes(text: str) -> str:
    """Return the text with all codes masked, certain or possible."""
    found = find_identity_codes(text)
    return mask_spans(text, found) if found else text


def mask_certain_identity_codes(text: str) -> str:
    """Return the text with those codes masked whose check character is correct.

    A phone or another number that only looks like a code stays.
    """
    found = find_identity_codes(text)
    return mask_spans(text, (span for span in found if span.certain)) if found else text


def mask_spans(text: str, spans: Iterable[CodeSpan]) -> str:
    """Return the text with these spans masked; they must be in order."""
    parts: list[str] = []
    position = 0
    for span in spans:
        parts += [text[position : span.start], MASK]
        position = span.end
    return "".join([*parts, text[position:]]) if parts else text


def _plain(text: str) -> str:
    """Return digits of any script as 0 to 9, without the invisible characters between them."""
    seen = _INVISIBLE.sub("", text)
    return "".join(c if c.isalpha() else str(unicodedata.digit(c, 0)) for c in seen)


def _is_glued(text: str, start: int, end: int) -> bool:
    return text[start - 1 : start].isalnum() or text[end : end + 1].isalnum()


@lru_cache(maxsize=4096)
def _valid(code: str) -> bool:
    """Return True if the check character is correct and stdnum accepts the rest as a code."""
    plain = unicodedata.normalize("NFKC", code)
    if _CHECK[int(plain[:6] + plain[7:10]) % 31] != plain[10]:
        return False
    return bool(hetu.is_valid(plain, allow_temporary=True))
