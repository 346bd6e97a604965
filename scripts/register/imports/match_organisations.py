"""Match large lists of organisations with each other and with the register.

Organisations are compared by rules in Python, so all rows are judged in memory. The results go into
the same tables as those for people.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd

from register.book.groups import DisjointSets
from register.book.table import Book
from register.imports.match_large import LargeSource, listed_rows
from register.match.large.engine import Progress
from register.match.large.listed import make_named
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


def match_large_organisations(
    connection: DuckDBPyConnection,
    sources: Sequence[LargeSource],
    against: Book | None,
    progress: Progress,
) -> None:
    """Create the tables ``matches``, ``members`` and ``named``, as :func:`match_large` does."""
    known = live_rows(against.table("organisations")) if against else ()
    rows = list(listed_rows(sources, known))
    for done in make_named(connection, rows, _CELLS):
        progress("read", done, done=False)
    progress("read", len(rows))
    listed = sum(bool(source) for source, *_ in rows)
    linked = listed if against is not None and len(sources) == 1 else 0
    judged = [
        one
        for one in judge_organisations([cells for *_, cells, _ in rows], len(rows), linked)
        if one.left < listed or one.right < listed
    ]
    clusters = DisjointSets[int]()
    for one in judged:
        clusters.unite(one.left, one.right)
    _make_matches(connection, [_match(one, clusters.find(one.left)) for one in judged])
    connection.execute(
        "create table members as select distinct unnest([l, r]) as id, cluster from matches"
    )
    progress("matched", len(judged))


def _match(one: JudgedPair, cluster: int) -> dict[str, object]:
    told = {reason.comparison: reason for reason in one.reasons}
    match: dict[str, object] = {"l": one.left, "r": one.right, "probability": one.probability}
    match |= {"certain": one.decision == "certain", "cluster": cluster}
    for comparison in ORGANISATION_COMPARISONS:
        reason = told.get(comparison.name)
        match[f"level_{comparison.name}"] = reason.level if reason else "unknown"
        match[f"weight_{comparison.name}"] = reason.weight if reason else 0.0
    return match


def _make_matches(connection: DuckDBPyConnection, matches: list[dict[str, object]]) -> None:
    """Create the table ``matches``, with all its columns even if there are no matches."""
    none = _match(JudgedPair(0, 0, 0.0, "likely", ()), 0)
    connection.register("made", pd.DataFrame([none, *matches]))
    connection.execute("create table matches as select * from made where l < r")
    connection.unregister("made")
