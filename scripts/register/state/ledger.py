"""The ledger: which letters were planned, claimed and sent; the one authority on what may go.

One SQLite file that only its owner may read. A letter is one ``(campaign, mailbox)``, so a mailbox
gets one letter however often, and under however many names, it is planned::

    planned -> intent -> sent | failed | unknown | rehearsed
       ^---------+  (settled as planned again: certainly not sent)

An ``intent`` left behind by a dead process becomes ``unknown``: nobody knows whether the letter
went, so it is never sent again automatically. A rehearsal must not prevent the real sending, so it
is a campaign of its own (:data:`register.letters.campaign.REHEARSAL`). Nobody can have got its
letters; an ``intent`` that it left behind is planned again. The file also keeps what the recipients
of each meeting were told last, and the releases that people gave.

Each claim names the computer that made it. A computer that finds claims of another one stops: the
other may still be sending, from a copy of this folder or a shared one.

Each commit is synced (``synchronous = full``). While a run writes, it uses a write-ahead log if the
disk is local (:mod:`register.state.write_ahead`); at rest there is only the one file.
"""

from __future__ import annotations

import json
import platform
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from filelock import FileLock, Timeout

from register.book.errors import BookLocked, SafetyStop, TemporaryFailure, UsageError
from register.disk import make_private_folder
from register.letters.campaign import REHEARSAL
from register.ports.ledger import Announcement, LedgerEntry, Release
from register.state.adopted_letters import AdoptedLetters
from register.state.folder import open_private
from register.state.informed_readers import NOTICE_TABLE
from register.state.released_letters import RELEASE_TABLES
from register.state.write_ahead import begin_write_ahead, end_write_ahead
from register.values.email import mailbox_key

LEDGER_FILE = "ledger.sqlite"

SETTLED = ("sent", "failed", "unknown", "rehearsed", "planned")
"""The states that a claimed letter may be settled in."""

_TABLES = """
create table if not exists letter (
  campaign text not null, address text not null, person text not null, message_id text not null,
  state text not null
    check (state in ('planned', 'intent', 'sent', 'failed', 'unknown', 'rehearsed')),
  changed_at text not null, claimed_at text not null default '', host text not null default '',
  begun_at text not null default '',
  primary key (campaign, address)) without rowid;
create table if not exists told (
  meeting text not null, sequence integer not null, kind text not null, number integer not null,
  facts text not null, at text not null, primary key (meeting, sequence)) without rowid;
create table if not exists released (
  campaign text not null, count integer not null, hash text not null, at text not null,
  primary key (campaign, count, hash)) without rowid;
"""
_LATER_COLUMNS = ("claimed_at", "host", "begun_at")
"""Columns that a ledger of an earlier version lacks."""


