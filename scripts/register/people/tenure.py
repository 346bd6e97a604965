"""How long somebody is in a role: the one place that reads Päättyi.

Lists, letters, rules, handovers and packets all ask here, so that they cannot disagree.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from register.fields.date import last_day
from register.fields.text import tidy


def ended(row: Mapping[str, str], on: date, column: str = "end") -> bool:
    """Whether somebody is no longer in their role on a day: their end is that day or earlier.

    Who has an end later than ``on`` is still there then. An end that cannot be read counts as one
    that has come: nobody is written to on a guess, and the rules ask what the cell means.
    ``column`` names the cell: ``end`` of people, ``owner_end`` of our own.
    """
    return _ended(row.get(column) or "", on.isoformat())


@lru_cache(maxsize=1 << 16)
def _ended(cell: str, on: str) -> bool:
    if not tidy(cell):
        return False
    return (last_day(cell) or on) <= on
