"""What the core asks of the world outside: small protocols that the edges fulfil."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from register.book.outcome import Written
from register.book.plan import Change, Plan
from register.book.schema import Language
from register.book.table import Book

if TYPE_CHECKING:
    from register.letters.message import Letter

LogLines = Callable[[Sequence[Change], Book], Sequence[Mapping[str, str]]]
"""Makes Loki's rows of the changes that are about to be written into this book."""


class Clock(Protocol):
    """What time it is."""

    def now(self) -> datetime:
        """Return the moment, in the time zone Europe/Helsinki."""
        ...


class Store(Protocol):
    """A place where a register is kept: a workbook, a Google Sheet."""

    @property
    def name(self) -> str:
        """What messages call the book: its file name or its title."""
        ...

    def read(self) -> Book:
        """Return the whole book.

        Raises SchemaDrift where a tab or a required column is missing or doubled, BookUnreadable
        where there is no book, BookLocked where it is open elsewhere.
        """
        ...

    def write(self, plan: Plan, log: LogLines) -> Written:
        """Read again, leave out what no longer fits, write the rest and its log at once."""
        ...

    def link(self, tab: str, row_number: int) -> str:
        """Return an address that opens the book at this row, '' where there is none."""
        ...


@dataclass(slots=True)
class Traffic:
    """What a run cost: requests sent (repeats included), bodies' bytes, seconds waited."""

    reads: int = 0
    writes: int = 0
    repeats: int = 0
    bytes_sent: int = 0
    bytes_received: int = 0
    largest_sent: int = 0
    waited: float = 0.0

    @property
    def requests(self) -> int:
        """All requests, without the sign-in."""
        return self.reads + self.writes


@dataclass(frozen=True, slots=True)
class Layout:
    """What ``create`` did or would do to a book: parts added, by ``(msgid, values)``.

    ``kept`` is what it leaves as it is although a register's is another.
    """

    added: tuple[tuple[str, Mapping[str, object]], ...] = ()
    created: bool = False
    kept: tuple[tuple[str, Mapping[str, object]], ...] = ()


class Maker(Protocol):
    """A store that can be made or brought up to date with the schema."""

    def create(
        self,
        language: Language,
        guide: Sequence[Sequence[str]],
        notes: Mapping[tuple[str, str], str],
        *,
        apply: bool,
        settings: bool = False,
    ) -> Layout:
        """Make the workbook, or add what an existing one lacks; touch nothing else.

        ``guide`` holds the rows of the guide tab, ``notes`` what the headers' notes say by tab and
        column; both are used where a tab is made. ``settings`` gives a Google Sheet that is in use
        Finnish dates and time; a workbook has no such setting.
        """
        ...


@dataclass(frozen=True, slots=True)
class OwnTab:
    """A tab of the tool's own: made of the register, of text only, rebuilt whole each time.

    The first row is a heading, the second says what the tab is, the third has the headers;
    ``widths`` are its columns' (characters). ``keys`` are the indexes of the columns that say what
    a row is about: by them a row keeps its place, and what people noted on it, when it is rebuilt.
    """

    title: str
    rows: Sequence[Sequence[str]]
    widths: Sequence[int]
    keys: Sequence[int] = (0,)


@dataclass(frozen=True, slots=True)
class Kept:
    """The titles of the tool's own tabs that are in the book, and of those taken away."""

    titles: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


class Shelf(Protocol):
    """A store that holds tabs of the tool's own besides those of the register."""

    def keep_tabs(self, tabs: Sequence[OwnTab], *, apply: bool) -> Kept:
        """Put these tabs in the place of the tool's own ones; without ``apply`` only say which.

        A tab that is there already is written anew in its place: links to it, notes on its rows and
        columns beside it stay; what was noted on a row that is gone moves to the heading's note. A
        tab is the tool's own where it bears a mark with its own title: one that people made, copied
        or renamed has none and is never touched, and a new one that would have its title gets a
        number.
        """
        ...


