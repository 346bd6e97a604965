"""The register's key: the tokens in letters and the hashes of erased people are made with it.

It is 32 random bytes in the owner-only file ``key``, made at first use. After a change the previous
keys stay in ``key.earlier``, newest first, so that answers to earlier letters and erased people are
still recognised.
"""

import os
import secrets
from contextlib import suppress
from pathlib import Path

from register.book.errors import UsageError
from register.book.tokens import KEY_BYTES
from register.disk import (
    draft_path,
    read_limited,
    readable_by_others,
    remove_stale_drafts,
    write_private,
)
from register.state.folder import make_private

KEY_FILE = "key"
EARLIER_FILE = "key.earlier"


def register_key(folder: Path) -> bytes:
    """Return the key in a book's state folder; the first call makes it (0600).

    Raises UsageError if the file is readable by others, damaged or lost. A lost key is not
    replaced: with a new one, no answer to an earlier letter would be recognised.
    """
    path = folder / KEY_FILE
    try:
        if not path.exists():
            if (folder / EARLIER_FILE).exists():
                raise key_lost(folder)
            make_private(folder)
            _make(path)
    except OSError as fault:
        raise _unreadable(path, fault) from fault
    key = _read(path)
    if len(key) != KEY_BYTES:
        raise _damaged(path)
    return key


def register_keys(folder: Path) -> tuple[bytes, ...]:
    """Return the current and the earlier keys of a book, newest first; () if none was made yet.

    If the current key is lost, only the earlier ones are returned. Raises UsageError if one of the
    files is readable by others or damaged.
    """
    keys = [register_key(folder)] if (folder / KEY_FILE).exists() else []
    earlier = folder / EARLIER_FILE
    if earlier.exists():
        held = _read(earlier)
        if len(held) % KEY_BYTES:
            raise _damaged(earlier)
        keys += [held[at : at + KEY_BYTES] for at in range(0, len(held), KEY_BYTES)]
    return tuple(dict.fromkeys(keys))


def change_register_key(folder: Path) -> None:
    """Make a new key and keep all earlier ones, even if the run is interrupted at any point.

    Raises UsageError as :func:`register_key` does.
    """
    register_key(folder)
    write_private(folder / EARLIER_FILE, b"".join(register_keys(folder)))
    write_private(folder / KEY_FILE, secrets.token_bytes(KEY_BYTES))


def key_lost(folder: Path) -> UsageError:
    """Return the error for a missing key with which something was made already."""
    return UsageError(
        "The register's key {file} is lost: answers to letters that have gone, and people who were "
        "erased, were known by it.",
        remedy="Put it back from a copy of the state folder, with key.earlier. Where the register "
        "keeps the state itself ([state] in_register), move the folder {folder} away and restore "
        "it: python3 scripts/doctor.py --restore-sealed FILE. If there is neither, delete "
        "key.earlier and the hashes in the tab {tab:bans}: a new key is made, and those who were "
        "erased can be taken in again.",
        folder=str(folder),
        file=str(folder / KEY_FILE),
    )


def _read(path: Path) -> bytes:
    try:
        if readable_by_others(path):
            raise UsageError(
                "Others can read the register's key: {file}",
                remedy="Take it from them: chmod 600 {file}",
                file=str(path),
            )
        return read_limited(path, 1024 * 1024)
    except OSError as fault:
        raise _unreadable(path, fault) from fault


def _make(path: Path) -> None:
    """Write a new key, completely or not at all; of two simultaneous processes the first wins.

    Drafts that an interrupted run left behind are removed.
    """
    remove_stale_drafts(path.parent)
    while not path.exists():
        draft = draft_path(path)
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:  # noqa: PTH123
            file.write(secrets.token_bytes(KEY_BYTES))
            file.flush()
            os.fsync(file.fileno())
        try:
            with suppress(FileExistsError, FileNotFoundError):
                path.hardlink_to(draft)
        finally:
            with suppress(OSError):  # the key is whole; the next run removes the draft
                draft.unlink()


def _unreadable(path: Path, fault: OSError) -> UsageError:
    return UsageError(
        "The register's key {file} cannot be read ({fault}).",
        remedy="Look who owns it, or put it back from a backup.",
        file=str(path),
        fault=fault.strerror or "",
    )


def _damaged(path: Path) -> UsageError:
    return UsageError(
        "The register's key {file} is damaged.",
        remedy="Put it back from a backup. With a new one, answers to letters that have gone"
        " are not known any more.",
        file=str(path),
    )
