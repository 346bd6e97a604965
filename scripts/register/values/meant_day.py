"""Days that a cell means without writing them in full: in words, without a year, mistyped."""

import re
from datetime import date, timedelta
from typing import Literal

from rapidfuzz.distance import OSA

from register.values.date import day, nearest_day
from register.values.noted_days import due_day, first_day_named

_WEEKDAYS = ("ma mån mon", "ti tis tue", "ke ons wed", "to tor thu", "pe fre fri", "la lör sat",
             "su sön sun")  # fmt: skip
_NEXT = re.compile(r"(?:ensi|seuraava(?:na)?|nästa|next) ([^\W\d_]+)", re.IGNORECASE)
_WEEKDAY_BEFORE = re.compile(r"[^\W\d_]{2,12}[.,]? (?=\d)")
_AS_HOUR = re.compile(r"(\d{1,2}):(\d\d)")
"""A Finnish sheet reads "15.12" without a final full stop as a time of day."""

_WITH_YEAR = re.compile(r"(\d{1,2}\.\d{1,2}\.)(\d{3,5})")
_NEAR_YEARS = 2
"""A mistyped year can only be this near to today's year."""

_ONE_DAY = re.compile(
    r"(?:yli)?huomenna|i ?morgon|i övermorgon|tomorrow|\w+(?:taina|kkona)|(?:på|on) \w+da[gy]",
    re.IGNORECASE,
)
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
    if any(map(str.isdigit, plain)):
        return None
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
    """Return the day of an expression ahead, or None: "ensi ma" is Monday of next week."""
    if named := _NEXT.fullmatch(plain):
        word = named[1].casefold()
        for number, begins in enumerate(_WEEKDAYS):
            if word in begins.split() or (word.startswith(tuple(begins.split())) and len(word) > 5):
                return today + timedelta(days=7 - today.weekday() + number)
    if when == "ahead" and not _ONE_DAY.fullmatch(plain):
        return None
    return due_day(plain, today) if len(plain.split()) <= _WORDS else None
