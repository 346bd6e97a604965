"""The mail room: what all letters of a run are written and sent with, and what has gone by it."""

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
"""Asks a person to agree to so many letters; returns what they agreed to."""


@dataclass(frozen=True, slots=True)
class MailRoom:
    """The mail room: what all letters of a run are written and sent with.

    Without ``apply`` nothing goes, and ``ledger`` may be None. ``limit`` is how many letters go at
    most (0: all). ``hold`` keeps other computers from the register until the run ends; it raises
    AtWork where one is at work. ``refresh`` applies a plan in the midst of a run and returns the
    book after it.
    ``show`` lets a person look at a round's letters before they are asked to agree to them.
    ``drafts`` are letters that people have written as files. ``attach`` reads the files that a row
    names, or raises UsageError that says which of them cannot go. ``outbox`` is what the
    folder is called that a rehearsal's letters go to.
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
        """Return what the ledger calls a campaign."""
        return ledger_name(name, rehearsal=self.rehearsal)

    def entries(self, name: str) -> Sequence[LedgerEntry]:
        """Return a campaign's letters in the ledger."""
        return self.ledger.letters(self.listed(name)) if self.ledger else ()

    def already_sent(self, name: str) -> frozenset[str]:
        """Return the mailboxes that have had their letter of a campaign, or may have."""
        return frozenset(one.address for one in self.entries(name) if one.state != "planned")

    def invited(self, row_id: str) -> dict[str, str]:
        """Return who a meeting's invitation, or a letter, has gone to: person by mailbox."""
        return people_sent_to(self.ledger, first_campaign(row_id), rehearsal=self.rehearsal)

    def asked(self, meeting_id: str) -> dict[str, str]:
        """Return who has been asked which day suits: person by mailbox."""
        name = campaign_name(meeting_id, POLL)
        return people_sent_to(self.ledger, name, rehearsal=self.rehearsal)

    def invitation_ids(self, meeting_id: str) -> dict[str, str]:
        """Return the Message-IDs of a meeting's invitations that may have gone, by mailbox."""
        entries = self.entries(campaign_name(meeting_id))
        return {one.address: one.message_id for one in entries if one.state != "planned"}

    def announcement(self, meeting_id: str) -> Announcement | None:
        """Return what a meeting's readers have been told last."""
        return self.ledger.announcement(self.listed(meeting_id)) if self.ledger else None

    def rounds(self, meeting_id: str, kind: str) -> int:
        """Return the number of the last round of a kind of letter, 0 where there was none."""
        names = self.ledger.campaigns(f"{meeting_id}/{kind}/") if self.ledger else ()
        mine = (name for name in names if name.endswith(REHEARSAL) is self.rehearsal)
        return max((int(name.split("/")[2]) for name in mine), default=0)
