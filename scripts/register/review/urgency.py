"""The order of the questions in ``review``: people who wait, blocked invitations, duplicates, rest.

The most urgent stands first; closed rows stand below all open ones, the latest first. Equally
urgent questions keep the order in which they were asked, so that few rows need to be moved. A bulk
line stands directly above its members.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from enum import IntEnum

from register.book.finding import SEVERITIES
from register.book.ids import linked_row
from register.book.schema import schema
from register.book.table import Book
from register.people.meetings import Invitation, Meeting
from register.people.records import Person
from register.people.refusals import open_refusals, rows_named
from register.review.bulk import BulkLine
from register.review.mail_questions import is_from_mail
from register.review.pairs import PAIR_KIND as DUPLICATE
from register.review.question import Question
from register.values import email

_SOON = timedelta(days=14)
"""How long before its day a meeting counts as near."""

_WAITING = ("answer", "refusal", "bounce", "person_change", "meeting")
"""The questions that somebody waits for, the most urgent first: kinds, or what they are about."""


class Urgency(IntEnum):
    """The classes of urgency, the most urgent first."""

    WAITING = 0
    BLOCKING = 1
    DOUBLED = 2
    OTHER = 3


def review_order(
    book: Book, today: date, asked: Iterable[Question], lines: Iterable[BulkLine] = ()
) -> tuple[str, ...]:
    """Return the ids of the rows of ``review`` in the order in which they should stand.

    ``asked`` are the questions that a cleanup asks now: they tell how probable a duplicate is. A
    bulk line of ``lines`` stands directly above its members, and is as urgent as the most urgent
    one.
    """
    judge = _Judge(book, today)
    likely = {one.id: one.pair.probability for one in asked if one.pair}
    line_of = {one.id: line.question.id for line in lines for one in line.members}
    still_open, handled = _rows(book)
    own = {
        one: (*judge(one, row, alone=one not in line_of), -likely.get(one, 0.0))
        for one, row in still_open
    }
    groups: dict[str, list[str]] = {}
    for one in sorted(own, key=own.__getitem__):
        line = line_of.get(one, one)
        groups.setdefault(line if line in own else one, []).append(one)
    for line, members in groups.items():
        members.sort(key=line.__ne__)
    return (*(one for members in groups.values() for one in members), *handled)


def with_urgency(
    book: Book, today: date, asked: Sequence[Question], lines: Iterable[BulkLine] = ()
) -> list[Question]:
    """Return the questions with the severity of their urgency instead of their fault's.

    So no row that says "soon" stands above one that says "now". Members of a bulk line of ``lines``
    are as urgent as the most urgent of them.
    """
    judge = _Judge(book, today)
    line_of = {one.id: line.question.id for line in lines for one in line.members}
    ranks = {one.id: judge(one.id, one.shown, alone=one.id not in line_of) for one in asked}
    groups: dict[str, tuple[Urgency, int]] = {}
    for one, rank in ranks.items():
        group = line_of.get(one, one)
        groups[group] = min(rank, groups.get(group, rank))
    return [_shown_as(one, *groups[line_of.get(one.id, one.id)]) for one in asked]


def _shown_as(question: Question, urgency: Urgency, place: int) -> Question:
    severity = (
        SEVERITIES[min(place, len(SEVERITIES) - 1)] if urgency is Urgency.OTHER else "warning"
    )
    if urgency <= Urgency.BLOCKING:
        severity = "error"
    if severity == question.severity:
        return question
    return replace(question, cells=tuple({**question.shown, "severity": severity}.items()))


def order_with_messages(book: Book) -> tuple[str, ...]:
    """Return the order of ``review`` after a run that asks only about messages.

    Questions that somebody waits for come first, closed ones last; the next cleanup sorts the rest.
    """
    still_open, handled = _rows(book)
    refusals = _refusals(book)
    later = [one for one, row in still_open if not (one in refusals or is_from_mail(one, row))]
    waiting = [one for one, _ in still_open if one not in {*later}]
    return (*waiting, *later, *handled)


def _rows(book: Book) -> tuple[list[tuple[str, Mapping[str, str]]], list[str]]:
    """Return the open rows of ``review`` with their ids, and the closed rows' ids, latest first."""
    table = book.table("review")
    rows = [(one, row) for one, row in table.rows() if not one.startswith("#")]
    rows.sort(key=lambda one: table.numbers[one[0]])
    handled = [(row["done"], one) for one, row in rows if row.get("done")]
    handled.sort(key=lambda one: one[0], reverse=True)
    return [one for one in rows if not one[1].get("done")], [one for _, one in handled]


def _refusals(book: Book) -> set[str]:
    """Return the ids of the questions about people who want no letters."""
    named = (one for one, row in book.table("review").rows() if rows_named(row))
    return {*named, *(one.case for one in open_refusals(book).values())}


def urgency(book: Book, case_id: str, row: Mapping[str, str], today: date) -> Urgency:
    """Return how urgent the question of a row of ``review`` is."""
    return _Judge(book, today)(case_id, row)[0]


class _Judge:
    """Decides how urgent a question is, and its rank within that class."""

    def __init__(self, book: Book, today: date) -> None:
        last = (today + _SOON).isoformat()
        near = [
            meeting
            for meeting in Meeting.all(book).values()
            if today.isoformat() <= meeting.date <= last and meeting.state != "cancelled"
        ]
        invitations = [one for meeting in near for one in Invitation.to(book, meeting.id)]
        self._near = {one.id for one in (*near, *invitations)}
        self._invited = {one.person_id for one in invitations}
        self._refusals = _refusals(book)
        self._book = book
        people = schema().tab("people")
        self._email = people.column("email").headers[book.language]
        source = people.column("source").headers[book.language]
        self._unsourced = f"{people.titles[book.language]}: {source}"

    def __call__(
        self, case_id: str, row: Mapping[str, str], *, alone: bool = True
    ) -> tuple[Urgency, int]:
        """Return the urgency and the rank, where the lowest is the most urgent.

        ``alone`` is False for a member of a bulk line: nobody waits for the answer to many at once.
        """
        kind, about = row.get("kind", "") if alone else "", linked_row(row)
        # a message's question has no severity of its own: the cell holds what was set here
        severity = "warning" if is_from_mail(case_id, row) else row.get("severity", "")
        is_error = severity == "error"
        if case_id in self._refusals or rows_named(row):
            kind = "refusal"
        elif about in self._near or (is_error and about in self._invited):
            kind = "meeting" if kind not in _WAITING else kind
        if kind in _WAITING:
            return Urgency.WAITING, _WAITING.index(kind)
        is_unsourced = row.get("link") == self._unsourced
        if is_error or is_unsourced or kind == "astray" or self._is_unreachable(about, row):
            return Urgency.BLOCKING, 0
        if row.get("kind") == DUPLICATE:
            return Urgency.DOUBLED, 0
        known = severity in SEVERITIES
        return Urgency.OTHER, SEVERITIES.index(severity) if known else len(SEVERITIES)

    def _is_unreachable(self, about: str, row: Mapping[str, str]) -> bool:
        """Whether a question is about the unusable address of a person who is to be invited."""
        if row.get("kind") not in ("error", "warning") or not self._is_about_address(row):
            return False
        person = Person.at(self._book, about)
        wanted = bool(person.id) and person.is_live and person.invite == "yes"
        return wanted and not email.read(person.email).value

    def _is_about_address(self, row: Mapping[str, str]) -> bool:
        return row.get("left", "").partition(":")[0] == self._email
