"""Rows prepared in parts, each by itself, wherever: a part becomes a Parquet file, once."""

from __future__ import annotations

import gc
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Protocol

from register.match.called import known_first, name_use
from register.match.columns import person_cells, trigrams
from register.match.mailbox_owner import (
    is_called_by_name,
    is_written_out,
    may_be_turned,
    tells_first_name,
)

CELLS = (
    *("first", "last", "email", "phone", "org", "municipality", "postcode", "role"),
    *("street", "region"),
)
"""The cells of a row that are compared; in a part they are called ``given_<key>``."""

ROWS_OF_A_PART = 20_000

_OTHER_TYPES = (
    *("listed", "first_known", "any_first_known", "any_last_known", "turnable"),
    *("written_out", "called", "own"),
)
"""The columns of a part that are true or false."""


class ListShape(Protocol):
    """What the columns of a list are; it goes to other processes."""

    @property
    def source(self) -> str:
        """The list's name; '' is the register."""

    def read(self, cells: Sequence[str | None]) -> tuple[Mapping[str, str], Mapping[str, str]]:
        """Return the cells of a row that are compared, by their keys, and the others by header."""


@dataclass(frozen=True, slots=True)
class ListedRow:
    """A row of a list, or of the register: its number among all, its row number or id there."""

    number: int
    shape: ListShape
    name: str
    cells: Sequence[str | None]


@dataclass(frozen=True, slots=True)
class OwnCells:
    """The shape of a row that is nothing but :data:`CELLS`, in that order."""

    source: str = ""

    def read(self, cells: Sequence[str | None]) -> tuple[dict[str, str], dict[str, str]]:
        """Return the cells by their keys."""
        return {key: cell for key, cell in zip(CELLS, cells, strict=True) if cell}, {}


@dataclass(frozen=True, slots=True)
class Part:
    """Rows that are prepared together and become one Parquet file.

    With ``turned`` each name is read the other way round.
    """

    rows: Sequence[ListedRow]
    path: Path
    turned: bool


def parts_of(rows: Iterable[ListedRow], folder: Path, *, turned: bool = False) -> Iterator[Part]:
    """Yield the parts of the rows, as they are asked for."""
    name = "turned" if turned else "given"
    for number, part in enumerate(_cut(rows, ROWS_OF_A_PART)):
        yield Part(part, folder / f"{name}-{number:06}.parquet", turned)


def _cut(rows: Iterable[ListedRow], size: int) -> Iterator[list[ListedRow]]:
    remaining = iter(rows)
    while part := list(islice(remaining, size)):
        yield part


def write_part(one: Part) -> int:
    """Prepare the rows of a part and write its file; return how many there are."""
    import duckdb
    import pandas as pd

    # Looking for cycles time and again among a million dictionaries would take a fifth of the time.
    gc.disable()
    try:
        part = pd.DataFrame([_prepared(row, one.turned) for row in one.rows], dtype=object)
    finally:
        gc.enable()
    with duckdb.connect() as connection:
        connection.execute("set threads = 1")
        connection.register("part", part)
        # A column that is blank in all of a part is text none the less: all parts have one form.
        connection.execute(
            f"copy (select id::bigint as id, columns(lambda name: name in {_OTHER_TYPES}), columns("
            f"lambda name: name <> 'id' and name not in {_OTHER_TYPES})::varchar from part) "
            f"to {quoted(one.path)} (format parquet)"
        )
    return len(one.rows)


def _prepared(row: ListedRow, turned: bool) -> dict[str, object]:
    """Return the columns of a row: those that are compared, what it was given, what is known."""
    cells, others = row.shape.read(row.cells)
    name = name_use(cells.get("first", ""), cells.get("last", ""))
    if turned:
        name = name.turned()
    told = {key: value or None for key, value in person_cells(cells, name).items()}
    first, last = name.first, name.last
    return {
        "id": row.number,
        "source": row.shape.source,
        "row": row.name,
        **told,
        "turned": "1" if turned else None,
        "listed": bool(row.shape.source),
        "grams": "|".join(sorted(trigrams(told["street"] or ""))) or None,
        "first_known": known_first(first),
        "any_first_known": any(map(known_first, first.split())),
        "any_last_known": any(map(known_first, last.split())),
        "turnable": may_be_turned(first, last),
        "written_out": is_written_out(first, last),
        "called": tells_first_name(told["email"] or "", first, last),
        "own": is_called_by_name(told["email"] or "", first, last),
        **{f"given_{key}": cells.get(key) or None for key in CELLS},
        "others": json.dumps(others, ensure_ascii=False) if others else None,
    }


def quoted(text: object) -> str:
    """Return a text as SQL writes one."""
    return "'" + str(text).replace("'", "''") + "'"
