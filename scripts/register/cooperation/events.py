"""Cooperation events: rows of ``cooperation``, and attended meetings."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from register.book.change import Change
from register.book.ids import named_ids, reference_id
from register.book.table import Book
from register.people.meetings import Invitation, Meeting
from register.people.records import OPEN, Matter, Organisation, Person
from register.rules.dates import days_without_year
from register.values.date import day

EXCHANGE = ("offer", "need")
"""The kinds of row for what a partner offers or needs; they are no promise of ours."""


@dataclass(frozen=True, slots=True)
class CooperationEvent:
    """Something that was done or agreed.

    ``org`` and ``person`` are ids or ''. ``handed_from`` are the ids of earlier holders, the latest
    first. ``date`` and ``due`` are ISO days ('' if the cell has none), ``kind`` and ``state`` keys
    of the schema's dropdowns. ``row_id`` is its row: ``Y-…`` of ``cooperation``, ``K-…`` of
    ``invitations``.
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
        """Whether somebody still has to act on it."""
        return self.state in OPEN


def cooperation_events(book: Book) -> Sequence[CooperationEvent]:
    """Return all events, the oldest first; those without a date come first of all."""
    return book.once(_every_event)


def with_years(book: Book, today: date) -> Book:
    """Return the book with matters' days in full, as the next cleanup writes them."""
    return book.with_changes(
        Change("cooperation", found.row_id, found.column, found.cell, found.suggestion, found.code)
        for found in days_without_year(book, today)
    )


def _every_event(book: Book) -> list[CooperationEvent]:
    told = event_sources(book)
    found = [*_matters(book), *(e for e, key in _attended(book) if key not in told)]
    return sorted(found, key=lambda event: (event.date, event.row_id))


def event_sources(book: Book) -> set[tuple[str, str]]:
    """Return (organisation id, source id) of the rows of ``cooperation``."""
    return {
        (Organisation.current_id(book, row.org), reference_id(row.source))
        for row in Matter.all(book).values()
    }


def rows_by_source(book: Book) -> Mapping[str, set[str]]:
    """Return the ids of rows of ``cooperation`` by the ids that their source names.

    Rows that somebody has undone or deleted are included, as far as ``log`` tells: a meeting or a
    note that has made a row once makes no other.
    """
    told: dict[str, set[str]] = defaultdict(set)
    for tab, column, key in (("cooperation", "source", "id"), ("log", "new", "row")):
        for _, row in book.table(tab).rows():
            if row.get(key, "").startswith("Y-"):
                for one in named_ids(row.get(column, "")):
                    told[one].add(row[key])
    return told


def earlier_holders(book: Book, cell: str) -> tuple[str, ...]:
    """Return the current ids of the people that a cell of ``handed_from`` names."""
    named = (Person.current_id(book, part) for part in cell.split(", "))
    return tuple(dict.fromkeys(row_id for row_id in named if row_id))


def merged_ids(book: Book, person: str) -> frozenset[str]:
    """Return the ids of a row and of all rows that were merged into it."""
    gone = (row.id for row in Person.all(book).values() if row.merged_into)
    return frozenset((person, *(one for one in gone if Person.current_id(book, one) == person)))


def _matters(book: Book) -> Iterator[CooperationEvent]:
    for row in Matter.all(book).values():
        person = Person.current_id(book, row.person)
        # a row may name only the person: the organisation is theirs
        org = row.org or (Person.at(book, person).org if person else "")
        yield CooperationEvent(
            row_id=row.id,
            date=day(row.date),
            kind=row.kind,
            matter=row.matter,
            org=Organisation.current_id(book, org),
            person=person,
            topic=row.topic,
            agreed=row.agreed,
            next=row.next,
            due=day(row.due),
            owner=row.owner,
            state=row.state,
            handed_from=earlier_holders(book, row.handed_from),
        )


def _attended(book: Book) -> Iterator[tuple[CooperationEvent, tuple[str, str]]]:
    """Yield (event of an attended meeting, its (organisation id, source id))."""
    for row in Invitation.all(book).values():
        meeting = Meeting.all(book).get(row.meeting_id)
        if row.attended != "yes" or meeting is None:
            continue
        person = Person.current_id(book, row.person)
        org = Organisation.current_id(book, Person.at(book, person).org)
        event = CooperationEvent(
            row_id=row.id,
            date=day(meeting.date),
            kind="meeting",
            matter=meeting.name,
            org=org,
            person="" if row.substitute else person,
            state="done",
        )
        yield event, (org, meeting.id)
