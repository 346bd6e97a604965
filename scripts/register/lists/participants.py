"""Participants of a meeting: those who are coming, may be coming, or are waiting for a place."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass, replace
from itertools import repeat

from register.book.table import Book
from register.letters.own_words import read_programme
from register.letters.poll import poll_table
from register.people.meetings import Invitation, Meeting
from register.people.records import Organisation, Person
from register.words.display import finnish_sort_key

ANSWER_ORDER = ("coming", "maybe", "waitlisted")
"""The answers of those who are on the list, in its order."""


_MOST_TAGS = 50
"""At most this many name tags for one answer, however many people it announces."""


@dataclass(frozen=True, slots=True)
class Participant:
    """A line of the list, and its name tags; ``attended`` is a key of its dropdown or ''.

    ``party`` is the number of people in all. ``stands_for`` is the name of the invited person if
    somebody else comes instead.
    """

    last: str
    first: str
    organisation: str
    role: str
    answer: str
    attended: str
    notes: str
    party: int = 1
    needs: str = ""
    question: str = ""
    stands_for: str = ""

    @property
    def name(self) -> str:
        """The name as on a tag."""
        return f"{self.first} {self.last}".strip()

    @property
    def guest(self) -> Participant:
        """A tag without a name, for a companion."""
        return replace(self, first="", last="")


@dataclass(frozen=True, slots=True)
class Participants:
    """The participants of one meeting, by answer, then by name; ``programme`` has an item a line.

    ``days`` are the proposed days with the number of people whom each suits. ``polled`` are the
    people who have answered, by name: each with organisation and the answer for each day (None for
    no answer).
    """

    meeting: str
    name: str
    date: str
    start: str
    place: str
    people: tuple[Participant, ...]
    programme: tuple[str, ...] = ()
    days: tuple[tuple[dt.date, int], ...] = ()
    polled: tuple[tuple[str, str, tuple[bool | None, ...]], ...] = ()

    @property
    def tags(self) -> tuple[Participant, ...]:
        """The people with a name tag: those who are or may be coming, and their companions."""
        return tuple(
            tag
            for one in self.people
            if one.answer != "waitlisted"
            for tag in (one, *repeat(one.guest, min(one.party, _MOST_TAGS) - 1))
        )

    def heads(self, answer: str) -> int:
        """Return the number of people with this answer, companions included."""
        return sum(one.party for one in self.people if one.answer == answer)

    @property
    def kitchen(self) -> tuple[tuple[str, int], ...]:
        """The needs of those who are or may be coming, each with the number of such answers."""
        needs = Counter(one.needs for one in self.people if one.answer != "waitlisted")
        return tuple((text, count) for text, count in needs.items() if text)


def participant_list(book: Book, meeting_id: str) -> Participants:
    """Return the participants of a meeting, in Finnish alphabetical order.

    A person who attended without having answered is included as coming.
    """
    found: list[Participant] = []
    for row in Invitation.to(book, meeting_id):
        if row.rsvp not in ANSWER_ORDER and row.attended != "yes":
            continue
        person = Person.at(book, row.person_id)
        home = Organisation.at(book, person.org_id)
        first, _, last = row.substitute.rpartition(" ")
        found.append(
            Participant(
                last=last or person.last,
                first=first if row.substitute else person.first,
                organisation=home.name or row.org,
                role="" if row.substitute else person.role,
                answer=row.rsvp if row.rsvp in ANSWER_ORDER else "coming",
                attended=row.attended,
                notes=row.notes,
                party=row.heads,
                needs=row.needs,
                question=row.question,
                stands_for=f"{person.first} {person.last}" if row.substitute else "",
            )
        )
    found.sort(
        key=lambda one: (
            ANSWER_ORDER.index(one.answer),
            finnish_sort_key(one.last),
            finnish_sort_key(one.first),
        )
    )
    about, poll = Meeting.at(book, meeting_id), poll_table(book, meeting_id)
    polled = [
        (book.row_name("people", who), Person.at(book, who).org_id, said)
        for who, said in poll.people
    ]
    polled.sort(key=lambda one: finnish_sort_key(one[0]))
    return Participants(
        *(meeting_id, about.name, about.date, about.start, about.place, tuple(found)),
        programme=tuple(one.line(book.language) for one in read_programme(about.programme)),
        days=poll.days,
        polled=tuple((name, Organisation.at(book, org).name, said) for name, org, said in polled),
    )
