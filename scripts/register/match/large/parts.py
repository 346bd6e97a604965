"""Compared columns, computed once for each distinct value, in parts that any process can do.

A million rows have far fewer names, places and organisations than rows: what the functions for a
small list return for a value is kept beside it in Parquet, and joined to the rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from register.match.births import birth_cells
from register.match.columns import (
    address_cells,
    name_cells,
    organisation_cells,
    phone_cells,
    street_cells,
    trigrams,
)
from register.match.compared_names import known_first, name_use
from register.match.folding import fold_name
from register.match.mailbox_owner import is_written_out, may_be_turned
from register.match.memory_database import memory_database, sql_text

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

COMPARED_CELLS = (
    *("first", "last", "email", "phone", "org", "municipality", "postcode", "role"),
    *("street", "region", "born"),
)
"""The column keys of cells that are compared; as given they are in ``given_<key>``."""

VALUES_OF_A_PART = 50_000


@dataclass(frozen=True, slots=True)
class ColumnGroup:
    """Columns that are read together, and the function that reads them."""

    given: tuple[str, ...]
    read: Callable[..., Mapping[str, str | bool]]


@dataclass(frozen=True, slots=True)
class ValueFile:
    """Distinct values of a piece that are read together into one Parquet file."""

    piece: str
    values: list[tuple[str | None, ...]]
    path: Path


def large_parts(
    connection: DuckDBPyConnection, piece: str, table: str, folder: Path
) -> Iterator[ValueFile]:
    """Yield the distinct values of a piece's columns in a table, in parts for files in a folder."""
    columns = ", ".join(PIECES[piece].given)
    cursor = connection.cursor()
    cursor.execute(f"select distinct {columns} from {table}")
    number = 0
    while values := cursor.fetchmany(VALUES_OF_A_PART):
        yield ValueFile(piece, values, folder / f"{piece}-{number:06}.parquet")
        number += 1


def write_part(one: ValueFile) -> int:
    """Read the values of a part, write its file, and return the number of values."""
    import pandas as pd

    piece = PIECES[one.piece]
    told = [piece.read(*(cell or "" for cell in value)) for value in one.values]
    columns: dict[str, Sequence[object]] = {
        **dict(zip(piece.given, zip(*one.values, strict=True), strict=True)),
        **{key: [each[key] for each in told] for key in told[0]},
    }
    # A column that is blank in the whole part must be text, too, so that all parts have one schema.
    typed = ", ".join(
        key if isinstance(told[0].get(key), bool) else f"nullif({key}::varchar, '') as {key}"
        for key in columns
    )
    with memory_database() as connection:
        connection.execute("set threads = 1")
        connection.register("part", pd.DataFrame(columns, dtype=object))
        rows = f"select {typed} from part"
        connection.execute(f"copy ({rows}) to {sql_text(one.path)} (format parquet)")
    return len(one.values)


def _name(first: str, last: str, *, turned: bool) -> dict[str, str | bool]:
    """Return the compared columns of a name; if ``turned``, with its parts exchanged."""
    name = name_use(first, last)
    if turned:
        name = name.turned()
    firsts, lasts = name.first.split(), name.last.split()
    return {
        **name_cells(first, last, name),
        "turned": "1" if turned else "",
        "first_known": known_first(name.first),
        "any_first_known": any(map(known_first, firsts)),
        "any_last_known": any(map(known_first, lasts)),
        "turnable": may_be_turned(name.first, name.last),
        "written_out": is_written_out(name.first, name.last),
    }


def _street(cell: str) -> dict[str, str]:
    told = street_cells(cell)
    return {**told, "grams": "|".join(sorted(trigrams(told["street"])))}


def _folded(key: str, cell: str) -> dict[str, str]:
    return {key: fold_name(cell)}


_NAME = ("given_first", "given_last")
PIECES: Mapping[str, ColumnGroup] = {
    "name": ColumnGroup(_NAME, partial(_name, turned=False)),
    "turned": ColumnGroup(_NAME, partial(_name, turned=True)),
    "address": ColumnGroup(("given_email", "first", "last", "lasts"), address_cells),
    "phone": ColumnGroup(("given_phone",), phone_cells),
    "organisation": ColumnGroup(("given_org",), organisation_cells),
    "street": ColumnGroup(("given_street",), _street),
    "place": ColumnGroup(("given_municipality",), partial(_folded, "place")),
    "region": ColumnGroup(("given_region",), partial(_folded, "region")),
    "role": ColumnGroup(("given_role",), partial(_folded, "role")),
    "birth": ColumnGroup(("given_born",), birth_cells),
}
"""The pieces by name. ``address`` reads the folded names of ``name`` as well."""

BESIDE = ("phone", "organisation", "street", "place", "region", "role", "birth")
"""The pieces other than names and addresses, which need nothing of another piece."""
