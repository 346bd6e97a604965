"""Who is invited to a meeting, and why each one is or is not.

A person is invited who is present (no Päättyi, or one after the meeting; not merged or archived),
is to be invited (Kutsutaan), lives or works in the meeting's Alue (their own Kunta where it is
given, else the organisation's Kotikunta or Toiminta-alue), fits its Kohderyhmä, and may be written
to (a plain address, no ban, no veto in Kutsut). One mailbox gets one letter.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from hashlib import blake2b
from typing import Any

from register.book.ids import reference_id
from register.book.schema import schema
from register.book.table import Book
from register.errors import UsageError
from register.fields import email
from register.letters.meeting import Meeting, meeting
from register.letters.people import People, Recipient, absent
from register.letters.reach import Areas, everywhere, home_code
from register.letters.target import Row, Target, target

IN = ("own-municipality", "home-municipality", "area-of-activity", "nationwide")
"""Why somebody is invited."""

OUT = (
    *("no-id", "merged", "archived", "ended", "ends-before", "not-to-invite"),
    *("organisation-archived", "area", "type", "group", "topic", "network", "no-address"),
    *("bad-address", "unsafe-name", "garbled-name", "strange-name", "ban-all", "ban-invitations"),
    *("refused", "vetoed", "already-invited", "same-mailbox", "same-human"),
)
"""Why somebody is left out; the first that holds is told."""

WARNINGS = ("meeting-past", "rsvp-missing", "rsvp-past", "rsvp-after-meeting")
"""What may look wrong with a meeting's dates."""

OPEN = frozenset(("", "waiting", "rehearsed", "blocked", "sending"))
"""Sending states of a row of Kutsut whose letter may still have to go: the ledger knows whether."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Somebody who gets no letter: why, and whose letter serves them where one does."""

    person: str
    reason: str
    other: str = ""


@dataclass(frozen=True, slots=True)
class Audience:
    """Everybody of the register, split into those who get a letter and those who don't.

    ``warnings`` are codes of what looks wrong with the meeting's dates.
    """

    meeting: Meeting
    invited: tuple[Recipient, ...] = ()
    left_out: tuple[LeftOut, ...] = field(default=(), repr=False)
    warnings: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        """How many letters there are."""
        return len(self.invited)

    @property
    def hash(self) -> str:
        """Eight hexadecimal digits of the people and mailboxes that are written to."""
        return fingerprint(self.invited)

    def why(self, person: str) -> str:
        """Return the reason why a person is left out, or ''."""
        return next((out.reason for out in self.left_out if out.person == person), "")

    def as_record(self) -> dict[str, Any]:
        """Return the audience as JSON's values: ids and reasons, no names."""
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


def fingerprint(recipients: tuple[Recipient, ...]) -> str:
    """Return a short hash of who is written to at what mailbox, whatever their order."""
    lines = sorted(f"{one.person}\x1f{one.mailbox}" for one in recipients)
    return blake2b("\x1e".join(lines).encode(), digest_size=4).hexdigest()


def audience(book: Book, meeting_id: str, today: date) -> Audience:
    """Return who is invited to a meeting and who is not, by person id.

    Raises UsageError where the meeting lacks what an invitation must say, or where a word of its
    Alue or Kohderyhmä is unknown: a filter that cannot be read invites nobody, not everybody.
    """
    return _Search(book, meeting(book, meeting_id), today).audience()


def invitations(book: Book, meeting_id: str) -> Iterator[tuple[str, Row]]:
    """Yield the rows of Kutsut that are about a meeting, as ``(row id, cells)``."""
    for row_id, row in book.table("invitations").rows():
        if reference_id(row.get("meeting", "")) == meeting_id:
            yield row_id, row


