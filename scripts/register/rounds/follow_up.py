"""``invite.py follow-up``: what we promised to those we met at an event, a letter each.

Whom we met is what ``met_at`` says, or who was there by ``invitations``. Nobody who is not to be
invited is written to, and nobody twice about one event.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b

from register.book.headers import fold_header
from register.book.outcome import Outcome
from register.book.phrase import Phrase
from register.book.table import Book
from register.cooperation.met import PeopleMet, last_matter, people_met_at
from register.letters.campaign import Mailing
from register.letters.people import Readers, Recipient, why_absent
from register.letters.untrusted import has_link_or_hidden_chars
from register.rounds import standalone as apart
from register.rounds.engine import MailRoom
from register.rounds.plan import count_reasons
from register.values.email import mailbox_key

_KIND = "follow-up"


@dataclass(frozen=True, slots=True)
class FollowUp:
    """The letters to those we met: whom, who gets one, and why the others get none."""

    met: PeopleMet
    mailing: Mailing
    readers: tuple[Recipient, ...]
    held: dict[str, str]


def plan_follow_up(book: Book, event: str, room: MailRoom) -> FollowUp:
    """Return who gets a letter after an event; raises UsageError where there is no such event."""
    met = people_met_at(book, event)
    number = blake2b(fold_header(met.event).encode(), digest_size=4).hexdigest()
    mailing = Mailing(
        f"{_KIND}/{number}",
        room.now,
        room.tokens,
        common={"event": met.event},
        each=lambda person: {"note": _note(book, person)},
    )
    readers, held = _readers(book, met, apart.already_sent(room, mailing), room.now.date())
    return FollowUp(met, mailing, readers, held)


def send_follow_up(book: Book, event: str, room: MailRoom) -> Outcome:
    """Send the letters that follow an event.

    Raises UsageError where there is no such event or a letter cannot be written, SafetyStop where
    there are others than a person agreed to.
    """
    found = plan_follow_up(book, event, room)
    notes: list[Phrase] = [*count_reasons(found.held.values())]
    if found.met.waiting:
        notes.append(
            (
                "{count} from this event still wait in {tab:inbox}: cleanup.py --apply brings them"
                " in.",
                {"count": found.met.waiting},
            )
        )
    return apart.send_standalone(
        "invite follow-up", book, room, found.mailing, found.readers, notes
    )


def _note(book: Book, person: str) -> str:
    """Return what we talked about; a matter with a link or an address in it is not for a letter."""
    matter = last_matter(book, person)
    return "" if has_link_or_hidden_chars(matter) else matter


def _readers(
    book: Book, met: PeopleMet, done: Collection[str], today: date
) -> tuple[tuple[Recipient, ...], dict[str, str]]:
    people, table = Readers(book), book.table("people")
    taken: set[str] = set()
    humans: set[str] = set()
    readers: list[Recipient] = []
    held: dict[str, str] = {}
    for person_id in met.people:
        person = table.row(person_id)
        mailbox = mailbox_key(person.get("email", ""))
        why = why_absent(person_id, person, today)
        why = why or people.unwritable(person, people.organisation(person), _KIND)
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
