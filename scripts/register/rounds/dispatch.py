"""Dispatch of letters: planned in the ledger, within the limits, each claimed and settled.

Failures are reported once for each reason, with person ids. An error that stops the post is kept
and not raised, so that the register can be updated before it is reported.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from register.book.errors import TemporaryFailure, VerkostoError
from register.book.phrase import Phrase
from register.letters.message import Letter
from register.ports.ledger import Ledger
from register.ports.post import Post, SendState

SHOWN_EVERY = 500
"""The register is updated each time this many letters have gone."""

MOST_NAMED = 5
"""Maximum number of people named in one fault; the others are counted."""


@dataclass(frozen=True, slots=True)
class SendLimits:
    """Maximum number of letters in an hour, in 24 hours, in one campaign (0: no limit)."""

    per_hour: int = 0
    per_day: int = 2_000
    campaign: int = 2_000


@dataclass(slots=True)
class DispatchResult:
    """The result of a dispatch.

    ``waited`` is True if any letter was to be sent. ``stopped`` is the error that ended it early,
    or None.
    """

    sent: int = 0
    failed: int = 0
    notes: list[Phrase] = field(default_factory=list)
    stopped: VerkostoError | None = None
    waited: bool = False

    def sentences(self, *, rehearsal: bool) -> Iterator[Phrase]:
        """Yield the result's sentences: how many letters went, or that none waited, and notes."""
        if self.sent:
            yield (
                "{count} letters have been written to the outbox. Nobody has got them."
                if rehearsal
                else "{count} letters have been sent.",
                {"count": self.sent},
            )
        elif not self.waited:
            yield "No letter was waiting to go.", {}
        yield from self.notes


def dispatch_letters(
    letters: Sequence[Letter],
    post: Post,
    ledger: Ledger,
    listed: str,
    limits: SendLimits,
    now: datetime,
    show: Callable[[], None] | None = None,
) -> DispatchResult:
    """Send the letters of a campaign; ``listed`` is its name in the ledger.

    A letter that certainly did not go may go in a later run; one that may have gone never goes
    again. ``show`` is called between batches to update the register; after its first failure it is
    not called again, and the update is left to the end of the run.
    """
    ledger.plan(listed, [(one.mailbox, one.person, one.message_id) for one in letters])
    waiting = {one.address for one in ledger.letters(listed) if one.state == "planned"}
    wanted = [one for one in letters if one.mailbox in waiting]
    done = DispatchResult(waited=bool(wanted))
    ledger.keep_notices(listed, {one.mailbox: one.told for one in wanted})
    allowed = len(wanted) if post.rehearsal else _allowance_left(ledger, limits, now)
    clerk = _Clerk(ledger, listed, {one.mailbox: one.person for one in letters}, show)
    try:
        post.deliver(wanted[:allowed], clerk)
    except VerkostoError as stop:
        done.stopped = stop
    done.sent = clerk.sent
    for said, people in clerk.faults.items():
        done.failed += len(people)
        values = {"people": people[:MOST_NAMED], "count": len(people), "fault": said}
        done.notes.append(("{count} letters failed ({people}): {fault}", values))
    if allowed < len(wanted) and not done.stopped:
        done.stopped = TemporaryFailure(
            "The limit of letters is reached; {count} wait.",
            remedy="Give the same command again later: {hourly} may go in an hour, {daily} in 24"
            " hours.",
            count=len(wanted) - allowed,
            hourly=limits.per_hour or "–",
            daily=limits.per_day or "–",
        )
    return done


def _allowance_left(ledger: Ledger, limits: SendLimits, now: datetime) -> int:
    """Return how many letters may go now; the letters of all campaigns count.

    Time spans are counted in UTC, because summer time may skip or repeat a local hour.
    """
    left, now = 1 << 30, now.astimezone(UTC)
    for limit, span in ((limits.per_hour, 1), (limits.per_day, 24)):
        if limit:
            left = min(left, limit - ledger.claimed_since(now - timedelta(hours=span)))
    return max(0, left)


class _Clerk:
    """Implements the port ``SendRecorder`` for one campaign of the ledger."""

    def __init__(
        self,
        ledger: Ledger,
        listed: str,
        people: Mapping[str, str],
        show: Callable[[], None] | None,
    ) -> None:
        self.sent = 0
        self._show, self._unshown = show, 0
        self.faults: dict[str, list[str]] = {}
        self._ledger, self._listed, self._people = ledger, listed, people

    def record(self, claims: Sequence[Letter], settled: Sequence[SendState]) -> frozenset[str]:
        """Commit outcomes and claims in one step; return the mailboxes whose claim is granted.

        Before the register is updated, the outcomes are committed without the claims: the update
        takes seconds, and a claimed letter must be sent or settled at once.
        """
        self._unshown += len(settled)
        if self._show and self._unshown >= SHOWN_EVERY:
            self._unshown = 0
            self._commit((), settled)
            settled = ()
            try:
                self._show()
            except VerkostoError:
                self._show = None
        return self._commit(claims, settled)

    def _commit(self, claims: Sequence[Letter], settled: Sequence[SendState]) -> frozenset[str]:
        granted = self._ledger.record(
            self._listed,
            [one.mailbox for one in claims],
            [(one.mailbox, one.state) for one in settled],
        )
        for one in settled:
            if one.state in ("sent", "rehearsed"):
                self.sent += 1
            elif one.state == "failed":
                self.faults.setdefault(one.said, []).append(self._people[one.mailbox])
        return granted
