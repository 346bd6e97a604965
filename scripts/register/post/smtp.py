"""The post office by SMTP: parallel connections, one recipient for each letter, no letter twice.

Each connection has its own thread. The calling thread keeps the ledger: all that arrives during a
commit goes into the next one, so that a commit covers as many letters as there are in flight. A
letter's outcome is committed with the next claim at the latest.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from threading import Condition, Event, Thread
from time import monotonic

from register.book.errors import TemporaryFailure
from register.letters.message import Letter
from register.ports.post import SendRecorder, SendState
from register.post.connection import Connection, SendResult, Server

_WAITS = (2.0, 8.0, 30.0)
"""Seconds to wait before each new attempt at a letter or a connection."""

TOO_MANY = 20
"""Sending stops after this many letters in a row were refused for their content."""

_PAUSE = 0.05
"""Seconds after which an outcome is committed even if there is no claim to go with it."""


@dataclass(slots=True)
class _Claim:
    letter: Letter
    answered: Event = field(default_factory=Event)
    granted: bool = False


@dataclass(frozen=True, slots=True)
class _Done:
    """A thread has ended; ``fault`` is the exception that ended it, or None."""

    fault: BaseException | None


class Smtp:
    """Implements the port ``Post`` with a mail server."""

    rehearsal = False

    def __init__(
        self, server: Server, *, connections: int = 1, waits: Sequence[float] = _WAITS
    ) -> None:
        """Store the settings; no connection is opened before there is a letter.

        ``waits`` are the seconds before each new attempt.
        """
        self._server = server
        self._connections = connections
        self._waits = tuple(waits)

    def deliver(self, letters: Sequence[Letter], clerk: SendRecorder) -> None:
        """Send letters; each is claimed immediately before the dot that ends it.

        Raises ConfigError if TLS, the sign-in or our sender address is refused, TemporaryFailure if
        the server cannot be reached, put letters off too often, or refused too many in a row.
        """
        if not letters:
            return
        office = _Office(letters, self._waits)
        threads = [
            Thread(target=office.work, args=(self._server,), daemon=True)
            for _ in range(min(self._connections, len(letters)))
        ]
        for thread in threads:
            thread.start()
        try:
            office.keep(clerk, len(threads))
        finally:
            for thread in threads:
                thread.join()
        if office.fault:
            raise office.fault
        if office.put_off:
            raise TemporaryFailure(
                "The mail server {server} has put off {count} letters: {said}",
                remedy="They have not gone. Give the same command again later.",
                server=self._server.name,
                count=office.put_off,
                said=office.last_word,
            )


class _Office:
    """The state that the threads of one delivery share."""

    def __init__(self, letters: Sequence[Letter], waits: tuple[float, ...]) -> None:
        self.fault: BaseException | None = None
        self.put_off = 0
        self.last_word = ""
        self._waits = waits
        self._inbox: SimpleQueue[_Claim | SendState | _Done] = SimpleQueue()
        self._ready = [(letter, 0) for letter in reversed(letters)]
        self._waiting: list[tuple[float, Letter, int]] = []
        self._under_way = 0
        self._refused = 0
        self._stopped = False
        self._abandoned = False
        self._claimed: set[str] = set()
        self._changed = Condition()

    def keep(self, clerk: SendRecorder, threads: int) -> None:
        """Answer the threads' claims and commit their outcomes until all threads have ended."""
        settled: list[SendState] = []
        try:
            while threads:
                claims: list[_Claim] = []
                items = self._received(hurry=bool(settled))
                for item in items:
                    match item:
                        case _Claim():
                            claims.append(item)
                        case SendState():
                            settled.append(item)
                        case _Done(fault):
                            threads -= 1
                            self.fault = self.fault or fault
                if claims or not items or not threads:
                    self._commit(clerk, claims, settled)
        except BaseException:
            self._drain(threads, clerk, settled)
            raise

    def work(self, server: Server) -> None:
        """Send letters over one connection, reopened if it breaks, until no letter is left."""
        fault: BaseException | None = None
        connection: Connection | None = None
        try:
            while taken := self._take():
                letter, tries = taken
                try:
                    connection = connection or self._connected(server)
                    fate = connection.send(letter, lambda one=letter: self._claim(one))  # type: ignore[misc]
                except BaseException:
                    self._give_back(letter, tries)
                    raise
                self._weigh(letter, tries, fate)
                if not fate.alive:
                    connection.hang_up()
                    connection = None
        except BaseException as raised:
            fault = raised
            self.stop()
        finally:
            if connection:
                connection.close()
            self._inbox.put(_Done(fault))

    def stop(self) -> None:
        """Let no thread take another letter."""
        with self._changed:
            self._stopped = True
            self._changed.notify_all()

    def _received(self, *, hurry: bool) -> list[_Claim | SendState | _Done]:
        """Wait for an item and return all that have arrived; with ``hurry`` wait only for a moment.

        Returns [] if nothing arrived in that time.
        """
        items: list[_Claim | SendState | _Done] = []
        try:
            items.append(self._inbox.get(timeout=_PAUSE if hurry else None))
            while True:
                items.append(self._inbox.get_nowait())
        except Empty:
            return items

    def _commit(self, clerk: SendRecorder, claims: list[_Claim], settled: list[SendState]) -> None:
        if not claims and not settled:
            return
        try:
            granted = clerk.record([one.letter for one in claims], settled)
            settled.clear()
            for one in claims:
                one.granted = one.letter.mailbox in granted
        finally:
            for one in claims:
                one.answered.set()

    def _drain(self, threads: int, clerk: SendRecorder, settled: list[SendState]) -> None:
        """After a fault: grant no more claims, and commit the outcomes of letters under way."""
        self.stop()
        self._abandoned = True
        while threads:
            match self._inbox.get():
                case _Claim() as claim:
                    claim.answered.set()
                case SendState() as one:
                    settled.append(one)
                case _Done():
                    threads -= 1
        clerk.record([], settled)

    def _claim(self, letter: Letter) -> bool:
        claim = _Claim(letter)
        self._inbox.put(claim)
        while not claim.answered.wait(1.0):
            if self._abandoned:
                return False
        if claim.granted:
            self._claimed.add(letter.mailbox)
        return claim.granted

    def _take(self) -> tuple[Letter, int] | None:
        """Return the next letter and its number of earlier attempts; None if no letter is left.

        Waits while letters that are put off or under way may still come back.
        """
        with self._changed:
            while not self._stopped:
                now = monotonic()
                due = [one for one in self._waiting if one[0] <= now]
                if due:
                    self._waiting.remove(due[0])
                    self._ready.append(due[0][1:])
                if self._ready:
                    self._under_way += 1
                    return self._ready.pop()
                if not self._waiting and not self._under_way:
                    break
                soonest = min((one[0] for one in self._waiting), default=now + 3600)
                self._changed.wait(max(0.0, soonest - now))
            return None

    def _give_back(self, letter: Letter, tries: int) -> None:
        with self._changed:
            self._under_way -= 1
            self._ready.append((letter, tries))
            self._changed.notify_all()

    def _weigh(self, letter: Letter, tries: int, fate: SendResult) -> None:
        """Record a letter's outcome; one that was put off comes back after a while.

        Raises TemporaryFailure after too many refusals in a row.
        """
        with self._changed:
            self._under_way -= 1
            if fate.state == "later" and tries < len(self._waits):
                self._waiting.append((monotonic() + self._waits[tries], letter, tries + 1))
            elif fate.state == "later":
                self.put_off += 1
                self.last_word = fate.said
            refused = fate.state == "failed" and fate.content
            self._refused = self._refused + 1 if refused else 0
            stuck = self._refused >= TOO_MANY
            self._changed.notify_all()
        state = "planned" if fate.state == "later" else fate.state
        claimed = letter.mailbox in self._claimed
        self._claimed.discard(letter.mailbox)
        if state != "denied" and (claimed or state != "planned"):
            self._inbox.put(SendState(letter.mailbox, state, fate.said))
        if stuck:
            raise TemporaryFailure(
                "The mail server has refused {count} letters one after another: {said}",
                remedy="Find out why before more are tried: it may take us for a spammer.",
                count=TOO_MANY,
                said=fate.said,
            )

    def _connected(self, server: Server) -> Connection:
        """Open a connection, with new attempts after a while if it fails temporarily."""
        for wait in self._waits:
            try:
                return Connection(server)
            except TemporaryFailure:
                with self._changed:
                    self._changed.wait_for(lambda: self._stopped, wait)
                    if self._stopped:
                        raise
        return Connection(server)
