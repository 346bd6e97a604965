"""The rows of lists and register in one table, with their cells as given."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

ListedRow = tuple[str, str, Mapping[str, str], Mapping[str, str]]
"""The list ('' for the register), the row's name there, cells by column key, and other cells."""

_AT_ONCE = 20_000


def make_named(
    connection: DuckDBPyConnection, rows: Iterable[ListedRow], keys: Sequence[str]
) -> Iterator[int]:
    """Create the table ``named``: ``id`` from 0, ``source``, ``row``, ``listed``, ``given_<key>``.

    The column ``others`` holds the other cells as JSON. Yields the number of rows so far after each
    batch.
    """
    texts = ["source", "row", *(f"given_{key}" for key in keys), "others"]
    columns = ", ".join(f'"{name}" varchar' for name in texts)
    connection.execute(f"create table named (id bigint, listed boolean, {columns})")
    remaining, done = iter(rows), 0
    while part := list(islice(remaining, _AT_ONCE)):
        given: dict[str, list[str | None]] = {
            "source": [source for source, *_ in part],
            "row": [name for _, name, *_ in part],
            **{f"given_{key}": [cells.get(key) or None for *_, cells, _ in part] for key in keys},
            "others": [
                json.dumps(others, ensure_ascii=False) if others else None for *_, others in part
            ],
        }
        connection.register(
            "part", pd.DataFrame(given, dtype=object).assign(id=range(done, done + len(part)))
        )
        typed = ", ".join(f'"{name}"::varchar' for name in texts)
        connection.execute(f"insert into named select id, source <> '', {typed} from part")
        connection.unregister("part")
        done += len(part)
        yield done
