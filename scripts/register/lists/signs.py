"""The last sign of life of each organisation.

Signs are: one of its people came or answered, we did something together, a person confirmed its
row, it got a grant, or it changed its entry in an open register.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from register.book.table import Book
from register.cooperation.events import EXCHANGE, cooperation_events
from register.people.meetings import Invitation, Meeting
from register.people.records import Organisation, Person
from register.values.date import day
from register.values.sign_of_life import day_of_sign

SignKind = Literal["came", "answered", "done", "confirmed", "told"]

_TOGETHER = frozenset(("cooperation", "meeting", "advocacy", *EXCHANGE))
"""Kinds of events that show life; our attempts to reach an organisation do not."""


@dataclass(frozen=True, slots=True, order=True)
class LastSign:
    """The day (ISO) or year of a sign, its kind, and the meeting, matter or words behind it."""

    day: str
    kind: SignKind
    what: str = ""


def last_signs(book: Book, today: date) -> Mapping[str, LastSign]:
    """Return the last sign of life by organisation id; organisations without one are left out."""
    found: dict[str, LastSign] = {}
    for org, sign in _signs(book):
        if org and "" < sign.day <= today.isoformat():
            found[org] = max(sign, found.get(org, sign))
    return found


def _signs(book: Book) -> Iterator[tuple[str, LastSign]]:
    for event in cooperation_events(book):
        if event.kind in _TOGETHER and event.state != "lapsed":
            kind: SignKind = "came" if event.kind == "meeting" else "done"
            yield event.org, LastSign(event.date, kind, event.matter)
    for answer in Invitation.all(book).values():
        meeting = Meeting.all(book).get(answer.meeting_id)
        if answer.rsvp and meeting is not None:
            person = Person.at(book, Person.current_id(book, answer.person))
            org = Organisation.current_id(book, person.org)
            yield org, LastSign(day(answer.sent_at[:10]), "answered", meeting.name)
    people, table = book.table("people"), book.table("organisations")
    for contact in Person.live(book):
        org = Organisation.current_id(book, contact.org)
        yield org, LastSign(day(people.cell(contact.id, "verified_on")), "confirmed")
    for one in Organisation.live(book):
        yield one.id, LastSign(day(table.cell(one.id, "verified_on")), "confirmed")
        told = table.cell(one.id, "sign")
        if when := day_of_sign(told):
            yield one.id, LastSign(when, "told", told.partition(" ")[2])
