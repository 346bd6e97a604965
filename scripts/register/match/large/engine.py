"""Who does the work of a large list: this computer's cores, or a cluster."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Protocol

from register.match.large.blocks import make_pairs
from register.match.large.parts import ValueFile, write_part
from register.match.large.scores import make_scored
from register.match.model import Model

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


class Progress(Protocol):
    """Is told how many rows or pairs of a step have been done, and whether those are all."""

    def __call__(self, step: str, count: int, *, done: bool = True) -> None:
        """Say it."""


class Engine(Protocol):
    """Prepares the rows and compares the pairs; what is left is decided here."""

    def write(self, parts: Iterator[ValueFile]) -> None:
        """Write the parts."""

    def score(
        self,
        connection: DuckDBPyConnection,
        which: str,
        model: Model,
        least: float,
        kept: str,
        progress: Progress,
    ) -> None:
        """Make ``scored`` of ``cells``, as :func:`make_pairs` and :func:`make_scored` do."""


class LocalEngine:
    """This computer's cores, and DuckDB on the disk."""

    def write(self, parts: Iterator[ValueFile]) -> None:
        """Write the parts, one after the other."""
        for part in parts:
            write_part(part)

    def score(
        self,
        connection: DuckDBPyConnection,
        which: str,
        model: Model,
        least: float,
        kept: str,
        progress: Progress,
    ) -> None:
        """Make ``scored`` of ``cells``."""
        make_pairs(connection, which)
        ((pairs,),) = connection.execute("select count(*) from pairs").fetchall()
        progress("paired", pairs)
        make_scored(connection, model, least, kept)
