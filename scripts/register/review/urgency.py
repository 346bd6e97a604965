"""The order of the questions in ``review``: who waits, what blocks an invitation, who is doubled.

The most urgent stands first, and what is handled below all that is open, the latest first. What is
as urgent as another stays in the order in which it was asked, so that few rows need to be moved.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from enum import IntEnum

from register.book.finding import SEVERITIES
from register.book.schema import schema
from register.book.table import Book
from register.people.records import Invitation, Meeting, Person
from register.people.refusals import open_refusals, rows_named
from register.review.pairs import KIND as DUPLICATE
from register.review.question import linked_row
from register.values import email

SOON = timedelta(days=14)
"""A meeting is near so long before it."""

_WAITING = ("answer", "refusal", "bounce", "person_change", "meeting")
"""Who waits, the most urgent first: kinds of questions, and what they are about."""


class Urgency(IntEnum):
    """How urgent a question is, the most urgent first."""

    WAITING = 0
    BLOCKING = 1
    DOUBLED = 2
    OTHER = 3


def review_order(book: Book, today: date, likely: Mapping[str, float]) -> list[str]:
    """Return the ids of the rows of ``review`` in the order in which they are to stand.

    ``likely`` is how likely two rows are one (0..1) by the id of the question about them; where
    nothing is known of any, they stay as they stand.
    """
    table, judge = book.table("review"), _Judge(book, today)
    rows = [(one, row) for one, row in table.rows() if not one.startswith("#")]
    rows.sort(key=lambda one: table.numbers[one[0]])
    still_open = [(one, row) for one, row in rows if not row.get("done")]
    handled = [(one, row) for one, row in rows if row.get("done")]
    still_open.sort(key=lambda one: (*judge(*one), -likely.get(one[0], 0.0)))
    handled.sort(key=lambda one: one[1]["done"], reverse=True)
    return [one for one, _ in (*still_open, *handled)]


def urgency(book: Book, case_id: str, row: Mapping[str, str], today: date) -> Urgency:
    """Return how urgent the question of a row of ``review`` is."""
    return _Judge(book, today)(case_id, row)[0]


class _Judge:
    """Says how urgent a question is, and its place among those that are as urgent."""

    def __init__(self, book: Book, today: date) -> None:
        last = (today + SOON).isoformat()
        near = [
            meeting
            for meeting in Meeting.all(book).values()
            if today.isoformat() <= meeting.date <= last and meeting.state != "cancelled"
        ]
        invitations = [one for meeting in near for one in Invitation.to(book, meeting.id)]
        self._near = {one.id for one in (*near, *invitations)}
        self._invited = {one.person_id for one in invitations}
        self._refusals = {one.case for one in open_refusals(book).values()}
        self._people = Person.all(book)
        self._email = schema().tab("people").column("email").headers[book.language]

    def __call__(self, case_id: str, row: Mapping[str, str]) -> tuple[Urgency, int]:
        kind, about = row.get("kind", ""), linked_row(row)
        severity = row.get("severity", "")
        is_error = severity == "error"
        if case_id in self._refusals or rows_named(row):
            kind = "refusal"
        elif about in self._near or (is_error and about in self._invited):
            kind = "meeting" if kind not in _WAITING else kind
        if kind in _WAITING:
            return Urgency.WAITING, _WAITING.index(kind)
        if is_error or kind == "astray" or self._is_unreachable(about, row):
            return Urgency.BLOCKING, 0
        if kind == DUPLICATE:
            return Urgency.DOUBLED, 0
        known = severity in SEVERITIES
        return Urgency.OTHER, SEVERITIES.index(severity) if known else len(SEVERITIES)

    def _is_unreachable(self, about: str, row: Mapping[str, str]) -> bool:
        """Whether a question is about the bad address of somebody who is to be invited."""
        if row.get("kind") not in ("error", "warning") or not self._is_about_address(row):
            return False
        person = self._people.get(about)
        wanted = person is not None and person.is_live and person.invite == "yes"
        return wanted and not email.read(person.email).value

    def _is_about_address(self, row: Mapping[str, str]) -> bool:
        return row.get("left", "").partition(":")[0] == self._email