class _Search:
    def __init__(self, book: Book, about: Meeting, today: date) -> None:
        self.book, self.about, self.today = book, about, today
        self.areas, self.people = Areas(book), People(book)
        self.reach, self.target = self._filters()
        self.homes: dict[str, tuple[frozenset[str], frozenset[str]]] = {}
        self.rows: dict[str, Row] = {}
        for _, row in invitations(book, about.id):
            self.rows.setdefault(reference_id(row.get("person", "")), row)

    def audience(self) -> Audience:
        fit: dict[str, list[tuple[str, str]]] = {}
        out: list[LeftOut] = []
        for person_id, person in self.book.table("people").rows():
            because, against = self._judge(person_id, person)
            if against:
                out.append(LeftOut(person_id, against))
            else:
                mailbox = email.mailbox_key(person["email"])
                fit.setdefault(mailbox, []).append((person_id, because))
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
            invited.append(self.people.recipient(mailbox, [one for one, _ in sharers], because))
        return Audience(
            self.about,
            tuple(sorted(invited, key=lambda one: one.person)),
            tuple(sorted(out, key=lambda one: one.person)),
            tuple(self._warnings()),
        )

    def _once(
        self, fit: dict[str, list[tuple[str, str]]]
    ) -> tuple[dict[str, list[tuple[str, str]]], list[LeftOut]]:
        """Return those who fit with one mailbox for each human, and the rows that are left out.

        A human with several addresses gets one letter, to that of the row that comes first: one
        that has a row in Kutsut, else the one with the lowest id.
        """
        humans = self.people.humans
        taken: dict[str, tuple[str, str]] = {}
        for row_id, row in self.rows.items():
            if row.get("send") == "no" or row.get("send_state", "") not in OPEN:
                taken[humans.oldest(row_id)] = (row_id, email.mailbox_key(row.get("email", "")))
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

    def _filters(self) -> tuple[frozenset[str], Target]:
        reach, strange = self.areas.codes(self.about.area)
        wanted = target(self.book, self.about.audience)
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
        return reach, wanted

    def _judge(self, person_id: str, person: Row) -> tuple[str, str]:
        """Return why a person is invited, or '' and why not."""
        against = absent(person_id, person, self.today, self.about.date)
        if against:
            return "", against
        organisation = self.people.organisation(person)
        if organisation and organisation.get("status") in ("archived", "merged"):
            return "", "organisation-archived"
        because = self._inside(person, organisation)
        if not because:
            return "", "area"
        against = self.target.misses(person, organisation) or self.people.unwritable(
            person, organisation, "invitation"
        )
        return because, against or self._already(person_id, person)

    def _inside(self, person: Row, organisation: Row | None) -> str:
        if self.reach == everywhere():
            return "nationwide"
        if person.get("municipality"):
            own = home_code(person["municipality"])
            return "own-municipality" if own in self.reach else ""
        if not organisation:
            return ""
        home, active = self._places_of(organisation)
        if not home.isdisjoint(self.reach):
            return "home-municipality"
        return "" if active.isdisjoint(self.reach) else "area-of-activity"

    def _places_of(self, organisation: Row) -> tuple[frozenset[str], frozenset[str]]:
        key = organisation.get("id", "")
        if key not in self.homes:
            home = home_code(organisation.get("municipality", ""))
            active, _ = self.areas.codes(organisation.get("area", ""), home)
            self.homes[key] = frozenset((home,)) - {""}, active
        return self.homes[key]

    def _already(self, person_id: str, person: Row) -> str:
        row = self.rows.get(person_id)
        if row is None:
            return ""
        if row.get("send") == "no":
            return "vetoed"
        moved = email.mailbox_key(row.get("email", "")) != email.mailbox_key(person["email"])
        retry = row.get("send_state") in ("failed", "bounced") and moved
        return "" if row.get("send_state", "") in OPEN or retry else "already-invited"

    def _taken(self) -> dict[str, str]:
        """Return the mailboxes that have had their letter, or are vetoed, and whose row says so."""
        return {
            email.mailbox_key(row.get("email", "")): person_id
            for person_id, row in self.rows.items()
            if row.get("send") == "no" or row.get("send_state", "") not in OPEN
        }
