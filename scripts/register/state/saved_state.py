"""A book's state as one zip, to be taken to another computer: databases are copied consistently.

What belongs to the computer rather than to the book is left out: locks, and the computer's id. The
zip itself says when it was made, since a file's own time is that of its last copy.
"""

import shutil
import sqlite3
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import closing
from datetime import date, datetime
from io import BytesIO
from pathlib import Path, PurePosixPath

from register.book.errors import UsageError
from register.disk import read_limited, write_private
from register.state.backups import BACKUPS

_OWN = ("lock", "ledger.lock", "computer")
_FOLDERS = (BACKUPS, "registers")
_SIDES = ("-journal", "-wal", "-shm", ".part")
_SQLITE = b"SQLite format 3\0"
_FAULTS = (
    *(zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error),
    *(NotImplementedError, RuntimeError, EOFError, OSError, ValueError),
)
"""What :mod:`zipfile` and :mod:`zlib` raise for a damaged or encrypted zip."""
_MOST = 1024 * 1024 * 1024
"""The largest size of a saved state when unpacked, in bytes."""


def saved_state(folder: Path, now: datetime) -> bytes:
    """Return the state's files as a zip dated ``now``; raises UsageError if there are none."""
    files = list(_files(folder))
    if not files:
        raise UsageError(
            "There is no state to save: no run has written to this register from here.",
            remedy="Check --book.",
        )
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in files:
            entry = zipfile.ZipInfo(path.relative_to(folder).as_posix(), now.timetuple()[:6])
            archive.writestr(entry, _content(path), zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def restore_state(folder: Path, data: bytes) -> tuple[int, date]:
    """Make a state folder from a saved state, completely or not at all.

    Returns the number of files and the day on which they were saved. Raises UsageError if there is
    a state already, or the data is no saved state.
    """
    day, found = _unpacked(data)
    replace_state(folder, found)
    return len(found), day


def replace_state(folder: Path, found: Mapping[str, bytes]) -> None:
    """Make a state folder from files by name, completely or not at all.

    Raises UsageError if there is a state already.
    """
    if any(path.is_file() and path.name not in _OWN for path in folder.rglob("*")):
        raise UsageError(
            "There is a state already in {folder}; nothing was done.",
            remedy="Move that folder away, if the saved state is the right one.",
            folder=str(folder),
        )
    draft = folder.with_name(f"{folder.name}.part")
    shutil.rmtree(draft, ignore_errors=True)
    try:
        for name, content in found.items():
            write_private(draft / name, content)
        if folder.is_dir():
            shutil.rmtree(folder)
        draft.replace(folder)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
        if path.is_file() and _is_of_state(PurePosixPath(path.relative_to(folder).as_posix())):
            yield path


def _content(path: Path) -> bytes:
    data = read_limited(path, _MOST)
    if not data.startswith(_SQLITE):
        return data
    with (
        closing(sqlite3.connect(path, timeout=30)) as there,
        closing(sqlite3.connect(":memory:")) as copy,
    ):
        there.backup(copy)
        return copy.serialize()


def _unpacked(data: bytes) -> tuple[date, dict[str, bytes]]:
    """Return the day on which a state was saved, and its files by name.

    Raises UsageError if the data is no saved state.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            entries = archive.infolist()
            names = [PurePosixPath(entry.filename) for entry in entries]
            if not names or not all(map(_is_of_state, names)):
                raise _no_state()
            if sum(entry.file_size for entry in entries) > _MOST:
                raise _no_state()
            day = date(*min(entry.date_time for entry in entries)[:3])
            return day, {entry.filename: archive.read(entry) for entry in entries}
    except _FAULTS as fault:
        raise _no_state() from fault


def _is_of_state(name: PurePosixPath) -> bool:
    """Return True if the path is a plain file of the state or of one of its subfolders."""
    parts = name.parts
    plain = all(part not in (".", "..") and part.isprintable() for part in parts)
    home = len(parts) == 1 or (len(parts) == 2 and parts[0] in _FOLDERS)
    ours = name.name not in (*_OWN, *_FOLDERS) and not name.name.endswith(_SIDES)
    return plain and home and ours and not name.is_absolute() and "\\" not in str(name)


def _no_state() -> UsageError:
    return UsageError(
        "The file holds no saved state.",
        remedy="Give one that was made with: python3 scripts/doctor.py --save FILE",
    )
