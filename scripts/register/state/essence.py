"""The essence of a state: who was sent what, what was answered, and the key; enough to go on by.

It is kept sealed in the register itself, so that a lost computer never means that letters go twice
or that answers are unknown. The journal, the backups and what is merely remembered are not in it:
runs from before cannot be undone by it.
"""

from __future__ import annotations

import json
import platform
import sqlite3
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from pathlib import Path
from typing import Any

from register.book.errors import UsageError
from register.disk import make_private_folder, scratch_folder
from register.letters.campaign import REHEARSAL
from register.state.answers import ANSWERS_FILE, SqliteMailboxState
from register.state.keys import EARLIER_FILE, KEY_FILE, register_keys
from register.state.ledger import LEDGER_FILE, SqliteLedger
from register.state.saved_state import put_state

_AGE = timedelta(days=730)
"""Letters and messages that are older stay out: none of them goes again, none is answered."""

_TABLES = {
    LEDGER_FILE: ("letter", "told", "released", "preview", "promise", "notice"),
    ANSWERS_FILE: ("message", "answer", "receipt"),
}
_MOST = 256 * 1024 * 1024

Rows = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Essence:
    """The keys, newest first, and the rows of each table, of the ``computer`` that made it."""

    computer: str
    keys: tuple[bytes, ...] = ()
    tables: Mapping[str, Rows] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing that would be missed."""
        return not any(self.tables.values())

    @property
    def digest(self) -> bytes:
        """What tells whether another essence says the same, whoever made it."""
        return blake2b(repr((self.keys, self.tables)).encode(), digest_size=16).hexdigest().encode()

    def packed(self) -> bytes:
        """Return it as bytes."""
        keys = [key.hex() for key in self.keys]
        whole = {"computer": self.computer, "keys": keys, "tables": self.tables}
        return zlib.compress(json.dumps(whole, ensure_ascii=False).encode(), 9)

    @classmethod
    def unpacked(cls, data: bytes) -> Essence:
        """Read what :meth:`packed` made; raises ValueError where it is none."""
        try:
            opener = zlib.decompressobj()
            whole = json.loads(opener.decompress(data, _MOST))
            keys = tuple(bytes.fromhex(key) for key in whole["keys"])
            return cls(str(whole["computer"]), keys, {**whole["tables"]})
        except (zlib.error, KeyError, TypeError, UnicodeDecodeError) as fault:
            raise ValueError(str(fault)) from fault


def essence_of(
    folder: Path, computer: str, now: datetime, forgotten: Callable[[str], bool]
) -> Essence:
    """Return the essence of a state's folder; ``forgotten`` addresses are left out of it."""
    since = (now - _AGE).astimezone(UTC).isoformat()
    tables = {
        table: [one for one in _rows(folder / file, table) if _counts(table, one, since, forgotten)]
        for file, named in _TABLES.items()
        for table in named
    }
    for one in tables["letter"]:
        if one["state"] != "planned" and one["host"] in ("", platform.node()):
            one["host"] = computer
    there = {(one["campaign"], one["address"]) for one in tables["letter"]}
    tables["notice"] = [
        one for one in tables["notice"] if (one["campaign"], one["address"]) in there
    ]
    return Essence(computer, register_keys(folder), tables)


def learn_essence(folder: Path, there: Essence, us: str, *, cut_off: bool) -> None:
    """Take in what another computer sent and heard, beside what is known here.

    Where its run was ``cut off``, what it had planned may have gone: that is unknown here. Who
    leads a meeting, and who owes a receipt, stays as it is.
    """
    letters = there.tables.get("letter", [])
    if cut_off:
        letters = [
            {**one, "state": "unknown", "host": one["host"] or there.computer}
            if one["state"] in ("planned", "intent")
            else one
            for one in letters
        ]
    with SqliteLedger(folder) as ledger:
        ledger.learn(letters, there.tables.get("notice", []), there.tables.get("told", []), us)
    answers = SqliteMailboxState(folder)
    answers.learn(there.tables.get("message", []), there.tables.get("answer", []))


def restore_essence(folder: Path, essence: Essence) -> int:
    """Make a state's folder of an essence, whole or not at all; return how many letters it knows.

    Raises UsageError where there is a state already.
    """
    make_private_folder(folder.parent)
    with scratch_folder(str(folder.parent)) as scratch:
        made = scratch / "state"
        SqliteLedger(made).close()
        SqliteMailboxState(made)
        for file, named in _TABLES.items():
            _fill(made / file, {table: essence.tables.get(table, []) for table in named})
        found = {file: (made / file).read_bytes() for file in _TABLES}
    if essence.keys:
        found[KEY_FILE] = essence.keys[0]
        found[EARLIER_FILE] = b"".join(essence.keys[1:])
    put_state(folder, {name: data for name, data in found.items() if data})
    return len(essence.tables.get("letter", ()))


def _rows(path: Path, table: str) -> Iterator[dict[str, Any]]:
    if not path.is_file():
        return
    with closing(sqlite3.connect(path, timeout=30)) as db:
        db.row_factory = sqlite3.Row
        if db.execute("select 1 from sqlite_master where name = ?", (table,)).fetchone():
            for row in db.execute(f'select * from "{table}" order by 1, 2, 3'):  # noqa: S608
                yield dict(row)


def _counts(
    table: str, entry: Mapping[str, Any], since: str, forgotten: Callable[[str], bool]
) -> bool:
    """Whether a row is of the essence: no rehearsal's, not too old, nobody's who was erased."""
    about = str(entry.get("campaign") or entry.get("meeting") or "")
    at = str(entry.get("changed_at") or (table == "message" and entry["at"]) or since)
    address = str(entry.get("address") or entry.get("mailbox") or "")
    return not about.endswith(REHEARSAL) and at >= since and not (address and forgotten(address))


def _fill(path: Path, tables: Mapping[str, Rows]) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("begin")
        for table, rows in tables.items():
            known = [row[1] for row in db.execute(f'pragma table_info("{table}")')]
            for row in rows:
                names = [name for name in known if name in row]
                marks = ", ".join("?" * len(names))
                wanted = ", ".join(f'"{name}"' for name in names)
                try:
                    db.execute(
                        f'insert or replace into "{table}" ({wanted}) values ({marks})',  # noqa: S608
                        [row[name] for name in names],
                    )
                except sqlite3.Error as fault:
                    raise UsageError(
                        "What the register keeps of the state is damaged ({fault}).",
                        remedy="Restore a saved file instead: python3 scripts/doctor.py --restore"
                        " FILE",
                        fault=fault,
                    ) from fault
        db.execute("commit")
