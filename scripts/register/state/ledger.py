"""The ledger: which letters were planned, claimed, sent; the one word on whether one may go.

One SQLite file that only its owner may read. A letter is one ``(campaign, mailbox)``, so that a
mailbox gets one letter however often, and under however many names, it is planned::

    planned -> intent -> sent | failed | unknown | rehearsed
       ^---------+  (settled as planned again: certainly not sent)

An ``intent`` that its process left behind becomes ``unknown``: nobody knows whether the letter
went, so it is never sent again by itself. A rehearsal must not stand in the way of a real send:
it is a campaign of its own (:data:`register.letters.campaign.REHEARSAL`), and since nobody can have
got its letters, what it left behind is simply planned again.

The file has a rollback journal, truncated and synced at each commit (``synchronous = full``), and
not WAL, which is unsafe in the shared and network folders that registers are kept in.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from filelock import FileLock, Timeout

from register.errors import BookLocked, UsageError
from register.fields.email import mailbox_key
from register.letters.campaign import REHEARSAL
from register.ports import Entry
from register.state.folder import open_private

FILE = "ledger.sqlite"

SETTLED = ("sent", "failed", "unknown", "rehearsed", "planned")
"""What may become of a claimed letter."""

_TABLE = """
create table if not exists letter (
  campaign text not null,
  address text not null,
  person text not null,
  message_id text not null,
  state text not null
    check (state in ('planned', 'intent', 'sent', 'failed', 'unknown', 'rehearsed')),
  changed_at text not null,
  primary key (campaign, address)
) without rowid;
"""


class SqliteLedger:
    """Fulfils :class:`register.ports.Ledger` with one file; ``letters`` may be read at any time.

    One process at a time writes: the first call of ``plan``, ``claim`` or ``settle`` takes a lock
    and keeps it until :meth:`close`, or until the process dies. Times are UTC.
    """

    @staticmethod
    def exists(folder: Path) -> bool:
        """Whether this folder holds a ledger."""
        return (folder / FILE).is_file()

    def __init__(self, folder: Path) -> None:
        """Open or make ``ledger.sqlite`` in a folder that nobody else may read.

        Raises UsageError where the file is damaged or cannot be written.
        """
        self._path = folder / FILE
        self._lock = FileLock(folder / "ledger.lock", mode=0o600)
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            folder.chmod(0o700)
            self._db = sqlite3.connect(open_private(self._path), isolation_level=None, timeout=30)
            self._db.execute("pragma journal_mode = truncate")
            self._db.execute("pragma synchronous = full")
            self._db.execute(_TABLE)
            self._recover()
        except (OSError, sqlite3.DatabaseError) as fault:
            raise UsageError(
                "The ledger of sent letters cannot be opened: {file} ({fault})",
                remedy="Put the file back from a backup. Without it letters might go out twice.",
                file=str(self._path),
                fault=fault,
            ) from fault

    def plan(self, campaign: str, letters: Iterable[tuple[str, str, str]]) -> None:
        """Enter ``(address, person, message id)`` as planned; those already there stay."""
        now = _now()
        rows = [
            (campaign, mailbox_key(address), person, message_id, now)
            for address, person, message_id in letters
        ]
        with self._writing() as db:
            db.executemany("insert or ignore into letter values (?, ?, ?, ?, 'planned', ?)", rows)

    def claim(self, campaign: str, address: str) -> bool:
        """Commit the intent to send; False where the letter is not (or no longer) planned."""
        with self._writing() as db:
            claimed = db.execute(
                "update letter set state = 'intent', changed_at = ?"
                " where campaign = ? and address = ? and state = 'planned'",
                (_now(), campaign, mailbox_key(address)),
            )
        return claimed.rowcount == 1

    def settle(self, campaign: str, address: str, state: str) -> None:
        """Commit what became of a claimed letter (ValueError if it is not claimed)."""
        if state not in SETTLED:
            raise ValueError(state)
        with self._writing() as db:
            settled = db.execute(
                "update letter set state = ?, changed_at = ?"
                " where campaign = ? and address = ? and state = 'intent'",
                (state, _now(), campaign, mailbox_key(address)),
            )
        if settled.rowcount != 1:
            raise ValueError(f"a letter of {campaign} is settled that was not claimed")

    def letters(self, campaign: str) -> Sequence[Entry]:
        """Return the campaign's letters by address."""
        rows = self._db.execute(
            "select campaign, address, person, state, message_id, changed_at from letter"
            " where campaign = ? order by address",
            (campaign,),
        )
        return [Entry(*row) for row in rows]

    def close(self) -> None:
        """Let go of the file and of the lock."""
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
        """Mark what a dead process left behind; a live one holds the lock and is left alone."""
        try:
            with self._lock.acquire(timeout=0):
                self._sweep()
        except Timeout:
            return

    def _sweep(self) -> None:
        if not self._db.execute("select 1 from letter where state = 'intent' limit 1").fetchone():
            return
        self._db.execute(
            "update letter set changed_at = ?,"
            " state = case when substr(campaign, ?) = ? then 'planned' else 'unknown' end"
            " where state = 'intent'",
            (_now(), -len(REHEARSAL), REHEARSAL),
        )

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
        self._db.execute("begin immediate")
        try:
            yield self._db
        except BaseException:
            self._db.execute("rollback")
            raise
        self._db.execute("commit")


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
