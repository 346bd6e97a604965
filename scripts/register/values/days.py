"""Several days in one cell: ``12.1.2027, 13.1.2027``, each in any form that dates may have."""

import re
from collections.abc import Iterable
from datetime import date

from register.values import date as dates

_BETWEEN = re.compile(r"[,;\n]|\s(?:ja|tai|och|eller|and|or)\s", re.IGNORECASE)
_LONGEST = 1_000


def read_days(cell: str) -> tuple[tuple[date, ...], tuple[str, ...]]:
    """Return the days of a cell in the order of the cell, and the parts that are not days."""
    days: list[date] = []
    strange: list[str] = []
    for part in filter(None, map(str.strip, _BETWEEN.split(cell[:_LONGEST]))):
        if value := dates.day(part):
            days.append(date.fromisoformat(value))
        else:
            strange.append(part)
    return tuple(days), tuple(strange)


def days_text(days: Iterable[date]) -> str:
    """Return the cell text of days, sorted: ``12.1.2027, 13.1.2027``."""
    return ", ".join(f"{one.day}.{one.month}.{one.year}" for one in sorted(days))
