"""Who is invited to a meeting, and why each person is or is not.

A person is invited who is current (no ``end``, or an ``end`` after the meeting; not merged or
archived), is to be invited (``invite``), lives or works in the meeting's ``area`` (by the person's
own municipality where given, else by the organisation's ``municipality`` or ``area``), matches its
``audience``, and may be written to (a plain address, no ban, no veto in ``invitations``). Each
mailbox gets one letter.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from hashlib import blake2b
from typing import Any

from register.book.errors import UsageError
from register.book.schema import schema
from register.book.table import Book
from register.letters.mailing_list import people_of_lists
from register.letters.meeting import InvitableMeeting, read_meeting
from register.letters.people import Recipient, recipient_of
from register.letters.reach import AreaReach
from register.letters.target import Target, read_target
from register.letters.topics import topics_of
from register.people.meetings import Invitation
from register.people.records import Person
from register.people.same_human import Humans
from register.people.writing import why_unwritable
from register.values.areas import Areas

_OPEN = frozenset(("", "waiting", "rehearsed", "blocked", "sending"))
"""Sending states of a row of ``invitations`` whose letter may still have to be sent.

The ledger has the last word on that.
"""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A person who gets no letter, and the reason code.

    ``other`` is the person whose letter reaches them too, or ''.
    """

    person: str
    reason: str
    other: str = ""


@dataclass(frozen=True, slots=True)
class Audience:
    """All people of the register, split into those who get a letter and those who do not.

    ``warnings`` are codes of problems with the meeting's dates, such as ``meeting-past``.
    """

    meeting: InvitableMeeting
    invited: tuple[Recipient, ...] = ()
    left_out: tuple[LeftOut, ...] = field(default=(), repr=False)
    warnings: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        """The number of letters."""
        return len(self.invited)

    @property
    def hash(self) -> str:
        """Eight hexadecimal digits that identify the recipients and their mailboxes."""
        return audience_hash(self.invited)

    def why(self, person: str) -> str:
        """Return the reason code why a person is left out, or '' if they are not."""
        return next((out.reason for out in self.left_out if out.person == person), "")

    def as_record(self) -> dict[str, Any]:
        """Return the audience as JSON values: ids and reasons, no names."""
        return {
            "meeting": self.meeting.id,
            "count": self.count,
            "hash": self.hash,
            "invited": [{"person": r.person, "reason": r.reason} for r in self.invited],
            "left_out": [
                {"person": out.person, "reason": out.reason, "other": out.other}
                for out in self.left_out
            ],
        }


def audience_hash(recipients: tuple[Recipient, ...]) -> str:
    """Return a short hash of the recipients and their mailboxes, independent of their order."""
    lines = sorted(f"{one.person}\x1f{one.mailbox}" for one in recipients)
    return blake2b("\x1e".join(lines).encode(), digest_size=4).hexdigest()


def audience(book: Book, meeting_id: str, today: date, *, polling: bool = False) -> Audience:
    """Return who is invited to a meeting and who is not, sorted by person id.

    With ``polling``, the meeting's day may still be undecided. Raises UsageError where the meeting
    lacks something that an invitation must say, or where a word of its ``area`` or ``audience`` is
    unknown: a filter that cannot be read must invite nobody rather than everybody.
    """
    return _Search(book, read_meeting(book, meeting_id, polling=polling), today).audience()


