"""``invite.py send``: the waiting invitations of a released meeting."""

from collections.abc import Callable, Iterator, Mapping

from register.book.errors import SafetyStop
from register.book.outcome import Outcome
from register.book.phrase import Phrase
from register.book.table import Book
from register.cooperation.offers import exchange_in_letters
from register.letters.audience import Audience, audience
from register.letters.campaign import Mailing, campaign_name
from register.letters.meeting import InvitableMeeting
from register.letters.people import Recipient
from register.letters.poll import answer_to_chosen_day
from register.letters.tally import GONE_TALLY
from register.people.meetings import Invitation
from register.ports.ledger import LedgerEntry
from register.rounds.engine import send_round
from register.rounds.guards import guard_chosen, guard_state, guard_unchanged
from register.rounds.mail_room import MailRoom
from register.rounds.projection import is_own_ledger_word
from register.rounds.round import Round

_NO_ROWS = (
    "Nobody has been planned to be invited yet: python3 scripts/invite.py plan {meeting} "
    "--apply does it."
)


def send_invitations(
    book: Book, meeting_id: str, room: MailRoom, *, take_over: bool = False
) -> Outcome:
    """Send the waiting invitations of a meeting.

    A row is sent only if it is waiting and not vetoed (with a real mail server, also if it was
    rehearsed), and if its person is still in the audience at the same address. Raises SafetyStop
    unless a person has released the meeting, or where the register shows letters that this
    computer's ledger does not know; with ``take_over`` these are believed and added to the ledger.
    Otherwise raises as :func:`register.rounds.engine.send_round`.
    """
    guard_state(book, meeting_id, "invitation", rehearsal=room.rehearsal)
    return send_round(book, room, invitation_round(book, meeting_id, room, take_over=take_over))


def invitation_round(
    book: Book, meeting_id: str, room: MailRoom, *, take_over: bool = False
) -> Round:
    """Return the round of waiting invitations, without checking its release.

    Raises as :func:`send_invitations` does.
    """
    who = audience(book, meeting_id, room.now.date())
    name = campaign_name(meeting_id)
    guard_chosen(book, who.meeting.row, room)
    mailing = Mailing(name, room.now, room.tokens, each=notes_for_readers(book, who.meeting, room))
    _guard_other_host(book, room, who, mailing, take_over=take_over)
    known = {entry.address: entry for entry in room.entries(name)}
    sorted_out = WaitingRows(known, rehearsal=room.rehearsal)
    readers = list(sorted_out.readers(book, who))
    notes: list[Phrase] = []
    if not Invitation.to(book, meeting_id):
        notes.append((_NO_ROWS, {"meeting": meeting_id}))
    return Round(
        mailing,
        readers,
        who.meeting,
        guard_unchanged(room, who.meeting),
        sorted_out.held,
        notes,
        sorted_out.blocked,
    )


def notes_for_readers(
    book: Book, about: InvitableMeeting, room: MailRoom
) -> Callable[[str], Mapping[str, object]]:
    """Return the function that gives each reader's own fields, by person id.

    They are what others offer and need (``exchange``), and whether the chosen day suits (``poll``).
    """
    exchange = exchange_in_letters(book, room.now.date(), room.sender.organisation)
    stood = {
        row.person_id: answer_to_chosen_day(row, about.date)
        for row in Invitation.to(book, about.id)
        if about.row.day_options.strip()
    }
    return lambda person: {**exchange(person), "poll": stood.get(person, "")}


class WaitingRows:
    """The rows of ``invitations``, sorted into those that get a letter and those that do not.

    ``held`` are the reason codes of rows without a letter, ``blocked`` the ids of those to be
    marked as blocked.
    """

    def __init__(self, known: Mapping[str, LedgerEntry], *, rehearsal: bool) -> None:
        self.known = known
        self.waiting = ("waiting",) if rehearsal else ("waiting", "rehearsed", "sending")
        self.held: list[str] = []
        self.blocked: list[str] = []

    def readers(self, book: Book, who: Audience) -> Iterator[Recipient]:
        """Yield the recipients; fill ``held`` and ``blocked`` with the others."""
        invited = {recipient.person: recipient for recipient in who.invited}
        served: set[str] = set()
        for row in Invitation.to(book, who.meeting.id):
            if row.is_vetoed or row.send_state not in self.waiting:
                continue
            person, mailbox = row.person_id, row.mailbox
            entry = self.known.get(mailbox)
            recipient = invited.get(person)
            gone = entry is not None and entry.state != "planned"
            if entry and gone and entry.person == person:
                continue
            if recipient and recipient.mailbox != mailbox:
                self.held.append("address-changed")
            elif recipient and mailbox not in served and not gone:
                served.add(mailbox)
                yield recipient
            else:
                self.held.append("same-mailbox" if recipient else who.why(person) or "gone")
                self.blocked.append(row.id)


def _guard_other_host(
    book: Book, room: MailRoom, who: Audience, mailing: Mailing, *, take_over: bool
) -> None:
    """Raise SafetyStop where the register shows letters that our ledger has not begun.

    With ``take_over`` they are added to our ledger instead; a rehearsal ignores them.
    """
    known = {entry.address: entry for entry in room.entries(mailing.campaign)}
    strange = [
        row
        for row in Invitation.to(book, who.meeting.id)
        if row.send_state in GONE_TALLY and row.mailbox
        if row.mailbox not in known or not is_own_ledger_word(row, known[row.mailbox])
    ]
    if not strange or room.rehearsal:
        return
    if not take_over:
        raise SafetyStop(
            "{tab:invitations} says that {count} letters of {meeting} have gone or are going;"
            " this computer"
            " did not send them.",
            remedy="Send from the computer that began. If it never will again, give the command"
            " with --take-over: what {tab:invitations} says is then believed.",
            count=len(strange),
            meeting=who.meeting.id,
        )
    if room.apply and room.ledger:
        room.ledger.adopt(
            room.listed(mailing.campaign),
            [
                (
                    row.mailbox,
                    row.person_id,
                    mailing.message_id(row.person_id, room.sender.domain),
                    "sent" if row.send_state == "sent" else "unknown",
                    row.sent_at,
                )
                for row in strange
            ],
        )
