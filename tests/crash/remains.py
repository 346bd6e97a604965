"""What a run that was cut off leaves for the next one, so that like remains need one next run."""

from __future__ import annotations

import io
import re
import sqlite3
import zipfile
from contextlib import closing
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

_RECOVERED_BY = ("-journal", "-wal")
_UNREAD = (".part", ".tmp", *_RECOVERED_BY, "-shm", ".age")
"""Drafts, what databases are recovered by, and copies sealed anew each time."""

PASSING = (
    r"\b[0-9a-f]{8}\b|\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?([.]\d+)?([+]\d\d:\d\d)?"
    r"|\d{8}-\d{6}(\.\d+)?|\d{1,2}\.\d{1,2}\.\d{4} \d\d[.:]\d\d|\b\d{5}\.\d+|\b1[78]\d{8}(\.\d+)?"
)
"""Moments, the numbers of processes and signs of computers: they differ from run to run."""

_NAME = re.compile(rf"{PASSING}|(?<=\.)\d+(?=\.)|(?<=[._-])[0-9a-z]{{8}}(?=\.(part|tmp))")


def digest(folder: Path, register: str, elsewhere: str) -> str:
    """Return what tells the remains in a folder from others, with those that are told as text.

    The file of the register is among these. Of a database it is what SQLite recovers, here of a
    copy; of a draft, that it is there. What no two runs have alike does not count.
    """
    found = {"": _masked(elsewhere)}
    for path in folder.rglob("*"):
        if path.is_file() and path != folder / register:
            found[_NAME.sub("*", str(path.relative_to(folder)))] = _held(path)
    return sha256(repr(sorted(found.items())).encode()).hexdigest()


def _held(path: Path) -> str:
    held = path.read_bytes()
    if path.name.endswith(_UNREAD):
        return str(bool(held))
    if path.name.endswith(".sqlite"):
        beside = (path.with_name(path.name + end) for end in _RECOVERED_BY)
        return _dumped(held, *(one.read_bytes() if one.exists() else b"" for one in beside))
    return _read(path.suffix, held)


@lru_cache(100)
def _dumped(*held: bytes) -> str:
    """Return what a database holds, and its journal mode, once recovered by its journal or log."""
    with TemporaryDirectory() as folder:
        copy = Path(folder) / "copy"
        for end, data in zip(("", *_RECOVERED_BY), held, strict=True):
            if data:
                copy.with_name(copy.name + end).write_bytes(data)
        with closing(sqlite3.connect(copy)) as database:
            (mode,) = database.execute("pragma journal_mode").fetchone()
            return _masked("\n".join((mode, *database.iterdump())))


@lru_cache(100)
def _read(suffix: str, held: bytes) -> str:
    if suffix != ".xlsx":
        return _masked(held.decode("utf-8", "backslashreplace"))
    with zipfile.ZipFile(io.BytesIO(held)) as packed:
        return _masked("\n".join(packed.read(name).decode() for name in sorted(packed.namelist())))


def _masked(text: str) -> str:
    return sha256(re.sub(PASSING, "*", text).encode()).hexdigest()
