"""Records who was given lists of people: a row for each receiver, list and person (SQLite)."""

import sqlite3
from collections.abc import Collection, Iterable
from datetime import datetime
from pathlib import Path

from register.book.errors import TemporaryFailure
from register.state.database import StateDatabase
from register.state.folder import make_private

HANDED_FILE = "receivers.sqlite"

_TABLE = """
create table if not exists handed (
  at text not null, receiver text not null, list text not null, person text not null,
  primary key (at, receiver, list, person)) without rowid;
"""


def note_handed(
    folder: Path, at: datetime, receiver: str, what: str, people: Iterable[str]
) -> None:
    """Record that a list with these people is given to a receiver.

    Raises TemporaryFailure if it cannot be recorded: the list is then not made, since nobody would
    know where it went.
    """
    moment = at.isoformat(timespec="seconds")
    try:
        make_private(folder)
        with StateDatabase(folder / HANDED_FILE, _TABLE).transaction() as db:
            db.executemany(
                "insert or ignore into handed values (?, ?, ?, ?)",
                [(moment, receiver, what, person) for person in people],
            )
    except (OSError, sqlite3.Error) as fault:
        raise TemporaryFailure(
            "It cannot be kept to whom the list goes, so it was not made: {file} ({fault})",
            remedy="Look whether the disk is full, then give the same command again.",
            file=str(folder / HANDED_FILE),
            fault=fault,
        ) from fault


def handed_receivers(folder: Path, people: Collection[str] | None = None) -> tuple[str, ...]:
    """Return the receivers of lists with any of these people, sorted by name.

    ``people`` are row ids; None stands for all people.
    """
    if not (folder / HANDED_FILE).is_file():
        return ()
    with StateDatabase(folder / HANDED_FILE, _TABLE).transaction() as db:
        rows = db.execute("select distinct receiver, person from handed order by 1").fetchall()
    return tuple(dict.fromkeys(one for one, who in rows if people is None or who in people))
