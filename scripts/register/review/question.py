"""A question to people: what it is about, what is proposed, and what each decision would do."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from register.book.change import Change, added_row
from register.book.finding import SEVERITIES
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
"""The columns of ``review`` that show a question."""

BULK_KIND = "bulk"
"""The kind of a row of ``review`` whose decision covers many others."""

LONGEST_QUESTION_CELL = 2_000
"""The longest text that a cell of ``review`` shows (characters)."""


@dataclass(frozen=True, slots=True)
class Pairing:
    """The ids of the two rows that a duplicate question is about, and their tab."""

    tab: str
    left: str
    right: str


@dataclass(frozen=True, slots=True)
class BatchKey:
    """What similar questions share, so that one decision may settle them: a key and its label.

    The key consists of the kind of question and of what raised them all: a rule, or a list's name.
    """

    key: tuple[str, ...]
    what: str


@dataclass(frozen=True, slots=True)
class Question:
    """One question to people.

    ``rows`` are ``(tab, row id)``, the row in question first. ``cells`` are what its row of
    ``review`` shows, by column. ``choices`` are the possible decisions with the changes that each
    asks for; no changes mean that the decision only closes the question. ``fields`` are the cells
    that get a value which a person gives instead of the proposal. ``valued``, if set, makes the
    changes from the values by cell, or returns None if they cannot be used.
    """

    id: str
    rows: tuple[tuple[str, str], ...]
    cells: ReviewCells
    choices: Mapping[str, Changes] = field(default_factory=dict)
    fields: tuple[Cell, ...] = ()
    valued: Callable[[Mapping[Cell, str]], Changes | None] | None = None
    pairing: Pairing | None = None
    done: Callable[[Book, str], bool] | None = None
    """Whether a book shows a decision as carried out, where its changes alone cannot tell."""
    note: tuple[str, str] = ("", "")
    """Column (of the first row) and text of a note."""
    notes: Mapping[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    """Notes of single rows, by row, each as ``note``."""
    pair: Pair | None = None
    """The candidate pair that it asks about, with the evidence."""
    alike: BatchKey | None = None
    """What it shares with similar questions that one decision may settle together."""
    dated: tuple[Cell, ...] = ()
    """The cells that get the day on which the decision is carried out."""
    header: tuple[str, str] = ("", "")
    """Of a question about many rows: the tab, and the column to filter them by."""
    words: Mapping[str, str] = field(default_factory=dict)
    """Words of the dropdown that describe some choices better here, by choice."""

    @property
    def shown(self) -> dict[str, str]:
        """The cells of the question's row in ``review``, by column."""
        return dict(self.cells)

    @property
    def offered(self) -> tuple[str, ...]:
        """The words of its row's dropdown; "unsure" is always the last."""
        kept = {"ignore"} if "different" in self.choices else set[str]()
        words = [self.word(choice) for choice in self.choices if choice not in kept]
        if self.fields or (self.pairing and "same" in words):
            words.insert(words.index("ignore") if "ignore" in words else len(words), "value")
        return (*dict.fromkeys(words), "unsure")

    @property
    def place(self) -> Cell:
        """The cell that it is about: where a value goes, else its note, else the row's name.

        A question about no single row has its ``header`` instead, with '' for the row id.
        """
        if self.fields:
            return self.fields[0]
        if not self.rows:
            return self.header[0], "", self.header[1]
        tab, row_id = self.rows[0]
        column = self.note[0] or next(iter(schema().tab(tab).name), "")
        return tab, row_id, column

    def word(self, choice: str) -> str:
        """Return the word of the dropdown that best describes what a choice does here."""
        if choice != "accept" or choice in self.words:
            return self.words.get(choice, choice)
        if not self.choices[choice]:
            return "settled"
        return "accept" if self.fields and self.proposal else "carry_out"

    @property
    def severity(self) -> str:
        """Its severity: one of SEVERITIES, "warning" if the cell holds none of them."""
        severity = self.shown.get("severity", "")
        return severity if severity in SEVERITIES else "warning"

    @property
    def proposal(self) -> str:
        """The text of its ``suggestion``."""
        return self.shown.get("suggestion", "")


SILENT: Mapping[str, Changes] = {"ignore": ()}
"""The choices of a question that can only be ignored, or given a value."""


def choices_for_proposal(changes: Changes) -> Mapping[str, Changes]:
    """Return the choices for proposed changes; without changes the question can only be ignored."""
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
    """Return the cells of a question about a row ``(tab, id)``; ``message`` is a finished sentence.

    ``link``, if given, is shown instead of the row's name and id.
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
    """Return the cells of a row of ``review`` that belong to its question, in the order of SHOWN.

    Personal identity codes are masked, and each cell is cut to LONGEST_QUESTION_CELL.
    """
    return tuple(
        (key, mask_identity_codes(row.get(key, ""))[:LONGEST_QUESTION_CELL]) for key in SHOWN
    )


def asked_rows(
    book: Book, case_id: str, cells: ReviewCells, reason: str = "review"
) -> Iterator[Change]:
    """Yield the row of ``review`` that asks a question; nothing if it exists already."""
    if case_id not in book.table("review"):
        yield from added_row("review", {"id": case_id, **dict(cells)}, reason)


def open_rows(book: Book, *kinds: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield (id, cells) of the rows of ``review`` of these kinds that are not closed."""
    for case_id, row in book.table("review").rows():
        if row.get("kind") in kinds and not row.get("done"):
            yield case_id, row
