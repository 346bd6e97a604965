"""Days as people note them: the day of a note ("12.–13.3.", "eilen"), and a day ahead.

A day ahead may be given as a period ("huhtikuussa", "vecka 15", "next week"): then it is the last
day of the period, or the Friday of a week.
"""

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from register.values.date import MONTH_NAMES

_MONTHS = {
    name: number
    for number, (fi, sv, en) in enumerate(MONTH_NAMES, start=1)
    for name in (f"{fi}kuu", sv, en)
}
_MONTH_NAME = rf"({'|'.join(_MONTHS)})(?:ta|n|hun|ssa)?"
_WEEKDAYS = (
    r"(?:ma|ti|ke|to|pe|la|su"
    r"|(?:(?:maanan|tiis|tors|perjan|lauan|sunnun)tai|keskiviikko)(?:na|ksi|hin|on|lle)?"
    r"|(?:mån|tis|ons|tors|fre|lör|sön)(?:dag(?:en)?)?"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tue|wed|thu|fri|sat|sun)"
)
_WEEKDAY = re.compile(_WEEKDAYS, re.IGNORECASE)
_HOUR = (
    r"(?:,?\s*(?:klo|kello|kl\.?|at)\s*\d{1,2}(?:[.:]\d\d)?(?:\s*[-–]\s*\d{1,2}(?:[.:]\d\d)?)?)?"
)
_YEAR = r"(?:\s?(\d{4}|\d\d(?=\s|$|:)))?"
_BEFORE = rf"(?<![\w.])(?:{_WEEKDAYS}\.?,?\s+)?"
_RANGE = r"(?:\d{1,2}\.?(?:\d{1,2}\.?)?\s?[-–]\s?)?"
_AFTER = rf"(?=\D|$){_HOUR}\s*,?\s*"
_POINTS = re.compile(
    rf"{_BEFORE}(?:(\d{{1,2}})\.(?:(\d{{1,2}})\.?)?\s?[-–]\s?)?(\d{{1,2}})\.(\d{{1,2}})\.?{_YEAR}{_AFTER}",
    re.IGNORECASE,
)
_ISO = re.compile(rf"{_BEFORE}(\d{{4}})-(\d\d)-(\d\d){_AFTER}", re.IGNORECASE)
_SLASHES = re.compile(rf"{_BEFORE}(\d{{1,2}})/(\d{{1,2}})/(\d{{4}}){_AFTER}", re.IGNORECASE)
_WORDS = re.compile(
    rf"{_BEFORE}{_RANGE}(\d{{1,2}})\.?\s+(?:of\s+)?{_MONTH_NAME}{_YEAR}{_AFTER}", re.IGNORECASE
)
_MONTH_FIRST = re.compile(
    rf"{_BEFORE}{_MONTH_NAME}\s+(\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s+(\d{{4}}))?{_AFTER}",
    re.IGNORECASE,
)
_LATELY = re.compile(
    r"(?<!\w)(tänään|idag|i dag|today|eilen|igår|i går|yesterday|toissapäivänä|i förrgår"
    r"|viime (?:maanan|tiis|keskiviikko|tors|perjan|lauan|sunnun)(?:taina|na)"
    r"|i (?:mån|tis|ons|tors|fre|lör|sön)dags|last (?:mon|tues|wednes|thurs|fri|satur|sun)day)\b"
    rf"{_HOUR}\s*,?\s*",
    re.IGNORECASE,
)
_AGO = {"eilen": 1, "igår": 1, "i går": 1, "yesterday": 1, "toissapäivänä": 2, "i förrgår": 2}
_YEARS_BACK, _YEARS_AHEAD = 5, 5


def first_day_named(text: str, today: date) -> tuple[date, int, int] | None:
    """Return the first day named in a note, and its start and end in the text; None if none.

    Of several days ("12.–13.3.") it is the first one. A day without a year is the latest one that
    is not in the future. Days that do not exist are ignored.
    """
    readers: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], date | None]], ...] = (
        (_ISO, lambda m: _date(int(m[1]), int(m[2]), int(m[3]))),
        (_SLASHES, lambda m: _slashed(int(m[1]), int(m[2]), int(m[3]))),
        (_POINTS, lambda m: _past(m[1] or m[3], (m[1] and m[2]) or m[4], m[5], today)),
        (_WORDS, lambda m: _past(m[1], _MONTHS[m[2].casefold()], m[3], today)),
        (_MONTH_FIRST, lambda m: _past(m[2], _MONTHS[m[1].casefold()], m[3], today)),
        (_LATELY, lambda m: _lately(" ".join(m[1].split()).casefold(), today)),
    )
    found = [(m.start(), m, read(m)) for pattern, read in readers if (m := pattern.search(text))]
    days = sorted((at, m.end(), on) for at, m, on in found if on)
    return (days[0][2], *days[0][:2]) if days else None


