"""A database of DuckDB's in memory alone: by itself it spills people's rows into ``.tmp``."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


@contextmanager
def memory_database() -> Iterator[DuckDBPyConnection]:
    """Give an empty one; raises MemoryError where what it holds does not fit."""
    # Not at the top: most runs have nothing to compare, and the engine takes a while to load.
    import duckdb

    try:
        with duckdb.connect(config={"temp_directory": ""}) as connection:
            yield connection
    except duckdb.OutOfMemoryException as fault:
        raise MemoryError from fault
