"""Backups of a register, made before each run that writes: owner-only, rotated, optionally sealed.

With a recipient (an age public key, https://age-encryption.org/v1) only the holder of the private
key can open a backup; this computer cannot.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from register.disk import save_private
from register.state.sealing import seal

BACKUPS = "backups"
SEALED = ".age"


@dataclass(frozen=True, slots=True)
class BackupRules:
    """How many backups are kept (0: none are made), and for how many days.

    ``recipient`` is the age public key that they are sealed for; '' if they are not sealed.
    """

    keep: int = 14
    days: int = 90
    recipient: str = ""


def back_up(folder: Path, name: str, data: bytes, rules: BackupRules, now: datetime) -> None:
    """Write a backup into a book's state folder, then delete those that are too many or too old.

    Raises UsageError or TemporaryFailure if it cannot be written; the caller then writes nothing
    else either.
    """
    if rules.keep < 1:
        return
    path = folder / BACKUPS / name
    if rules.recipient:
        data = seal(data, rules.recipient)
        path = path.with_name(name + SEALED)
    save_private(path, data)
    oldest = now.replace(tzinfo=None) - timedelta(days=rules.days)
    for number, one in enumerate(reversed(backups(folder))):
        if number >= rules.keep or copy_moment(one) < oldest:
            with suppress(OSError):
                one.unlink()


def backups(folder: Path) -> list[Path]:
    """Return the backups of a book, oldest first, without unfinished ones."""
    kept = folder / BACKUPS
    every = kept.iterdir() if kept.is_dir() else ()
    return sorted(path for path in every if path.is_file() and path.suffix != ".part")


def copy_moment(path: Path) -> datetime:
    """Return when a backup was made, as a naive time in Finland.

    The file name tells, since the file's own time changes when it is copied. A name without a time
    falls back to the file's modification time.
    """
    with suppress(ValueError):
        return datetime.strptime(path.name[:15], "%Y%m%d-%H%M%S")
    return datetime.fromtimestamp(path.stat().st_mtime)


class BackupOnce:
    """Makes a backup at the first call in a run; if it fails, the next call tries again."""

    def __init__(self, make: Callable[[], None]) -> None:
        self._make = make
        self._made = False

    def __call__(self) -> None:
        """Make the backup, unless it was made before."""
        if not self._made:
            self._make()
            self._made = True
