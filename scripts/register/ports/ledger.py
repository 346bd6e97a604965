"""The port for the ledger: which letters may go, which went, what their recipients were told."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One letter in the ledger: its recipient and its state.

    ``begun_at`` is the time that the register's row shows as the start of sending, in the row's
    form; '' where the row shows none.
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
    """What a meeting's recipients were told last about it.

    ``sequence`` is the revision number of their calendar entry (RFC 5545, 3.8.7.4), ``kind`` the
    kind of letter that carried it, ``number`` the count of letters of this kind so far, ``facts``
    the event's details as text.
    """

    sequence: int
    kind: str
    number: int
    facts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Release:
    """A person's agreement to send letters: how many, and the digest of the round."""

    count: int
    hash: str

    def __str__(self) -> str:
        """Return ``COUNT:HASH``, the form in which a person passes it back."""
        return f"{self.count}:{self.hash}"


@dataclass(frozen=True, slots=True)
class PreviewEntry:
    """A preview of a meeting's letters, sent to the people who may release them.

    ``number`` numbers the previews of a meeting. ``kind`` is the letters' kind, ``release`` their
    count and hash, ``code`` the code that releases them, ``parts`` the digests of what they are
    made of. ``told`` is True once the meeting's row says that the preview has been sent.
    """

    number: int
    kind: str
    release: Release
    code: str
    parts: Mapping[str, str]
    told: bool = False


@dataclass(frozen=True, slots=True)
class NoticeEntry:
    """A letter that informed, or may have informed, a person about the register.

    ``person`` is the row id, ``address`` the mailbox, ``at`` the time.
    """

    person: str
    address: str
    at: str


@dataclass(frozen=True, slots=True)
class Promise:
    """A letter that a release allows for a later day: its kind, the ISO date, a digest of its text.

    ``number`` is the number of its round, 0 until the round has begun.
    """

    kind: str
    day: str
    digest: str
    number: int = 0


class Ledger(Protocol):
    """Which letters were planned, claimed and sent: the one authority on what may go."""

    def plan(self, campaign: str, letters: Iterable[tuple[str, str, str]]) -> None:
        """Enter ``(address, person, message id)`` as planned; existing entries stay unchanged."""

    def record(
        self, campaign: str, claims: Iterable[str], settled: Iterable[tuple[str, str]]
    ) -> frozenset[str]:
        """Record the outcome of some letters and claim others, in one commit.

        ``claims`` are addresses, ``settled`` holds ``(address, state)``. Returns the mailboxes that
        were claimed: only those whose letters were planned, and only their letters may go.
        """

    def letters(self, campaign: str) -> Sequence[LedgerEntry]:
        """Return the campaign's letters, sorted by address."""

    def campaigns(self, beginning: str) -> Sequence[str]:
        """Return the names of the campaigns that start with ``beginning``, rehearsals included."""

    def claimed_since(self, moment: datetime) -> int:
        """Return how many letters of all campaigns may have gone since a moment."""

    def begin(self, campaign: str, addresses: Iterable[str], moment: str) -> None:
        """Store the moment that the register shows as the start of sending planned letters."""

    def resolve(self, campaign: str, address: str, state: str) -> bool:
        """Set the state of an ``unknown`` letter on a person's word; False if it is not unknown."""

    def adopt(self, campaign: str, letters: Iterable[tuple[str, str, str, str, str]]) -> None:
        """Enter letters of another ledger: ``(address, person, message id, state, begun at)``."""

    def notices(self) -> Sequence[NoticeEntry]:
        """Return the letters that informed, or may have informed, people about the register."""

    def keep_notices(self, campaign: str, told: Mapping[str, Iterable[str]]) -> None:
        """Store, by address, which people each planned letter informs about the register."""

    def announcement(self, meeting: str) -> Announcement | None:
        """Return what a meeting's recipients were told last; None if nothing."""

    def earlier_announcement(self, meeting: str, sequence: int) -> Announcement | None:
        """Return a meeting's last announcement below a sequence number; None if there is none."""

    def announce(self, meeting: str, told: Announcement) -> None:
        """Store what a meeting's recipients are about to be told."""

    def released(self, campaign: str) -> frozenset[Release]:
        """Return the releases that people have given for a campaign."""

    def release(self, campaign: str, agreed: Release) -> None:
        """Store a person's release of a campaign."""

    def previews(self, meeting: str) -> Sequence[PreviewEntry]:
        """Return a meeting's previews, oldest first; those of all meetings if ``meeting`` is ''."""

    def keep_preview(self, meeting: str, preview: PreviewEntry) -> None:
        """Store a preview; it replaces the meeting's preview of the same number."""

    def promises(self, meeting: str) -> Sequence[Promise]:
        """Return the letters that a meeting's release allows for later days."""

    def promise(self, meeting: str, promises: Iterable[Promise]) -> None:
        """Replace the meeting's promises with these."""
