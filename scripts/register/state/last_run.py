"""When runs began and one last ended well, so that people notice if they have stopped."""

from contextlib import suppress
from datetime import datetime
from pathlib import Path

from register.book.errors import UsageError
from register.disk import read_limited, write_private

_FIRST, _FILE = "first-run", "last-run"
_MOST = 100


def note_good_run(state: Path, at: datetime) -> None:
    """Write the time to a file, whose age monitoring can check.

    An OSError, such as a full disk, is ignored: it must not fail a run that went well.
    """
    with suppress(OSError):
        write_private(state / _FILE, at.isoformat(timespec="seconds").encode())


def last_good_run(state: Path) -> datetime | None:
    """Return the time of the last good run; None if there was none or the file cannot be read."""
    return _moment(state / _FILE)


def note_beginning(state: Path, at: datetime) -> None:
    """Write when runs are to begin, unless that is known; an OSError is ignored."""
    if first_run_began(state) is None:
        with suppress(OSError):
            write_private(state / _FIRST, at.isoformat(timespec="seconds").encode())


def first_run_began(state: Path) -> datetime | None:
    """Return when the schedule was installed or its first run began; None if neither is known."""
    return _moment(state / _FIRST)


def silent_since(state: Path) -> datetime | None:
    """Return the moment since which no run has ended well; None where none was to begin yet."""
    return last_good_run(state) or first_run_began(state)


def _moment(file: Path) -> datetime | None:
    with suppress(OSError, ValueError, UsageError):
        at = datetime.fromisoformat(read_limited(file, _MOST).decode("ascii"))
        return at if at.tzinfo else None
    return None
