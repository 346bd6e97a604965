"""``invite.py follow-up``: a letter to each person whom we met at an event.

They are the people whose ``met_at`` names the event, or who attended it by the tab ``invitations``.
People who are not to be invited get none, and nobody gets two about one event.
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
    """The follow-up letters of an event: the people met, the round, and why others get none.

    ``held`` maps a person id to a reason code.
    """

    met: PeopleMet
    round: Round
    held: dict[str, str]


def plan_follow_up(book: Book, event: str, room: MailRoom) -> FollowUp:
    """Return who gets a letter after an event; raise UsageError where there is no such event."""
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
    the letters differ from those that a person agreed to.
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
    """Return the last matter with a person, or '' if it holds a link or hidden characters."""
    matter = last_matter(book, person)
    return "" if has_link_or_hidden_chars(matter) else matter
