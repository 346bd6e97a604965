"""``invite.py notice``: informs those people of the register whom no other letter has."""

from collections.abc import Iterable
from datetime import date, timedelta

from register.book.outcome import Outcome
from register.book.table import Book
from register.letters.campaign import Mailing, campaign_name
from register.letters.correspondents import standalone_readers
from register.letters.notice import NOTICE
from register.letters.reasons import count_reasons
from register.people.records import Person
from register.ports.ledger import NoticeEntry
from register.rounds.engine import send_round
from register.rounds.informed_people import InformedPeople
from register.rounds.mail_room import MailRoom
from register.rounds.round import Round


def uninformed_people(book: Book, notices: Iterable[NoticeEntry], added_by: date) -> list[str]:
    """Return the people who were added by the given day and have not been informed.

    A person without ``added_on`` counts as added before all others.
    """
    told = InformedPeople(book, notices)
    return [
        one.id
        for one in Person.live(book)
        if one.added_on[:10] <= added_by.isoformat() and not told.knows(one.id)
    ]


def send_notices(book: Book, room: MailRoom, *, days: int = 0) -> Outcome:
    """Send the register notice to all uninformed people who were added ``days`` ago or earlier.

    People who are not to be invited get it as well: it is not an invitation. Raises UsageError
    where a letter cannot be written, SafetyStop where the letters differ from those that a person
    agreed to.
    """
    today = room.now.date()
    notices = room.ledger.notices() if room.ledger else ()
    untold = uninformed_people(book, notices, today - timedelta(days=days))
    name = campaign_name("", NOTICE, f"{today:%Y-%m}")
    readers, held = standalone_readers(
        book, untold, NOTICE, today, room.already_sent(name), uninvited=untold
    )
    mailing = Mailing(name, room.now, room.tokens)
    notes = [*count_reasons(held.values())]
    return send_round(book, room, Round(mailing, readers, notes=notes))
