"""A question to people: what it is about, what is proposed, and what each decision would do."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from register.book.change import Change, added_row
from register.book.finding import SEVERITIES
from register.book.ids import reference_id
from register.book.personal_identity_code import mask_identity_codes
from register.book.schema import schema
from register.book.table import Book
from register.match.pair import Pair
from register.words.sentences import Sentences

Cell = tuple[str, str, str]
"""``(tab, row id, column)``."""

Changes = tuple[Change, ...]

ReviewCells = tuple[tuple[str, str], ...]
"""What a row of ``review`` shows, by column."""

SHOWN = ("kind", "severity", "link", "message", "left", "right", "suggestion")
"""The cells of ``review`` in which a question stands."""

BULK_KIND = "bulk"
"""The kind of a row of ``review`` whose decision goes for many others."""

LONGEST_QUESTION_CELL = 2_000
"""So much of a cell is shown (characters)."""


@dataclass(frozen=True, slots=True)
class Pairing:
    """The two rows that a question of the kind "are these one" is about, and their tab."""

    tab: str
    left: str
    right: str


@dataclass(frozen=True, slots=True)
class BatchKey:
    """What questions have in common that one decision may settle: a key, and what people call it.

    The key is of the kind of question and of what raised them all: a rule, or a list's name.
    """

    key: tuple[str, ...]
    what: str


@dataclass(frozen=True, slots=True)
class Question:
    """One question to people.

    ``cells`` are what its row of ``review`` shows, by column. ``choices`` are the decisions that it
    takes and the changes that each asks for; an empty one asks for nothing but to be heard.
    ``fields`` are the cells that a value goes into which a person gives instead of the proposal;
    ``valued``, where it is given, returns the changes for a value (by cell) instead, or None where
    it cannot be used.
    """

    id: str
    rows: tuple[tuple[str, str], ...]
    cells: ReviewCells
    choices: Mapping[str, Changes] = field(default_factory=dict)
    fields: tuple[Cell, ...] = ()
    valued: Callable[[Mapping[Cell, str]], Changes | None] | None = None
    pairing: Pairing | None = None
    done: Callable[[Book, str], bool] | None = None
    """Whether a book says what a decision asks for, where cells alone cannot tell."""
    note: tuple[str, str] = ("", "")
    """The column of the row that the question is about, and what its cell's note says."""
    notes: Mapping[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    """Notes that only some of its rows have, by row, each as ``note``."""
    pair: Pair | None = None
    """The two rows that it asks about, as they were compared."""
    alike: BatchKey | None = None
    """With which others one decision may settle it."""
    dated: tuple[Cell, ...] = ()
    """The cells that a decision dates: they get the day on which it is carried out."""
    header: tuple[str, str] = ("", "")
    """The tab and the column by which the many rows are filtered that it counts."""
    words: Mapping[str, str] = field(default_factory=dict)
    """Words of the list that say better what some of its choices do, by choice."""

    @property
    def shown(self) -> dict[str, str]:
        """The cells of the question's row in ``review``, by column."""
        return dict(self.cells)

    @property
    def offered(self) -> tuple[str, ...]:
        """The words of the list that its row offers: each says what would happen here."""
        kept = {"ignore"} if "different" in self.choices else set[str]()
        words = [self.word(choice) for choice in self.choices if choice not in kept]
        if self.fields or (self.pairing and "same" in words):
            words.insert(words.index("ignore") if "ignore" in words else len(words), "value")
        return (*dict.fromkeys(words), "unsure")

    @property
    def place(self) -> Cell:
        """The cell that it is about: where a value goes, else its note, else the row's name.

        A question about no row of its own has a header instead, with '' for the row.
        """
        if self.fields:
            return self.fields[0]
        if not self.rows:
            return self.header[0], "", self.header[1]
        tab, row_id = self.rows[0]
        column = self.note[0] or next(iter(schema().tab(tab).name), "")
        return tab, row_id, column

    def word(self, choice: str) -> str:
        """Return the word of the list that says best what a choice does here."""
        if choice != "accept" or choice in self.words:
            return self.words.get(choice, choice)
        if not self.choices[choice]:
            return "settled"
        return "accept" if self.fields and self.proposal else "carry_out"

    @property
    def severity(self) -> str:
        """How grave it is: one of SEVERITIES."""
        severity = self.shown.get("severity", "")
        return severity if severity in SEVERITIES else "warning"

    @property
    def proposal(self) -> str:
        """What the question's row says in ``suggestion``."""
        return self.shown.get("suggestion", "")


SILENT: Mapping[str, Changes] = {"ignore": ()}
"""The choices of a question that can only be passed over, or given a value."""


def choices_for_proposal(changes: Changes) -> Mapping[str, Changes]:
    """Return the choices of a proposal; where nothing is proposed it can only be passed over."""
    return {"accept": changes, "ignore": ()} if changes else SILENT


def question_cells(
    book: Book,
    say: Sentences,
    about: tuple[str, str],
    kind: str,
    message: str,
    *,
    severity: str = "warning",
    left: str = "",
    right: str = "",
    suggestion: str = "",
    link: str = "",
) -> ReviewCells:
    """Return the cells of a question about a row (tab, id); ``message`` is said already.

    ``link`` stands for the row instead of its name and id.
    """
    cells = {
        "kind": kind,
        "severity": severity,
        "link": f"{say.title(about[0])}: {link or book.reference(*about)}",
        "message": message,
        "left": left,
        "right": right,
        "suggestion": suggestion,
    }
    return kept_cells(cells)


def kept_cells(row: Mapping[str, str]) -> ReviewCells:
    """Return the cells of a row of ``review`` in which its question stands.

    None holds a personal identity code, and none more than so many characters.
    """
    return tuple(
        (key, mask_identity_codes(row.get(key, ""))[:LONGEST_QUESTION_CELL]) for key in SHOWN
    )


def asked_rows(
    book: Book, case_id: str, cells: ReviewCells, reason: str = "review"
) -> Iterator[Change]:
    """Yield the row of ``review`` that asks a question; nothing where it has been asked before."""
    if case_id not in book.table("review"):
        yield from added_row("review", {"id": case_id, **dict(cells)}, reason)


def open_rows(book: Book, *kinds: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the rows of ``review`` of these kinds that are not closed, with their ids."""
    for case_id, row in book.table("review").rows():
        if row.get("kind") in kinds and not row.get("done"):
            yield case_id, row


def linked_row(row: Mapping[str, str]) -> str:
    """Return the id of the row that a row of ``review`` links to, '' where it names none.

    A row without a name is linked to by its id alone.
    """
    link = row.get("link", "")
    return reference_id(link.partition(": ")[2] or link)
