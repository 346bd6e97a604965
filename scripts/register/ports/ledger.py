"""What is remembered of letters: which may go, which went, what people were told."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One letter in the ledger: to whom, how far it got.

    ``begun_at`` is the moment at which the register was told that it is going, as that has it.
    """

    campaign: str
    address: str
    person: str
    state: str
    message_id: str
    changed_at: str
    begun_at: str = ""


@dataclass(frozen=True, slots=True)
class Announcement:
    """What a meeting's readers have been told last: how often it has changed, and what it says.

    ``sequence`` is what their calendars count changes by (RFC 5545, 3.8.7.4), ``kind`` the letter
    that told it, ``number`` how many of this kind there have been, ``facts`` the event in words.
    """

    sequence: int
    kind: str
    number: int
    facts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Release:
    """What a person agreed to send: so many letters, and the hash of who gets them."""

    count: int
    hash: str

    def __str__(self) -> str:
        """Return ``COUNT:HASH``, as it is given back."""
        return f"{self.count}:{self.hash}"


@dataclass(frozen=True, slots=True)
class PreviewEntry:
    """A preview of a meeting's letters that was sent to who may release them.

    ``number`` counts a meeting's previews, ``kind`` is the letters', ``release`` how many and
    which they are, ``code`` what releases them, ``parts`` the digests of what they are made of.
    ``told`` is whether the meeting's row says that it has been sent.
    """

    number: int
    kind: str
    release: Release
    code: str
    parts: Mapping[str, str]
    told: bool = False


@dataclass(frozen=True, slots=True)
class NoticeEntry:
    """A letter that told a person of the register, or may have: the row, the mailbox, when."""

    person: str
    address: str
    at: str


@dataclass(frozen=True, slots=True)
class Promise:
    """A letter that a release allows for a later day: its kind, the day (ISO), its words' digest.

    ``number`` is the round that it goes as, 0 until it has begun.
    """

    kind: str
    day: str
    digest: str
    number: int = 0


class Ledger(Protocol):
    """Which letters were planned, claimed, sent: the one word on whether a letter may go."""

    def plan(self, campaign: str, letters: Iterable[tuple[str, str, str]]) -> None:
        """Enter ``(address, person, message id)`` as planned; those already there stay."""
        ...

    def record(
        self, campaign: str, claims: Iterable[str], settled: Iterable[tuple[str, str]]
    ) -> frozenset[str]:
        """Commit at once what became of letters, and the intent to send others.

        ``claims`` are addresses, ``settled`` holds ``(address, state)``. Returns the mailboxes
        whose claim holds: theirs were planned, nobody else's are.
        """
        ...

    def letters(self, campaign: str) -> Sequence[LedgerEntry]:
        """Return the campaign's letters by address."""
        ...

    def campaigns(self, beginning: str) -> Sequence[str]:
        """Return the names of the campaigns that begin so, rehearsals as well."""
        ...

    def claimed_since(self, moment: datetime) -> int:
        """Return how many letters may have gone since a moment, of all campaigns."""
        ...

    def begin(self, campaign: str, addresses: Iterable[str], moment: str) -> None:
        """Keep when the register is told of planned letters that they are going."""
        ...

    def resolve(self, campaign: str, address: str, state: str) -> bool:
        """Settle an unknown letter by a person's word; False where it is not unknown."""
        ...

    def adopt(self, campaign: str, letters: Iterable[tuple[str, str, str, str, str]]) -> None:
        """Enter ``(address, person, message id, state, begun at)`` that another ledger had."""
        ...

    def notices(self) -> Sequence[NoticeEntry]:
        """Return who has been told of the register by a letter that went, or may have gone."""
        ...

    def keep_notices(self, campaign: str, told: Mapping[str, Iterable[str]]) -> None:
        """Keep which planned letters tell which people of the register, by address."""
        ...

    def announcement(self, meeting: str) -> Announcement | None:
        """Return what a meeting's readers have been told last."""
        ...

    def earlier_announcement(self, meeting: str, sequence: int) -> Announcement | None:
        """Return what a meeting's readers had been told before a sequence number."""
        ...

    def announce(self, meeting: str, told: Announcement) -> None:
        """Keep what a meeting's readers are about to be told."""
        ...

    def released(self, campaign: str) -> frozenset[Release]:
        """Return what a person has agreed to send of a campaign."""
        ...

    def release(self, campaign: str, agreed: Release) -> None:
        """Keep that a person has agreed to it."""
        ...

    def previews(self, meeting: str) -> Sequence[PreviewEntry]:
        """Return the previews of a meeting's letters, the oldest first; of all meetings for ''."""
        ...

    def keep_preview(self, meeting: str, preview: PreviewEntry) -> None:
        """Keep a preview; one of the same number is replaced."""
        ...

    def promises(self, meeting: str) -> Sequence[Promise]:
        """Return what a meeting's release allows for later days."""
        ...

    def promise(self, meeting: str, promises: Iterable[Promise]) -> None:
        """Keep just these promises of a meeting."""
        ...
