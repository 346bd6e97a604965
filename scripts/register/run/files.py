"""The text files that the flags name."""

from __future__ import annotations

from pathlib import Path

from register.book.errors import UsageError


def read_text(path: Path) -> str:
    """Return what a file says; raises UsageError."""
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as fault:
        raise UsageError(
            "The file {file} cannot be read.", remedy="Check its name.", file=str(path)
        ) from fault


def write_text(path: Path, text: str, mode: int = 0o666) -> None:
    """Write a file, and its folder where there is none; raises UsageError."""
    write_bytes(path, text.encode("utf-8"), mode)


def write_bytes(path: Path, data: bytes, mode: int = 0o600) -> None:
    """Write a file, and its folder where there is none; raises UsageError."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=mode)
        path.write_bytes(data)
    except OSError as fault:
        raise UsageError(
            "The file {file} cannot be written ({fault}).",
            remedy="Give another name.",
            file=str(path),
            fault=fault.strerror or "",
        ) from fault
