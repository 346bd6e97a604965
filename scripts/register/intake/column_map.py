"""Which column of ``inbox`` each column of a list fills, as values."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from register.unpacking import column_letters

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
"""``asked`` to ``cells``: how we know what the column fills. The others: why it fills nothing.

The message keeps columns that fill nothing, except ``left`` (the user said so), ``private`` (data
that the register does not keep) and ``technical`` (a program's own marks), which are dropped. A
``private`` column with a ``spare`` target is used in rows that name no person.
"""


@dataclass(frozen=True, slots=True)
class ColumnLink:
    """One column of a list, the ``inbox`` column that it fills, and how we know.

    ``target`` is '' if the cells go into the message. ``holder`` names the person whom the column
    belongs to where several people share a row, '' for the row's own; ``role`` is that person's
    post. ``last_first`` means that its cells put the last name first. ``spare`` is the column that
    it fills in rows where the preferred column is blank.
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
        """Whether the cells are taken in at all."""
        return self.how not in ("left", "private", "technical")

    @property
    def label(self) -> str:
        """The column's name for people: its header, or its spreadsheet letter if it has none."""
        return self.header or column_letters(self.index + 1)


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """All columns of a list, in order."""

    links: tuple[ColumnLink, ...]
    further_organisations: tuple[Mapping[int, int], ...] = ()
    """Further organisations of the row's person ("Organisaatio 2", "Rooli 2").

    One mapping for each of them: from the index of its column to that of the first organisation's.
    """
    unclear: ColumnLink | None = None
    """The column of names that may be organisations' or people's, None if all are clear."""
    organisation: str = ""
    """The holder of the organisation's addresses and numbers in a list of people, '' for none."""

    def filling(self, target: str) -> tuple[ColumnLink, ...]:
        """Return the row's own columns that fill a target: at most one, except for ``phone``."""
        return tuple(link for link in self.links if link.target == target and not link.holder)

    @property
    def holders(self) -> Mapping[str, str]:
        """The people who share a row, in column order: holder to post."""
        held = {link.holder: link.role for link in self.links if link.holder}
        return {holder: role for holder, role in held.items() if holder != self.organisation}

    @property
    def kept(self) -> tuple[ColumnLink, ...]:
        """The columns without a target; the message keeps most of them."""
        return tuple(link for link in self.links if not link.target)
