"""Phone numbers: stored as E.164, shown as they are written in Finland.

The shape is checked before the library (phonenumbers), which takes letters for keypad digits and
``4.01234567E8`` for a number. A number without its zero is read as it was written down.
"""

from __future__ import annotations

import re

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat

from register.fields.reading import Problems, Reading
from register.fields.text import tidy

PROBLEMS: Problems = {
    "phone-impossible": ("warning", "“{cell}” is not a phone number that can be called."),
    "phone-several": ("warning", "There are several numbers here: {cell}. Which one is right?"),
    "phone-letters": ("warning", "There is text with the number: {cell}. Is it {suggestion}?"),
    "phone-mangled": (
        "warning",
        "A spreadsheet has made a number of this phone: {cell}. Is it {suggestion}?",
    ),
    "phone-extension": ("warning", "There is an extension here: {cell}. Is it {suggestion}?"),
}
LONGEST = 120
_PLAIN = re.compile(r"[+\d][\d\s().\-–/]*")
_FLOAT = re.compile(r"(\d{6,12})[.,]0+")
_EXTENSION = re.compile(r"^(.*\d)\s*(?:x|ext\.?|alanro|alanumero|ank\.?)\s*\d{1,6}$", re.IGNORECASE)
_SPLIT = re.compile(r"\s*(?:[;,/|\n]|\btai\b|\beller\b|\bor\b|\bja\b|\boch\b|\band\b)\s*")
_LETTERS = re.compile(r"\([^()\d]*\)|[^\W\d_]+[.:]?|[:]")


def read(text: str) -> Reading:
    """Read one number as E.164 (``+358401234567``)."""
    plain = tidy(text)
    if not plain:
        return Reading()
    if len(plain) > LONGEST:
        return Reading(problem="phone-impossible")
    if mangled := _FLOAT.fullmatch(plain):
        number = _e164(mangled[1])
        return Reading(problem="phone-mangled", suggestion=number) if number else _no()
    if _PLAIN.fullmatch(plain) and (number := _e164(plain)):
        return Reading(number)
    if extension := _EXTENSION.match(plain):
        number = _e164(_stripped(extension[1]))
        return Reading(problem="phone-extension", suggestion=number) if number else _no()
    numbers = [_e164(_stripped(part)) for part in _SPLIT.split(plain)]
    good = list(dict.fromkeys(number for number in numbers if number))
    if len(good) > 1:
        return Reading(problem="phone-several", suggestion=good[0])
    if re.search(r"[^\W\d_]", plain) and (number := _e164(_stripped(plain))):
        return Reading(problem="phone-letters", suggestion=number)
    return _no()


def national(number: str) -> str:
    """Return a Finnish E.164 number as it is written in Finland; other texts as they are."""
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


def _e164(text: str) -> str:
    digits = re.sub(r"[\s().\-–/]", "", re.sub(r"\(\s*0\s*\)", "", text))
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


def _stripped(text: str) -> str:
    return _LETTERS.sub(" ", text).strip()


def _no() -> Reading:
    return Reading(problem="phone-impossible")
