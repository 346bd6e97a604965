"""Times of day: HH:MM, in any of the ways in which people in Finland write them."""

import re

from register.values.reading import Reading
from register.values.text import tidy_line

_SHAPE = re.compile(
    r"(?:klo|kl|kello)?\.?\s*(\d{1,2})(?:\s?[.:,]\s?(\d{2}))?(?:[.:]00)?", re.IGNORECASE
)
_TWELVE = re.compile(r"(1[0-2]|0?[1-9])(?:[.:](\d{2}))?(?:[.:]00)?\s?([ap])\.?m\.?", re.IGNORECASE)
_SPREADSHEET = re.compile(r"1899-12-3[01][T ](\d{1,2}):(\d{2}):00")
_RANGE = re.compile(
    r"(?:klo|kl|kello)?\.?\s*\d{1,2}(?:[.:]\d{2})?\s*[-–—]\s*(?:klo|kl)?\.?\s*\d{1,2}(?:[.:]\d{2})?",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"(?:n\.|noin|suunnilleen|ca\.?|cirka|about|around|~)\s*(\S.*)|(.*\S)\s+(?:alkaen|maissa|saakka|asti)",
    re.IGNORECASE,
)
_TOGETHER = re.compile(r"(?:klo|kl)?\.?\s*([01]\d|2[0-3])([0-5]\d)", re.IGNORECASE)
_SERIAL = re.compile(r"0[.,](?:\d{3,18}|5|75)")


def read(text: str) -> Reading:
    """Read a time of day as ``HH:MM``; 0.5 is a spreadsheet's noon, but 0.25 is 00:25."""
    plain = tidy_line(text, 40)
    if not plain:
        return Reading(problem="time-impossible" if plain is None else "")
    if _SERIAL.fullmatch(plain):
        return _time(*divmod(round(float(plain.replace(",", ".")) * 1440), 60))
    if found := _SHAPE.fullmatch(plain) or _SPREADSHEET.fullmatch(plain):
        return _time(int(found[1]), int(found[2] or 0))
    if found := _TWELVE.fullmatch(plain):
        return _time(int(found[1]) % 12 + 12 * (found[3] in "pP"), int(found[2] or 0))
    if _RANGE.fullmatch(plain):
        return Reading(problem="time-range")
    if found := _ABOUT.fullmatch(plain):
        return Reading(problem="time-impossible", suggestion=read(found[1] or found[2]).value)
    if found := _TOGETHER.fullmatch(plain):
        return Reading(problem="time-impossible", suggestion=f"{found[1]}:{found[2]}")
    return _time(24, 0)


def read_range(text: str) -> tuple[str, str] | None:
    """Return the start and the end of "klo 17–19", each as ``HH:MM``; None if it is no range."""
    plain = tidy_line(text, 40) or ""
    if not _RANGE.fullmatch(plain):
        return None
    start, end = (read(part).value for part in re.split(r"[-–—]", plain))
    return (start, end) if start and end else None


def _time(hour: int, minute: int) -> Reading:
    if hour > 23 or minute > 59:
        return Reading(problem="time-impossible")
    return Reading(f"{hour:02}:{minute:02}")
