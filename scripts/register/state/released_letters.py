"""What the ledger keeps of releases given in the sheet: previews with their codes, and promises."""

import json
import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager

from register.ports.ledger import PreviewEntry, Promise, Release

RELEASE_TABLES = """
create table if not exists preview (
  meeting text not null, number integer not null, kind text not null, count integer not null,
  hash text not null, code text not null, parts text not null, told integer not null,
  at text not null, primary key (meeting, number)) without rowid;
create table if not exists promise (
  meeting text not null, kind text not null, day text not null, digest text not null,
  number integer not null, primary key (meeting, kind)) without rowid;
"""


class ReleasedLetters(ABC):
    """The part of the port ``Ledger`` about previews and promises."""

    _db: sqlite3.Connection

    @abstractmethod
    def _writing(self) -> AbstractContextManager[sqlite3.Connection]:
        """Begin a transaction, which is committed completely or not at all."""

    @abstractmethod
    def _now(self) -> str:
        """Return the current time in the ledger's format."""

    def previews(self, meeting: str) -> Sequence[PreviewEntry]:
        """Return a meeting's previews, oldest first; those of all meetings if ``meeting`` is ''."""
        rows = self._db.execute(
            "select number, kind, count, hash, code, parts, told from preview"
            " where ? in ('', meeting) order by meeting, number",
            (meeting,),
        )
        return [
            PreviewEntry(number, kind, Release(count, hash_), code, json.loads(parts), bool(told))
            for number, kind, count, hash_, code, parts, told in rows
        ]

    def keep_preview(self, meeting: str, preview: PreviewEntry) -> None:
        """Store a preview; it replaces the meeting's preview of the same number."""
        row = (
            *(meeting, preview.number, preview.kind, preview.release.count, preview.release.hash),
            *(preview.code, json.dumps(dict(preview.parts)), int(preview.told), self._now()),
        )
        with self._writing() as db:
            db.execute("insert or replace into preview values (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)

    def promises(self, meeting: str) -> Sequence[Promise]:
        """Return the letters that a meeting's release allows for later days."""
        query = "select kind, day, digest, number from promise where meeting = ?"
        return [Promise(*row) for row in self._db.execute(query, (meeting,))]

    def promise(self, meeting: str, promises: Iterable[Promise]) -> None:
        """Replace the meeting's promises with these."""
        rows = [(meeting, one.kind, one.day, one.digest, one.number) for one in promises]
        with self._writing() as db:
            db.execute("delete from promise where meeting = ?", (meeting,))
            db.executemany("insert into promise values (?, ?, ?, ?, ?)", rows)
