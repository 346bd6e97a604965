"""A meeting's poll: who is asked which of its days suit.

A meeting with ``day_options`` and no ``date`` is polling: its row previews and releases the letters
that ask. Once they have gone it waits as gathered. When a day is filled in, the next preview is
that of the invitations.
"""

from register.book.errors import SafetyStop, UsageError
from register.book.table import Book
from register.letters.audience import audience
from register.letters.campaign import POLL, Mailing, campaign_name
from register.letters.meeting import is_polling
from register.letters.poll import is_polled_row
from register.people.mailings import ReleasedRow
from register.people.meetings import Meeting
from register.rounds.guards import guard_days
from register.rounds.invitations import WaitingRows
from register.rounds.mail_room import MailRoom
from register.rounds.round import Round


def is_poll_question(row: ReleasedRow, room: MailRoom) -> bool:
    """Return True if the letters that a row has to send are a poll."""
    return isinstance(row, Meeting) and is_polling(row) and not room.invited(row.id)


def poll_round(book: Book, meeting_id: str, room: MailRoom) -> Round:
    """Return the poll letters to those who wait for an invitation and have not been asked.

    Raises UsageError where the days cannot be asked about, SafetyStop where another computer has
    asked.
    """
    if not book.table("invitations").has("days"):
        raise UsageError(
            "{tab:invitations} has no column {column:invitations.days} for the answers yet:"
            " python3 scripts/create.py --apply adds it."
        )
    who = audience(book, meeting_id, room.now.date(), polling=True)
    guard_days(who.meeting.days, room.now.date())
    name = campaign_name(meeting_id, POLL)
    entries = room.entries(name)
    if is_polled_row(Meeting.at(book, meeting_id)) and not entries and not room.rehearsal:
        raise SafetyStop(
            "{column:meetings.tally} says that people have been asked already; this computer did"
            " not ask them. If nobody has been asked, empty that cell.",
        )
    waiting = WaitingRows({one.address: one for one in entries}, rehearsal=room.rehearsal)
    readers = list(waiting.readers(book, who))
    return Round(
        Mailing(name, room.now, room.tokens), readers, who.meeting, held=tuple(waiting.held)
    )
