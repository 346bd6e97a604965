"""Template filters for dates, times, places, lists and phones, in the letter's language.

Dates and times follow the style guides of the Finnish state: ``torstai 3.12.2026``, ``klo 17.30``;
in Finland's Swedish ``torsdag 3.12.2026``, ``kl. 17.30``.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, time
from functools import lru_cache, partial

from babel.dates import format_date
from babel.lists import format_list

from register.book.schema import Language
from register.people.origin import is_site
from register.values import phone
from register.values.area_forms import Form, area_in_case
from register.values.areas import split_areas

_DAY: dict[Language, str] = {"fi": "d.M.y", "sv": "d.M.y", "en": "d MMMM y"}
_DATE: dict[Language, str] = {"fi": "cccc d.M.y", "sv": "cccc d.M.y", "en": "cccc d MMMM y"}
_ON: dict[Language, str] = {
    "fi": "EEEE d.M.y",
    "sv": "EEEE'en' 'den' d MMMM y",
    "en": "'on' EEEE d MMMM y",
}
_BY: dict[Language, str] = {
    "fi": "cccc'hin' d.M.y 'mennessä'",
    "sv": "'senast' EEEE'en' 'den' d MMMM y",
    "en": "'by' EEEE d MMMM y",
}
_SHORT: dict[Language, str] = {"fi": "ccc d.M.", "sv": "ccc d.M.", "en": "ccc d MMM"}
_WEDNESDAY_BY = "'keskiviikkoon' d.M.y 'mennessä'"
_LIST = re.compile(
    r".+\.(?:csv|tsv|txt|xlsx?|ods|vcf)(?: (\d{1,2}\.\d{1,2}\.\d{4}))?", re.IGNORECASE
)
_GIVEN: dict[Language, tuple[str, str]] = {
    "fi": ("luettelo, jonka olemme saaneet", "luettelo, jonka saimme {}"),
    "sv": ("en förteckning som vi har fått", "en förteckning som vi fick {}"),
    "en": ("a list that we have been given", "a list that we were given on {}"),
}
"""Wording that replaces a list's file name: without and with the date on which it came."""

_ON_SITE: dict[Language, str] = {"fi": "sivusto {}", "sv": "webbplatsen {}", "en": "the site {}"}

_CLOCK: dict[Language, str] = {"fi": "klo {}", "sv": "kl. {}", "en": "{}"}


def letter_filters(language: Language) -> Mapping[str, Callable[..., object]]:
    """Return the filters of one language's letters, by the names that templates use.

    ``date``, ``on_date``, ``by_date``, ``day`` take a date; ``time`` takes a time, and the end as
    an argument; ``list`` takes names; ``of_area`` and ``in_area`` take the meeting's ``area``;
    ``phone`` takes a number in E.164; ``origin`` takes the source of a person's details.
    """
    return {
        "date": partial(_dated, _DATE[language], language),
        "on_date": partial(_dated, _ON[language], language),
        "by_date": partial(deadline_text, language=language),
        "day": partial(_dated, _DAY[language], language),
        "time": partial(hours_text, language=language),
        "list": partial(join_names, language=language),
        "of_area": partial(area_text, form="of", language=language),
        "in_area": partial(area_text, form="in", language=language),
        "phone": phone.national_phone,
        "origin": partial(origin_text, language=language),
    }


def deadline_text(day: date, *, language: Language) -> str:
    """Return ``torstaihin 26.11.2026 mennessä``, ``senast torsdagen den 26 november 2026``."""
    wednesday = language == "fi" and day.weekday() == 2
    return _dated(_WEDNESDAY_BY if wednesday else _BY[language], language, day)


def short_day(day: date, *, language: Language) -> str:
    """Return ``ma 12.1.``, ``mån 12.1.``, ``Mon 12 Jan``."""
    return _dated(_SHORT[language], language, day)


def join_with_or(days: Sequence[date], *, language: Language) -> str:
    """Return ``maanantai 12.1.2027 tai tiistai 13.1.2027``, for running text."""
    said = [_dated(_DATE[language], language, one) for one in days]
    return format_list(said, style="or", locale=_locale(language))


def hours_text(start: time, end: time | None = None, *, language: Language) -> str:
    """Return ``klo 17.30`` or ``klo 17.30–19.00``, ``kl. 17.30``, ``17:30–19:00``."""
    dot = ":" if language == "en" else "."
    span = "–".join(f"{one.hour}{dot}{one.minute:02}" for one in (start, end) if one)
    return _CLOCK[language].format(span)


def join_names(names: Sequence[str], *, language: Language) -> str:
    """Return ``Maija, Matti ja Liisa``."""
    if isinstance(names, str):
        raise TypeError("a list of names is wanted")
    return format_list(list(names), locale=_locale(language))


def origin_text(source: str, *, language: Language) -> str:
    """Return the source of a person's details in words; a file becomes "a list" with its date."""
    return ", ".join(dict.fromkeys(_origin(part, language) for part in source.split(", ")))


def _origin(part: str, language: Language) -> str:
    without, dated = _GIVEN[language]
    if file := _LIST.fullmatch(part):
        return dated.format(file[1]) if file[1] else without
    return _ON_SITE[language].format(part) if is_site(part) else part


@lru_cache(maxsize=1 << 8)
def area_text(cell: str, *, form: Form, language: Language) -> str:
    """Return a meeting's ``area``, one or several, in a case form: ``Espoon ja Kauniaisten``."""
    forms = [area_in_case(part, form, language) for part in split_areas(cell)]
    if form == "in" and language != "fi":
        forms = _once(forms)
    return join_names(forms, language=language)


def _once(forms: list[str]) -> list[str]:
    """Return areas with the preposition only on the first, where all have the same one."""
    if len({form.partition(" ")[0] for form in forms}) != 1:
        return forms
    return [forms[0], *(form.partition(" ")[2] for form in forms[1:])]


def _dated(pattern: str, language: Language, day: date) -> str:
    if not isinstance(day, date):
        raise TypeError("a date is wanted")
    return _formatted(day, pattern, language)


@lru_cache(maxsize=1 << 8)
def _formatted(day: date, pattern: str, language: Language) -> str:
    return format_date(day, pattern, locale=_locale(language))


def _locale(language: Language) -> str:
    return {"fi": "fi", "sv": "sv_FI", "en": "en_GB"}[language]
