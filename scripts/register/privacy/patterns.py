"""Patterns that find a person in any text: names in any case of Finnish, addresses, phones."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

Name = tuple[str, str]
"""``(first, last)``."""

_ENDING = (
    r"(?:[:'’]?(?:n|[aä]|t[aä]|ll[aä]|lle|lt[aä]|ss[aä]|st[aä]|n[aä]|ksi|in|[aeiouyäö]n"
    r"|h[aeiouyäö]n|s)?)"
)
"""The case endings of a Finnish name, and the genitive's s of a Swedish one."""

_SPACE = r"[\s\u00a0,]{1,3}"


def digits(text: str) -> str:
    """Return the digits of a text."""
    return re.sub(r"\D", "", text)


def any_of(whole: Iterable[str], parts: Iterable[str] = ()) -> re.Pattern[str]:
    """Return what matches any of these, the longest first; group ``part`` is a part of a name."""
    first, rest = ("|".join(sorted(set(one), key=len, reverse=True)) for one in (whole, parts))
    return re.compile(f"{first or '(?!)'}|(?P<part>{rest or '(?!)'})", re.IGNORECASE)


def whole_name(name: Name) -> str:
    """Return a pattern of a whole name in either order, in any case of Finnish."""
    first, last = (name_part(unicodedata.normalize("NFC", part)) for part in name)
    return rf"(?<!\w)(?:{first}{_SPACE}{last}|{last}{_SPACE}{first})(?!\w)"


def named_address(name: Name) -> str:
    """Return a pattern of addresses that are made of a whole name, at whatever provider."""
    plain = [
        "".join(c for c in unicodedata.normalize("NFKD", part) if not unicodedata.combining(c))
        for part in name
    ]
    first, last = (
        f"(?:{re.escape(one)}|{re.escape(other)})" for one, other in zip(name, plain, strict=True)
    )
    return rf"(?<![\w.+\-])(?:{first}[._\-]{last}|{last}[._\-]{first})\d{{0,4}}@[\w.\-]*\w"


def name_part(word: str) -> str:
    """Return a pattern of a name's word and its case forms: Virtanen, Virtasen; Pekka, Pekalle."""
    parts = [re.escape(part) for part in re.split(r"\s+", word.strip())]
    stem = r"\s+".join(parts)
    if len(word) > 4 and word.casefold().endswith("nen"):
        return (
            rf"{stem[:-3]}(?:nen|s(?:en|t[aä]|e(?:ll[aä]|lle|lt[aä]|ss[aä]|st[aä]|n[aä]|ksi|en)))"
        )
    doubled = re.search(r"(?i)([kpt])\1(?=[aeiouyäö]$)", stem)
    if doubled:
        stem = f"{stem[: doubled.start() + 1]}{doubled[1]}?{stem[doubled.end() :]}"
    return stem + _ENDING


def mail_address(address: str) -> str:
    """Return a pattern of an address, as it is."""
    return rf"(?<![\w.+\-]){re.escape(address.strip().casefold())}(?![\w\-]|\.\w)"


def phone_number(number: str) -> str:
    """Return a pattern of a phone number however it is written, as a number of a cell too."""
    gap = r"[\s().\-–/]{0,3}"
    if not number.startswith("+358"):
        return rf"(?<!\d)(?:\+|00)?{gap.join(digits(number))}(?!\d)"
    head = rf"(?:(?:\+|00)?358{gap}(?:0{gap})?|0)"
    bare = rf"(?<![\d.,])(?<!\d[\s\-]){number[4:]}"
    return rf"(?:(?<!\d){head}{gap.join(number[4:])}|{bare})(?!\d)"
