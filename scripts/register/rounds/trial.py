"""Letters before they go: all on a page, or one of each language sent to yourself.

``invite.py preview`` and ``invite.py test``; nobody else gets any.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC

from register.book.errors import UsageError, VerkostoError
from register.book.outcome import Outcome
from register.book.phrase import Phrase
from register.book.table import Book
from register.book.tokens import Tokens
from register.letters.audience import audience
from register.letters.campaign import Mailing, campaign_name
from register.letters.entry import calendar_event
from register.letters.message import Letter
from register.letters.people import Recipient
from register.letters.preview import PreviewHeading, preview_page
from register.ports.ledger import Announcement
from register.ports.post import SendState
from register.rounds.engine import compose_round_letter, letter_notes, render_round
from register.rounds.invitations import notes_for_readers
from register.rounds.mail_room import MailRoom
from register.rounds.plan import audience_notes
from register.rounds.round import Round
from register.values import email

_KIND = "test"

PREVIEW_FILE = "outbox.html"
"""The key of the page in the outcome's files."""


def try_letters(book: Book, meeting_id: str, room: MailRoom, to: str) -> Outcome:
    """Send the first invitation of each language to one address of your own.

    It needs no release and changes neither the ledger nor the register. The letters are as they
    would be sent, except that “[test]” precedes their subject and their tokens belong to nobody.
    Raises UsageError where the address is invalid or a letter cannot be written.
    """
    address = email.read(to).value
    if not address:
        raise UsageError(
            "“{address}” is not one e-mail address.",
            remedy="Give your own: --to you@example.org",
            address=to,
        )
    who = audience(book, meeting_id, room.now.date())
    first: dict[str, Recipient] = {}
    for one in who.invited:
        first.setdefault(one.language, one)
    moment = f"{room.now.astimezone(UTC):%Y%m%dT%H%M%S%f}"
    nobodys = Tokens(room.tokens.key + _KIND.encode())
    mailing = Mailing(f"{meeting_id}/invitation/{_KIND}-{moment}", room.now, nobodys)
    facts = calendar_event(who.meeting).facts()
    told = Announcement(0, _KIND, 1, facts)
    this = Round(mailing, tuple(first.values()), who.meeting, told)
    letters: list[Letter] = []
    for draft, _ in render_round(book, room, this):
        reader = replace(draft.recipient, address=address, mailbox=email.mailbox_key(address))
        marked = replace(draft, recipient=reader, subject=f"[{_KIND}] {draft.subject}")
        letters.append(compose_round_letter(marked, room, this))
    recorder = _TrialRecorder()
    stopped: VerkostoError | None = None
    if room.apply:
        try:
            room.post.deliver(letters, recorder)
        except VerkostoError as fault:
            stopped = fault
    count = recorder.gone if room.apply else len(letters)
    languages = ", ".join(sorted(first))
    notes: list[Phrase] = [
        (
            "{count} letters ({languages}) have gone to {address}."
            if room.apply
            else "{count} letters ({languages}) would go to {address}.",
            {"count": count, "languages": languages, "address": address},
        )
    ]
    notes += [("It failed: {fault}", {"fault": said}) for said in recorder.faults]
    return Outcome(
        "invite test", book, failed=len(recorder.faults), notes=tuple(notes), stopped=stopped
    )


class _TrialRecorder:
    """Implements the port ``SendRecorder`` for letters that are not in a ledger."""

    def __init__(self) -> None:
        self.gone = 0
        self.faults: list[str] = []

    def record(self, claims: Sequence[Letter], settled: Sequence[SendState]) -> frozenset[str]:
        """Grant every claim; count the letters that have gone, and keep the faults."""
        self.gone += sum(one.state in ("sent", "rehearsed") for one in settled)
        self.faults += [one.said for one in settled if one.state in ("failed", "unknown")]
        return frozenset(one.mailbox for one in claims)


def preview_invitations(book: Book, meeting_id: str, room: MailRoom, *, page: str) -> Outcome:
    """Return the preview page in ``files[PREVIEW_FILE]``; nothing is sent, planned or released.

    ``page`` is the source of ``templates/pages/outbox.html.j2``. Raises UsageError where the
    audience cannot be read or a letter cannot be written.
    """
    who = audience(book, meeting_id, room.now.date())
    about = notes_for_readers(book, who.meeting, room)
    facts = calendar_event(who.meeting).facts()
    this = Round(
        Mailing(campaign_name(meeting_id), room.now, room.tokens, each=about),
        who.invited,
        who.meeting,
        room.announcement(meeting_id) or Announcement(0, "invitation", 1, facts),
    )
    reasons = tuple(out.reason for out in who.left_out)
    shown = PreviewHeading(who.meeting.row.name, who.hash, reasons, who.warnings)
    made = render_round(book, room, this)
    text = preview_page(page, book, shown, made)
    notes = (*audience_notes(who), *letter_notes(made))
    return Outcome("invite preview", book, files={PREVIEW_FILE: text}, notes=notes)
