"""What happened with whom: rows of Yhteistyö, and the meetings that somebody came to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from register.book.ids import reference_id
from register.book.table import Book
from register.fields.date import day
from register.people.merged import merged_into
from register.rules.rule import live_rows

OPEN = ("open", "in_progress")
"""The states of a matter that somebody still has to do something about."""

EXCHANGE = ("offer", "need")
"""The kinds of row that tell what a partner offers or lacks; they are no promise of ours."""


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that was done or agreed.

    ``org`` and ``person`` are ids or '', ``handed_from`` ids, whoever handed it on last first;
    ``date`` and ``due`` are ISO days ('' where the cell holds none), ``kind`` and ``state`` keys of
    the schema's dropdowns. ``row_id`` is the row that tells it: ``Y-…``, or ``K-…`` of a meeting.
    """

    row_id: str
    date: str
    kind: str
    matter: str
    org: str = ""
    person: str = ""
    topic: str = ""
    agreed: str = ""
    next: str = ""
    due: str = ""
    owner: str = ""
    state: str = ""
    handed_from: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to do something about it."""
        return self.state in OPEN


def events(book: Book) -> list[Event]:
    """Return all that happened, the oldest first; what has no date comes first of all."""
    told = {
        (current(book, "organisations", row.get("org", "")), reference_id(row.get("source", "")))
        for _, row in book.table("cooperation").rows()
    }
    found = [*_matters(book), *(e for e, key in _attended(book) if key not in told)]
    return sorted(found, key=lambda event: (event.date, event.row_id))


def current(book: Book, tab: str, cell: str) -> str:
    """Return the id that a reference cell or an id names now: a merged row's is its survivor's."""
    return merged_into(book.table(tab).cell, reference_id(cell))


def givers(book: Book, cell: str) -> tuple[str, ...]:
    """Return the ids of those whom a cell of ⚙Siirtynyt names, as they are called now."""
    named = (current(book, "people", part) for part in cell.split(", "))
    return tuple(dict.fromkeys(row_id for row_id in named if row_id))


def same_person(book: Book, person: str) -> frozenset[str]:
    """Return the ids of the rows that were merged into this one, and its own."""
    return frozenset(
        chain(
            [person],
            (
                row_id
                for row_id, cell in book.table("people").column("merged_into")
                if cell and current(book, "people", row_id) == person
            ),
        )
    )


def _matters(book: Book) -> Iterator[Event]:
    for row_id, row in live_rows(book.table("cooperation")):
        yield Event(
            row_id=row_id,
            date=day(row.get("date", "")),
            kind=row.get("kind", ""),
            matter=row.get("matter", ""),
            org=current(book, "organisations", row.get("org", "")),
            person=current(book, "people", row.get("person", "")),
            topic=row.get("topic", ""),
            agreed=row.get("agreed", ""),
            next=row.get("next", ""),
            due=day(row.get("due", "")),
            owner=row.get("owner", ""),
            state=row.get("state", ""),
            handed_from=givers(book, row.get("handed_from", "")),
        )


def _attended(book: Book) -> Iterator[tuple[Event, tuple[str, str]]]:
    """Yield who came to which meeting, and what a row of Yhteistyö about it would be known by."""
    meetings, people = book.table("meetings"), book.table("people")
    for row_id, row in book.table("invitations").rows():
        meeting = reference_id(row.get("meeting", ""))
        if row.get("attended") != "yes" or meeting not in meetings:
            continue
        person = current(book, "people", row.get("person", ""))
        org = current(book, "organisations", people.cell(person, "org"))
        event = Event(
            row_id=row_id,
            date=day(meetings.cell(meeting, "date")),
            kind="meeting",
            matter=meetings.cell(meeting, "name"),
            org=org,
            person=person,
            state="done",
        )
        yield event, (org, meeting)
