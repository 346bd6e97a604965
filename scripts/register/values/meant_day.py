"""Days that a cell means without writing them in full: in words, without a year, mistyped."""

import re
from datetime import date, timedelta
from typing import Literal

from rapidfuzz.distance import OSA

from register.values.date import day, nearest_day
from register.values.noted_days import (
    day_next_week,
    due_day,
    first_day_named,
    weekday_named,
)

_NEXT = frozenset(("ensi", "seuraava", "seuraavana", "nästa", "next"))
_BESIDE = frozenset(
    ("på", "on", "by", "tänä", "tulevana", "nu", "this", "coming", "senast", "mennessä")
)
_WEEK = frozenset(("viikon", "viikolla", "vecka", "veckas", "week", "week's", "week’s"))
"""Words beside a weekday: that it is next week's, and others."""

_WEEKDAY_BEFORE = re.compile(
    r"\b(?!(?:viikolla|viikko|vko|vk|vecka|week)\b)[^\W\d_]{2,12}[.,]? (?=\d)", re.IGNORECASE
)
_AS_HOUR = re.compile(r"(\d{1,2}):(\d\d)")
"""A Finnish sheet reads "15.12" without a final full stop as a time of day."""

_WITH_YEAR = re.compile(r"(\d{1,2}\.\d{1,2}\.)(\d{3,5})")
_NEAR_YEARS = 2
"""A mistyped year can only be this near to today's year."""

_ONE_DAY = re.compile(
    r"(?:yli)?huomenna|i ?morgon|i övermorgon|tomorrow|\w+(?:taina|kkona)|(?:på|on) \w+da[gy]",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"\d{1,2} (?:viikon|kuukauden) ")
_YEARLESS = timedelta(days=270)
"""A day without a year that would be farther ahead than this is in the past instead."""

_LONGEST, _WORDS = 40, 4

When = Literal["past", "ahead", "deadline"]
"""A day in the past, a day ahead, or the last day of a period that may be named ("in May")."""


def meant_day(cell: str, today: date, when: When) -> date | None:
    """Return the day that a cell means if it was written on ``today``; None if that is not clear.

    "20.1." is the latest one in the past, or the next one, depending on ``when``.
    """
    plain = _WEEKDAY_BEFORE.sub("", " ".join(cell[: _LONGEST + 1].split()).strip(" ,"))
    if len(plain) > _LONGEST:
        return None
    if hour := _AS_HOUR.fullmatch(plain):
        plain = f"{hour[1]}.{int(hour[2])}."
    if slipped := _WITH_YEAR.fullmatch(plain):
        said = _with_near_year(slipped[1], slipped[2], today)
    else:
        said = nearest_day(plain, today, ahead=when != "past")
        if said > (today + _YEARLESS).isoformat():
            said = nearest_day(plain, today)
    if said:
        return date.fromisoformat(said)
    in_words = plain[:1].isalpha() or _COUNTED.match(plain)
    if any(map(str.isdigit, plain)) and not (when == "deadline" and in_words):
        return None
    if weekday := _weekday(plain, today, when):
        return weekday
    lately = first_day_named(plain, today)
    if lately and not plain[: lately[1]] + plain[lately[2] :]:
        return lately[0]
    return None if when == "past" else _to_come(plain, today, when)


def _with_near_year(beginning: str, year: str, today: date) -> str:
    """Return the day in the only near year that is one typing error away from ``year``, or ''."""
    near = range(today.year - _NEAR_YEARS, today.year + _NEAR_YEARS + 1)
    meant = [one for one in near if OSA.distance(str(one), year) == 1]
    return day(f"{beginning}{meant[0]}") if len(meant) == 1 else ""


def _to_come(plain: str, today: date, when: When) -> date | None:
    """Return the day of an expression ahead, or None."""
    if when == "ahead" and not _ONE_DAY.fullmatch(plain):
        return None
    return due_day(plain, today) if len(plain.split()) <= _WORDS else None


def _weekday(plain: str, today: date, when: When) -> date | None:
    """Return the day that a weekday alone means: "pe", "på fredag", "ensi viikon tiistaina".

    It is the coming one, in the past the latest; "ensi ma" is Monday of next week.
    """
    words = plain.casefold().split()
    following = not _NEXT.isdisjoint(words)
    left = [one for one in words if one not in (_NEXT | _BESIDE | (_WEEK if following else set()))]
    number = weekday_named(left[0].rstrip(".")) if len(left) == 1 else None
    if number is None or (following and when == "past"):
        return None
    if following:
        return day_next_week(number, today)
    if when == "past":
        return today - timedelta(days=(today.weekday() - number) % 7)
    return today + timedelta(days=(number - today.weekday() - 1) % 7 + 1)
