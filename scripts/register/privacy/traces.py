"""Every cell of a register with a person's data, and what erasure leaves of it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from register.book.ids import reference_id
from register.book.joined_cells import redacted_row
from register.book.schema import Column, schema
from register.book.table import Book, Table
from register.intake.card import card_of, card_traits
from register.people.erased_people import person_traits
from register.privacy.places import personal_data_places
from register.privacy.subject import Subject
from register.values.email import mailbox_key

_How = Literal["own", "tied", "named", "doubt"]
"""Why a cell is listed: the row is the person's, is tied to them, names them, or may do so."""

_ID = re.compile(r"\b[A-Z]-[0-9A-Z]{5}(?:[0-9A-Z]{8})?\b")
_KEPT = {
    "people": ("id",),
    "inbox": ("id", "result"),
    "bans": ("id", "hmac", "scope", "reason", "date"),
    "review": ("id", "severity", "kind", "done"),
}
"""The columns that stay of the person's own rows: they reveal nothing without the rest."""

_TIED = {
    "invitations": ("email", "org", "notes", "substitute", "needs", "question"),
    "cooperation": (),
}
"""The columns of a row tied to a person that are about them alone."""

_SAID = ("words", "matter", "question", "letter")
"""The sorts of texts in which a last name alone may mean the person."""

_TYPED = ("email", "phone", "person_name", "url", "date", "enum", "area", "municipality")
"""The types of columns in which an id would be a fault: their cells are emptied."""


@dataclass(frozen=True, slots=True)
class Trace:
    """A cell with the person's data: its text, and what erasure leaves of it.

    ``note`` means that it is the tool's note on the cell, not the cell.
    """

    tab: str
    row_id: str
    column: str
    text: str
    left: str
    how: _How
    note: bool = False

    @property
    def cell(self) -> tuple[str, str, str]:
        """The cell as (tab, row id, column)."""
        return self.tab, self.row_id, self.column

    @property
    def goes(self) -> bool:
        """Whether erasure changes it; a doubtful one stays."""
        return self.how != "doubt" and self.left != self.text

    @property
    def sort(self) -> str:
        """The sort of data; "words" in a column that people have added."""
        return personal_data_places().columns.get(self.tab, {}).get(self.column, "words")


def traces(book: Book, subject: Subject) -> list[Trace]:
    """Return the cells with data of the person, tab by tab, in the order of the sheet."""
    owned = owned_rows(book, subject)
    found: list[Trace] = []
    for key, table in book.tables.items():
        reader = _log if key == "log" else _tab
        found += reader(table, subject, owned)
    return found


def owned_rows(book: Book, subject: Subject) -> dict[str, frozenset[str]]:
    """Return the ids of the rows that are the person's, or tied to them, by tab.

    A row without an id is the person's if its contents match a trait that only they have.
    """
    people, cards = {*subject.ids}, {*subject.cards}
    for row_id, row in book.table("people").rows():
        if row_id[0] == "#" and not subject.traits.isdisjoint(person_traits(row)):
            people.add(row_id)
    for row_id, row in book.table("inbox").rows():
        if row_id[0] == "#":
            card = card_traits(card_of(row_id, row, book))
            if not subject.traits.isdisjoint(person_traits(card)):
                cards.add(row_id)
    tied = {
        row_id
        for row_id, row in book.table("invitations").rows()
        if reference_id(row.get("person", "")) in subject.ids or subject.knows(row.get("email", ""))
    }
    done = {
        row_id
        for row_id, row in book.table("cooperation").rows()
        if reference_id(row.get("person", "")) in subject.ids
    }
    banned = {
        row_id
        for row_id, row in book.table("bans").rows()
        if mailbox_key(row.get("email", "")) in subject.mailboxes
    }
    mine = {*subject.ids, *subject.cards, *tied}
    asked = {
        row_id
        for row_id, row in book.table("review").rows()
        if row.get("kind") != "bulk"
        and any(
            one in mine
            for cell in ("left", "right", "link")
            for one in _ID.findall(row.get(cell, ""))
        )
        and len(_ID.findall(row.get("left", ""))) < 2
    }
    return {
        "people": frozenset(people),
        "inbox": frozenset(cards),
        "bans": frozenset(banned),
        "review": frozenset(asked),
        "invitations": frozenset(tied),
        "cooperation": frozenset(done),
    }


