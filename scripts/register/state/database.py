"""Small SQLite databases of the state: opened for each transaction, and only their owner's."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from register.state.folder import open_private


class StateDatabase:
    """The database in a file; without one it is empty at each transaction, and keeps nothing."""

    def __init__(self, path: Path | None, tables: str) -> None:
        """Open or create it, with its tables (SQL); raises sqlite3.Error."""
        self.path = open_private(path) if path else None
        self._tables = tables
        with self.transaction():
            pass

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Give a connection whose changes are committed at the end, and synced to the disk."""
        with closing(sqlite3.connect(self.path or ":memory:", timeout=30)) as db:
            db.execute("pragma synchronous = full")
            db.executescript(self._tables)
            with db:
                yield db
