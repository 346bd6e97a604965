"""Whose data has been kept long enough, and on what legal ground each row stands."""

from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from register.book.change import Change
from register.book.table import Book
from register.people.meetings import Invitation, Meeting
from register.people.origin import origin, origin_to_show
from register.people.records import OFFICE, Person
from register.values.date import day

NEEDS_REASON = "needs-passed"
"""Why the needs of a meeting's guests are deleted."""

_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Retention:
    """For how many months a person is kept unconfirmed, and by group where that differs.

    ``needs_days`` are the days after a meeting for which its guests' needs are kept.
    """

    months: int = 24
    groups: Mapping[str, int] | None = None
    needs_days: int = 14

    def of(self, group: str) -> int:
        """Return the months of a group."""
        return (self.groups or {}).get(group, self.months)


@dataclass(frozen=True, slots=True)
class DuePerson:
    """A person whose time has run out: last confirmed (or added, or left) on a day, due since."""

    row_id: str
    seen: str
    due: str


@dataclass(frozen=True, slots=True)
class BasisRow:
    """On what ground a row stands; ``lacking`` are codes of :data:`BASIS_SENTENCES`."""

    row_id: str
    basis: str
    source: str
    consent_on: str
    consent_words: str
    publish: str
    lacking: tuple[str, ...]


BASIS_SENTENCES: Mapping[str, str] = {
    "no-basis": "no legal basis",
    "no-source": "no source: nobody may be written to before it is known",
    "consent-without-date": "a consent without a date is none",
    "consent-without-words": "a consent without words is none: to what, in which box or list",
    "source-unsaid": "letters do not show this source: say it in words",
    "consent-in-future": "the consent is later than today",
    "not-an-office": "public duty is the basis of office-holders only",
}
"""What may be lacking in a row's ground."""


def due_people(book: Book, retention: Retention, today: date) -> list[DuePerson]:
    """Return the people whose retention has run out, the longest first; merged ones are none.

    An archived row counts too: it holds a person's data as much as any.
    """
    table, found = book.table("people"), []
    for person in Person.all(book).values():
        named = person.first or person.last or person.email or person.phone
        if person.status == "merged" or not named:
            continue
        seen = max(day(table.cell(person.id, "verified_on")), day(person.added_on))
        left = day(person.end)
        seen = left if left and left < today.isoformat() and left > seen else seen
        if not seen:
            continue
        due = _later(date.fromisoformat(seen), retention.of(person.group)).isoformat()
        if due <= today.isoformat():
            found.append(DuePerson(person.id, seen, due))
    return sorted(found, key=lambda one: (one.due, one.row_id))


def passed_needs(book: Book, today: date, days: int) -> Iterator[Change]:
    """Yield what deletes the needs that were told for meetings so many days ago, or cancelled."""
    last = (today - timedelta(days=days)).isoformat()
    for row in Invitation.all(book).values():
        meeting = Meeting.at(book, row.meeting_id)
        over = meeting.state == "cancelled" or "" < day(meeting.date) < last
        if row.needs and over:
            yield row.change("needs", "", NEEDS_REASON)


def basis_rows(book: Book, today: date) -> Iterator[BasisRow]:
    """Yield the ground of each person in use, with what is lacking in it."""
    for one in Person.live(book):
        lacking = []
        if not one.basis:
            lacking.append("no-basis")
        if not origin(one):
            lacking.append("no-source")
        elif not origin_to_show(one):
            lacking.append("source-unsaid")
        if one.basis == "consent" and not day(one.consent_on):
            lacking.append("consent-without-date")
        if one.basis == "consent" and not one.consent_words:
            lacking.append("consent-without-words")
        if day(one.consent_on) > today.isoformat():
            lacking.append("consent-in-future")
        if one.basis == "public_duty" and one.group not in OFFICE:
            lacking.append("not-an-office")
        consent = one.consent_on, one.consent_words
        yield BasisRow(one.id, one.basis, one.source, *consent, one.publish, tuple(lacking))


def _later(start: date, months: int) -> date:
    index = start.year * _MONTHS + start.month - 1 + months
    year, month = index // _MONTHS, index % _MONTHS + 1
    return date(year, month, min(start.day, monthrange(year, month)[1]))
