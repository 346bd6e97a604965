"""``invite.py preview``: every letter as it would be sent, on one page to look at."""

from __future__ import annotations

from datetime import datetime

from register.book.outcome import Outcome
from register.book.table import Book
from register.flows.invite_plan import told
from register.letters.audience import audience
from register.letters.campaign import campaign
from register.letters.draft import drafts
from register.letters.message import message
from register.letters.preview import preview_page
from register.letters.settings import Sender
from register.letters.templates import Templates

FILE = "outbox.html"
"""What the page is called in the outcome's files."""


def preview_invitations(
    book: Book,
    meeting_id: str,
    now: datetime,
    *,
    templates: Templates,
    sender: Sender,
    page: str,
) -> Outcome:
    """Return the page in ``files[FILE]``, its text; nothing is sent, planned or released.

    ``page`` is the source of ``templates/pages/outbox.html.j2``. Raises UsageError where the
    audience cannot be told or a letter cannot be written.
    """
    who = audience(book, meeting_id, now.date())
    name = campaign(meeting_id)
    letters = [
        (draft, message(draft, sender, name, now))
        for draft in drafts(book, who.meeting, who.invited, templates, sender)
    ]
    text = preview_page(page, book, who, letters)
    return Outcome("invite preview", book, files={FILE: text}, notes=tuple(told(who)))
