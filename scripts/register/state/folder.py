"""The state folder, next to the configuration or the book, with one subfolder for each book.

Its lock allows only one run at a time to work on a book.
"""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path

from filelock import FileLock, Timeout

from register.book.errors import BookLocked, UsageError
from register.disk import make_private_folder, remove_stale_drafts

STATE_FOLDER = ".verkosto"
LEARNED_FILE = "learned.json"
"""What answers have taught; named here because reading its lessons loads the models."""

_WAIT = 5.0
"""How long a run waits for another one to end, in seconds."""


def state_folder(book: Path | str, beside: Path, configured: str = "") -> Path:
    """Return the folder for this book's state; it need not exist yet.

    ``book`` is the book's absolute path, or its address as text. ``beside`` is the folder that
    contains ``.verkosto``, unless ``configured`` gives another state folder. The subfolder of a
    book inside ``beside`` is named by the book's relative path, so that both can be moved together
    to another folder or computer.
    """
    root = Path(configured).expanduser() if configured else beside / STATE_FOLDER
    slug = re.sub(r"[^a-z0-9]+", "-", Path(book).stem.lower())[:40].strip("-") or "book"
    by_path = root / f"{slug}-{_digest(str(book))}"
    if configured or isinstance(book, str) or not book.is_relative_to(beside) or by_path.is_dir():
        return by_path
    return root / f"{slug}-{_digest(book.relative_to(beside).as_posix())}"


def _digest(name: str) -> str:
    return blake2b(name.encode(), digest_size=4).hexdigest()


def make_private(folder: Path) -> None:
    """Make a book's state folder and its parent, readable by their owner only (0700).

    Raises UsageError if they cannot be made.
    """
    try:
        for part in (folder.parent, folder):
            make_private_folder(part)
            part.chmod(0o700)
    except OSError as fault:
        raise UsageError(
            "The folder for the tool's own state cannot be made: {folder} ({fault})",
            remedy="Name a folder that you may write to in the configuration: [state] dir.",
            folder=str(folder),
            fault=fault.strerror or "",
        ) from fault


def check_writable(folder: Path) -> None:
    """Raise UsageError if the state folder of a book could not be made or written to."""
    there = next(place for place in (folder, *folder.parents) if place.exists())
    if not there.is_dir() or not os.access(there, os.W_OK | os.X_OK):
        raise UsageError(
            "The folder for the tool's own state cannot be made: {folder} ({fault})",
            remedy="Name a folder that you may write to in the configuration: [state] dir.",
            folder=str(folder),
            fault=str(there),
        )


def open_private(path: Path) -> Path:
    """Create the file if it is missing, make it owner-only (0600), and return its path."""
    path.touch(mode=0o600, exist_ok=True)
    path.chmod(0o600)
    return path


@contextmanager
def book_lock(folder: Path) -> Iterator[None]:
    """Hold the book's lock, and remove the drafts that killed runs have left in the folder.

    Raises BookLocked if another run does not release it in time.
    """
    lock = FileLock(folder / "lock", mode=0o600)
    try:
        lock.acquire(timeout=_WAIT)
    except Timeout as held:
        raise BookLocked(
            "Another run of Verkosto is at work on this register.",
            remedy="Wait until it is done and give the same command again.",
        ) from held
    try:
        remove_stale_drafts(folder)
        yield
    finally:
        lock.release()
