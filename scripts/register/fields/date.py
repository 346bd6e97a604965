"""Dates: ISO in the Book, however they were written in Finland."""

from __future__ import annotations

import re
from datetime import date, timedelta

from register.fields.reading import Problems, Reading

PROBLEMS: Problems = {
    "date-impossible": ("warning", "“{cell}” is not a date. Write it like this: 12.3.2026."),
    "date-no-year": ("warning", "“{cell}” has no year. Write it like this: 12.3.2026."),
    "date-ambiguous": (
        "warning",
        "“{cell}” may be read in two ways. Is it {suggestion} (day first)?",
    ),
}
_MONTHS = (
    *("tammi", "helmi", "maalis", "huhti", "touko", "kesä", "heinä", "elo", "syys", "loka"),
    *("marras", "joulu"),
)
_MONTHS_SV = (
    *("januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september"),
    *("oktober", "november", "december"),
)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00)?)?")
_POINTS = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4}|\d{2})")
_SLASHES = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_WORDS = re.compile(r"(\d{1,2})\.?\s+([^\W\d_]+)\s+(\d{4})")
_NO_YEAR = re.compile(r"\d{1,2}\.\s?\d{1,2}\.?")
_WEEKDAY = re.compile(r"^(?:ma|ti|ke|to|pe|la|su)\w{0,9}[.,]?\s+(?=\d)", re.IGNORECASE)
_SERIAL = re.compile(r"(\d{5})(?:[.,]0+)?")


def read(text: str) -> Reading:
    """Read a day as ``YYYY-MM-DD``."""
    plain = _WEEKDAY.sub("", " ".join(text[:60].split()))
    if not plain:
        return Reading()
    if found := _ISO.fullmatch(plain):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if found := _POINTS.fullmatch(plain):
        return _day(_year(found[3]), int(found[2]), int(found[1]))
    if found := _WORDS.fullmatch(plain):
        return _day(int(found[3]), _month(found[2]), int(found[1]))
    if found := _SLASHES.fullmatch(plain):
        first, second, year = int(found[1]), int(found[2]), int(found[3])
        if first > 12 or first == second:
            return _day(year, second, first)
        suggestion = _day(year, second, first).value
        return Reading(problem="date-ambiguous", suggestion=suggestion) if suggestion else _no()
    if _NO_YEAR.fullmatch(plain):
        return Reading(problem="date-no-year")
    if found := _SERIAL.fullmatch(plain):
        number = int(found[1])
        if 20_000 <= number <= 80_000:
            return Reading((date(1899, 12, 30) + timedelta(days=number)).isoformat())
    return _no()


def _day(year: int, month: int, day: int) -> Reading:
    try:
        return Reading(date(year, month, day).isoformat())
    except ValueError:
        return _no()


def _year(text: str) -> int:
    """Two digits mean the year nearest to now that has passed or is soon to come: 1940 to 2039."""
    return int(text) if len(text) == 4 else int(text) + (2000 if int(text) < 40 else 1900)


def _month(word: str) -> int:
    plain = word.casefold()
    for number, (fi, sv) in enumerate(zip(_MONTHS, _MONTHS_SV, strict=True), start=1):
        if plain.startswith(fi) and plain[len(fi) :] in ("", "kuu", "kuuta", "kuun"):
            return number
        if plain == sv or (len(plain) >= 3 and sv.startswith(plain)):
            return number
    return 0


def _no() -> Reading:
    return Reading(problem="date-impossible")
