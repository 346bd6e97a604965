"""Rows prepared in parts, by several processes: each part becomes a Parquet file, once."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from itertools import chain, islice
from multiprocessing import get_context
from pathlib import Path
from typing import Protocol

from register.match.called import known_first, name_use
from register.match.columns import person_cells, trigrams
from register.match.mailbox_owner import is_written_out, tells_first_name

CELLS = (
    *("first", "last", "email", "phone", "org", "municipality", "postcode", "role"),
    *("street", "region"),
)
"""The cells of a row that are compared; in a part they are called ``given_<key>``."""

ROWS_OF_A_PART = 20_000

_OTHER_TYPES = (
    *("id", "listed", "first_known", "any_first_known", "any_last_known", "both_first"),
    *("written_out", "called"),
)
"""The columns of a part that are no texts."""


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


def write_parts(
    rows: Iterable[ListedRow], folder: Path, processes: int, *, turned: bool = False
) -> Iterator[int]:
    """Write the rows as Parquet files into a folder; yield how many are done, part by part.

    With ``turned`` each name is read the other way round. No more parts are held at once than
    there are ``processes``, and as many again.
    """
    name = "turned" if turned else "given"
    parts = (
        (part, folder / f"{name}-{number:06}.parquet")
        for number, part in enumerate(_cut(rows, ROWS_OF_A_PART))
    )
    begun = list(islice(parts, 2))
    if len(begun) < 2:
        # Other processes take longer to start than one part takes.
        yield from (_write_part(part, path, turned) for part, path in begun)
        return
    waiting: deque[Future[int]] = deque()
    done = 0
    with ProcessPoolExecutor(processes, get_context("spawn")) as pool:
        for part, path in chain(begun, parts):
            waiting.append(pool.submit(_write_part, part, path, turned))
            while len(waiting) > 2 * processes:
                done += waiting.popleft().result()
                yield done
        while waiting:
            done += waiting.popleft().result()
            yield done


def _cut(rows: Iterable[ListedRow], size: int) -> Iterator[list[ListedRow]]:
    remaining = iter(rows)
    while part := list(islice(remaining, size)):
        yield part


def _write_part(rows: Sequence[ListedRow], path: Path, turned: bool) -> int:
    import duckdb
    import pandas as pd

    part = pd.DataFrame([_prepared(row, turned) for row in rows], dtype=object)
    with duckdb.connect() as connection:
        connection.execute("set threads = 1")
        connection.register("part", part)
        # A column that is blank in all of a part is text none the less: all parts have one form.
        connection.execute(
            f"copy (select columns(lambda name: name in {_OTHER_TYPES}), "
            f"columns(lambda name: name not in {_OTHER_TYPES})::varchar from part) "
            f"to {quoted(path)} (format parquet)"
        )
    return len(rows)


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
        "both_first": known_first(first) and known_first(last),
        "written_out": is_written_out(first, last),
        "called": tells_first_name(told["email"] or "", first, last),
        **{f"given_{key}": cells.get(key) or None for key in CELLS},
        "others": json.dumps(others, ensure_ascii=False) if others else None,
    }


def quoted(text: object) -> str:
    """Return a text as SQL writes one."""
    return "'" + str(text).replace("'", "''") + "'"
