"""Who of the decision-makers somebody of us knows; the others are merely in the register.

A whole council may have been brought in from the election authority's files: its members are no
acquaintances of ours, and no contact persons of their town, until somebody writes down that they
are.
"""

from datetime import date

import pandas as pd

from register.book.ids import reference_id
from register.book.table import Book
from register.people.records import Matter
from register.values.date import day

DECISION_MAKERS = frozenset(("official", "elected"))
"""The groups of ``people`` that decide in public office."""

FAMILIAR = ("trusts_us", "acquaintance")
"""Degrees of trust of somebody whom we know."""


def matters_by_person(book: Book, today: date) -> dict[str, list[tuple[str, str]]]:
    """Return the days and matters of each person, the latest first; what is to come is left out."""
    found: dict[str, list[tuple[str, str]]] = {}
    for row in Matter.all(book).values():
        if (person := reference_id(row.person)) and day(row.date) <= today.isoformat():
            found.setdefault(person, []).append((day(row.date), row.matter))
    return {key: sorted(some, reverse=True) for key, some in found.items()}


def unknown_decision_makers(people: pd.DataFrame, book: Book, today: date) -> frozenset[str]:
    """Return the ids of the decision-makers among ``people`` whom nobody of us knows.

    ``people`` has the columns of :data:`register.lists.present.PRESENT` and ids as its index.
    Somebody is known whose trust, owner, place of meeting or matters are told.
    """
    office = people[people["group"].isin(DECISION_MAKERS)]
    told = office["trust"].isin(FAMILIAR) | (office["owner"] != "") | (office["met_at"] != "")
    worked_with = matters_by_person(book, today).keys()
    return frozenset(str(row_id) for row_id in office.index[~told] if row_id not in worked_with)
