"""``invite.py follow-up``: what we promised to those we met at an event, a letter each.

Whom we met is what the column ``met_at`` says, or who was there by the tab ``invitations``. Nobody
who is not to be invited is written to, and nobody twice about one event.
"""

from dataclasses import dataclass, replace
from hashlib import blake2b

from register.book.headers import fold_header
from register.book.outcome import Outcome
from register.book.phrase import Phrase
from register.book.table import Book
from register.cooperation.people_met import PeopleMet, last_matter, people_met_at
from register.letters.campaign import Mailing, campaign_name
from register.letters.correspondents import standalone_readers
from register.letters.reasons import count_reasons
from register.people.names import has_link_or_hidden_chars
from register.rounds.engine import send_round
from register.rounds.mail_room import MailRoom
from register.rounds.round import Round

_KIND = "follow-up"


@dataclass(frozen=True, slots=True)
class FollowUp:
    """The letters to those we met: whom, who gets one, and why the others get none."""

    met: PeopleMet
    round: Round
    held: dict[str, str]


def plan_follow_up(book: Book, event: str, room: MailRoom) -> FollowUp:
    """Return who gets a letter after an event; raises UsageError where there is no such event."""
    met = people_met_at(book, event)
    number = blake2b(fold_header(met.event).encode(), digest_size=4).hexdigest()
    name = campaign_name("", _KIND, number)
    mailing = Mailing(
        name,
        room.now,
        room.tokens,
        common={"event": met.event},
        each=lambda person: {"note": _note(book, person)},
    )
    done = room.already_sent(name)
    readers, held = standalone_readers(book, met.people, _KIND, room.now.date(), done)
    return FollowUp(met, Round(mailing, readers), held)


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
                "{count} from this event still wait in {tab:inbox}: python3 scripts/cleanup.py "
                "--apply brings them"
                " in.",
                {"count": found.met.waiting},
            )
        )
    return send_round(book, room, replace(found.round, notes=notes))


def _note(book: Book, person: str) -> str:
    """Return what we talked about; a matter with a link or an address in it is not for a letter."""
    matter = last_matter(book, person)
    return "" if has_link_or_hidden_chars(matter) else matter
