"""People met at an event: by their cell ``met_at``, or by ``attended`` in ``invitations``."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from register.book.errors import UsageError
from register.book.headers import fold_header
from register.book.ids import reference_id
from register.book.table import Book
from register.cooperation.events import cooperation_events
from register.people.meetings import Invitation, Meeting
from register.people.records import Person

_NEAREST = 3


@dataclass(frozen=True, slots=True)
class PeopleMet:
    """An event by its name in the register, and the ids of the people met there.

    ``waiting`` is the number of its rows in ``inbox`` that are not in the register yet.
    """

    event: str
    people: tuple[str, ...]
    waiting: int


def people_met_at(book: Book, event: str) -> PeopleMet:
    """Return the people met at an event, which is named as in ``met_at`` or ``meetings``, or by id.

    Case and accents do not matter. Raises UsageError, with the nearest names, if the register has
    no such event.
    """
    meetings = book.table("meetings")
    wanted = reference_id(event.strip()) or event.strip().upper()
    name = meetings.cell(wanted, "name") if wanted in meetings else event.strip()
    known: dict[str, str] = {}
    people: dict[str, None] = {}
    for person in Person.live(book):
        for place in _events(person.met_at):
            known.setdefault(fold_header(place), place)
            if fold_header(place) == fold_header(name):
                people[person.id] = None
    for one in Invitation.all(book).values():
        called = fold_header(Meeting.at(book, one.meeting_id).name)
        if one.attended == "yes" and not one.substitute and called == fold_header(name):
            people[Person.current_id(book, one.person)] = None
    waiting = 0
    for _, row in book.table("inbox").rows():
        for place in _events(row.get("met_at", "")):
            known.setdefault(fold_header(place), place)
            waiting += fold_header(place) == fold_header(name) and not row.get("result")
    for _, cell in meetings.column("name"):
        known.setdefault(fold_header(cell), cell)
    known.pop("", None)
    if fold_header(name) not in known:
        near = get_close_matches(fold_header(name), known, _NEAREST, 0.5) or list(known)[-_NEAREST:]
        raise UsageError(
            "The register knows no event {event}.",
            remedy="It knows these: {known}. What an event is called stands in"
            " {column:people.met_at} and in"
            " {tab:meetings}.",
            event=event.strip(),
            known=[known[one] for one in near],
        )
    there = (one for one in sorted(people) if one in book.table("people"))
    return PeopleMet(known[fold_header(name)], tuple(there), waiting)


def last_matter(book: Book, person: str) -> str:
    """Return a person's open matter that was begun last, '' if there is none."""
    found = [
        one
        for one in cooperation_events(book)
        if one.person == person and one.is_open and one.matter
    ]
    return found[-1].matter if found else ""


def _events(cell: str) -> Iterator[str]:
    for part in (cell, *re.split(r"[;,]", cell)):
        if part.strip():
            yield part.strip()
