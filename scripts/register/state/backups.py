"""Copies of a register, made before each run that writes: for the owner only, rotated, sealed.

With a recipient (an age public key, https://age-encryption.org/v1) a copy can be opened by whoever
has the key to it, and by nobody here.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from register.disk import unwritable_file, write_private
from register.state.sealing import seal

BACKUPS = "backups"
SEALED = ".age"


@dataclass(frozen=True, slots=True)
class BackupRules:
    """How many copies are kept (0: none), for how many days, sealed for whom ('': nobody)."""

    keep: int = 14
    days: int = 90
    recipient: str = ""


def back_up(folder: Path, name: str, data: bytes, rules: BackupRules, now: datetime) -> None:
    """Keep a copy in a book's state folder, and let go of those that are too many or too old.

    Raises UsageError or TemporaryFailure where it cannot be written: nothing else is, then.
    """
    if rules.keep < 1:
        return
    path = folder / BACKUPS / name
    if rules.recipient:
        data = seal(data, rules.recipient)
        path = path.with_name(name + SEALED)
    try:
        write_private(path, data)
    except OSError as fault:
        raise unwritable_file(path, fault) from fault
    oldest = now.replace(tzinfo=None) - timedelta(days=rules.days)
    for number, one in enumerate(reversed(backups(folder))):
        if number >= rules.keep or copy_moment(one) < oldest:
            with suppress(OSError):
                one.unlink()


def backups(folder: Path) -> list[Path]:
    """Return the copies of a book, the oldest first; one that was never finished is none."""
    kept = folder / BACKUPS
    every = kept.iterdir() if kept.is_dir() else ()
    return sorted(path for path in every if path.is_file() and path.suffix != ".part")


def copy_moment(path: Path) -> datetime:
    """Return when a copy was made, in Finland's time: its name says so, whoever wrote it since."""
    with suppress(ValueError):
        return datetime.strptime(path.name[:15], "%Y%m%d-%H%M%S")
    return datetime.fromtimestamp(path.stat().st_mtime)


class BackupOnce:
    """Makes a copy the first time that it is called in a run; where it fails, again."""

    def __init__(self, make: Callable[[], None]) -> None:
        self._make = make
        self._made = False

    def __call__(self) -> None:
        """Make the copy, once."""
        if not self._made:
            self._make()
            self._made = True
