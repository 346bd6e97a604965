"""One run at a time on a book."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from register.book.errors import BookLocked


@contextmanager
def book_lock(folder: Path, *, wait: float = 5.0) -> Iterator[None]:
    """Hold the book's lock; raises BookLocked if another run holds it for ``wait`` seconds."""
    lock = FileLock(folder / "lock", mode=0o600)
    try:
        lock.acquire(timeout=wait)
    except Timeout as held:
        raise BookLocked(
            "Another run of Verkosto is at work on this register.",
            remedy="Wait until it is done and give the same command again.",
        ) from held
    try:
        yield
    finally:
        lock.release()
