"""Who comes to a meeting: those who said so, those who perhaps come, those who wait for a place."""

from __future__ import annotations

from dataclasses import dataclass

from register.book.table import Book
from register.letters.own_words import read_programme
from register.people.records import Invitation, Meeting, Organisation, Person
from register.words.display import finnish_sort_key

ANSWER_ORDER = ("coming", "maybe", "waitlisted")
"""The answers of those who are on the list, in its order."""


@dataclass(frozen=True, slots=True)
class Participant:
    """A line of the list, and a name tag; ``attended`` is a key of yes_no or ''."""

    last: str
    first: str
    organisation: str
    role: str
    answer: str
    attended: str
    notes: str

    @property
    def name(self) -> str:
        """Return the name as on a tag."""
        return f"{self.first} {self.last}".strip()


@dataclass(frozen=True, slots=True)
class Participants:
    """The list of one meeting, by answer, then by name; ``programme`` is an item a line."""

    meeting: str
    name: str
    date: str
    start: str
    place: str
    people: tuple[Participant, ...]
    programme: tuple[str, ...] = ()

    @property
    def tags(self) -> tuple[Participant, ...]:
        """Those who get a name tag: who is coming, or perhaps."""
        return tuple(one for one in self.people if one.answer != "waitlisted")


def participant_list(book: Book, meeting_id: str) -> Participants:
    """Return the list of a meeting, as in a Finnish index; who came without an answer is on it."""
    found: list[Participant] = []
    for row in Invitation.to(book, meeting_id):
        if row.rsvp not in ANSWER_ORDER and row.attended != "yes":
            continue
        person = Person.at(book, row.person_id)
        home = Organisation.at(book, person.org_id)
        found.append(
            Participant(
                last=person.last,
                first=person.first,
                organisation=home.name or row.org,
                role=person.role,
                answer=row.rsvp if row.rsvp in ANSWER_ORDER else "coming",
                attended=row.attended,
                notes=row.notes,
            )
        )
    found.sort(
        key=lambda one: (
            ANSWER_ORDER.index(one.answer),
            finnish_sort_key(one.last),
            finnish_sort_key(one.first),
        )
    )
    about = Meeting.at(book, meeting_id)
    return Participants(
        *(meeting_id, about.name, about.date, about.start, about.place, tuple(found)),
        programme=tuple(one.line(book.language) for one in read_programme(about.programme)),
    )