def _tab(table: Table, subject: Subject, owned: Mapping[str, frozenset[str]]) -> Iterator[Trace]:
    tab, mine = table.tab.key, owned.get(table.tab.key, frozenset())
    for row_id, row in table.rows():
        own = row_id in mine and tab in _KEPT
        tied = row_id in mine and not own
        for column, text in row.items():
            if not text:
                continue
            how: _How = "own" if own else "tied" if tied else "named"
            if own:
                left = text if column in _KEPT[tab] else ""
                if column in _KEPT[tab] and subject.mentions(text):
                    left = subject.redact(text)
                if column == "status":
                    left = "archived"
            elif tied and column in _TIED.get(tab, ()):
                left = ""
            else:
                left = _without(table.tab.by_key.get(column), text, subject, near=tied)
                alone = personal_data_places().columns.get(tab, {}).get(column, "words") in _SAID
                doubtful = left == text and not tied and subject.may_be_in(text, alone=alone)
                how = "doubt" if doubtful and not _ID.search(text) else how
            trace = Trace(tab, row_id, column, text, left, how)
            if left != text or how == "doubt" or (how != "named" and trace.sort != "record"):
                yield trace
        if not own:
            yield from _side_by_side(table, row_id, row, subject)
    for (row_id, column), text in table.notes.items():
        mine_too = row_id in mine and tab in _KEPT
        left = "" if mine_too else subject.redact(text, near=row_id in mine)
        if left != text:
            yield Trace(tab, row_id, column, text, left, "own" if mine_too else "named", note=True)


def _side_by_side(
    table: Table, row_id: str, row: Mapping[str, str], subject: Subject
) -> Iterator[Trace]:
    """Yield cells of added columns that name the person only together: "Maija" beside "Malli"."""
    columns = [key for key in row if key not in table.tab.by_key]
    cells = [row[key] for key in columns]
    for at, left in redacted_row(cells, subject.redact).items():
        if subject.redact(cells[at]) == cells[at]:
            yield Trace(table.tab.key, row_id, columns[at], cells[at], left, "named")


def _log(table: Table, subject: Subject, owned: Mapping[str, frozenset[str]]) -> Iterator[Trace]:
    """Yield the traces in ``log``: whole lines about the person's rows, names in the others."""
    titles = {title: tab.key for tab in schema().tabs.values() for title in tab.titles.values()}
    for row_id, row in table.rows():
        tab = titles.get(row.get("tab", ""), "")
        about = row.get("row", "") in owned.get(tab, frozenset()) and tab != "cooperation"
        for column in ("old", "new", "undo", "why"):
            text = row.get(column, "")
            if not text or (column == "undo" and not about):
                continue
            near = row.get("row", "") in owned.get(tab, frozenset())
            left = "" if about and column != "why" else without_person(text, subject, near=near)
            if left != text:
                yield Trace("log", row_id, column, text, left, "own" if about else "named")


def _without(column: Column | None, text: str, subject: Subject, *, near: bool) -> str:
    """Return what is left of a cell without the person; an id stays, so that references hold."""
    if column is not None and column.type in ("ref", "refs"):
        parts = [part.strip() for part in text.split(",")]
        kept = [one if (one := reference_id(part)) in subject.ids else part for part in parts]
        text = text if kept == parts else ", ".join(kept)
        return without_person(text, subject, near=False)
    if column is not None and column.type in ("id", "timestamp"):
        return text
    left = without_person(text, subject, near=near)
    typed = column is not None and column.type in _TYPED
    return "" if typed and left != text else left


def without_person(text: str, subject: Subject, *, near: bool = False) -> str:
    """Return a text without the person; of references to their rows only the id is left."""
    if any(one in text for one in subject.ids):
        text = subject.name_before_id.sub("", text)
    return subject.redact(text, near=near)
