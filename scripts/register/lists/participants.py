"""Who comes to a meeting: those who said so, those who perhaps come, those who wait for a place."""

from __future__ import annotations

from dataclasses import dataclass

from register.book.ids import reference_id
from register.book.table import Book
from register.letters.audience import invitation_rows
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
    """The list of one meeting, by answer, then by name."""

    meeting: str
    name: str
    date: str
    start: str
    place: str
    people: tuple[Participant, ...]

    @property
    def tags(self) -> tuple[Participant, ...]:
        """Those who get a name tag: who is coming, or perhaps."""
        return tuple(one for one in self.people if one.answer != "waitlisted")


def participant_list(book: Book, meeting_id: str) -> Participants:
    """Return the list of a meeting, as in a Finnish index; who came without an answer is on it."""
    people, organisations = book.table("people"), book.table("organisations")
    found: list[Participant] = []
    for _, row in invitation_rows(book, meeting_id):
        answer = row.get("rsvp", "")
        if answer not in ANSWER_ORDER and row.get("attended") != "yes":
            continue
        person = reference_id(row.get("person", ""))
        org = reference_id(people.cell(person, "org"))
        found.append(
            Participant(
                last=people.cell(person, "last"),
                first=people.cell(person, "first"),
                organisation=organisations.cell(org, "name") or row.get("org", ""),
                role=people.cell(person, "role"),
                answer=answer if answer in ANSWER_ORDER else "coming",
                attended=row.get("attended", ""),
                notes=row.get("notes", ""),
            )
        )
    found.sort(
        key=lambda one: (
            ANSWER_ORDER.index(one.answer),
            finnish_sort_key(one.last),
            finnish_sort_key(one.first),
        )
    )
    about = book.table("meetings")
    cells = {key: about.cell(meeting_id, key) for key in ("name", "date", "start", "place")}
    return Participants(meeting_id, people=tuple(found), **cells)
