"""Who gets the letters that follow an invitation: those whose invitation has gone, by the ledger.

A reminder goes to who has not answered, thanks to who was there, a change or a cancellation to
everyone who was invited. They go to the mailbox that the invitation went to.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date

from register.book.table import Book
from register.fields.email import mailbox_key
from register.letters.audience import invitations
from register.letters.meeting import Meeting
from register.letters.people import People, Recipient, absent
from register.letters.target import Row
from register.suppression import TO_THE_COMING

BECAUSE = {
    "reminder": "no-answer",
    "change": "was-invited",
    "cancellation": "was-invited",
    "thanks": "was-there",
}
"""Why each kind of letter goes to its readers."""

_PRESENT = frozenset(("", "not-to-invite"))


@dataclass(frozen=True, slots=True)
class Correspondents:
    """Those who get a letter, and the reasons why others get none."""

    recipients: tuple[Recipient, ...]
    held: tuple[str, ...] = ()


def correspondents(
    book: Book,
    about: Meeting,
    kind: str,
    sent: Mapping[str, str],
    today: date,
    done: Collection[str] = (),
) -> Correspondents:
    """Return who gets a letter of a kind about a meeting.

    ``sent`` gives the person whose invitation went to a mailbox; ``done`` are mailboxes that have
    had this letter, or may have.
    """
    rows: dict[str, Row] = {}
    for _, row in invitations(book, about.id):
        rows.setdefault(mailbox_key(row.get("email", "")), row)
    anybody = any(row.get("attended") for row in rows.values())
    people = People(book)
    found: list[Recipient] = []
    held: list[str] = []
    for mailbox, person_id in sorted(sent.items(), key=lambda one: (one[1], one[0])):
        row = rows.get(mailbox, {})
        why = _unwanted(kind, row, anybody=anybody)
        why = why or ("had-it" if mailbox in done else "")
        why = why or _barred(people, person_id, mailbox, row, kind, (today, about.date))
        if why:
            held.append(why)
            continue
        one = people.recipient(mailbox, [person_id], BECAUSE[kind])
        found.append(replace(one, address=mailbox))
    return Correspondents(tuple(found), tuple(held))


def _unwanted(kind: str, row: Row, *, anybody: bool) -> str:
    """Return why a person of this row of Kutsut wants no such letter, or ''."""
    if row.get("send_state") == "bounced":
        return "bounced"
    if kind in TO_THE_COMING:
        return ""
    if row.get("send") == "no":
        return "vetoed"
    if kind == "reminder":
        return "answered" if row.get("rsvp") else ""
    there = row.get("attended") == "yes" if anybody else row.get("rsvp") == "coming"
    return "" if there else "was-not-there"


def _barred(
    people: People, person_id: str, mailbox: str, row: Row, kind: str, days: tuple[date, date]
) -> str:
    """Return why we must not write to a person, or ''; ``days`` are today and the meeting's."""
    table = people.book.table("people")
    if person_id not in table:
        return "gone"
    person = table.row(person_id)
    coming = row.get("rsvp") == "coming"
    if kind in TO_THE_COMING:
        there = {**person, "email": mailbox}
        either = people.unwritable(there, people.organisation(person), kind, coming=coming)
        return either or people.bans.stops(
            person.get("email", ""), kind if coming else "invitation"
        )
    if (why := absent(person_id, person, *days)) not in _PRESENT:
        return why
    if mailbox_key(person.get("email", "")) != mailbox:
        return "moved"
    return people.unwritable(person, people.organisation(person), kind)
