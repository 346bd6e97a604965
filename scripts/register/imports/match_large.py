"""Lists of any size matched, with one another and with the register: everything on disk."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from os import cpu_count
from pathlib import Path
from typing import TYPE_CHECKING

from register.book.errors import UsageError
from register.book.table import Book
from register.imports.match_list import PeopleShape, are_people, named_columns
from register.intake.sheet import ListSheet
from register.match.groups import prior_of_share
from register.match.large.blocks import make_pairs
from register.match.large.decisions import (
    make_found,
    make_likely,
    make_matches,
    make_members,
    near_homes,
)
from register.match.large.parts import CELLS, ListedRow, OwnCells, write_parts
from register.match.large.rows import find_turned, make_cells
from register.match.large.scores import LEAST_BITS, make_scored
from register.match.model import load_model
from register.match.pairs import live_people
from register.match.people import PEOPLE_COMPARISONS

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_MOST_ORGANISATIONS = 100_000

_SHARE = 0.1
"""How many of the rows are taken to be there twice before anything is known."""

Progress = Callable[[str, int], None]
"""Is told which step has been done, and of how many rows or pairs."""


@dataclass(frozen=True, slots=True)
class LargeSource:
    """A list: its beginning, and its rows by their numbers."""

    head: ListSheet
    rows: Callable[[], Iterator[tuple[int, Sequence[str | None]]]]


def match_large(
    connection: DuckDBPyConnection,
    folder: Path,
    sources: Sequence[LargeSource],
    against: Book | None,
    progress: Progress,
) -> None:
    """Make ``matches``, ``members`` and ``named`` in a database, with its files in a folder.

    The pairs are those within the lists, if there are several or no register; else, and besides,
    those of a list and the register ``against``. Raises UsageError where a list names nobody, or is
    one of organisations.
    """
    shapes = [_shape(source.head) for source in sources]
    processes = max(cpu_count() or 1, 1)
    for done in write_parts(_rows(sources, shapes, against), folder, processes):
        progress("read", done)
    turned = find_turned(connection, folder)
    for done in write_parts(turned, folder, processes, turned=True):
        progress("turned", done)
    make_cells(connection, folder)
    which = "within" if against is None else "across" if len(sources) == 1 else "all"
    make_pairs(connection, which)
    progress("paired", _count(connection, "pairs"))
    prior = prior_of_share(_SHARE, _count(connection, "cells"))
    least = LEAST_BITS - prior
    model = load_model("people", PEOPLE_COMPARISONS)
    make_scored(connection, model, least, near_homes(least))
    progress("scored", _count(connection, "scored"))
    make_found(connection)
    make_likely(connection)
    make_members(connection)
    make_matches(connection)
    progress("matched", _count(connection, "matches"))


def _shape(head: ListSheet) -> PeopleShape:
    columns = named_columns(head)
    if not are_people(columns):
        raise UsageError(
            "{file} is a list of organisations; of those at most {rows} rows are compared.",
            remedy="Divide it into several files, by region for one.",
            file=head.name,
            rows=_MOST_ORGANISATIONS,
        )
    return PeopleShape(head.name, columns, head.headers)


def _rows(
    sources: Sequence[LargeSource], shapes: Sequence[PeopleShape], against: Book | None
) -> Iterator[ListedRow]:
    """Yield the rows of all lists, then those of the register, numbered from 0."""
    numbers = count()
    for source, shape in zip(sources, shapes, strict=True):
        for number, cells in source.rows():
            if any(cells):
                yield ListedRow(next(numbers), shape, str(number), cells)
    for row_id, row in live_people(against) if against else ():
        cells = [row.get(key) for key in CELLS]
        yield ListedRow(next(numbers), OwnCells(), row_id, cells)


def _count(connection: DuckDBPyConnection, table: str) -> int:
    ((rows,),) = connection.execute(f"select count(*) from {table}").fetchall()  # noqa: S608
    return int(rows)
