"""Meetings and invitations as rows of the register."""

from dataclasses import dataclass
from typing import ClassVar, Self

from register.book.change import Change
from register.book.ids import reference_id
from register.book.table import Book
from register.people.records import Record
from register.values.email import mailbox_key

AHEAD = ("draft", "gather", "gathered", "preview", "previewed", "released", "sent", "moved")
"""The states of a meeting that is still to come: neither held nor cancelled."""


@dataclass(frozen=True, slots=True)
class Meeting(Record):
    """A row of ``meetings``."""

    tab: ClassVar[str] = "meetings"
    name: str
    kind: str
    date: str
    start: str
    end: str
    place: str
    url: str
    area: str
    audience: str
    template: str
    rsvp_by: str
    capacity: str
    host: str
    attending: str
    state: str
    release: str
    remark: str
    invited: str
    preview: str
    send_at: str
    remind_days: str
    thanks: str
    tally: str
    introduction_fi: str = ""
    introduction_sv: str = ""
    introduction_en: str = ""
    programme: str = ""
    attachments: str = ""
    details: str = ""
    sign_up: str = ""
    minutes: str = ""
    day_options: str = ""


@dataclass(frozen=True, slots=True)
class Invitation(Record):
    """A row of ``invitations``: one person's invitation to one meeting."""

    tab: ClassVar[str] = "invitations"
    meeting: str
    person: str
    org: str
    email: str
    send: str
    send_state: str
    sent_at: str
    reminded_at: str
    rsvp: str
    attended: str
    notes: str
    party_size: str = ""
    substitute: str = ""
    needs: str = ""
    question: str = ""
    days: str = ""
    days_not: str = ""
    asked_at: str = ""

    @property
    def is_vetoed(self) -> bool:
        """Whether somebody wrote that no letter goes: "no", or anything else that is not "yes"."""
        return self.send not in ("", "yes")

    @property
    def heads(self) -> int:
        """How many people the answer is about: the person and their companions."""
        return (int(self.party_size) or 1) if self.party_size.isdecimal() else 1

    @classmethod
    def to(cls, book: Book, meeting_id: str) -> tuple[Self, ...]:
        """Return a meeting's invitations, in the order of the tab."""
        return book.once(cls._by_meeting).get(meeting_id, ())

    @classmethod
    def _by_meeting(cls, book: Book) -> dict[str, tuple[Self, ...]]:
        found: dict[str, list[Self]] = {}
        for one in cls.all(book).values():
            found.setdefault(one.meeting_id, []).append(one)
        return {meeting: tuple(some) for meeting, some in found.items()}

    def change(self, column: str, value: str, reason: str) -> Change:
        """Return the change of a cell, in the group of all changes of the row."""
        before, group = getattr(self, column), f"invitation {self.id}"
        return Change(self.tab, self.id, column, before, value, reason, group=group)

    @property
    def meeting_id(self) -> str:
        """The id of the meeting."""
        return reference_id(self.meeting)

    @property
    def person_id(self) -> str:
        """The id of the invited person."""
        return reference_id(self.person)

    @property
    def mailbox(self) -> str:
        """The mailbox that its letters go to."""
        return mailbox_key(self.email)
