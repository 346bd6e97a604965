"""Which column of ``inbox`` each column of a list fills: the values that say so."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from register.intake.sheet import spreadsheet_letter

How = Literal[
    "asked",
    "remembered",
    "header",
    "similar",
    "cells",
    "unknown",
    "none",
    "secret",
    "taken",
    "unlike",
    "left",
    "private",
    "technical",
]
"""``asked`` … ``cells``: how a filled column is known; the rest: why ``message`` keeps it.

``left``, ``private`` and ``technical`` are kept nowhere: somebody has said so, it is nobody's
business, or it is a mark that a program makes for itself. A ``private`` one that is spare is kept
in rows that name nobody.
"""


@dataclass(frozen=True, slots=True)
class ColumnLink:
    """One column of the list: the column that it fills ('' = kept in message), and how we know.

    ``holder`` is whose it is where several people share a row, '' for the row's own; ``role`` is
    that person's post. ``last_first`` says that the last name stands first in
    its cells. ``spare`` is what it fills in rows where the column that was preferred says
    nothing.
    """

    index: int
    header: str
    target: str
    how: How
    samples: tuple[str, ...] = ()
    holder: str = ""
    role: str = ""
    spare: str = ""
    last_first: bool = False

    @property
    def is_kept(self) -> bool:
        """Whether its cells are taken in at all."""
        return self.how not in ("left", "private", "technical")

    @property
    def label(self) -> str:
        """What people call the column: its header, else its letter."""
        return self.header or spreadsheet_letter(self.index)


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """All columns of a list, in their order."""

    links: tuple[ColumnLink, ...]
    further_organisations: tuple[Mapping[int, int], ...] = ()
    """Further organisations of the row's person ("Organisaatio 2", "Rooli 2"): of each, which
    columns stand for which of the first one's."""
    unclear: ColumnLink | None = None
    """The column of names of which nothing tells whether they are organisations' or people's."""

    def filling(self, target: str) -> tuple[ColumnLink, ...]:
        """Return the row's own columns that fill this one: at most one, but for phones."""
        return tuple(link for link in self.links if link.target == target and not link.holder)

    @property
    def holders(self) -> Mapping[str, str]:
        """Who shares a row, in the order of the columns, and the post of each."""
        return {link.holder: link.role for link in self.links if link.holder}

    @property
    def kept(self) -> tuple[ColumnLink, ...]:
        """The columns that ``message`` keeps."""
        return tuple(link for link in self.links if not link.target)
