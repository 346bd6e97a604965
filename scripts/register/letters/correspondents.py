"""Recipients of the letters that follow an invitation, or that are about no meeting.

Follow-up letters go to people to whom the invitation has been sent, by the ledger: a reminder to
those who have not answered, thanks to those who attended, a change or a cancellation to all
invited. They go to the mailbox that the invitation went to. The follow-up letters of a poll go to
those whom the poll asked. People who registered without an invitation are included.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from register.book.table import Book
from register.letters.campaign import POLL_CANCELLATION, POLL_REMINDER
from register.letters.kinds import LETTER_KINDS
from register.letters.meeting import InvitableMeeting
from register.letters.people import Recipient, recipient_of
from register.letters.poll import suits_by_day
from register.letters.topics import topics_of
from register.people.meetings import Invitation
from register.people.records import Person
from register.people.refusals import Refusals
from register.people.same_human import Humans
from register.people.suppression import TO_THE_COMING
from register.people.writing import why_unwritable

_JOINED = ("coming", "maybe", "waitlisted")
_PRESENT = frozenset(("", "not-to-invite"))


@dataclass(frozen=True, slots=True)
class Correspondents:
    """The recipients of a letter, and the reason codes for each person who gets none (``held``)."""

    recipients: tuple[Recipient, ...]
    held: tuple[str, ...] = ()

    def with_more(self, others: Correspondents) -> Correspondents:
        """Return these recipients and the others, each mailbox once; these come first."""
        here = {one.mailbox for one in self.recipients}
        more = (one for one in others.recipients if one.mailbox not in here)
        return Correspondents((*self.recipients, *more), (*self.held, *others.held))


def correspondents(
    book: Book,
    about: InvitableMeeting,
    kind: str,
    sent: Mapping[str, str],
    today: date,
    done: Collection[str] = (),
) -> Correspondents:
    """Return who gets a letter of a kind about a meeting.

    ``sent`` maps each mailbox to which the invitation or poll was sent to the person id. ``done``
    are mailboxes that have had this letter, or may have.
    """
    rows: dict[str, Invitation] = {}
    for one in Invitation.to(book, about.id):
        rows.setdefault(one.mailbox, one)
        rows.setdefault(one.person_id, one)
    anybody = any(row.attended for row in rows.values())
    topics = topics_of(book, about.row)
    found: list[Recipient] = []
    held: list[str] = []
    joined = self_registered(book, about.id, sent)
    for person_id, mailbox in (_invited(book, sent) | joined).items():
        row = rows.get(mailbox) or rows.get(person_id) or Invitation.of("", {})
        why = _unwanted(kind, row, anybody=anybody)
        why = why or ("had-it" if mailbox in done else "")
        why = why or _barred(book, person_id, mailbox, row, kind, (today, about.date), topics)
        if why:
            held.append(why)
            continue
        because = "answered" if person_id in joined else LETTER_KINDS[kind].because
        reader = recipient_of(book, mailbox, [person_id], because)
        found.append(replace(reader, address=mailbox))
    return Correspondents(tuple(found), tuple(held))


def self_registered(book: Book, meeting_id: str, sent: Collection[str] = ()) -> dict[str, str]:
    """Return the people who answered that they come or want to without an invitation of ours.

    The result maps the person id to the mailbox. ``sent`` are the mailboxes to which an invitation
    has been sent.
    """
    found: dict[str, str] = {}
    for row in Invitation.to(book, meeting_id):
        mailbox = row.mailbox or Person.at(book, row.person_id).mailbox
        known = mailbox in sent or mailbox in found.values()
        if mailbox and not known and not row.send_state and row.rsvp in _JOINED:
            found[row.person_id] = mailbox
    return found


def _invited(book: Book, sent: Mapping[str, str]) -> dict[str, str]:
    """Return the mailbox to write to for each invited person, by current person id.

    Where rows have been merged since and two mailboxes remain, the person's current mailbox is
    used.
    """
    found: dict[str, str] = {}
    for mailbox, one in sorted(sent.items(), key=lambda one: (one[1], one[0])):
        person = Person.current_id(book, one)
        if person not in found or mailbox == Person.at(book, person).mailbox:
            found[person] = mailbox
    return found


def standalone_readers(
    book: Book,
    people: Iterable[str],
    kind: str,
    today: date,
    done: Collection[str],
    uninvited: Collection[str] = (),
    topics: Collection[str] = (),
) -> tuple[list[Recipient], dict[str, str]]:
    """Return which of these people get a letter about no meeting, and why each other one gets none.

    The second result maps a person id to a reason code. A mailbox gets one letter, and so does a
    human. ``done`` are mailboxes that have had theirs, or may have. ``uninvited`` are people who
    get the letter although they are not to be invited. ``topics`` are what the letter is about.
    """
    taken: set[str] = set()
    humans: set[str] = set()
    found: list[Recipient] = []
    held: dict[str, str] = {}
    for person_id in people:
        person = Person.all(book)[person_id]
        mailbox = person.mailbox
        why = person.why_absent(today)
        if why == "not-to-invite" and person_id in uninvited:
            why = ""
        why = why or why_unwritable(book, person, kind, topics=topics)
        why = why or ("had-it" if mailbox in done else "same-mailbox" if mailbox in taken else "")
        human = book.once(Humans).oldest(person_id)
        why = why or ("same-human" if human in humans else "")
        if why:
            held[person_id] = why
            continue
        taken.add(mailbox)
        humans.add(human)
        found.append(recipient_of(book, mailbox, [person_id], LETTER_KINDS[kind].because))
    return found, held


def _unwanted(kind: str, row: Invitation, *, anybody: bool) -> str:
    """Return the reason why this row of ``invitations`` gets no such letter, or ''.

    ``anybody`` says whether attendance has been recorded for the meeting; if not, answers count.
    """
    if row.send_state == "bounced":
        return "bounced"
    if kind in TO_THE_COMING:
        return ""
    if row.is_vetoed:
        return "vetoed"
    if kind == POLL_CANCELLATION:
        return ""
    if kind in ("reminder", POLL_REMINDER):
        return "answered" if row.rsvp or (kind == POLL_REMINDER and suits_by_day(row)) else ""
    if kind == "details":
        return "" if row.rsvp == "coming" else "is-not-coming"
    there = row.attended == "yes" if anybody else row.rsvp == "coming"
    if there and row.substitute:
        return "sent-another"
    return "" if there else "was-not-there"


def _barred(
    book: Book,
    person_id: str,
    mailbox: str,
    row: Invitation,
    kind: str,
    days: tuple[date, date],
    topics: Collection[str],
) -> str:
    """Return the reason why we must not write to a person, or ''.

    ``days`` are today and the meeting's day.
    """
    person = Person.all(book).get(person_id)
    if person is None:
        return "gone"
    if kind in TO_THE_COMING:
        coming = row.rsvp == "coming"
        either = why_unwritable(book, replace(person, email=mailbox), kind, coming=coming)
        return either or book.once(Refusals).stops(person.email, kind, person.id, coming=coming)
    if (why := person.why_absent(*days)) not in _PRESENT:
        return why
    if person.mailbox != mailbox:
        return "moved"
    return why_unwritable(book, person, kind, topics=topics)
