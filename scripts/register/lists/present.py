"""The people who are there on a day, each with the organisation that their cell refers to."""

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
"""The cells of the people who are there."""


def present_people(book: Book, today: date) -> pd.DataFrame:
    """Return the people who are there today, by name; ``organisation`` is a row id or ''.

    The columns are those of PRESENT and ``organisation``; the index holds the row ids.
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
    """Return a tab as a frame of strings: its index the row ids, its columns the tab's."""
    return pd.DataFrame(
        list(table.cells.values()),
        index=pd.Index(list(table.cells), dtype=object),
        columns=pd.Index(list(table.columns), dtype=object),
        dtype=object,
    )


def live_frame(table: Table) -> pd.DataFrame:
    """Return the rows that are neither merged nor archived."""
    frame = frame_of(table)
    return frame[~frame["status"].isin(NOT_LIVE)] if table.has("status") else frame


class Owners:
    """Finds the organisation that a person's cell refers to: by id, through mergers, by name."""

    def __init__(self, book: Book) -> None:
        self._book, self._table = book, book.table("organisations")

    @cached_property
    def _names(self) -> Mapping[str, list[str]]:
        """Their names; a register whose references are whole does without."""
        return rows_by_name(self._book, "organisations")

    def of(self, cell: str) -> str:
        """Return the row id of the organisation, or ''."""
        row_id = reference_id(cell)
        if not row_id:
            named = self._names.get(fold_header(cell), []) if cell else []
            return named[0] if len(named) == 1 else ""
        row_id = merged_into(self._table.cell, row_id)
        return row_id if row_id in self._table else ""
