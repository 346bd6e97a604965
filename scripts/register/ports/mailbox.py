"""The ports for a mailbox that replies arrive in, and for what is remembered of its messages."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

PLACED = "placed"
"""The answer in a receipt for a person who was on the waiting list and now has a place.

The person's answer then counts as ``coming``."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """A message of a mailbox: its key there, its bytes, and when it arrived (timezone-aware).

    ``data`` is None if the message was not fetched; ``fault`` then says why.
    """

    key: str
    data: bytes | None
    received: datetime
    fault: str = ""


class Mailbox(Protocol):
    """A mailbox that replies arrive in. Nothing in it is ever deleted."""

    def incoming(self, known: Callable[[str], bool]) -> Iterator[Incoming]:
        """Yield the messages whose keys are not ``known`` yet."""

    def settle(self, keys: Sequence[str], aside: Sequence[str] = ()) -> None:
        """Move finished messages, and unreadable ones (``aside``), to their configured folders.

        Where no folder is configured, the messages stay where they are.
        """


@dataclass(frozen=True, slots=True)
class AnswerOnRecord:
    """A person's current answer to a meeting.

    ``sequence`` is the revision number in the calendar reply, -1 if the answer was no calendar
    reply; ``count`` is the number of answers so far.
    """

    answer: str
    said_at: datetime
    sequence: int = -1
    count: int = 1


@dataclass(frozen=True, slots=True)
class Receipt:
    """A letter to a person that repeats the answer which was understood.

    In a ``receipt``, ``given`` is the answer: a key of ``rsvp``, or :data:`PLACED`. In an
    ``unsubscribed`` it is the scope, or ``topic:`` and a topic. ``number`` is the count of the
    person's answers.
    """

    kind: str
    person: str
    mailbox: str
    meeting: str
    given: str
    number: int


class MailboxState(Protocol):
    """Remembers which messages are done, each person's last answers and the receipts owed."""

    def known(self, key: str) -> bool:
        """Return True if the message with this key has been processed."""

    def has_content(self, print_: str) -> bool:
        """Return True if a message with this content digest has been processed, under any key."""

    def last_answer(self, meeting: str, person: str) -> AnswerOnRecord | None:
        """Return a person's last answer to a meeting; None if there is none."""

    def keep(
        self,
        messages: Iterable[tuple[str, str, str]],
        answers: Mapping[tuple[str, str], AnswerOnRecord],
    ) -> None:
        """Store processed messages as ``(key, print, kind)``, and answers, in one commit.

        ``print`` is the digest of a message's content; answers are by ``(meeting, person)``.
        """

    def owed(self) -> tuple[Receipt, ...]:
        """Return the receipts that are promised and not sent yet, oldest first."""

    def owe(self, receipts: Iterable[Receipt]) -> None:
        """Add receipts to those that are owed."""

    def replace_owed(self, still_owed: Iterable[Receipt]) -> None:
        """Replace the owed receipts with these: all others were sent or are no longer needed."""
