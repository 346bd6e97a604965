"""How a value looks and how a person's typing is read, in a locale."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

EPOCH = datetime(1899, 12, 30)
FIRST_DAY = (datetime.min - EPOCH).days
DAYS = (datetime.max - EPOCH).days + 1
_NUMBER = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)([eE][+-]?\d+)?")
_DAY_FIRST = re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4})")
_MONTH_FIRST = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_CLOCK = re.compile(r"(\d{1,2})[:.](\d{2})(?::(\d{2}))?")
_TOKEN = re.compile(r'yyyy|yy|dddd|ddd|dd|d|mmmm|mmm|mm|m|hh|h|ss|s|AM/PM|\\.|"[^"]*"|.', re.I)

Value = dict[str, Any]


def comma(locale: str) -> bool:
    """Whether a locale writes decimals with a comma."""
    return not locale.startswith(("en", "ja", "zh", "ko", "th", "he"))


def typed(text: str, locale: str, number_format: dict[str, Any]) -> tuple[Value, dict[str, Any]]:
    """Return what typing a text into a cell enters (USER_ENTERED), and the format it brings."""
    if number_format.get("type") == "TEXT":
        return ({"stringValue": text} if text else {}), {}
    if text.startswith("'"):
        return {"stringValue": text[1:]}, {}
    if text.startswith("=") and len(text) > 1:
        return {"formulaValue": text}, {}
    if text.upper() in ("TRUE", "FALSE"):
        return {"boolValue": text.upper() == "TRUE"}, {}
    plain = text.strip()
    day = _day(plain, locale)
    if day is not None:
        pattern = "yyyy-mm-dd" if _ISO.fullmatch(plain) else _date_pattern(locale)
        return {"numberValue": day}, {"type": "DATE", "pattern": pattern}
    if (clock := _CLOCK.fullmatch(plain)) and (":" in plain or locale.startswith("fi")):
        hours, minutes, seconds = int(clock[1]), int(clock[2]), int(clock[3] or 0)
        if hours < 24 and minutes < 60 and not (comma(locale) is False and "." in plain):
            value = (hours * 3600 + minutes * 60 + seconds) / 86400
            return {"numberValue": value}, {"type": "TIME", "pattern": "h:mm"}
    if _NUMBER.fullmatch(plain):
        mark = "," if comma(locale) else "."
        other = "." if mark == "," else ","
        if other not in plain:
            found = float(plain.replace(mark, "."))
            return {"numberValue": _whole(found)}, {}
    if plain.endswith("%") and _NUMBER.fullmatch(plain[:-1]):
        found = float(plain[:-1].replace(",", ".")) / 100
        return {"numberValue": found}, {"type": "PERCENT", "pattern": "0%"}
    return ({"stringValue": text} if text else {}), {}


def shown(value: Value, number_format: dict[str, Any], locale: str) -> str:
    """Return how a value is shown (FORMATTED_VALUE)."""
    if "stringValue" in value:
        return str(value["stringValue"])
    if "boolValue" in value:
        return "TRUE" if value["boolValue"] else "FALSE"
    if "errorValue" in value:
        return f"#{_ERRORS.get(value['errorValue']['type'], 'ERROR!')}"
    if "numberValue" not in value:
        return ""
    number = value["numberValue"]
    kind = number_format.get("type", "")
    if kind in ("DATE", "TIME", "DATE_TIME"):
        default = {"DATE": _date_pattern(locale), "TIME": "h:mm:ss"}.get(kind, "d.m.yyyy h:mm:ss")
        return moment(number, number_format.get("pattern") or default)
    if kind == "PERCENT":
        return f"{round(number * 100)}%"
    text = str(_whole(number)) if not isinstance(number, float) else _general(number)
    pattern = number_format.get("pattern", "")
    if kind == "NUMBER" and (found := re.fullmatch(r"#?,?#*(0+)(?:\.(0+))?", pattern)):
        places = len(found[2] or "")
        text = f"{number:.{places}f}".zfill(len(found[1]) + (places + 1 if places else 0))
    return text.replace(".", ",") if comma(locale) else text


def moment(serial: float, pattern: str) -> str:
    """Return a serial number as a date or a time of day; ``m`` after an hour is minutes.

    One that is no day of the years that have four figures is shown as the number that it is.
    """
    if not FIRST_DAY <= serial < DAYS:
        return _general(float(serial))
    when = EPOCH + timedelta(seconds=round(serial * 86400))
    text, hour_seen = "", False
    for token in _TOKEN.findall(pattern):
        low = token.lower()
        if low in ("h", "hh"):
            hour_seen = True
        numbers = {
            "yyyy": f"{when.year:04}",
            "yy": f"{when.year % 100:02}",
            "dd": f"{when.day:02}",
            "d": str(when.day),
            "hh": f"{when.hour:02}",
            "h": str(when.hour),
            "ss": f"{when.second:02}",
            "s": str(when.second),
            "mm": f"{when.minute if hour_seen else when.month:02}",
            "m": str(when.minute if hour_seen else when.month),
        }
        text += numbers.get(low, token.strip('"\\') if len(token) > 1 else token)
    return text


_ERRORS = {
    "NAME": "NAME?",
    "REF": "REF!",
    "DIVIDE_BY_ZERO": "DIV/0!",
    "VALUE": "VALUE!",
    "N_A": "N/A",
    "ERROR": "ERROR!",
}


def _general(number: float) -> str:
    if number.is_integer() and abs(number) < 1e15:
        return str(int(number))
    return repr(round(number, 10))


def _whole(number: float) -> float | int:
    return int(number) if float(number).is_integer() and abs(number) < 1e15 else number


def _date_pattern(locale: str) -> str:
    if locale.startswith("en_US"):
        return "m/d/yyyy"
    if locale.startswith("sv"):
        return "yyyy-mm-dd"
    return "d.m.yyyy" if locale.startswith(("fi", "de", "nb", "da", "et")) else "dd/mm/yyyy"


def _day(text: str, locale: str) -> float | None:
    if found := _ISO.fullmatch(text):
        year, month, day = int(found[1]), int(found[2]), int(found[3])
    elif locale.startswith("en_US") and (found := _MONTH_FIRST.fullmatch(text)):
        year, month, day = int(found[3]), int(found[1]), int(found[2])
    elif not locale.startswith("en_US") and (found := _DAY_FIRST.fullmatch(text)):
        year, month, day = int(found[3]), int(found[2]), int(found[1])
    else:
        return None
    try:
        return (datetime(year, month, day) - EPOCH).days
    except ValueError:
        return None
