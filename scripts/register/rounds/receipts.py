"""Receipts: letters that repeat how an answer was understood, so that a mis-tap is noticed.

They need no release and so go only if the configuration lists their kind ([letters] automatic),
once an answer, and never to a machine. A receipt that could not be sent goes with a later run, as
long as the register still agrees with it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from register.book.errors import UsageError, VerkostoError
from register.book.headers import fold_header
from register.book.phrase import Phrase
from register.book.starters import topic_translations
from register.book.table import Book
from register.letters.campaign import Mailing, campaign_name
from register.letters.meeting import read_meeting
from register.letters.people import recipient_of
from register.people.meetings import Invitation
from register.people.records import Person
from register.people.refusals import Refusals
from register.people.writing import why_unwritable
from register.ports.mailbox import PLACED, Receipt
from register.rounds.engine import send_round
from register.rounds.mail_room import MailRoom
from register.rounds.round import Round

_MOST = 10
"""Maximum number of receipts to a person about a meeting; more answers indicate a mail loop."""

_BECAUSE = "answered"


@dataclass(slots=True)
class Receipts:
    """The result of sending receipts; ``owed`` are those that may still be sent."""

    failed: int = 0
    notes: list[Phrase] = field(default_factory=list)
    stopped: VerkostoError | None = None
    owed: list[Receipt] = field(default_factory=list)


def send_receipts(book: Book, wanted: Iterable[Receipt], room: MailRoom) -> Receipts:
    """Send receipts, the newest for each person and meeting; ``book`` is the current register.

    A receipt that has gone is never sent again. An error that stops the post is kept in the result.
    """
    done = Receipts()
    newest = {(one.kind, one.meeting or one.given, one.person): one for one in wanted}
    groups: dict[tuple[str, str, int], list[Receipt]] = {}
    for one in newest.values():
        if (not one.meeting or one.number <= _MOST) and _holds(book, one):
            groups.setdefault((one.kind, one.meeting, one.number), []).append(one)
    for (kind, about, number), group in groups.items():
        if done.stopped:
            done.owed += group
            continue
        try:
            sent = send_round(book, room, _round(book, kind, about, number, group, room))
        except UsageError as fault:
            done.failed += len(group)
            done.notes.append((fault.message, fault.values))
            done.owed += group
            continue
        done.failed += sent.failed
        done.notes += sent.notes
        if sent.stopped:
            done.stopped = sent.stopped
            done.owed += group
    return done


def _holds(book: Book, one: Receipt) -> bool:
    """Return True if the register still agrees with a receipt: it may have changed since."""
    if one.kind == "unsubscribed":
        scope, _, topic = one.given.partition(":")
        kind = {"letters": "letter", "reminders": "reminder"}.get(scope, "invitation")
        about = (fold_header(topic),) if topic else ()
        stopped = book.once(Refusals).stops(one.mailbox, kind, one.person, topics=about)
        return stopped.startswith("ban-")
    given = "coming" if one.given == PLACED else one.given
    return any(
        row.rsvp == given and row.person_id == one.person
        for row in Invitation.to(book, one.meeting)
    )


def _round(
    book: Book, kind: str, about: str, number: int, group: Sequence[Receipt], room: MailRoom
) -> Round:
    """Return the round of the receipts in a group that may be sent."""
    parties = {row.person_id: row.heads for row in Invitation.to(book, about)} if about else {}
    given = {
        one.person: {
            "given": one.given,
            "scope": one.given.partition(":")[0],
            "topic": _topic_named(book, one),
            "party": parties.get(one.person, 1),
        }
        for one in group
        if one.person in Person.all(book)
    }
    name = campaign_name(about, kind, number)
    mailing = Mailing(name, room.now, room.tokens, each=lambda person: given[person])
    readers = [
        replace(recipient_of(book, one.mailbox, [one.person], _BECAUSE), address=one.mailbox)
        for one in group
        if _may_go(book, one)
    ]
    return Round(mailing, readers, read_meeting(book, about) if about else None)


def _topic_named(book: Book, one: Receipt) -> str:
    """Return the topic of a wish in its reader's language, or '' where it is about none."""
    topic = one.given.partition(":")[2]
    reader = recipient_of(book, one.mailbox, [one.person], _BECAUSE)
    return topic_translations(topic).get(reader.language, topic)


def _may_go(book: Book, one: Receipt) -> bool:
    """Return True if a receipt may be sent; a ban does not stop the confirmation of the ban.

    A ban on all mail and an erasure do, and so does a lost key: without it erased people cannot be
    recognised.
    """
    person = Person.all(book).get(one.person)
    if person is None:
        return False
    if one.kind == "unsubscribed":
        stopped = book.once(Refusals).stops(one.mailbox, "receipt", one.person, coming=True)
        return stopped not in ("ban-all", "ban-erased", "ban-key")
    return not why_unwritable(book, replace(person, email=one.mailbox), one.kind, coming=True)
