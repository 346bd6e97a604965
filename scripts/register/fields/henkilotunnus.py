"""Finnish personal identity codes in free text: found, judged, masked.

The shape and its century signs are those of the Population Register's decree (2023 signs too); the
check character is stdnum.fi.hetu's. Temporary codes (900–999) count.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from stdnum.fi import hetu

MASK = "******-****"
LONGEST = 50_000
_SHAPE = re.compile(
    r"(?<![\dA-Za-z])(\d{6})\s?([-+–—‐‑−﹣－ABCDEFYXWVU])\s?(\d{3}[0-9A-Y])(?![0-9A-Za-z])",
    re.IGNORECASE,
)
_DASHES = re.compile("[–—‐‑−﹣－]")


@dataclass(frozen=True, slots=True)
class Span:
    """Where a code is: ``certain`` says that its check character is right."""

    start: int
    end: int
    certain: bool


def find(text: str) -> list[Span]:
    """Return the codes in a text, in order."""
    spans = []
    for found in _SHAPE.finditer(text[:LONGEST]):
        sign = _DASHES.sub("-", found[2]).upper()
        day, month = int(found[1][:2]), int(found[1][2:4])
        if not (1 <= day <= 31 and 1 <= month <= 12):
            continue
        code = f"{found[1]}{sign}{found[3]}".upper()
        spans.append(Span(found.start(), found.end(), _valid(code)))
    return spans


def mask(text: str) -> str:
    """Return the text with every code in it, certain or possible, made unreadable."""
    for span in reversed(find(text)):
        text = text[: span.start] + MASK + text[span.end :]
    return text


def _valid(code: str) -> bool:
    return bool(hetu.is_valid(code, allow_temporary=True))
