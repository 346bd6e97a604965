"""Phone numbers: stored as E.164, shown as people in Finland write them.

The shape is checked before the library (phonenumbers), which reads letters as keypad digits and
accepts ``4.01234567E8``. For a number without its leading zero, the zero is added.
"""

import re
from functools import cache, lru_cache
from typing import Any

import phonenumbers
from phonenumbers import NumberParseException, PhoneMetadata, PhoneNumberFormat
from stdnum.fi import ytunnus

from register.book import personal_identity_code as henkilotunnus
from register.values.reading import Reading
from register.values.text import tidy_line

LONGEST_PHONE = 120
_PLAIN = re.compile(r"[+\d(][\d\s().\-–‐‑−/]*")
_FLOAT = re.compile(r"([0-9]{6,12})[.,]0+")
_SCIENTIFIC = re.compile(r"([1-9])(?:[.,]([0-9]{1,15}))?E\+?([0-9]{1,2})", re.IGNORECASE)
_NOT_PHONE = re.compile(
    r"\d{1,2}\.\s?\d{1,2}\.\s?(?:19|20)\d\d|\d{4}-\d\d-\d\d"
    r"|\(?(?:19|20)\d\d\s?[\-–‐‑−/]\s?(?:19|20)\d\d\)?|\d{1,3}\s?/\s?(?:19|20)\d\d"
)
"""Dates, years and document numbers ("2/2026"), which would be valid numbers with a zero in
front."""
_EXTENSION = re.compile(r"^(.*\d)\s*(?:x|ext\.?|alanro|alanumero|ank\.?)\s*\d{1,6}$", re.IGNORECASE)
_SPLIT = re.compile(r"\s*(?:[;,/|\n]|\btai\b|\beller\b|\bor\b|\bja\b|\boch\b|\band\b)\s*")
_NEXT = re.compile(r"\s+(?=\+|00?[1-9])")
_BEGINS = re.compile(r"[^\d+(]{0,40}([+\d(][\d\s().\-]{5,20}\d)\s+[^\W\d_]")
_FIRST_NETWORKS = re.compile(r"\+358([45]00)(\d{6})")
_LETTERS = re.compile(r"\([^()\d]*\)|[^\W\d_]+[.:]?|[:]")


@lru_cache(maxsize=1 << 16)
def read(text: str) -> Reading:
    """Read one number as E.164 (``+358401234567``)."""
    if _finnish().fullmatch(text):
        return Reading(text)
    plain = tidy_line(text, LONGEST_PHONE)
    if plain == "":
        return Reading()
    plain = (plain or "").strip(";,. ")
    if any(
        _is_code(plain[span.start : span.end]) for span in henkilotunnus.find_identity_codes(plain)
    ):
        return _no()
    if _NOT_PHONE.fullmatch(plain) or (plain[-2:-1] == "-" and ytunnus.is_valid(plain)):
        return _no()
    if _FLOAT.fullmatch(plain) or _SCIENTIFIC.fullmatch(plain):
        return _asked("phone-mangled", _e164(_unmangled(plain)))
    if _PLAIN.fullmatch(plain) and (number := _e164(plain)):
        return Reading(number)
    if extension := _EXTENSION.match(plain):
        return _asked("phone-extension", _e164(_stripped(extension[1])))
    parts = _SPLIT.split(plain)
    numbers = [_e164(_stripped(part)) for part in parts]
    if not any(numbers):
        parts = _NEXT.split(_stripped(plain))
        numbers = [_e164(part) for part in parts]
    good = list(dict.fromkeys(number for number in numbers if number))
    if len(good) > 1:
        return Reading(problem="phone-several", suggestion=good[0])
    if len(parts) > 1 or re.search(r"[^\W\d_]", plain):
        return _asked(
            "phone-letters", good[0] if good else _e164(_stripped(plain)) or _first(plain)
        )
    return _no()


