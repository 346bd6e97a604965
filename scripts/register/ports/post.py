"""A post office, and what becomes of the letters that it is given."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from register.letters.message import Letter


@dataclass(frozen=True, slots=True)
class SendState:
    """What became of a letter: ``sent``, ``rehearsed``, ``failed``, ``unknown``, or ``planned``.

    Planned again is what certainly did not go. ``said`` is the server's word, fit to be printed.
    """

    mailbox: str
    state: str
    said: str = ""


class SendRecorder(Protocol):
    """Keeps the ledger while a post office is at work."""

    def record(self, claims: Sequence[Letter], settled: Sequence[SendState]) -> frozenset[str]:
        """Commit what became of letters and the claims of those that go next, at once.

        Returns the mailboxes whose claim holds; no other letter may go.
        """
        ...


class Post(Protocol):
    """A post office."""

    @property
    def rehearsal(self) -> bool:
        """Whether letters only go to a folder, so that nobody gets them."""
        ...

    def deliver(self, letters: Sequence[Letter], clerk: SendRecorder) -> None:
        """Hand over letters; each is claimed at the clerk's at the last moment before it can go.

        Raises VerkostoError where it had to stop, TemporaryFailure where what is left may go
        later; letters that are neither settled nor claimed then are as they were.
        """
        ...
