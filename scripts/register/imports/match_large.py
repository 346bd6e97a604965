"""Match lists of people of any size with each other and with the register, on disk."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from register.book.errors import UsageError
from register.book.table import Book
from register.imports.match_list import ListColumns, are_people, named_columns
from register.intake.sheet import ListSheet
from register.match.groups import prior_of_share
from register.match.large.decisions import (
    make_found,
    make_likely,
    make_matches,
    make_members,
    near_homes,
)
from register.match.large.engine import Engine, Progress
from register.match.large.listed import ListedRow, make_named
from register.match.large.parts import BESIDE, COMPARED_CELLS, large_parts
from register.match.large.rows import find_turned, make_called, make_cells
from register.match.large.scores import LEAST_BITS
from register.match.model import load_model
from register.match.pairs import live_people
from register.match.person_comparisons import PEOPLE_COMPARISONS

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_SHARE = 0.1
"""The share of rows assumed to be duplicates before any evidence."""


@dataclass(frozen=True, slots=True)
class LargeSource:
    """A list: its beginning, and a function that yields the number and cells of its rows."""

    head: ListSheet
    rows: Callable[[], Iterator[tuple[int, Sequence[str | None]]]]


def match_large(
    connection: DuckDBPyConnection,
    folder: Path,
    sources: Sequence[LargeSource],
    against: Book | None,
    progress: Progress,
    engine: Engine,
) -> None:
    """Create the tables ``matches``, ``members`` and ``named`` in a database.

    ``folder`` is for the database's files. Without a register, or with several lists, pairs within
    the lists are sought. With the register ``against``, pairs of a list's row and a person of the
    register are sought too. Raises UsageError if there are no rows, or if a list has no column of
    names.
    """
    known = live_people(against) if against else ()
    for done in make_named(connection, listed_rows(sources, known), COMPARED_CELLS):
        progress("read", done, done=False)
    rows = _count(connection, "named")
    progress("read", rows)
    if not rows:
        raise UsageError(
            "{file} has headers and no rows.",
            remedy="Check that it is the right file.",
            file=sources[0].head.name,
        )

    def read(piece: str, table: str) -> None:
        engine.write(large_parts(connection, piece, table, folder))

    read("name", "named")
    progress("turned", find_turned(connection, folder))
    read("turned", "turned")
    make_called(connection, folder)
    read("address", "called")
    for piece in BESIDE:
        read(piece, "named")
    make_cells(connection, folder)
    which = "within" if against is None else "across" if len(sources) == 1 else "all"
    least = LEAST_BITS - prior_of_share(_SHARE, _count(connection, "cells"))
    model = load_model("people", PEOPLE_COMPARISONS)
    engine.score(connection, which, model, least, near_homes(model, least), progress)
    progress("scored", _count(connection, "scored"))
    make_found(connection)
    make_likely(connection)
    make_members(connection)
    make_matches(connection)
    progress("matched", _count(connection, "matches"))


def lists_of_people(sources: Sequence[LargeSource]) -> bool:
    """Return True if the lists are of people, False if of organisations.

    Raises UsageError if there are some of each.
    """
    told = {source.head.name: are_people(named_columns(source.head)) for source in sources}
    people = [name for name, named in told.items() if named]
    others = [name for name, named in told.items() if not named]
    if people and others:
        raise UsageError(
            "{people} is a list of people, {others} one of organisations.",
            remedy="Match lists of people with lists of people only.",
            people=people[0],
            others=others[0],
        )
    return bool(people)


def listed_rows(
    sources: Sequence[LargeSource], known: Iterable[tuple[str, Mapping[str, str]]]
) -> Iterator[ListedRow]:
    """Yield the rows of all lists by number, then the register's rows (``known``) by id.

    The source of the register's rows is ''.
    """
    for source in sources:
        shape = ListColumns.of(source.head)
        for number, cells in source.rows():
            if any(cells):
                yield (shape.source, str(number), *shape.read(cells))
    for row_id, row in known:
        yield "", row_id, row, {}


def _count(connection: DuckDBPyConnection, table: str) -> int:
    ((rows,),) = connection.execute(f"select count(*) from {table}").fetchall()  # noqa: S608
    return int(rows)