@cache
def _finnish() -> re.Pattern[str]:
    """Return the pattern of Finnish numbers in E.164 that the library accepts, as most are."""
    known: Any = PhoneMetadata.metadata_for_region("FI")
    kinds = (
        rf"(?=\d{{{min(kind.possible_length)},{max(kind.possible_length)}}}$)"
        rf"(?:{kind.national_number_pattern})"
        for kind in (known.mobile, known.fixed_line)
    )
    return re.compile(rf"\+358(?:{'|'.join(kinds)})", re.ASCII)


def is_mobile(number: str) -> bool:
    """Return True if an E.164 number is a Finnish mobile phone."""
    return number.startswith(("+3584", "+35850"))


def read_two(text: str) -> tuple[str, str] | None:
    """Return two numbers in E.164, if a cell holds exactly two and no other words; else None."""
    parts = _SPLIT.split((tidy_line(text.replace("\n", ";"), LONGEST_PHONE) or "").strip(";,. "))
    if len(parts) != 2 or not all(map(_PLAIN.fullmatch, parts)):
        return None
    one, two = map(_e164, parts)
    return (one, two) if one and two and one != two else None


def national_phone(number: str) -> str:
    """Return a Finnish E.164 number as people in Finland write it; other texts unchanged.

    Codes of the first mobile networks have four digits for their owners: ``0400 123456``.
    """
    if found := _FIRST_NETWORKS.fullmatch(number):
        return f"0{found[1]} {found[2]}"
    try:
        parsed = phonenumbers.parse(number, None)
    except NumberParseException:
        return number
    form = (
        PhoneNumberFormat.NATIONAL
        if parsed.country_code == 358
        else PhoneNumberFormat.INTERNATIONAL
    )
    return phonenumbers.format_number(parsed, form)


def _is_code(text: str) -> bool:
    """Return True if a possible identity code cannot be a phone; ``040123-4567`` can."""
    return text[0] != "0" or not _PLAIN.fullmatch(text)


def _e164(text: str) -> str:
    digits = re.sub(r"[\s().\-–‐‑−/]", "", re.sub(r"\(\s*0\s*\)", "", text))
    if not re.fullmatch(r"\+?\d{5,15}", digits):
        return ""
    if digits.startswith("00"):
        digits = f"+{digits[2:]}"
    if digits.startswith("+3580"):
        digits = f"+358{digits[5:]}"
    for candidate in (digits, f"0{digits}", f"+{digits}"):
        if candidate.startswith("0") and candidate == f"0{digits}" and digits[0] in "0+":
            continue
        if candidate == f"+{digits}" and not digits.startswith("358"):
            continue
        try:
            parsed = phonenumbers.parse(candidate, "FI")
        except NumberParseException:
            continue
        if phonenumbers.is_valid_number(parsed):
            return phonenumbers.format_number(parsed, PhoneNumberFormat.E164)
    return ""


def _unmangled(text: str) -> str:
    """Return the digits of a number that a spreadsheet wrote as 401234567.0 or 4.01234567E8.

    '' if some digits are lost.
    """
    if found := _FLOAT.fullmatch(text):
        return found[1]
    found = _SCIENTIFIC.fullmatch(text)
    return found[1] + found[2] if found and len(found[2] or "") == int(found[3]) else ""


def _stripped(text: str) -> str:
    """Return a number without words around it; an O among digits becomes a zero, an l a one."""
    digits = re.sub(r"(?<![^\W\d_])[oO](?=\d)|(?<=\d)[oO](?![^\W\d_])", "0", text)
    digits = re.sub(r"(?<![^\W\d_])[lI](?=\d)|(?<=\d)[lI](?![^\W\d_])", "1", digits)
    return _LETTERS.sub(" ", digits).strip()


def _first(text: str) -> str:
    """Return the number at the beginning of a text that contains other digits, too; '' if none."""
    found = _BEGINS.match(text)
    return _e164(found[1]) if found else ""


def _asked(problem: str, number: str) -> Reading:
    return Reading(problem=problem, suggestion=number) if number else _no()


def _no() -> Reading:
    return Reading(problem="phone-impossible")
