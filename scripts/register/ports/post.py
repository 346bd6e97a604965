"""The ports for sending letters and for recording what became of each."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from register.letters.message import Letter


@dataclass(frozen=True, slots=True)
class SendState:
    """The outcome of a letter: ``sent``, ``rehearsed``, ``failed``, ``unknown``, or ``planned``.

    A letter is ``planned`` again if it certainly did not go. ``said`` is the server's reply, made
    safe to print.
    """

    mailbox: str
    state: str
    said: str = ""


class SendRecorder(Protocol):
    """Keeps the ledger up to date while a post office sends."""

    def record(self, claims: Sequence[Letter], settled: Sequence[SendState]) -> frozenset[str]:
        """Record the outcome of letters and claim those that go next, in one commit.

        Returns the mailboxes whose claim holds; no other letter may go.
        """


class Post(Protocol):
    """A way to send letters: by SMTP, or into a folder."""

    @property
    def rehearsal(self) -> bool:
        """Whether letters only go to a folder, so that no recipient gets them."""

    def deliver(self, letters: Sequence[Letter], clerk: SendRecorder) -> None:
        """Send letters; each is claimed with the recorder at the last moment before it can go.

        Raises VerkostoError if sending had to stop, TemporaryFailure if the remaining letters may
        go later. Letters that are then neither settled nor claimed are as they were before the
        call.
        """
