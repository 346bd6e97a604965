"""The people who are present on a day, each with the organisation that their cell refers to."""

from collections.abc import Mapping
from datetime import date
from functools import cached_property

import pandas as pd

from register.book.headers import fold_header
from register.book.ids import reference_id
from register.book.table import Book, Table
from register.people.records import NOT_LIVE, merged_into
from register.people.tenure import has_ended
from register.rules.references import rows_by_name
from register.words.display import finnish_sort_key

PRESENT = (
    *("first", "last", "org", "role", "email", "phone", "publish", "end", "verified_on"),
    *("municipality", "group", "body", "party", "trust", "topics", "met_at", "owner", "phone2"),
)
"""The columns of present people."""


def present_people(book: Book, today: date) -> pd.DataFrame:
    """Return the people who have not left by today, sorted by name; the index holds row ids.

    The columns are those of :data:`PRESENT`, and ``organisation``: a row id, or ''.
    """
    people = live_frame(book.table("people")).reindex(columns=list(PRESENT), fill_value="")
    people = people[~people["end"].map(lambda cell: has_ended({"end": cell}, today)).astype(bool)]
    owners = Owners(book)
    people = people.assign(organisation=[owners.of(cell) for cell in people["org"]])
    names = zip(people["last"], people["first"], people.index, strict=True)
    order = [
        (finnish_sort_key(last), finnish_sort_key(first), row_id) for last, first, row_id in names
    ]
    return people.iloc[sorted(range(len(order)), key=order.__getitem__)]


def frame_of(table: Table) -> pd.DataFrame:
    """Return a tab as a frame of strings, with the row ids as index and the tab's columns."""
    return pd.DataFrame(
        list(table.cells.values()),
        index=pd.Index(list(table.cells), dtype=object),
        columns=pd.Index(list(table.columns), dtype=object),
        dtype=object,
    )


def live_frame(table: Table) -> pd.DataFrame:
    """Return a tab as a frame, without merged and archived rows."""
    frame = frame_of(table)
    return frame[~frame["status"].isin(NOT_LIVE)] if table.has("status") else frame


class Owners:
    """Finds the organisation that a person's cell refers to: by id, through mergers, or by name."""

    def __init__(self, book: Book) -> None:
        self._book, self._table = book, book.table("organisations")

    @cached_property
    def _names(self) -> Mapping[str, list[str]]:
        """Row ids by folded name; computed only if a reference has no id."""
        return rows_by_name(self._book, "organisations")

    def of(self, cell: str) -> str:
        """Return the row id of the organisation; '' if it is unknown, or several have the name."""
        row_id = reference_id(cell)
        if not row_id:
            named = self._names.get(fold_header(cell), []) if cell else []
            return named[0] if len(named) == 1 else ""
        row_id = merged_into(self._table.cell, row_id)
        return row_id if row_id in self._table else ""
