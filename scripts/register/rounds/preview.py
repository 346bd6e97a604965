"""``invite.py preview``: every letter as it would be sent, on one page to look at."""

from __future__ import annotations

from register.book.outcome import Outcome
from register.book.table import Book
from register.cooperation.offers import exchange_in_letters
from register.letters.audience import audience
from register.letters.campaign import Mailing, campaign_name
from register.letters.entry import calendar_event
from register.letters.preview import PreviewHeading, preview_page
from register.ports.ledger import Announcement
from register.rounds.engine import Round, render_round
from register.rounds.mail_room import MailRoom
from register.rounds.plan import audience_notes

PREVIEW_FILE = "outbox.html"
"""What the page is called in the outcome's files."""


def preview_invitations(book: Book, meeting_id: str, room: MailRoom, *, page: str) -> Outcome:
    """Return the page in ``files[PREVIEW_FILE]``, its text; nothing is sent, planned or released.

    ``page`` is the source of ``templates/pages/outbox.html.j2``. Raises UsageError where the
    audience cannot be told or a letter cannot be written.
    """
    who = audience(book, meeting_id, room.now.date())
    about = exchange_in_letters(book, room.now.date(), room.sender.organisation)
    facts = calendar_event(who.meeting).facts()
    this = Round(
        Mailing(campaign_name(meeting_id), room.now, room.tokens, each=about),
        who.invited,
        who.meeting,
        room.announcement(meeting_id) or Announcement(0, "invitation", 1, facts),
    )
    reasons = tuple(out.reason for out in who.left_out)
    shown = PreviewHeading(who.meeting.row.name, who.hash, reasons, who.warnings)
    text = preview_page(page, book, shown, render_round(book, room, this))
    return Outcome(
        "invite preview", book, files={PREVIEW_FILE: text}, notes=tuple(audience_notes(who))
    )