class SqliteLedger(AdoptedLetters):
    """Implements the port ``Ledger`` with one file; ``letters`` may be read at any time.

    Only one process writes at a time: the first call that writes takes a lock and holds it until
    :meth:`close`, or until the process dies. Times are UTC.
    """

    @staticmethod
    def exists(folder: Path) -> bool:
        """Return True if the folder holds a ledger."""
        return (folder / LEDGER_FILE).is_file()

    def __init__(
        self,
        folder: Path,
        *,
        host: str = "",
        take_over: bool = False,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """Open or create ``ledger.sqlite`` in a folder that only its owner may read.

        ``host`` names this computer in its claims. With ``take_over`` the claims that another
        computer left become unknown; without it, the first write raises SafetyStop if there are
        any. Raises UsageError if the file is damaged or cannot be written.
        """
        self._path = folder / LEDGER_FILE
        self._host = host or platform.node()
        self._take_over = take_over
        self._clock = clock
        self._lock = FileLock(folder / "ledger.lock", mode=0o600)
        try:
            make_private_folder(folder)
            folder.chmod(0o700)
            self._db = sqlite3.connect(open_private(self._path), isolation_level=None, timeout=30)
            self._db.execute("pragma synchronous = full")
            self._make_tables()
            self._recover()
        except (OSError, sqlite3.DatabaseError) as fault:
            raise UsageError(
                "The ledger of sent letters cannot be opened: {file} ({fault})",
                remedy="Put the file back from a backup. Without it letters might go out twice.",
                file=str(self._path),
                fault=fault,
            ) from fault

    def plan(self, campaign: str, letters: Iterable[tuple[str, str, str]]) -> None:
        """Enter ``(address, person, message id)`` as planned; existing entries stay unchanged."""
        now = self._now()
        rows = [
            (campaign, mailbox_key(address), person, message_id, now)
            for address, person, message_id in letters
        ]
        with self._writing() as db:
            db.executemany(
                "insert or ignore into letter"
                " (campaign, address, person, message_id, state, changed_at)"
                " values (?, ?, ?, ?, 'planned', ?)",
                rows,
            )

    def begin(self, campaign: str, addresses: Iterable[str], moment: str) -> None:
        """Store the moment that the register shows as the start of sending planned letters."""
        with self._writing() as db:
            db.executemany(
                "update letter set begun_at = ?"
                " where campaign = ? and address = ? and state = 'planned'",
                [(moment, campaign, mailbox_key(address)) for address in addresses],
            )

    def record(
        self, campaign: str, claims: Iterable[str], settled: Iterable[tuple[str, str]]
    ) -> frozenset[str]:
        """Record the outcome of some letters and claim others, in one commit.

        ``settled`` holds ``(address, state)`` of claimed letters; a letter that was never claimed
        can only be settled as ``failed``. Returns the mailboxes that were claimed. Raises
        ValueError, and commits nothing, if a letter is settled that was not claimed or a state is
        not in :data:`SETTLED`.
        """
        held = set[str]()
        with self._writing() as db:
            for address, state in settled:
                if state not in SETTLED:
                    raise ValueError(state)
                before = ("intent", "planned") if state == "failed" else ("intent", "intent")
                done = db.execute(
                    "update letter set state = ?, changed_at = ?"
                    " where campaign = ? and address = ? and state in (?, ?)",
                    (state, self._now(), campaign, mailbox_key(address), *before),
                )
                if done.rowcount != 1:
                    raise ValueError(f"a letter of {campaign} is settled that was not claimed")
            for address in claims:
                now, mailbox = self._now(), mailbox_key(address)
                claimed = db.execute(
                    "update letter set state = 'intent', changed_at = ?, claimed_at = ?, host = ?"
                    " where campaign = ? and address = ? and state = 'planned'",
                    (now, now, self._host, campaign, mailbox),
                )
                if claimed.rowcount == 1:
                    held.add(mailbox)
        return frozenset(held)

    def resolve(self, campaign: str, address: str, state: str) -> bool:
        """Set the state of an ``unknown`` letter on a person's word; False if it is not unknown."""
        if state not in ("sent", "planned", "failed"):
            raise ValueError(state)
        with self._writing() as db:
            done = db.execute(
                "update letter set state = ?, changed_at = ?"
                " where campaign = ? and address = ? and state = 'unknown'",
                (state, self._now(), campaign, mailbox_key(address)),
            )
        return done.rowcount == 1

    def campaigns(self, beginning: str) -> Sequence[str]:
        """Return the names of the campaigns that start with ``beginning``, rehearsals included."""
        rows = self._db.execute(
            "select distinct campaign from letter where substr(campaign, 1, ?) = ?"
            " order by campaign",
            (len(beginning), beginning),
        )
        return [name for (name,) in rows]

    def claimed_since(self, moment: datetime) -> int:
        """Return how many letters of all campaigns may have gone since a moment.

        Rehearsals do not count. Claims dated in the future, by a clock ahead of this one, do.
        """
        (count,) = self._db.execute(
            "select count(*) from letter where claimed_at > ? and state in"
            " ('intent', 'sent', 'unknown', 'failed') and substr(campaign, ?) != ?",
            (_text(moment), -len(REHEARSAL), REHEARSAL),
        ).fetchone()
        return int(count)

    def announcement(self, meeting: str) -> Announcement | None:
        """Return what a meeting's recipients were told last; None if nothing."""
        return self.earlier_announcement(meeting, 1 << 31)

    def earlier_announcement(self, meeting: str, sequence: int) -> Announcement | None:
        """Return a meeting's last announcement below a sequence number; None if there is none."""
        row = self._db.execute(
            "select sequence, kind, number, facts from told where meeting = ? and sequence < ?"
            " order by sequence desc limit 1",
            (meeting, sequence),
        ).fetchone()
        return Announcement(row[0], row[1], row[2], json.loads(row[3])) if row else None

    def announce(self, meeting: str, told: Announcement) -> None:
        """Store what a meeting's recipients are about to be told."""
        facts = json.dumps(dict(told.facts), ensure_ascii=False, sort_keys=True)
        row = (meeting, told.sequence, told.kind, told.number, facts, self._now())
        with self._writing() as db:
            db.execute("insert or replace into told values (?, ?, ?, ?, ?, ?)", row)

    def released(self, campaign: str) -> frozenset[Release]:
        """Return the releases that people have given for a campaign."""
        query = "select count, hash from released where campaign = ?"
        return frozenset(Release(*row) for row in self._db.execute(query, (campaign,)))

    def release(self, campaign: str, agreed: Release) -> None:
        """Store a person's release of a campaign."""
        row = (campaign, agreed.count, agreed.hash, self._now())
        with self._writing() as db:
            db.execute("insert or ignore into released values (?, ?, ?, ?)", row)

    def letters(self, campaign: str) -> Sequence[LedgerEntry]:
        """Return the campaign's letters, sorted by address."""
        rows = self._db.execute(
            "select campaign, address, person, state, message_id, changed_at, begun_at from letter"
            " where campaign = ? order by address",
            (campaign,),
        )
        return [LedgerEntry(*row) for row in rows]

    def close(self) -> None:
        """Close the file and release the lock."""
        if self._lock.is_locked:
            end_write_ahead(self._db)
        self._db.close()
        self._lock.release()

    def __enter__(self) -> SqliteLedger:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _recover(self) -> None:
        """Sweep up after a dead process; a live one holds the lock and is left alone."""
        try:
            with self._lock.acquire(timeout=0):
                end_write_ahead(self._db)
                self._sweep()
        except Timeout:
            return

    def _make_tables(self) -> None:
        self._db.executescript(_TABLES + RELEASE_TABLES + NOTICE_TABLE)
        there = {row[1] for row in self._db.execute("pragma table_info(letter)")}
        for column in _LATER_COLUMNS:
            if column not in there:
                self._db.execute(f"alter table letter add column {column} text not null default ''")

    def _sweep(self) -> None:
        """Settle the intents that a dead process of this computer left behind.

        They become unknown, those of rehearsals planned. With ``take_over``, intents of all
        computers do.
        """
        if not self._db.execute("select 1 from letter where state = 'intent' limit 1").fetchone():
            return
        self._db.execute(
            "update letter set changed_at = ?,"
            " state = case when substr(campaign, ?) = ? then 'planned' else 'unknown' end"
            " where state = 'intent' and (? or host in ('', ?))",
            (self._now(), -len(REHEARSAL), REHEARSAL, self._take_over, self._host),
        )

    def _guard_hosts(self) -> None:
        """Raise SafetyStop if another computer's claims are still in the ledger."""
        other = self._db.execute(
            "select host, count(*) from letter where state = 'intent' and host not in ('', ?)"
            " group by host",
            (self._host,),
        ).fetchone()
        if other:
            self._lock.release()
            raise SafetyStop(
                "Another computer ({host}) has claimed {count} letters of this register and not"
                " said what became of them.",
                remedy="Wait until it is done. If it never will be, give the command again with"
                " --take-over: those letters then count as unknown.",
                host=other[0],
                count=other[1],
            )

    def _now(self) -> str:
        return _text(self._clock())

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        if not self._lock.is_locked:
            try:
                self._lock.acquire(timeout=0)
            except Timeout as held:
                raise BookLocked(
                    "Another run of Verkosto is sending letters of this register.",
                    remedy="Wait until it is done and give the same command again.",
                ) from held
            self._sweep()
            self._guard_hosts()
            begin_write_ahead(self._db, self._path.parent)
        try:
            self._db.execute("begin immediate")
            try:
                yield self._db
            except BaseException:
                self._db.execute("rollback")
                raise
            self._db.execute("commit")
        except sqlite3.Error as fault:
            with suppress(sqlite3.Error):
                self._db.execute("rollback")
            raise TemporaryFailure(
                "The ledger of sent letters cannot be written: {file} ({fault})",
                remedy="Look whether the disk is full, then give the same command again.",
                file=str(self._path),
                fault=fault,
            ) from fault


def _text(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds")
