"""People whose retention time has run out, and the legal basis of each row."""

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
"""The reason of the changes that delete the needs of a meeting's guests."""

_MONTHS = 12

BASIS_SENTENCES: Mapping[str, str] = {
    "no-basis": "no legal basis",
    "no-source": "no source: nobody may be written to before it is known",
    "consent-without-date": "a consent without a date is none",
    "consent-without-words": "a consent without words is none: to what, in which box or list",
    "source-unsaid": "letters do not show this source: say it in words",
    "consent-in-future": "the consent is later than today",
    "not-an-office": "public duty is the basis of office-holders only",
}
"""The faults that a row's legal basis may have."""


@dataclass(frozen=True, slots=True)
class Retention:
    """How long a person is kept without confirmation: in months, and by group if it differs.

    ``needs_days`` is how many days after a meeting its guests' needs are kept.
    """

    months: int = 24
    groups: Mapping[str, int] | None = None
    needs_days: int = 14

    def of(self, group: str) -> int:
        """Return the months for a group."""
        return (self.groups or {}).get(group, self.months)


@dataclass(frozen=True, slots=True)
class DuePerson:
    """A person whose time has run out, with two ISO days.

    ``seen`` is when the row was last confirmed or added, or when the person left, if later. ``due``
    is when the time ran out.
    """

    row_id: str
    seen: str
    due: str


@dataclass(frozen=True, slots=True)
class BasisRow:
    """The legal basis of a row; ``lacking`` are codes of :data:`BASIS_SENTENCES`."""

    row_id: str
    basis: str
    source: str
    consent_on: str
    consent_words: str
    publish: str
    lacking: tuple[str, ...]


def overdue_people(book: Book, retention: Retention, today: date) -> list[DuePerson]:
    """Return the people whose retention time has run out, the longest overdue first.

    Archived rows count, as they hold personal data as well; merged ones do not.
    """
    table, found = book.table("people"), []
    for person in Person.all(book).values():
        named = any((person.first, person.last, person.email, person.phone, person.phone2))
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


def expired_need_changes(book: Book, today: date, days: int) -> Iterator[Change]:
    """Yield the changes that delete needs told for meetings over ``days`` ago, or cancelled."""
    last = (today - timedelta(days=days)).isoformat()
    for row in Invitation.all(book).values():
        meeting = Meeting.at(book, row.meeting_id)
        over = meeting.state == "cancelled" or "" < day(meeting.date) < last
        if row.needs and over:
            yield row.change("needs", "", NEEDS_REASON)


def basis_rows(book: Book, today: date) -> Iterator[BasisRow]:
    """Yield the legal basis of each person in use, with its faults."""
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
