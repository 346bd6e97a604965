"""Whether a post has ended: the only module that reads ``end``.

Lists, letters, rules, handovers and packets all ask here, so that they cannot disagree.
"""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from register.values.date import last_day
from register.values.text import tidy


def has_ended(row: Mapping[str, str], on: date) -> bool:
    """Whether a row's post has ended on a day."""
    return is_end_past(row.get("end") or "", on)


@lru_cache(maxsize=1 << 16)
def is_end_past(end: str, on: date) -> bool:
    """Whether a post with this ``end`` has ended on a day: the end is that day or earlier.

    An end that cannot be read counts as past: nobody is written to on a guess, and the rules ask
    what the cell means.
    """
    return bool(tidy(end)) and (last_day(end) or on.isoformat()) <= on.isoformat()
