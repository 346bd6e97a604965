"""The mail room: what a run needs to write and send letters, and what has been sent."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from register.book.plan import Plan
from register.book.table import Book
from register.book.tokens import Tokens
from register.letters.attachments import Attachment
from register.letters.campaign import (
    POLL,
    REHEARSAL,
    campaign_name,
    first_campaign,
    ledger_name,
)
from register.letters.letter_words import Drafts
from register.letters.settings import Sender
from register.letters.templates import Templates
from register.ports.ledger import Announcement, Ledger, LedgerEntry, Release
from register.ports.post import Post
from register.rounds.dispatch import SendLimits
from register.rounds.projection import people_sent_to
from register.rounds.round import Round

_Confirm = Callable[[Release], Release]
"""Asks a person to agree to a number of letters; returns what the person agreed to."""


@dataclass(frozen=True, slots=True)
class MailRoom:
    """What a run needs to write and send letters.

    Without ``apply`` nothing is sent, and ``ledger`` may be None. ``limit`` is the maximum number
    of letters (0: all). ``confirm`` asks a person to agree. ``hold`` keeps other computers from the
    register until the run ends; it raises AtWork where another is at work. ``refresh`` applies a
    plan during a run and returns the book after it. ``show`` lets a person look at a round's
    letters before agreeing. ``drafts`` are letters written as files. ``attach`` reads the files
    that a row names, or raises UsageError that says which are refused. ``outbox`` is the name of
    the folder to which a rehearsal's letters go.
    """

    post: Post
    ledger: Ledger | None
    templates: Templates
    sender: Sender
    tokens: Tokens
    now: datetime
    apply: bool = False
    limit: int = 0
    limits: SendLimits = field(default_factory=SendLimits)
    confirm: _Confirm = lambda wanted: wanted
    hold: Callable[[], None] = lambda: None
    refresh: Callable[[Plan], Book] | None = None
    show: Callable[[Round], None] = lambda this: None
    drafts: Drafts = field(default_factory=dict)
    attach: Callable[[tuple[str, ...]], Sequence[Attachment]] = lambda names: ()
    outbox: str = ""

    @property
    def rehearsal(self) -> bool:
        """Whether letters only go to a folder."""
        return self.post.rehearsal

    def listed(self, name: str) -> str:
        """Return a campaign's name in the ledger."""
        return ledger_name(name, rehearsal=self.rehearsal)

    def entries(self, name: str) -> Sequence[LedgerEntry]:
        """Return a campaign's letters in the ledger."""
        return self.ledger.letters(self.listed(name)) if self.ledger else ()

    def already_sent(self, name: str) -> frozenset[str]:
        """Return the mailboxes that have had their letter of a campaign, or may have."""
        return frozenset(one.address for one in self.entries(name) if one.state != "planned")

    def invited(self, row_id: str) -> dict[str, str]:
        """Return to whom a row's invitation or letter has been sent: person id by mailbox."""
        return people_sent_to(self.ledger, first_campaign(row_id), rehearsal=self.rehearsal)

    def asked(self, meeting_id: str) -> dict[str, str]:
        """Return to whom a meeting's poll has been sent: person id by mailbox."""
        name = campaign_name(meeting_id, POLL)
        return people_sent_to(self.ledger, name, rehearsal=self.rehearsal)

    def invitation_ids(self, meeting_id: str) -> dict[str, str]:
        """Return the Message-IDs of a meeting's invitations that may have gone, by mailbox."""
        entries = self.entries(campaign_name(meeting_id))
        return {one.address: one.message_id for one in entries if one.state != "planned"}

    def announcement(self, meeting_id: str) -> Announcement | None:
        """Return the last announcement to a meeting's readers, or None."""
        return self.ledger.announcement(self.listed(meeting_id)) if self.ledger else None

    def rounds(self, meeting_id: str, kind: str) -> int:
        """Return the number of the last round of a kind of letter, 0 where there was none."""
        names = self.ledger.campaigns(f"{meeting_id}/{kind}/") if self.ledger else ()
        mine = (name for name in names if name.endswith(REHEARSAL) is self.rehearsal)
        return max((int(name.split("/")[2]) for name in mine), default=0)
