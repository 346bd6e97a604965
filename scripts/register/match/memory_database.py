"""DuckDB in memory alone: by default it would spill people's rows into the folder ``.tmp``."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


def sql_text(text: object) -> str:
    """Return a text as an SQL literal."""
    return "'" + str(text).replace("'", "''") + "'"


@contextmanager
def memory_database() -> Iterator[DuckDBPyConnection]:
    """Open an empty database and close it at the end; raises MemoryError if it outgrows memory."""
    # Imported late: most runs compare nothing, and the engine takes a while to load.
    import duckdb

    try:
        with duckdb.connect(config={"temp_directory": ""}) as connection:
            yield connection
    except duckdb.OutOfMemoryException as fault:
        raise MemoryError from fault