class _Search:
    def __init__(self, book: Book, about: InvitableMeeting, today: date) -> None:
        self.book, self.about, self.today = book, about, today
        self.reach, self.target = self._filters()
        self.topics = topics_of(book, about.row)
        self.listed = people_of_lists(book, self.target.lists, today)
        self.rows: dict[str, Invitation] = {}
        for row in Invitation.to(book, about.id):
            self.rows.setdefault(row.person_id, row)

    def audience(self) -> Audience:
        fit: dict[str, list[tuple[str, str]]] = {}
        out: list[LeftOut] = []
        for person in Person.all(self.book).values():
            because, against = self._judge(person)
            if against:
                out.append(LeftOut(person.id, against))
            else:
                fit.setdefault(person.mailbox, []).append((person.id, because))
        taken = self._taken()
        fit, posts = self._once(fit)
        out += posts
        invited: list[Recipient] = []
        for mailbox, sharers in fit.items():
            sharers.sort(key=self._first)
            if mailbox in taken:
                out += [LeftOut(one, "same-mailbox", taken[mailbox]) for one, _ in sharers]
                continue
            (first, because), *others = sharers
            out += [LeftOut(one, "same-mailbox", first) for one, _ in others]
            invited.append(recipient_of(self.book, mailbox, [one for one, _ in sharers], because))
        return Audience(
            self.about,
            tuple(sorted(invited, key=lambda one: one.person)),
            tuple(sorted(out, key=lambda one: one.person)),
            tuple(self._warnings()),
        )

    def _once(
        self, fit: dict[str, list[tuple[str, str]]]
    ) -> tuple[dict[str, list[tuple[str, str]]], list[LeftOut]]:
        """Return the matching rows, one mailbox for each human, and the rows that are left out.

        ``fit`` and the first result map a mailbox to ``(person id, reason)`` pairs. A human with
        several addresses gets one letter, to the address of the first row: a row with an invitation
        comes before one without, then the lowest id decides.
        """
        humans = self.book.once(Humans)
        taken: dict[str, tuple[str, str]] = {}
        for row_id, row in self.rows.items():
            if _is_closed(row):
                taken[humans.oldest(row_id)] = (row_id, row.mailbox)
        every = [(one, mailbox) for mailbox, sharers in fit.items() for one in sharers]
        kept: dict[str, list[tuple[str, str]]] = {}
        out: list[LeftOut] = []
        for one, mailbox in sorted(every, key=lambda each: self._first(each[0])):
            row_id, chosen = taken.setdefault(humans.oldest(one[0]), (one[0], mailbox))
            if row_id != one[0] and chosen != mailbox:
                out.append(LeftOut(one[0], "same-human", row_id))
            else:
                kept.setdefault(mailbox, []).append(one)
        return kept, out

    def _first(self, one: tuple[str, str]) -> tuple[bool, str]:
        return one[0] not in self.rows, one[0]

    def _warnings(self) -> Iterator[str]:
        day, rsvp_by = self.about.date, self.about.rsvp_by
        if day < self.today:
            yield "meeting-past"
        if rsvp_by is None:
            yield "rsvp-missing"
        elif rsvp_by > day:
            yield "rsvp-after-meeting"
        elif rsvp_by < self.today:
            yield "rsvp-past"

    def _filters(self) -> tuple[AreaReach, Target]:
        areas = Areas(self.book)
        codes, strange = areas.codes(self.about.row.area)
        wanted = read_target(self.book, self.about.row.audience)
        columns = schema().tab("meetings")
        faults: list[tuple[str, dict[str, object]]] = [
            (
                "{column}: nobody knows what “{word}” is.",
                {"column": columns.column(key).headers[self.book.language], "word": word},
            )
            for key, words in (("area", strange), ("audience", wanted.unknown))
            for word in words
        ]
        if faults:
            raise UsageError(
                "The audience of the meeting {meeting} cannot be told:",
                remedy="Correct the cell, or add the word to the tab {tab}.",
                faults=faults,
                meeting=self.about.id,
                tab=schema().tab("choices").titles[self.book.language],
            )
        return AreaReach(areas, codes), wanted

    def _judge(self, person: Person) -> tuple[str, str]:
        """Return ``(reason to invite, '')``, or ``('', reason not to)``."""
        against = person.why_absent(self.today, self.about.date)
        if against:
            return "", against
        organisation = person.organisation(self.book)
        if organisation and not organisation.is_live:
            return "", "organisation-archived"
        because = self.reach.inside(person, organisation)
        if not because:
            return "", self.reach.outside(person, organisation)
        against = self.target.misses(person, organisation)
        if self.listed is not None and person.id not in self.listed:
            against = against or "mailing"
        against = against or why_unwritable(self.book, person, "invitation", topics=self.topics)
        return because, against or self._already(person)

    def _already(self, person: Person) -> str:
        row = self.rows.get(person.id)
        if row is None:
            return ""
        if row.is_vetoed:
            return "vetoed"
        retry = row.send_state in ("failed", "bounced") and row.mailbox != person.mailbox
        return "" if row.send_state in _OPEN or retry else "already-invited"

    def _taken(self) -> dict[str, str]:
        """Return mailboxes whose letter has gone or is vetoed, with the person id of the row."""
        return {row.mailbox: person for person, row in self.rows.items() if _is_closed(row)}


def _is_closed(row: Invitation) -> bool:
    """Return True if no letter of this row has to be sent any more."""
    return row.is_vetoed or row.send_state not in _OPEN
