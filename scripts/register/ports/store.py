"""The ports for the place where a register is kept, and the records of what was made there."""

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
"""Makes the log tab's rows from the changes that are about to be written to the given book."""


class Store(Protocol):
    """A place where a register is kept: a workbook or a Google Sheet."""

    @property
    def name(self) -> str:
        """The book's name in messages: the file name, or the Sheet's title."""

    def read(self) -> Book:
        """Return the whole book.

        Raises SchemaDrift if a tab or a required column is missing or duplicated, BookUnreadable if
        there is no book, BookLocked if it is open elsewhere.
        """

    def write(self, plan: Plan, log: LogLines) -> WriteOutcome:
        """Write a plan and its log in one write, and return what was written.

        The book is read again first: changes whose cells no longer hold the expected values are
        left out.
        """

    def reorder(self, tab: str, order: Sequence[str]) -> int:
        """Move whole rows of a tab until these ids are in this order; return how many were moved.

        No cell changes: a row takes everything in it along, including notes, height and colours,
        and a row without an id moves with the row above it. Rows already in order are not touched.
        """

    def texts_beside(self) -> Sequence[tuple[str, str]]:
        """Return ``(place, text)`` of texts outside the register's cells: notes and other tabs."""

    def scrub(self, redact: Redact, rows: Collection[tuple[str, str]]) -> int:
        """Redact the texts outside the register's cells; return how many places changed.

        ``redact`` maps a text to its redacted form. Notes on ``rows`` (tab key, row id) are deleted
        entirely.
        """

    def link(self, tab: str, row_number: int) -> str:
        """Return a URL that opens the book at this row; '' if there is none.

        ``tab`` is a tab key, or the title of a tab outside the register.
        """


@dataclass(slots=True)
class Traffic:
    """What a run cost: requests sent (retries included), bytes of their bodies, seconds waited."""

    reads: int = 0
    writes: int = 0
    bytes_sent: int = 0
    bytes_received: int = 0
    largest_sent: int = 0
    waited: float = 0.0

    @property
    def requests(self) -> int:
        """The number of requests, sign-in not included."""
        return self.reads + self.writes


@dataclass(frozen=True, slots=True)
class Layout:
    """What ``create`` added, or would add, to a book: sentences as ``(msgid, values)``.

    ``kept`` names what differs from a newly made register and was left as it is.
    """

    added: tuple[tuple[str, Mapping[str, object]], ...] = ()
    created: bool = False
    kept: tuple[tuple[str, Mapping[str, object]], ...] = ()


class Maker(Protocol):
    """A store that can be made, or brought up to date with the schema."""

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
        """Make the book, or add what an existing one lacks; nothing else is changed.

        ``guide`` holds the rows of the guide tab, ``notes`` the header notes by ``(tab, column)``;
        both are used only where a tab is made. With ``settings`` a Google Sheet that is in use gets
        Finnish date and time formats. ``releasers`` are the addresses that alone may then edit the
        cells that release a meeting's letters. A workbook has neither setting.
        """


@dataclass(frozen=True, slots=True)
class GeneratedTab:
    """A tab that the program generates from the register: text only, rebuilt as a whole each time.

    Its first row is a heading, the second says what the tab is, the third holds the headers.
    ``widths`` are the column widths in characters. ``keys`` are the indexes of the columns that
    identify a row: by them a row, and the notes people wrote on it, keep their place in a rebuild.
    Notes of a row that is gone move to the heading's note. A tab that people made, copied or
    renamed lacks the program's mark for that title and is never touched; if it has the title
    already, the new tab gets a number. A ``hidden`` tab is for programs: it is made out of sight,
    and stays when other tabs are rebuilt.
    """

    title: str
    rows: Sequence[Sequence[str]]
    widths: Sequence[int]
    keys: Sequence[int] = (0,)
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class TabsWritten:
    """The titles of the generated tabs now in the book, and of those that were removed."""

    titles: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
