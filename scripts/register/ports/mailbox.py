"""A mailbox that answers come to, and what is remembered of them."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Incoming:
    """A message of a mailbox: what it is known by there, its bytes, when it came (aware).

    ``data`` is None where it was not fetched: ``fault`` says why.
    """

    key: str
    data: bytes | None
    received: datetime
    fault: str = ""


class Mailbox(Protocol):
    """A mailbox that answers come to. Nothing in it is ever deleted."""

    def incoming(self, known: Callable[[str], bool]) -> Iterator[Incoming]:
        """Yield the messages that are not known yet, by their keys."""
        ...

    def settle(self, keys: Sequence[str], aside: Sequence[str] = ()) -> None:
        """Move messages that are done with, and those that could not be read, where asked for."""
        ...


@dataclass(frozen=True, slots=True)
class AnswerOnRecord:
    """The answer of a person to a meeting that counts: what, when it was said, how often."""

    answer: str
    said_at: datetime
    sequence: int = -1
    count: int = 1


PLACED = "placed"
"""What a receipt says to who waited for a place and now has one: they are ``coming``."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """A letter that repeats what was understood; ``number`` counts the person's answers.

    ``given`` is the answer, a key of ``rsvp`` or :data:`PLACED`, of a ``receipt``; of an
    ``unsubscribed`` the scope, or ``topic:`` and a topic.
    """

    kind: str
    person: str
    mailbox: str
    meeting: str
    given: str
    number: int


class MailboxState(Protocol):
    """Which messages have been dealt with, what was answered last, which receipts are owed."""

    def known(self, key: str) -> bool:
        """Whether a message has been dealt with, by its key."""
        ...

    def seen(self, print_: str) -> bool:
        """Whether the very same message has been dealt with, under any key."""
        ...

    def answered(self, meeting: str, person: str) -> AnswerOnRecord | None:
        """Return a person's last answer to a meeting."""
        ...

    def keep(
        self,
        messages: Iterable[tuple[str, str, str]],
        answers: Mapping[tuple[str, str], AnswerOnRecord],
    ) -> None:
        """Commit at once ``(key, print, kind)`` of messages that are done, and the answers."""
        ...

    def owed(self) -> tuple[Receipt, ...]:
        """Return the receipts that have been promised and have not gone, the oldest first."""
        ...

    def owe(self, receipts: Iterable[Receipt]) -> None:
        """Promise receipts, besides those that are owed."""
        ...

    def paid(self, still_owed: Iterable[Receipt]) -> None:
        """Keep just these receipts as owed: the others have gone, or need not go any more."""
        ...
