"""Conversion between a sheet's typed cells and the strings of the Book, without guesses or losses.

In the Book a date cell is an ISO string, and a dropdown's label is its key. Any other content stays
as it is, so that a rule can report it.
"""

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from register.book.schema import Column, Language, schema

Raw = str | int | float | bool | date | datetime | time | timedelta | None
_Cell = str | int | date | datetime | time

_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_TIME = re.compile(r"\d\d:\d\d", re.ASCII)
_MOMENT = re.compile(rf"{_DAY.pattern}T{_TIME.pattern}(?::\d\d)?", re.ASCII)
"""The Book's own forms. Python alone would accept "17-19" as a time and "2026-W01-1" as a day."""

EPOCH = datetime(1899, 12, 30)
"""The day with serial number 0 in a spreadsheet."""

EPOCH_1904 = datetime(1904, 1, 1)
"""The day with serial number 0 in workbooks that old versions of Excel for Mac made."""

_HOURS = 24


def to_book(column: Column | None, raw: Raw, language: Language) -> str:
    """Return the Book's string for a sheet's cell; ``column`` is None for a column people added."""
    if raw is None or raw == "":
        return ""
    if isinstance(raw, date) and column is not None and column.type == "timestamp":
        return iso_minute(raw if isinstance(raw, datetime) else datetime.combine(raw, time()))
    if isinstance(raw, datetime) and column is not None and column.type == "time":
        whole = (raw - EPOCH).days  # "17" typed into a cell of times is read as 17 days
        if raw.time() == time() and 0 < whole < _HOURS:
            return str(whole)
    text = raw if isinstance(raw, str) else _text(raw)
    if column is None or not column.enum_keys:
        return text
    return _each(column, text, language, _key)


def to_cell(column: Column, value: str, language: Language) -> _Cell:
    """Return the value to write into a sheet for the Book's string; the inverse of :func:`to_book`.

    A string that is not in the form of its column's type stays a string.
    """
    if column.enum_keys:
        return _each(column, value, language, _label)
    try:
        if column.type == "date" and _DAY.fullmatch(value):
            return date.fromisoformat(value)
        if column.type == "timestamp" and _MOMENT.fullmatch(value):
            return datetime.fromisoformat(value)
        if column.type == "time" and _TIME.fullmatch(value):
            return time.fromisoformat(value)
    except ValueError:
        return value
    if column.type == "integer" and value.isdecimal() and value.isascii() and len(value) < 16:
        return int(value) if str(int(value)) == value else value
    return value


def cell_text(column: Column | None, value: str, language: Language) -> str:
    """Return a Book value as people read it: labels for keys, Finnish forms of dates and times."""
    if column is None or not value:
        return value
    cell = to_cell(column, value, language)
    if isinstance(cell, datetime):
        return f"{cell.day}.{cell.month}.{cell.year} {cell:%H.%M}"
    if isinstance(cell, date):
        return f"{cell.day}.{cell.month}.{cell.year}"
    if isinstance(cell, time):
        return f"{cell:%H.%M}"
    return str(cell)


def cell_length(text: str) -> int:
    """Return the length of a text in UTF-16 units, as spreadsheets count it."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def iso_minute(moment: datetime | time) -> str:
    """Return the Book's string for a moment or a time of day, with seconds only if not zero."""
    if isinstance(moment, datetime):
        moment = moment.replace(tzinfo=None)
    return moment.isoformat(timespec="seconds" if moment.second else "minutes")


def date_serial(moment: date | datetime | time, epoch: datetime = EPOCH) -> float:
    """Return the serial number of a date, a moment or a time of day in a sheet (days)."""
    if isinstance(moment, time):
        return (moment.hour * 3600 + moment.minute * 60 + moment.second) / 86400
    if not isinstance(moment, datetime):
        moment = datetime(moment.year, moment.month, moment.day)
    return (moment - epoch) / timedelta(days=1)


def _text(raw: int | float | date | time | timedelta) -> str:
    match raw:
        case bool():
            return "TRUE" if raw else "FALSE"
        case int():
            return str(raw)
        case float():
            return str(int(raw)) if raw.is_integer() and abs(raw) < 1e16 else repr(raw)
        case datetime():
            if raw.time() == time():
                return raw.date().isoformat()
            return iso_minute(raw)
        case date():
            return raw.isoformat()
        case time():
            return iso_minute(raw)
        case timedelta():
            minutes = round(raw / timedelta(minutes=1))
            return f"{minutes // 60:02}:{minutes % 60:02}"


def _each(
    column: Column, text: str, language: Language, one: Callable[[Column, str, Language], str]
) -> str:
    if not column.several:
        return one(column, text, language)
    return ", ".join(one(column, part, language) for part in text.split(", "))


def _key(column: Column, label: str, language: Language) -> str:
    for name in column.enum_keys:
        if (key := schema().enum(name).value(label, language)) is not None:
            return key
    return label


def _label(column: Column, key: str, language: Language) -> str:
    for name in column.enum_keys:
        if (label := schema().enum(name).label(key, language)) != key:
            return label
    return key
