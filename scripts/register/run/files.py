"""Text files named by the flags."""

from contextvars import ContextVar
from pathlib import Path

from register.book.errors import UsageError
from register.disk import read_limited, save_private
from register.state.written_files import note_file

_state: ContextVar[Path | None] = ContextVar("state", default=None)
"""The state folder of the run's register, where the written files are recorded."""

_MOST = 256 * 1024 * 1024


def read_text(path: Path) -> str:
    """Return the text of a file; raise UsageError where it cannot be read."""
    try:
        return read_limited(path, _MOST).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as fault:
        raise UsageError(
            "The file {file} cannot be read.", remedy="Check its name.", file=str(path)
        ) from fault


def write_text(path: Path, text: str) -> None:
    """Write a file readable by its owner only; see :func:`write_bytes`."""
    write_bytes(path, text.encode("utf-8"))


def write_bytes(path: Path, data: bytes, remedy: str = "Give another name.") -> None:
    """Write a file readable by its owner only, and make its folder if missing.

    Raises UsageError with this remedy, or TemporaryFailure where the disk is full.
    """
    save_private(path, data, remedy)
    if folder := _state.get():
        note_file(folder, path)


def note_files_in(folder: Path) -> None:
    """Record the files that this run writes in a register's state folder."""
    _state.set(folder)
