"""Letters that repeat what was understood, so that a mis-tap is seen: receipt, unsubscribed.

They go without a release, so only where the configuration lists them ([letters] automatic), once an
answer, and never to a machine.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from register.book.table import Book
from register.errors import UsageError, VerkostoError
from register.flows.dispatch import Note, dispatch
from register.flows.mailing import Room
from register.flows.reply_desk import Receipt
from register.letters.campaign import Mailing, campaign
from register.letters.draft import drafts
from register.letters.meeting import Meeting, meeting
from register.letters.message import letter
from register.letters.people import People

MOST = 10
"""So many receipts a person gets about a meeting; who answers more often is a loop."""

BECAUSE = "answered"


@dataclass(slots=True)
class Receipts:
    """What became of the receipts; ``waiting`` are the messages whose receipt may still go."""

    failed: int = 0
    notes: list[Note] = field(default_factory=list)
    stopped: VerkostoError | None = None
    waiting: set[str] = field(default_factory=set)


def send_receipts(book: Book, wanted: Sequence[Receipt], room: Room) -> Receipts:
    """Send the receipts of a reading; ``book`` is the register after it.

    One that has gone never goes again. What stops the post office is kept in the result.
    """
    done = Receipts()
    groups: dict[tuple[str, str, int], list[Receipt]] = {}
    for one in wanted:
        if one.number <= MOST:
            groups.setdefault((one.kind, one.meeting, one.number), []).append(one)
    for (kind, about, number), group in groups.items():
        if done.stopped:
            done.waiting.update(one.message for one in group)
            continue
        try:
            _send(book, kind, about, number, group, room, done)
        except UsageError as fault:
            done.failed += len(group)
            done.notes.append((fault.message, fault.values))
    return done


def _send(
    book: Book,
    kind: str,
    about: str,
    number: int,
    group: Sequence[Receipt],
    room: Room,
    done: Receipts,
) -> None:
    assert room.ledger is not None  # noqa: S101, nothing is sent without one
    name = campaign(about, kind, number) if about else f"{kind}/{number}"
    given = {one.person: one.given for one in group}

    def each(person: str) -> Mapping[str, object]:
        return {"given": given[person], "scope": given[person]}

    mailing = Mailing(name, room.now, room.tokens, each=each)
    told: Meeting | None = meeting(book, about) if about else None
    people = People(book)
    readers = [
        replace(people.recipient(one.mailbox, [one.person], BECAUSE), address=one.mailbox)
        for one in group
        if _may_go(book, people, one)
    ]
    letters = [
        letter(one, room.sender, mailing)
        for one in drafts(book, told, readers, room.templates, room.sender, mailing)
    ]
    sent = dispatch(letters, room.post, room.ledger, room.listed(name), room.limits, room.now)
    done.failed += sent.failed
    done.notes += sent.notes
    if sent.stopped:
        done.stopped = sent.stopped
        done.waiting.update(one.message for one in group)


def _may_go(book: Book, people: People, one: Receipt) -> bool:
    """Whether a receipt may be sent: the confirmation of a ban is what the ban does not stop."""
    table = book.table("people")
    if one.person not in table:
        return False
    if one.kind == "unsubscribed":
        return people.bans.stops(one.mailbox, "receipt") != "ban-all"
    row = {**table.row(one.person), "email": one.mailbox}
    return not people.unwritable(row, people.organisation(row), one.kind, coming=True)
