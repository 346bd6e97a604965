"""``invite.py follow-up``: what we promised to those we met at an event, a letter each.

Whom we met is what Mistä tuttu says, or who was there by Kutsut. Nobody who is not to be invited
is written to, and nobody twice about one event.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b

from register.book.headers import folded
from register.book.outcome import Outcome
from register.book.table import Book
from register.cooperation.met import Met, last_matter, met_at
from register.fields.email import mailbox_key
from register.flows import apart
from register.flows.dispatch import Note
from register.flows.invite_plan import counted
from register.flows.mailing import Room
from register.letters.campaign import Mailing
from register.letters.people import People, Recipient, absent
from register.letters.untrusted import unfit_for_a_name

KIND = "follow-up"


@dataclass(frozen=True, slots=True)
class FollowUp:
    """The letters to those we met: whom, who gets one, and why the others get none."""

    met: Met
    mailing: Mailing
    readers: tuple[Recipient, ...]
    held: dict[str, str]


def follow_up(book: Book, event: str, room: Room) -> FollowUp:
    """Return who gets a letter after an event; raises UsageError where there is no such event."""
    met = met_at(book, event)
    number = blake2b(folded(met.event).encode(), digest_size=4).hexdigest()
    mailing = Mailing(
        f"{KIND}/{number}",
        room.now,
        room.tokens,
        common={"event": met.event},
        each=lambda person: {"note": _note(book, person)},
    )
    readers, held = _readers(book, met, apart.had(room, mailing), room.now.date())
    return FollowUp(met, mailing, readers, held)


def send_follow_up(book: Book, event: str, room: Room) -> Outcome:
    """Send the letters that follow an event.

    Raises UsageError where there is no such event or a letter cannot be written, SafetyStop where
    there are others than a person agreed to.
    """
    found = follow_up(book, event, room)
    notes: list[Note] = [*counted(found.held.values())]
    if found.met.waiting:
        notes.append(
            (
                "{count} from this event still wait in Saapuneet: cleanup.py --apply brings them"
                " in.",
                {"count": found.met.waiting},
            )
        )
    return apart.sent("invite follow-up", book, room, found.mailing, found.readers, notes)


def _note(book: Book, person: str) -> str:
    """Return what we talked about; a matter with a link or an address in it is not for a letter."""
    matter = last_matter(book, person)
    return "" if unfit_for_a_name(matter) else matter


def _readers(
    book: Book, met: Met, done: Collection[str], today: date
) -> tuple[tuple[Recipient, ...], dict[str, str]]:
    people, table = People(book), book.table("people")
    taken: set[str] = set()
    humans: set[str] = set()
    readers: list[Recipient] = []
    held: dict[str, str] = {}
    for person_id in met.people:
        person = table.row(person_id)
        mailbox = mailbox_key(person.get("email", ""))
        why = absent(person_id, person, today)
        why = why or people.unwritable(person, people.organisation(person), KIND)
        why = why or ("had-it" if mailbox in done else "same-mailbox" if mailbox in taken else "")
        human = people.humans.oldest(person_id)
        why = why or ("same-human" if human in humans else "")
        if why:
            held[person_id] = why
            continue
        taken.add(mailbox)
        humans.add(human)
        readers.append(people.recipient(mailbox, [person_id], "met"))
    return tuple(readers), held
