"""A question to people: what it is about, what is proposed, and what each decision would do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from register.book.comparison import Comparison
from register.book.plan import Change
from register.fields.henkilotunnus import mask

if TYPE_CHECKING:
    from register.book.table import Book

Cell = tuple[str, str, str]
"""``(tab, row id, column)``."""

Changes = tuple[Change, ...]

SHOWN = ("kind", "severity", "link", "message", "left", "right", "suggestion")
"""The cells of Tarkista in which a question stands."""

LONGEST = 2_000
"""So much of a cell is shown (characters)."""


@dataclass(frozen=True, slots=True)
class Pairing:
    """The two rows that a question of the kind "are these one" is about, and their tab."""

    tab: str
    left: str
    right: str


@dataclass(frozen=True, slots=True)
class Question:
    """One question to people.

    ``cells`` are what its row of Tarkista shows, by column. ``choices`` are the decisions that it
    takes and the changes that each asks for; an empty one asks for nothing but to be heard.
    ``fields`` are the cells that a value goes into which a person gives instead of the proposal;
    ``valued``, where it is given, returns the changes for a value (by cell) instead, or None where
    it cannot be used.
    """

    id: str
    rows: tuple[tuple[str, str], ...]
    severity: str
    cells: tuple[tuple[str, str], ...]
    choices: Mapping[str, Changes] = field(default_factory=dict)
    fields: tuple[Cell, ...] = ()
    valued: Callable[[Mapping[Cell, str]], Changes | None] | None = None
    pairing: Pairing | None = None
    done: Callable[[Book, str], bool] | None = None
    """Whether a book says what a decision asks for, where cells alone cannot tell."""
    note: tuple[str, str] = ("", "")
    """The column of the row that the question is about, and what its cell's note says."""
    comparison: Comparison | None = None
    """The two rows that it asks about, side by side."""

    @property
    def shown(self) -> dict[str, str]:
        """The cells of the question's row in Tarkista, by column."""
        return dict(self.cells)

    @property
    def proposal(self) -> str:
        """What the question's row says in Ehdotus."""
        return self.shown.get("suggestion", "")


SILENT: Mapping[str, Changes] = {"ignore": ()}
"""The choices of a question that can only be passed over, or given a value."""


def accepting(changes: Changes) -> Mapping[str, Changes]:
    """Return the choices of a proposal; where nothing is proposed it can only be passed over."""
    return {"accept": changes, "ignore": ()} if changes else SILENT


def shown_cells(cells: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Return a row's cells as they are written: no personal identity code, of bounded length."""
    return tuple((key, mask(value)[:LONGEST]) for key, value in cells.items())
