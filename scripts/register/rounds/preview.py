"""``invite.py preview``: every letter as it would be sent, on one page to look at."""

from __future__ import annotations

from register.book.outcome import Outcome
from register.book.table import Book
from register.cooperation.offers import told_in_letters
from register.letters.audience import audience
from register.letters.campaign import Mailing, campaign
from register.letters.entry import event_of
from register.letters.preview import Shown, preview_page
from register.ports import Told
from register.rounds.engine import Room, Round, written
from register.rounds.plan import told

FILE = "outbox.html"
"""What the page is called in the outcome's files."""


def preview_invitations(book: Book, meeting_id: str, room: Room, *, page: str) -> Outcome:
    """Return the page in ``files[FILE]``, its text; nothing is sent, planned or released.

    ``page`` is the source of ``templates/pages/outbox.html.j2``. Raises UsageError where the
    audience cannot be told or a letter cannot be written.
    """
    who = audience(book, meeting_id, room.now.date())
    about = told_in_letters(book, room.now.date(), room.sender.organisation)
    facts = event_of(who.meeting).facts()
    this = Round(
        "invite preview",
        Mailing(campaign(meeting_id), room.now, room.tokens, each=about),
        who.meeting,
        who.invited,
        room.told(meeting_id) or Told(0, "invitation", 1, facts),
    )
    reasons = tuple(out.reason for out in who.left_out)
    shown = Shown(who.meeting.name, who.hash, reasons, who.warnings)
    text = preview_page(page, book, shown, written(book, room, this, who.invited))
    return Outcome(this.verb, book, files={FILE: text}, notes=tuple(told(who)))
