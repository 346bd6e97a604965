"""The essence of a state: what was sent to whom, what was answered, and the keys; enough to go on.

It also tells since when answers about duplicates teach, for those are in the register.

It is kept sealed in the register itself, so that after the loss of a computer no letter goes twice
and no answer is lost. It holds no journal, no backups and nothing that is only cached: with it
alone, earlier runs cannot be undone.
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
from register.disk import make_private_folder, read_limited, scratch_folder
from register.letters.campaign import REHEARSAL
from register.state.answers import ANSWERS_FILE, SqliteMailboxState
from register.state.folder import LEARNED_FILE
from register.state.keys import EARLIER_FILE, KEY_FILE, register_keys
from register.state.ledger import LEDGER_FILE, SqliteLedger
from register.state.saved_state import replace_state

_AGE = timedelta(days=730)
"""Older letters and messages are left out: none of them is sent again or answered any more."""

_TABLES = {
    LEDGER_FILE: ("letter", "told", "released", "preview", "promise", "notice"),
    ANSWERS_FILE: ("message", "answer", "receipt"),
}
_MOST = 256 * 1024 * 1024

Rows = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Essence:
    """The keys, newest first, and the rows by table, as the ``computer`` that made it had them."""

    computer: str
    keys: tuple[bytes, ...] = ()
    tables: Mapping[str, Rows] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Return True if all tables are empty, so that nothing would be lost."""
        return not any(self.tables.values())

    @property
    def digest(self) -> bytes:
        """A digest of keys and tables; equal content gives an equal digest on every computer."""
        return blake2b(repr((self.keys, self.tables)).encode(), digest_size=16).hexdigest().encode()

    def packed(self) -> bytes:
        """Return the essence as compressed bytes."""
        keys = [key.hex() for key in self.keys]
        whole = {"computer": self.computer, "keys": keys, "tables": self.tables}
        return zlib.compress(json.dumps(whole, ensure_ascii=False).encode(), 9)

    @classmethod
    def unpacked(cls, data: bytes) -> Essence:
        """Read what :meth:`packed` returned; raises ValueError if the data is something else."""
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
    """Return the essence of a state folder, made on this ``computer``.

    Rows with an address for which ``forgotten`` returns True (erased people) are left out.
    """
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
    if since := _forgotten(folder):
        tables["learning"] = [{"since": since}]
    return Essence(computer, register_keys(folder), tables)


def learn_essence(folder: Path, there: Essence, us: str, *, cut_off: bool) -> None:
    """Merge what another computer sent and received into the state in ``folder``.

    ``us`` is this computer's name. If the other's run was ``cut_off``, the letters that it had
    planned or claimed may have gone, so they become unknown here. Releases, previews, promises and
    receipts are not merged: which computer leads a meeting or owes a receipt does not change.
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
    _forget_too(folder, there)


def restore_essence(folder: Path, essence: Essence) -> int:
    """Make a state folder from an essence, completely or not at all; return its number of letters.

    Raises UsageError if there is a state already, or the essence is damaged.
    """
    make_private_folder(folder.parent)
    with scratch_folder(str(folder.parent)) as scratch:
        made = scratch / "state"
        SqliteLedger(made).close()
        SqliteMailboxState(made)
        for file, named in _TABLES.items():
            _fill(made / file, {table: essence.tables.get(table, []) for table in named})
        _forget_too(made, essence)
        files = (made / file for file in (*_TABLES, LEARNED_FILE))
        found = {path.name: path.read_bytes() for path in files if path.is_file()}
    if essence.keys:
        found[KEY_FILE] = essence.keys[0]
        found[EARLIER_FILE] = b"".join(essence.keys[1:])
    replace_state(folder, {name: data for name, data in found.items() if data})
    return len(essence.tables.get("letter", ()))


def _forgotten(folder: Path) -> str:
    """Return when answers about duplicates were last forgotten, '' for never or unreadable."""
    try:
        return str(json.loads(read_limited(folder / LEARNED_FILE, _MOST))["since"])
    except (OSError, ValueError, TypeError, KeyError):
        return ""


def _forget_too(folder: Path, there: Essence) -> None:
    """Forget the answers that another computer has forgotten later than this one."""
    since = max((str(one["since"]) for one in there.tables.get("learning", [])), default="")
    if since > _forgotten(folder):
        # Imported late: it loads the models.
        from register.state.learned_levels import forget_learning

        forget_learning(folder, since)


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
    """Return True if a row belongs to the essence.

    Rows of rehearsals, rows that are too old, and rows about erased people do not.
    """
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
