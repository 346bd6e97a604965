"""The text files that the flags name."""

from __future__ import annotations

from pathlib import Path

from register.disk import read_bounded, unwritten, write_private
from register.errors import UsageError

_MOST = 256 * 1024 * 1024


def read_text(path: Path) -> str:
    """Return what a file says; raises UsageError."""
    try:
        return read_bounded(path, _MOST).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as fault:
        raise UsageError(
            "The file {file} cannot be read.", remedy="Check its name.", file=str(path)
        ) from fault


def write_text(path: Path, text: str) -> None:
    """Write a file for its owner only; see :func:`write_bytes`."""
    write_bytes(path, text.encode("utf-8"))


def write_bytes(path: Path, data: bytes) -> None:
    """Write a file for its owner only, and its folder where there is none.

    Raises UsageError, or TemporaryFailure where the disk is full.
    """
    try:
        write_private(path, data)
    except OSError as fault:
        raise unwritten(path, fault) from fault
