"""When a run last ended well, so that it is seen where runs have ceased."""

from contextlib import suppress
from datetime import datetime
from pathlib import Path

from register.book.errors import UsageError
from register.disk import read_limited, write_private

_FILE = "last-run"
_MOST = 100


def note_good_run(state: Path, at: datetime) -> None:
    """Keep the moment in a file whose age monitoring may look at; a full disk ends no good run."""
    with suppress(OSError):
        write_private(state / _FILE, at.isoformat(timespec="seconds").encode())


def last_good_run(state: Path) -> datetime | None:
    """Return the moment; None where no run has ended well yet, or the file cannot be read."""
    with suppress(OSError, ValueError, UsageError):
        at = datetime.fromisoformat(read_limited(state / _FILE, _MOST).decode("ascii"))
        return at if at.tzinfo else None
    return None
