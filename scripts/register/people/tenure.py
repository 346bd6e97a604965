"""How long somebody is in a role: the one place that reads ``end``.

Lists, letters, rules, handovers and packets all ask here, so that they cannot disagree.
"""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from register.values.date import last_day
from register.values.text import tidy


def has_ended(row: Mapping[str, str], on: date) -> bool:
    """Whether a row's end has come on a day."""
    return has_come(row.get("end") or "", on)


@lru_cache(maxsize=1 << 16)
def has_come(end: str, on: date) -> bool:
    """Whether somebody is no longer in their role on a day: their end is that day or earlier.

    Who has an end later than ``on`` is still there then. An end that cannot be read counts as one
    that has come: nobody is written to on a guess, and the rules ask what the cell means.
    """
    return bool(tidy(end)) and (last_day(end) or on.isoformat()) <= on.isoformat()
