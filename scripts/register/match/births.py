"""Dates of birth as lists write them: a day in any order of its parts, or the year alone."""

import re
from functools import lru_cache

from register.values.date import month_number

_YEAR = re.compile(r"(?<!\d)(1[5-9]\d\d|20\d\d)(?!\d)")
_TOGETHER = re.compile(r"\s*(1[5-9]\d\d|20\d\d)([01]\d)([0-3]\d)\s*")
_SIX_DIGITS = re.compile(r"\s*(\d\d)(\d\d)(\d\d)\s*")
_SHORT = re.compile(
    r"(?<![\d.])(\d{1,2}|[^\W\d_]{3,})[-./ ]{1,2}(\d{1,2}|[^\W\d_]{3,})[-./ ]{1,2}(\d\d)(?!\d)"
)
_THIS_CENTURY = 30
"""A year of two digits up to this is of this century: 3/1/70 is 1970, 24-May-11 is 2011. Of days in
general :mod:`register.values.date` takes more years for coming ones; nobody is born in those."""


@lru_cache(maxsize=1 << 16)
def birth_cells(cell: str) -> dict[str, str]:
    """Return ``born_year``, and ``born``: the year, followed by day and month if the cell has them.

    Both are '' if the cell has no year, or several. Day and month are sorted by size, because
    3/12/1953 may be the third of December or the twelfth of March. Six digits are day, month and
    year ("120353"), or the year first where the first two are no day ("530312").
    """
    if found := _TOGETHER.fullmatch(cell):
        return _born(*found.groups())
    years = _YEAR.findall(cell)
    if not years and (short := _SIX_DIGITS.fullmatch(cell) or _SHORT.search(cell)):
        first, second, last = short.groups()
        if first.isdecimal() and int(first) > 31:
            first, last = last, first
        century = 20 if int(last) <= _THIS_CENTURY else 19
        return _born(f"{century}{last}", *_days(f"{first} {second}"))
    if len(years) != 1:
        return {"born": "", "born_year": ""}
    return _born(years[0], *_days(_YEAR.sub(" ", cell)))


def _days(text: str) -> list[int]:
    """Return the day and the month in a text, in its order; [] if it has not just these."""
    words = re.findall(r"\d+|[^\W\d_]{3,}", text)
    told = [int(one) if one.isdecimal() else month_number(one) for one in words]
    days = [one for one in told if 0 < one < 32]
    return days if len(days) == 2 else []


def _born(year: str, *days: str | int) -> dict[str, str]:
    return {"born": " ".join((year, *sorted(f"{int(day):02}" for day in days))), "born_year": year}


def tells_day(born: str) -> bool:
    """Return True if ``born`` of :func:`birth_cells` has the day, not only the year."""
    return len(born) > 4
