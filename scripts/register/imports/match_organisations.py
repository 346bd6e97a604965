"""Large lists of organisations matched, with one another and with the register.

What tells two organisations apart are rules in Python, so all of the rows are judged in memory;
what is found goes into the same tables as what is found of people.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from typing import TYPE_CHECKING

import pandas as pd

from register.book.groups import DisjointSets
from register.book.table import Book
from register.imports.match_large import LargeSource
from register.imports.match_list import ListColumns
from register.match.large.engine import Progress
from register.match.organisation_comparisons import ORGANISATION_COMPARISONS
from register.match.organisation_judging import judge_organisations
from register.match.pair import JudgedPair
from register.people.records import live_rows

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_CELLS = (
    *("name", "short", "business_id", "assoc_no", "municipality", "postcode", "street"),
    *("email", "phone", "url"),
)
_Row = tuple[str, str, Mapping[str, str], Mapping[str, str]]
"""The list, the row's name there, its cells by their keys, and the others by header."""


def match_large_organisations(
    connection: DuckDBPyConnection,
    sources: Sequence[LargeSource],
    against: Book | None,
    progress: Progress,
) -> None:
    """Make ``matches``, ``members`` and ``named`` in a database, as :func:`match_large` does."""
    rows = list(_rows(sources, against))
    listed = sum(bool(source) for source, *_ in rows)
    progress("read", len(rows))
    linked = listed if against is not None and len(sources) == 1 else 0
    judged = [
        one
        for one in judge_organisations([cells for *_, cells, _ in rows], len(rows), linked)
        if one.left < listed or one.right < listed
    ]
    clusters = DisjointSets[int]()
    for one in judged:
        clusters.unite(one.left, one.right)
    _make(connection, "named", list(map(_named, count(), rows)))
    _make(connection, "matches", [_match(one, clusters.find(one.left)) for one in judged])
    connection.execute(
        "create table members as select distinct unnest([l, r]) as id, cluster from matches"
    )
    progress("matched", len(judged))


def _rows(sources: Sequence[LargeSource], against: Book | None) -> Iterator[_Row]:
    for source in sources:
        columns = ListColumns.of(source.head)
        for number, cells in source.rows():
            if any(cells):
                yield (columns.source, str(number), *columns.read(cells))
    for row_id, row in live_rows(against.table("organisations")) if against else ():
        yield "", row_id, row, {}


def _named(number: int, row: _Row) -> dict[str, object]:
    source, name, cells, others = row
    return {
        "id": number,
        "source": source,
        "row": name,
        "listed": bool(source),
        **{f"given_{key}": cells.get(key) or None for key in _CELLS},
        "others": json.dumps(others, ensure_ascii=False) if others else None,
    }


def _match(one: JudgedPair, cluster: int) -> dict[str, object]:
    told = {reason.comparison: reason for reason in one.reasons}
    match: dict[str, object] = {"l": one.left, "r": one.right, "probability": one.probability}
    match |= {"certain": one.decision == "certain", "cluster": cluster}
    for comparison in ORGANISATION_COMPARISONS:
        reason = told.get(comparison.name)
        match[f"level_{comparison.name}"] = reason.level if reason else "unknown"
        match[f"weight_{comparison.name}"] = reason.weight if reason else 0.0
    return match


def _make(connection: DuckDBPyConnection, table: str, rows: list[dict[str, object]]) -> None:
    """Make a table of rows; a column that is blank in all of them is text none the less."""
    kinds = {int: "bigint", float: "double", bool: "boolean"}
    first = rows[0] if rows else _BLANK[table]
    columns = ", ".join(
        f'"{name}"::{kinds.get(type(value), "varchar")} as "{name}"'
        for name, value in first.items()
    )
    frame = pd.DataFrame(rows, columns=list(first), dtype=object)
    connection.register("made", frame)
    connection.execute(f"create table {table} as select {columns} from made")  # noqa: S608
    connection.unregister("made")


_BLANK = {
    "named": _named(0, ("", "", {}, {})),
    "matches": _match(JudgedPair(0, 0, 0.0, "likely", ()), 0),
}
