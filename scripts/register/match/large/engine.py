"""Engines for large lists: the cores of this computer, or a cluster."""

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
    """A callback for the number of rows or pairs that a step has handled."""

    def __call__(self, step: str, count: int, *, done: bool = True) -> None:
        """Report ``count``; ``done`` is False if the step goes on."""


class Engine:
    """Prepares the rows and scores the pairs, with DuckDB on this computer; others elsewhere.

    Decisions are always made here, in DuckDB.
    """

    def write(self, parts: Iterator[ValueFile]) -> None:
        """Write the Parquet file of each part."""
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
        """Create ``scored`` from ``cells``: the pairs that weigh at least ``least`` bits."""
        make_pairs(connection, which)
        ((pairs,),) = connection.execute("select count(*) from pairs").fetchall()
        progress("paired", pairs)
        make_scored(connection, model, least, kept)
