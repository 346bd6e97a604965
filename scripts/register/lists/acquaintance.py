"""Decision-makers whom we know, apart from those who are merely in the register.

A whole council may have been imported from the election authority's files. Its members are not our
acquaintances, nor contacts of their town, until somebody writes down that they are.
"""

from datetime import date

import pandas as pd

from register.book.ids import reference_id
from register.book.table import Book
from register.people.records import OFFICE, Matter
from register.values.date import day

FAMILIAR = ("trusts_us", "acquaintance")
"""The values of ``trust`` for a person whom we know."""


def matters_by_person(book: Book, today: date) -> dict[str, list[tuple[str, str]]]:
    """Return each person's matters as ``(day, matter)``, the latest first, without future ones."""
    found: dict[str, list[tuple[str, str]]] = {}
    for row in Matter.all(book).values():
        if (person := reference_id(row.person)) and day(row.date) <= today.isoformat():
            found.setdefault(person, []).append((day(row.date), row.matter))
    return {key: sorted(some, reverse=True) for key, some in found.items()}


def unknown_decision_makers(people: pd.DataFrame, book: Book, today: date) -> frozenset[str]:
    """Return the ids of those decision-makers in ``people`` whom none of us knows.

    ``people`` has the columns of :data:`register.lists.present.PRESENT` and row ids as its index. A
    person is known if trust (:data:`FAMILIAR`), owner, place of meeting or a matter is recorded.
    """
    office = people[people["group"].isin(OFFICE)]
    told = office["trust"].isin(FAMILIAR) | (office["owner"] != "") | (office["met_at"] != "")
    worked_with = matters_by_person(book, today).keys()
    return frozenset(str(row_id) for row_id in office.index[~told] if row_id not in worked_with)