class Journal(Protocol):
    """What the runs on a book have done: kept beside it, written before the book is."""

    def begin(self, run: str, verb: str, at: datetime, plan: Plan) -> None:
        """Keep what is about to be written, and the cells' values before it."""
        ...

    def finish(self, run: str, written: Written) -> None:
        """Keep what was written of it."""
        ...

    def count(self, run: str, at: datetime, counts: Mapping[str, int]) -> None:
        """Keep how many findings a cleanup left, by severity."""
        ...

    def past(self, most: int) -> Sequence[tuple[datetime, Mapping[str, int]]]:
        """Return the moments and the counts of the last cleanups, the oldest first."""
        ...

    def known(self, tab: str, row_id: str) -> str:
        """Return the digest of the row that the last run knew under this id, or ''."""
        ...

    def known_ids(self, tab: str) -> frozenset[str]:
        """Return the ids that the last run knew."""
        ...

    def remember(self, book: Book) -> None:
        """Keep the ids and digests of this book's rows for the next run."""
        ...


@dataclass(frozen=True, slots=True)
class Entry:
    """One letter in the ledger: to whom, how far it got."""

    campaign: str
    address: str
    person: str
    state: str
    message_id: str
    changed_at: str


@dataclass(frozen=True, slots=True)
class Told:
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

    def letters(self, campaign: str) -> Sequence[Entry]:
        """Return the campaign's letters by address."""
        ...

    def campaigns(self, beginning: str) -> Sequence[str]:
        """Return the names of the campaigns that begin so, rehearsals as well."""
        ...

    def claimed_since(self, moment: datetime) -> int:
        """Return how many letters may have gone since a moment, of all campaigns."""
        ...

    def resolve(self, campaign: str, address: str, state: str) -> bool:
        """Settle an unknown letter by a person's word; False where it is not unknown."""
        ...

    def adopt(self, campaign: str, letters: Iterable[tuple[str, str, str, str]]) -> None:
        """Enter ``(address, person, message id, state)`` that another ledger had."""
        ...

    def told(self, meeting: str) -> Told | None:
        """Return what a meeting's readers have been told last."""
        ...

    def told_before(self, meeting: str, sequence: int) -> Told | None:
        """Return what a meeting's readers had been told before a sequence number."""
        ...

    def tell(self, meeting: str, told: Told) -> None:
        """Keep what a meeting's readers are about to be told."""
        ...

    def released(self, campaign: str) -> frozenset[Release]:
        """Return what a person has agreed to send of a campaign."""
        ...

    def release(self, campaign: str, agreed: Release) -> None:
        """Keep that a person has agreed to it."""
        ...


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of a letter: ``sent``, ``rehearsed``, ``failed``, ``unknown``, or ``planned``.

    Planned again is what certainly did not go. ``said`` is the server's word, fit to be printed.
    """

    mailbox: str
    state: str
    said: str = ""


class Clerk(Protocol):
    """Keeps the ledger while a post office is at work."""

    def record(self, claims: Sequence[Letter], settled: Sequence[Settled]) -> frozenset[str]:
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

    def deliver(self, letters: Sequence[Letter], clerk: Clerk) -> None:
        """Hand over letters; each is claimed at the clerk's at the last moment before it can go.

        Raises VerkostoError where it had to stop, TemporaryFailure where what is left may go
        later; letters that are neither settled nor claimed then are as they were.
        """
        ...


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
class Answered:
    """The answer of a person to a meeting that counts: what, when it was said, how often."""

    answer: str
    said_at: datetime
    sequence: int = -1
    count: int = 1


@dataclass(frozen=True, slots=True)
class Receipt:
    """A letter that repeats what was understood; ``number`` counts the person's answers.

    ``given`` is the answer, a key of Vastaus, of a ``receipt``; of an ``unsubscribed`` the scope.
    """

    kind: str
    person: str
    mailbox: str
    meeting: str
    given: str
    number: int


class Memory(Protocol):
    """Which messages have been dealt with, what was answered last, which receipts are owed."""

    def known(self, key: str) -> bool:
        """Whether a message has been dealt with, by its key."""
        ...

    def seen(self, print_: str) -> bool:
        """Whether the very same message has been dealt with, under any key."""
        ...

    def answered(self, meeting: str, person: str) -> Answered | None:
        """Return a person's last answer to a meeting."""
        ...

    def keep(
        self,
        messages: Iterable[tuple[str, str, str]],
        answers: Mapping[tuple[str, str], Answered],
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
