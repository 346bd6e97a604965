"""What a run that was cut off leaves for the next one, so that like remains need one next run."""

from __future__ import annotations

import re
import shutil
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

_UNREAD = (".part", ".tmp", "-journal", "-wal", "-shm", ".age")
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
    found = sha256(re.sub(PASSING, "*", elsewhere).encode())
    with TemporaryDirectory() as copied:
        copy = Path(copied) / "r"
        shutil.copytree(folder, copy)
        (copy / register).unlink(missing_ok=True)
        names = sorted(path.relative_to(copy) for path in copy.rglob("*") if path.is_file())
        lines = {_NAME.sub("*", str(name)): list(_lines(copy / name)) for name in names}
    for name, held in sorted(lines.items()):
        found.update(f"\n{name}\n".encode())
        found.update(re.sub(PASSING, "*", "\n".join(held)).encode())
    return found.hexdigest()


def _lines(path: Path) -> Iterator[str]:
    name = path.name
    if name.endswith(_UNREAD):
        yield str(path.stat().st_size > 0)
    elif name.endswith(".sqlite"):
        with closing(sqlite3.connect(path)) as database:
            yield from database.iterdump()
    elif name.endswith(".xlsx"):
        with zipfile.ZipFile(path) as packed:
            for member in sorted(packed.namelist()):
                yield packed.read(member).decode()
    else:
        yield path.read_bytes().decode("utf-8", "backslashreplace")
