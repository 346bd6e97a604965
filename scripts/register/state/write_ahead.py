"""SQLite's write-ahead log (WAL): one sync a commit, used while writing to a local disk.

Connections to a WAL database share memory, which network folders and some container volumes do not
support (https://www.sqlite.org/wal.html). A rollback journal, truncated at each commit, works
everywhere but syncs five times. So the log is used only while a process writes: at rest the
database is one file again, which can be copied, moved to any folder, and opened by an earlier
version.
"""

import sqlite3
from contextlib import closing, suppress
from pathlib import Path

_LOCAL = {
    *("ext2", "ext3", "ext4", "xfs", "btrfs", "bcachefs", "f2fs", "jfs"),
    *("nilfs2", "reiserfs", "zfs", "overlay", "tmpfs"),
}
"""Linux file systems that only one computer mounts."""

_MOUNTS = Path("/proc/self/mountinfo")
_SCRATCH = "wal.part"


def begin_write_ahead(db: sqlite3.Connection, folder: Path) -> None:
    """Switch a database in this folder to a write-ahead log where that is safe, else to a journal.

    If another process is reading it at the moment, the mode stays as it is. Raises sqlite3.Error.
    """
    _switch(db, "wal" if is_local(folder) and _shares_memory(folder) else "truncate")


def end_write_ahead(db: sqlite3.Connection) -> None:
    """Write the log back into the database, and remove the log or journal.

    If another process is reading, this is left to the next process that closes or opens the
    database.
    """
    _switch(db, "delete")
    _remove_shared_memory(db)


def is_local(folder: Path, mounts: Path = _MOUNTS) -> bool:
    """Return True if the folder is on a disk that only this computer writes to.

    Returns False if that cannot be determined. ``mounts`` has the format of ``/proc/pid/mountinfo``
    (proc(5)): the deepest mount that contains the folder counts, and the last of several at one
    place.
    """
    place, best, kind = folder.resolve(), -1, ""
    try:
        lines = mounts.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return False
    for line in lines:
        fields, _, source = line.partition(" - ")
        point = Path(fields.split(" ")[4].replace("\\040", " "))
        if place.is_relative_to(point) and len(point.parts) >= best:
            best, kind = len(point.parts), source.partition(" ")[0]
    return kind in _LOCAL


def _switch(db: sqlite3.Connection, mode: str) -> None:
    """Change the journal mode of a database, without waiting for its readers."""
    (patience,) = db.execute("pragma busy_timeout").fetchone()
    db.execute("pragma busy_timeout = 0")
    try:
        with suppress(sqlite3.OperationalError):
            db.execute(f"pragma journal_mode = {mode}")
    finally:
        db.execute(f"pragma busy_timeout = {patience}")


def _remove_shared_memory(db: sqlite3.Connection) -> None:
    """Remove the file of shared memory (``-shm``) that SQLite failed to remove with the log.

    SQLite would do so only after the next log. While the lock is exclusive and the mode is not WAL,
    no process uses the file.
    """
    (file,) = (row[2] for row in db.execute("pragma database_list") if row[1] == "main")
    shared = Path(f"{file}-shm")
    if not shared.exists():
        return
    with suppress(OSError, sqlite3.OperationalError):
        db.execute("begin exclusive")
        try:
            if db.execute("pragma journal_mode").fetchone() == ("delete",):
                shared.unlink()
        finally:
            db.execute("rollback")


def _shares_memory(folder: Path) -> bool:
    """Return True if one connection sees what another writes to a scratch WAL database."""
    path = folder / _SCRATCH
    every = [path, *(path.with_name(path.name + end) for end in ("-wal", "-shm", "-journal"))]
    try:
        for one in every:
            one.unlink(missing_ok=True)
        path.touch(mode=0o600)
        with closing(sqlite3.connect(path)) as writer, closing(sqlite3.connect(path)) as reader:
            (mode,) = writer.execute("pragma journal_mode = wal").fetchone()
            writer.executescript("create table tried (once); insert into tried values (1)")
            return bool(mode == "wal" and reader.execute("select once from tried").fetchone())
    except (OSError, sqlite3.Error):
        return False
    finally:
        with suppress(OSError):
            for one in every:
                one.unlink(missing_ok=True)
