"""When a run last ended well, so that people notice if runs have stopped."""

from contextlib import suppress
from datetime import datetime
from pathlib import Path

from register.book.errors import UsageError
from register.disk import read_limited, write_private

_FILE = "last-run"
_MOST = 100


def note_good_run(state: Path, at: datetime) -> None:
    """Write the time to a file, whose age monitoring can check.

    An OSError, such as a full disk, is ignored: it must not fail a run that went well.
    """
    with suppress(OSError):
        write_private(state / _FILE, at.isoformat(timespec="seconds").encode())


def last_good_run(state: Path) -> datetime | None:
    """Return the time of the last good run; None if there was none or the file cannot be read."""
    with suppress(OSError, ValueError, UsageError):
        at = datetime.fromisoformat(read_limited(state / _FILE, _MOST).decode("ascii"))
        return at if at.tzinfo else None
    return None
