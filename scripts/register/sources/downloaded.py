"""Files of an open register that a person has downloaded, read instead of asking the register."""

from pathlib import Path
from typing import BinaryIO

from register.book.errors import UsageError
from register.disk import check_regular
from register.sources.limits import MOST_LIST_BYTES


def open_limited(path: Path, most: int = MOST_LIST_BYTES) -> BinaryIO:
    """Open a file of at most ``most`` bytes; raises UsageError if it is missing or larger."""
    try:
        check_regular(path)
        if path.stat().st_size > most:
            raise UsageError(
                "{file} is larger than {size} MB.",
                remedy="Download a smaller part of it.",
                file=str(path),
                size=most // (1024 * 1024),
            )
        return path.open("rb")
    except OSError as fault:
        raise _unreadable(path) from fault


def read_whole(path: Path) -> bytes:
    """Return a file's bytes; raises UsageError if it is missing, too large or unreadable."""
    try:
        with open_limited(path) as file:
            return file.read()
    except OSError as fault:
        raise _unreadable(path) from fault


def _unreadable(path: Path) -> UsageError:
    return UsageError("The file {file} cannot be read.", remedy="Check its name.", file=str(path))
