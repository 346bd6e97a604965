"""Dates: ISO in the Book, in any of the ways in which people in Finland write them."""

import re
from datetime import date, timedelta
from functools import lru_cache

from register.values.reading import Reading
from register.values.text import tidy_line

_NO = Reading(problem="date-impossible")
MONTH_NAMES = tuple(
    names.split()
    for names in (
        *("tammi januari january", "helmi februari february", "maalis mars march"),
        *("huhti april april", "touko maj may", "kesä juni june", "heinä juli july"),
        *("elo augusti august", "syys september september", "loka oktober october"),
        *("marras november november", "joulu december december"),
    )
)
"""The months in Finnish (without *kuu*), Swedish and English, January first."""

_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})|((?:19|20)\d\d)(\d\d)(\d\d)")
_POINTS = re.compile(r"(\d{1,2})\s?\.\s?(\d{1,2})\s?[. ]\s?(\d{4}|\d{2})\.?")
_SLASHES = re.compile(r"(\d{1,2})\s?[/\-–]\s?(\d{1,2})\s?[/\-–]\s?(\d{4})")
_WORDS = re.compile(r"(\d{1,2})(?:\.|:[ae])?\s*([^\W\d_]+)\.?-?,?\s+(\d{4})\.?")
_MONTH_FIRST = re.compile(r"([^\W\d_]+)\s+(\d{1,2})(?:\.|\.\s+päivä(?:nä)?|,)?\s+(\d{4})\.?")
_NO_YEAR = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.?")
_WEEKDAY = re.compile(
    r"(?:(?:ma|ti|ke|to|pe|la|su)(?:\w*na)?|\w*(?:tai|nantai|stai|kko|torstai)(?:na)?"
    r"|(?:mån|tis|ons|tors|fre|lör|sön)(?:dag(?:en)?)?|den)[.,]?\s+",
    re.IGNORECASE,
)
_SERIAL = re.compile(r"(\d{5})(?:[.,]0+)?")
_MIDNIGHT = re.compile(r"[T ,]+(?:klo |kl\.? )?0{1,2}(?:[.:]00){1,2}(?:[.:]0+)?Z?")
_HOUR = re.compile(r"[T ,]+(?:klo |kl\.? |kello )?\d{1,2}(?:[.:]\d\d){0,2}", re.IGNORECASE)
_UNTIL = re.compile(
    r"(?:(?:t\s?\.?\s?o\s?\.?\s?m\.?|till och med|till|fram till|until|through)\s+|[-–]\s*)?"
    r"(\S.*?)(?:\s+(?:asti|saakka|mennessä))?",
    re.IGNORECASE,
)
_YEARS = range(1800, 2101)


def read(text: str) -> Reading:
    """Read a day as ``YYYY-MM-DD``; with a time of day or "until", the day is only suggested."""
    plain = tidy_line(text, 60)
    if plain == "":
        return Reading()
    said = _WEEKDAY.sub("", plain or "?", count=2) if plain and plain[0].isalpha() else plain or "?"
    if found := re.fullmatch(rf"(.*\d){_MIDNIGHT.pattern}", said):
        said = found[1]
    reading = _read(said)
    for found in (
        re.fullmatch(rf"(.*\d\.?){_HOUR.pattern}", said, re.IGNORECASE),
        _UNTIL.fullmatch(plain or ""),
    ):
        if reading.problem == "date-impossible" and found and (value := _read(found[1]).value):
            return Reading(problem="date-impossible", suggestion=value)
    return reading


@lru_cache(maxsize=1 << 16)
def day(cell: str) -> str:
    """Return the day in a cell in ISO form, '' if there is none."""
    return read(cell).value if cell else ""


def nearest_day(cell: str, to: date, *, ahead: bool = False) -> str:
    """Return the day of a cell without a year, the nearest to ``to``, in ISO form; '' if none.

    ``20.11.`` is the latest 20 November up to ``to``, or if ``ahead`` the first one from it on.
    """
    found = _NO_YEAR.fullmatch(_WEEKDAY.sub("", tidy_line(cell, 60) or "", count=1))
    if not found:
        return ""
    years = range(to.year, to.year + 5) if ahead else range(to.year, to.year - 5, -1)
    days = (_day(year, int(found[2]), int(found[1])).value for year in years)
    limit = to.isoformat()
    return next((on for on in days if on and (on >= limit if ahead else on <= limit)), "")


def last_day(cell: str) -> str:
    """Return the last day that a cell names, in ISO form; '' if there is none.

    The cell may say "until" in words: ``31.1.2027 asti``, ``t.o.m. 31.1.2027``, ``until 31 January
    2027``.
    """
    found = _UNTIL.fullmatch(tidy_line(cell, 60) or "")
    return day(found[1]) if found else ""


def _read(plain: str) -> Reading:
    if found := _ISO.fullmatch(plain):
        year, month, day = (part for part in found.groups() if part)
        return _day(int(year), int(month), int(day))
    if found := _POINTS.fullmatch(plain):
        return _day(_year(found[3]), int(found[2]), int(found[1]))
    if found := _WORDS.fullmatch(plain):
        return _day(int(found[3]), month_number(found[2]), int(found[1]))
    if found := _MONTH_FIRST.fullmatch(plain):
        return _day(int(found[3]), month_number(found[1]), int(found[2]))
    if found := _SLASHES.fullmatch(plain):
        return _either(int(found[1]), int(found[2]), int(found[3]))
    if _NO_YEAR.fullmatch(plain):
        return Reading(problem="date-no-year")
    if (found := _SERIAL.fullmatch(plain)) and 20_000 <= int(found[1]) < 75_000:
        return Reading((date(1899, 12, 30) + timedelta(days=int(found[1]))).isoformat())
    return _NO


def _either(first: int, second: int, year: int) -> Reading:
    """Read a day with its parts in either order; if both are possible, day first is suggested."""
    days = [_day(year, second, first), _day(year, first, second)]
    good = list(dict.fromkeys(one.value for one in days if one.value))
    if len(good) > 1:
        return Reading(problem="date-ambiguous", suggestion=good[0])
    return Reading(good[0]) if good else _NO


def _day(year: int, month: int, day: int) -> Reading:
    try:
        return Reading(date(year, month, day).isoformat()) if year in _YEARS else _NO
    except ValueError:
        return _NO


def _year(text: str) -> int:
    """Return the year of four digits, or of two: 1940 to 2039."""
    return int(text) if len(text) == 4 else int(text) + (2000 if int(text) < 40 else 1900)


def month_number(word: str) -> int:
    """Return the number of a month named in one of the three languages, shortened or not; or 0."""
    plain = word.casefold()
    for number, (fi, sv, en) in enumerate(MONTH_NAMES, start=1):
        if plain.startswith(fi) and plain[len(fi) :] in ("", "k", "kuu", "kuuta", "kuun"):
            return number
        if len(plain) >= 3 and (sv.startswith(plain) or en.startswith(plain)):
            return number
    return 0
