"""A book's state as one file, to be taken to another computer: databases as they stand, in a zip.

What belongs to a computer and not to the book stays behind: its locks, and the sign that it is
known by.
"""

from __future__ import annotations

import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing
from io import BytesIO
from pathlib import Path, PurePosixPath

from register.book.errors import UsageError
from register.disk import make_private_folder, read_bounded, write_private
from register.state.backups import BACKUPS

_OWN = ("lock", "ledger.lock", "computer")
_SIDES = ("-journal", "-wal", "-shm", ".part")
_SQLITE = b"SQLite format 3\0"
_MOST = 1024 * 1024 * 1024
"""Bytes of a saved state, unpacked."""


def saved_state(folder: Path) -> bytes:
    """Return the state's files as a zip; raises UsageError where there are none."""
    files = list(_files(folder))
    if not files:
        raise UsageError(
            "There is no state to save: no run has written to this register from here.",
            remedy="Check --book.",
        )
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in files:
            archive.writestr(path.relative_to(folder).as_posix(), _content(path))
    return packed.getvalue()


def restore_state(folder: Path, data: bytes) -> int:
    """Make a state's folder of what was saved, whole or not at all; return how many files.

    Raises UsageError where there is a state already, or the file is no saved state.
    """
    if any(_files(folder)):
        raise UsageError(
            "There is a state already in {folder}; nothing was done.",
            remedy="Move that folder away, if the saved state is the right one.",
            folder=str(folder),
        )
    found = dict(_unpacked(data))
    draft = folder.with_name(f"{folder.name}.part")
    make_private_folder(draft.parent)
    for path in sorted(draft.rglob("*"), reverse=True) if draft.is_dir() else ():
        path.rmdir() if path.is_dir() else path.unlink()
    for name, content in found.items():
        write_private(draft / name, content)
    if folder.is_dir():
        for path in folder.iterdir():
            path.unlink()
        folder.rmdir()
    draft.replace(folder)
    return len(found)


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
        if path.is_file() and path.name not in _OWN and not path.name.endswith(_SIDES):
            yield path


def _content(path: Path) -> bytes:
    data = read_bounded(path, _MOST)
    if not data.startswith(_SQLITE):
        return data
    with (
        closing(sqlite3.connect(path, timeout=30)) as there,
        closing(sqlite3.connect(":memory:")) as copy,
    ):
        there.backup(copy)
        return copy.serialize()


def _unpacked(data: bytes) -> Iterator[tuple[str, bytes]]:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            entries = archive.infolist()
            names = [PurePosixPath(entry.filename) for entry in entries]
            if not names or not all(map(_is_of_state, names)):
                raise _no_state()
            if sum(entry.file_size for entry in entries) > _MOST:
                raise _no_state()
            yield from ((entry.filename, archive.read(entry)) for entry in entries)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as fault:
        raise _no_state() from fault


def _is_of_state(name: PurePosixPath) -> bool:
    """Whether it is a plain file of the state, or a copy of the register."""
    parts = name.parts
    plain = all(part not in (".", "..") and part.isprintable() for part in parts)
    home = len(parts) == 1 or (len(parts) == 2 and parts[0] == BACKUPS)
    return plain and home and not name.is_absolute() and "\\" not in str(name)


def _no_state() -> UsageError:
    return UsageError(
        "The file holds no saved state.",
        remedy="Give one that was made with: python3 scripts/doctor.py --save FILE",
    )
