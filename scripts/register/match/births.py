"""Dates of birth as lists write them: a day in any order of its parts, or the year alone."""

import re
from functools import lru_cache

_YEAR = re.compile(r"(?<!\d)(1[5-9]\d\d|20\d\d)(?!\d)")
_TOGETHER = re.compile(r"\s*(1[5-9]\d\d|20\d\d)([01]\d)([0-3]\d)\s*")
_SHORT = re.compile(r"\s*(\d{1,2}|[a-z]{3,9})[-./ ](\d{1,2}|[a-z]{3,9})[-./ ](\d\d)\s*", re.I)
_THIS_CENTURY = 30
"""A year of two digits up to this is of this century: 3/1/70 is 1970, 24-May-11 is 2011."""

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


@lru_cache(maxsize=1 << 16)
def birth_cells(cell: str) -> dict[str, str]:
    """Return ``born_year``, and ``born``: the year, followed by day and month if the cell has them.

    Both are '' if the cell has no year, or several. Day and month are sorted by size, because
    3/12/1953 may be the third of December or the twelfth of March.
    """
    if found := _TOGETHER.fullmatch(cell):
        return _born(*found.groups())
    if found := _SHORT.fullmatch(cell):
        cell = f"{found[1]} {found[2]} {20 if int(found[3]) <= _THIS_CENTURY else 19}{found[3]}"
    years = _YEAR.findall(cell)
    if len(years) != 1:
        return {"born": "", "born_year": ""}
    rest = re.findall(r"\d+|[a-z]{3,}", _YEAR.sub(" ", cell).casefold())
    told = [str(_MONTHS.index(one[:3]) + 1) if one[:3] in _MONTHS else one for one in rest]
    days = [one for one in told if one.isdecimal() and 0 < int(one) < 32]
    return _born(years[0], *(days if len(days) == 2 else ()))


def _born(year: str, *days: str) -> dict[str, str]:
    return {"born": " ".join((year, *sorted(f"{int(day):02}" for day in days))), "born_year": year}


def tells_day(born: str) -> bool:
    """Return True if ``born`` of :func:`birth_cells` has the day, not only the year."""
    return len(born) > 4
