"""What has been read from the mailbox: processed messages and each person's last answer (SQLite).

A message counts as processed only after the register has been written. The file holds hashes and
ids, no texts or names; an address only while a receipt is owed to it.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import astuple
from datetime import UTC, datetime
from hashlib import blake2b
from pathlib import Path

from register.book.errors import TemporaryFailure
from register.ports.mailbox import AnswerOnRecord, Receipt
from register.state.database import StateDatabase

ANSWERS_FILE = "answers.sqlite"

_TABLES = """
create table if not exists message (
  key text primary key, print text not null, kind text not null, at text not null) without rowid;
create index if not exists message_print on message (print);
create table if not exists answer (
  meeting text not null, person text not null, answer text not null, said_at text not null,
  sequence integer not null, count integer not null, primary key (meeting, person)) without rowid;
create table if not exists receipt (
  kind text not null, person text not null, mailbox text not null, meeting text not null,
  given text not null, number integer not null, primary key (kind, meeting, person, number));
"""


_ASIDE = "aside"
"""The kind of a message that was set aside.

Earlier versions wrote "hostile", even if the reading process had died for another reason. Messages
of that kind are read once more."""

_RECEIPT = "kind, person, mailbox, meeting, given, number"


class SqliteMailboxState:
    """Implements the port ``MailboxState`` with one file that only its owner may read.

    Without a folder nothing has been read, and nothing is kept.
    """

    def __init__(self, folder: Path | None) -> None:
        self._keys: set[str] | None = None
        self._path = folder and folder / ANSWERS_FILE
        with _kept(self._path):
            self._database = StateDatabase(self._path, _TABLES)

    @staticmethod
    def exists(folder: Path) -> bool:
        """Return True if the folder holds such a file."""
        return (folder / ANSWERS_FILE).is_file()

    def known(self, key: str) -> bool:
        """Return True if the message with this key has been processed."""
        if self._keys is None:  # each run asks about every message
            with self._open() as db:
                query = "select key from message where kind != 'hostile'"
                self._keys = {row[0] for row in db.execute(query)}
        return _hashed(key) in self._keys

    def has_content(self, print_: str) -> bool:
        """Return True if a message with this content digest has been processed, under any key."""
        with self._open() as db:
            query = "select 1 from message where print = ? and kind not in ('hostile', 'aside')"
            return db.execute(query, (print_,)).fetchone() is not None

    def last_answer(self, meeting: str, person: str) -> AnswerOnRecord | None:
        """Return a person's last answer to a meeting; None if there is none."""
        query = (
            "select answer, said_at, sequence, count from answer where meeting = ? and person = ?"
        )
        with self._open() as db:
            row = db.execute(query, (meeting, person)).fetchone()
        return (
            AnswerOnRecord(row[0], datetime.fromisoformat(row[1]), row[2], row[3]) if row else None
        )

    def keep(
        self,
        messages: Iterable[tuple[str, str, str]],
        answers: Mapping[tuple[str, str], AnswerOnRecord],
    ) -> None:
        """Store processed messages as ``(key, print, kind)``, and answers, in one commit."""
        now = datetime.now(UTC).isoformat(timespec="seconds")
        rows = [
            (_hashed(key), print_, _ASIDE if kind == "hostile" else kind, now)
            for key, print_, kind in messages
        ]
        said = [
            (*key, one.answer, one.said_at.astimezone(UTC).isoformat(), one.sequence, one.count)
            for key, one in answers.items()
        ]
        with self._open() as db:
            db.executemany("insert or replace into message values (?, ?, ?, ?)", rows)
            db.executemany("insert or replace into answer values (?, ?, ?, ?, ?, ?)", said)
        self._keys = None

    def learn(
        self, messages: Iterable[Mapping[str, object]], answers: Iterable[Mapping[str, object]]
    ) -> None:
        """Merge messages and answers of another computer, each a mapping by column.

        Of two answers of a person to a meeting the later one stays.
        """
        with self._open() as db:
            db.executemany(
                "insert or ignore into message (key, print, kind, at)"
                " values (:key, :print, :kind, :at)",
                messages,
            )
            db.executemany(
                "insert into answer (meeting, person, answer, said_at, sequence, count)"
                " values (:meeting, :person, :answer, :said_at, :sequence, :count)"
                " on conflict do update set answer = excluded.answer, said_at = excluded.said_at,"
                " sequence = excluded.sequence, count = excluded.count"
                " where excluded.said_at > answer.said_at",
                answers,
            )
        self._keys = None

    def owed(self) -> tuple[Receipt, ...]:
        """Return the receipts that are owed, oldest first."""
        with self._open() as db:
            rows = db.execute(f"select {_RECEIPT} from receipt order by rowid").fetchall()  # noqa: S608
        return tuple(Receipt(*row) for row in rows)

    def owe(self, receipts: Iterable[Receipt]) -> None:
        """Add receipts to those owed; a receipt owed already is replaced.

        The key of a receipt is its kind, meeting, person and number.
        """
        with self._open() as db:
            self._promise(db, receipts)

    def replace_owed(self, still_owed: Iterable[Receipt]) -> None:
        """Replace the owed receipts with these."""
        with self._open() as db:
            db.execute("delete from receipt")
            self._promise(db, still_owed)

    @staticmethod
    def _promise(db: sqlite3.Connection, receipts: Iterable[Receipt]) -> None:
        query = f"insert or replace into receipt ({_RECEIPT}) values (?, ?, ?, ?, ?, ?)"  # noqa: S608
        db.executemany(query, map(astuple, receipts))

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        with _kept(self._path), self._database.transaction() as db:
            yield db


@contextmanager
def _kept(path: Path | None) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as fault:
        raise TemporaryFailure(
            "What has been read of the mailbox cannot be kept: {file} ({fault})",
            remedy="Look whether the disk is full, then give the same command again.",
            file=str(path),
            fault=fault,
        ) from fault


def _hashed(key: str) -> str:
    return blake2b(key.encode("utf-8", "surrogateescape"), digest_size=16).hexdigest()