def has_hour(text: str) -> bool:
    """Return True if a text contains a time of day: "klo 10", "kl. 18", "at 12"."""
    return bool(re.search(_HOUR.removesuffix("?"), text, re.IGNORECASE))


def _lately(words: str, today: date) -> date:
    """Return the day of "eilen", or of "viime perjantaina": the last Friday before today."""
    _, _, weekday = words.partition(" ")
    number = next((n for word, n in _DAYS.items() if weekday.startswith(word)), None)
    if number is None:
        return today - timedelta(days=_AGO.get(words, 0))
    return today - timedelta(days=(today.weekday() - number - 1) % 7 + 1)


def _slashed(first: int, second: int, year: int) -> date | None:
    return _date(year, second, first) or _date(year, first, second)


def _past(day: str | int, month: str | int, year: str | None, today: date) -> date | None:
    if year:
        return _date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day))
    years = range(today.year, today.year - _YEARS_BACK, -1)
    days = (_date(year, int(month), int(day)) for year in years)
    return next((on for on in days if on and on <= today), None)


_DUE = re.compile(r"(?<![\d.])(?<!klo )(?<!kl\. )(?<!kl )(\d{1,2})\.(\d{1,2})(?:\.(\d{4})?)?(?!\d)")
_DUE_ISO = re.compile(r"\b(\d{4})-(\d\d)-(\d\d)\b")
_DUE_WORDS = re.compile(rf"\b(\d{{1,2}})\.?\s+{_MONTH_NAME}\b", re.IGNORECASE)
_DUE_MONTH_FIRST = re.compile(rf"\b{_MONTH_NAME}\s+(\d{{1,2}})(?:st|nd|rd|th)?\b", re.IGNORECASE)
_DUE_MONTH = re.compile(rf"\b{_MONTH_NAME}\b\s*(alus|alku|puoli)?", re.IGNORECASE)
_EARLY = re.compile(r"(början av|early|beginning of)\s*(?:in\s+)?$", re.IGNORECASE)
_MID = re.compile(r"(mitten av|middle of|mid)[\s-]*$", re.IGNORECASE)
_IN = re.compile(r"\b(?:in|by|before|until|early|late|mid|of)[ -]$", re.IGNORECASE)
"""Words before "May" by which it is the month and not the verb."""

_WEEK = re.compile(r"\b(?:viikolla|viikko|vko|vk|vecka|v\.|week)\s*(\d{1,2})\b", re.IGNORECASE)
_NUMBERS = {
    word: number
    for number, words in enumerate(
        ("yhden en ett one a", "kahden två two", "kolmen tre three", "neljän fyra four"), start=1
    )
    for word in words.split()
}
_IN_WEEKS = re.compile(
    rf"\b(\d{{1,2}}|{'|'.join(_NUMBERS)})\s+(viikon|kuukauden)\s+(?:päästä|kuluttua)"
    rf"|\bom\s+(\d{{1,2}}|{'|'.join(_NUMBERS)})\s+(veckor|vecka|månader|månad)\b"
    rf"|\bin\s+(\d{{1,2}}|{'|'.join(_NUMBERS)})\s+(weeks|week|months|month)\b"
    r"|\b(viikon|kuukauden)\s+(?:päästä|kuluttua)",
    re.IGNORECASE,
)
_SOON: tuple[tuple[re.Pattern[str], Callable[[date], date]], ...] = tuple(
    (re.compile(rf"\b(?:{words})\b", re.IGNORECASE), step)
    for words, step in (
        (r"ylihuomenna|i övermorgon", lambda on: on + timedelta(days=2)),
        (r"huomenna|i ?morgon|tomorrow", lambda on: on + timedelta(days=1)),
        (r"tällä viikolla|den här veckan|this week", lambda on: _friday(on)),
        (r"ensi viikolla|nästa vecka|next week", lambda on: _friday(on + timedelta(days=7))),
        (r"ensi kuussa|nästa månad|next month", lambda on: _month_end(on.year, on.month + 1)),
        (
            r"vuodenvaihteessa|vuoden lopussa|vuoden lopulla|vid årsskiftet|i slutet av året"
            r"|at the end of (?:the|this) year",
            lambda on: _next(on, 12, 31),
        ),
        (r"ennen joulua|före jul|before christmas", lambda on: _next(on, 12, 23)),
        (r"keväällä|kevään aikana|på våren|i vår|in spring", lambda on: _next(on, 5, 31)),
        (r"kesällä|kesän aikana|på sommaren|i sommar|in summer", lambda on: _next(on, 8, 31)),
        (
            r"syksyllä|syksyn aikana|på hösten|i höst|in (?:the )?autumn",
            lambda on: _next(on, 11, 30),
        ),
    )
)
_NEXT_WEEK = r"(?:ensi viikon|ensi viikolla|nästa veckas?|next week(?:['’]s)?)"
_IN_NEXT_WEEK = re.compile(
    rf"\b(?:{_NEXT_WEEK},?|ensi|seuraavana|nästa|next) (?:på |on )?({_WEEKDAYS})\b"
    rf"|\b({_WEEKDAYS}),? {_NEXT_WEEK}\b",
    re.IGNORECASE,
)
_ON_DAY = re.compile(
    r"(?<!viime )\b(maanan|tiis|tors|perjan|lauan|sunnun)tai(?:na|ksi|ta|hin)\b"
    r"|(?<!viime )\b(keskivii)k(?:ko|o)(?:na|ksi|a|on)\b"
    r"|\b(?:på|till|före|innan|senast(?: på)?) (mån|tis|ons|tors|fre|lör|sön)dag(?:en)?\b"
    r"|\b(?:on|by|before|until) (mon|tues|wednes|thurs|fri|satur|sun)day\b"
    r"|(?<=[^\W\d_] )(ma|ti|ke|pe)$",
    re.IGNORECASE,
)
"""A weekday ahead; at the end of a task it may be abbreviated: "maksa pe"."""

