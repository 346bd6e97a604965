"""The register's own key, which its tokens are made with: 32 random bytes for the owner only."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

from register.disk import read_bounded
from register.errors import UsageError
from register.state.folder import make_private
from register.tokens import KEY_BYTES

FILE = "key"
_OTHERS = 0o077


def register_key(folder: Path) -> bytes:
    """Return the key in a book's state folder; the first call makes it (0600).

    Raises UsageError where others can read it, or it is damaged: with another key nobody's answer
    to a letter that has gone would be known.
    """
    path = folder / FILE
    try:
        if not path.exists():
            make_private(folder)
            _make(path)
        if path.stat().st_mode & _OTHERS:
            raise UsageError(
                "Others can read the register's key: {file}",
                remedy="Take it from them: chmod 600 {file}",
                file=str(path),
            )
        key = read_bounded(path, 1024 * 1024)
    except OSError as fault:
        raise UsageError(
            "The register's key {file} cannot be read ({fault}).",
            remedy="Look who owns it, or put it back from a backup.",
            file=str(path),
            fault=fault.strerror or "",
        ) from fault
    if len(key) != KEY_BYTES:
        raise UsageError(
            "The register's key {file} is damaged.",
            remedy="Put it back from a backup. With a new one, answers to letters that have gone"
            " are not known any more.",
            file=str(path),
        )
    return key


def _make(path: Path) -> None:
    """Write a new key, whole or not at all; where two do so at once, the first one's stays."""
    draft = path.with_name(f"{FILE}.{os.getpid()}.part")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:  # noqa: PTH123
        file.write(secrets.token_bytes(KEY_BYTES))
        file.flush()
        os.fsync(file.fileno())
    with suppress(FileExistsError):
        path.hardlink_to(draft)
    draft.unlink()
