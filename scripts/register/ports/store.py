"""A place where a register is kept, and what it makes besides the rows that people write."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from register.book.change import Change
from register.book.joined_cells import Redact
from register.book.outcome import WriteOutcome
from register.book.plan import Plan
from register.book.schema import Language
from register.book.table import Book

LogLines = Callable[[Sequence[Change], Book], Sequence[Mapping[str, str]]]
"""Makes the log tab's rows of the changes that are about to be written into this book."""


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

    def write(self, plan: Plan, log: LogLines) -> WriteOutcome:
        """Read again, leave out what no longer fits, write the rest and its log at once."""
        ...

    def reorder(self, tab: str, order: Sequence[str]) -> int:
        """Move whole rows until these ids stand in this order; return how many were moved.

        No cell changes: whatever is in a row by then goes with it, notes, height and colours too,
        and a row without an id goes with the one above it. Rows in order are not touched.
        """
        ...

    def texts_beside(self) -> Sequence[tuple[str, str]]:
        """Return ``(place, text)`` of what is no cell of the register: people's notes and tabs."""
        ...

    def scrub(self, redact: Redact, rows: Collection[tuple[str, str]]) -> int:
        """Rewrite the texts beside the register's cells; return how many places changed.

        ``redact`` gives a text as it shall be; people's notes on ``rows`` (tab, id) go wholly.
        """
        ...

    def link(self, tab: str, row_number: int) -> str:
        """Return an address that opens the book at this row, '' where there is none.

        ``tab`` is a key, or the title of a tab that is no part of the register.
        """
        ...


@dataclass(slots=True)
class Traffic:
    """What a run cost: requests sent (repeats included), bodies' bytes, seconds waited."""

    reads: int = 0
    writes: int = 0
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
        releasers: Sequence[str] = (),
    ) -> Layout:
        """Make the workbook, or add what an existing one lacks; touch nothing else.

        ``guide`` holds the rows of the guide tab, ``notes`` what the headers' notes say by tab and
        column; both are used where a tab is made. ``settings`` gives a Google Sheet that is in use
        Finnish dates and time, ``releasers`` are the addresses that alone may then change what
        releases a meeting's letters; a workbook has no such settings.
        """
        ...


@dataclass(frozen=True, slots=True)
class GeneratedTab:
    """A tab of the tool's own: made of the register, of text only, rebuilt whole each time.

    The first row is a heading, the second says what the tab is, the third has the headers;
    ``widths`` are its columns' (characters). ``keys`` are the indexes of the columns that say what
    a row is about: by them a row keeps its place, and what people noted on it, when it is rebuilt.
    What was noted on a row that is gone moves to the heading's note. A tab that people made, copied
    or renamed bears no mark with its title and is never touched; a new one gets a number. One that
    is ``hidden`` is for programs: it is made out of sight, and stays when other tabs are rebuilt.
    """

    title: str
    rows: Sequence[Sequence[str]]
    widths: Sequence[int]
    keys: Sequence[int] = (0,)
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class TabsWritten:
    """The titles of the tool's own tabs that are in the book, and of those taken away."""

    titles: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