_DAYS = {
    word: number
    for number, words in enumerate(
        (
            *("maanan mån mon ma", "tiis tis tue ti", "keskivii ons wed ke", "tors thu to"),
            *("perjan fre fri pe", "lauan lör sat la", "sunnun sön sun su"),
        )
    )
    for word in words.split()
}


def weekday_named(word: str) -> int | None:
    """Return the number of a weekday, 0 for Monday, by its name in any form, None for others."""
    return _number(word) if _WEEKDAY.fullmatch(word) else None


def day_next_week(weekday: int, today: date) -> date:
    """Return a weekday of the week after that of ``today``."""
    return today + timedelta(days=7 - today.weekday() + weekday)


def due_day(text: str, after: date) -> date | None:
    """Return the day that a text sets for a task, from ``after`` on; None if there is none."""
    return next(_to_come(text, after), None)


def _to_come(text: str, after: date) -> Iterator[date]:
    if (found := _DUE_ISO.search(text)) and (
        on := _date(int(found[1]), int(found[2]), int(found[3]))
    ):
        yield on
    if found := _DUE.search(text):
        if found[3] and (on := _date(int(found[3]), int(found[2]), int(found[1]))):
            yield on
        elif not found[3]:
            yield from _coming(after, int(found[2]), int(found[1]))
    for pattern, day, month in ((_DUE_WORDS, 1, 2), (_DUE_MONTH_FIRST, 2, 1)):
        if found := pattern.search(text):
            yield from _coming(after, _MONTHS[found[month].casefold()], int(found[day]))
    found = _DUE_MONTH.search(text)
    if found and (found[1].casefold() != "may" or _IN.search(text[: found.start()])):
        yield _in_month(found, text[: found.start()], after)
    if (found := _WEEK.search(text)) and (on := _week(int(found[1]), after)):
        yield on
    if found := _IN_WEEKS.search(text):
        number, unit = next(
            (found[n], found[n + 1]) if n < 7 else ("1", found[7]) for n in (1, 3, 5, 7) if found[n]
        )
        count = int(number) if number.isdigit() else _NUMBERS[number.casefold()]
        long = unit.casefold().startswith(("k", "m"))
        yield after + timedelta(days=(30 if long else 7) * count)
    if found := _IN_NEXT_WEEK.search(text):
        yield day_next_week(_number(found[1] or found[2]), after)
    for words, step in _SOON:
        if words.search(text):
            yield step(after)
    if found := _ON_DAY.search(text):
        wanted = _number(next(filter(None, found.groups())))
        yield after + timedelta(days=(wanted - after.weekday() - 1) % 7 + 1)


def _number(name: str) -> int:
    plain = name.casefold()
    return next(number for begins, number in _DAYS.items() if plain.startswith(begins))


def _in_month(found: re.Match[str], before: str, after: date) -> date:
    month = _MONTHS[found[1].casefold()]
    year = after.year + (month < after.month)
    part = (found[2] or "").casefold()
    if part in ("alus", "alku") or _EARLY.search(before):
        return date(year, month, 10)
    if part == "puoli" or _MID.search(before):
        return date(year, month, 15)
    return _month_end(year, month)


def _coming(after: date, month: int, day: int) -> Iterator[date]:
    days = (_date(year, month, day) for year in range(after.year, after.year + _YEARS_AHEAD))
    yield from (on for on in days if on and on >= after)


def _week(number: int, after: date) -> date | None:
    for year in (after.year, after.year + 1):
        try:
            friday = date.fromisocalendar(year, number, 5)
        except ValueError:
            continue
        if friday >= after:
            return friday
    return None


def _friday(on: date) -> date:
    return on + timedelta(days=4 - on.weekday())


def _month_end(year: int, month: int) -> date:
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return date(year, month, monthrange(year, month)[1])


def _next(on: date, month: int, day: int) -> date:
    return date(on.year + ((month, day) < (on.month, on.day)), month, day)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
