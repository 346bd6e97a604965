"""The register's own key: tokens of letters and hashes of erased people are made with it.

It is 32 random bytes in the file ``key`` for the owner only, made at first use. Where it is
changed, the one before stays in ``key.earlier`` (newest first), so that letters that have gone are
still answered, and people who were erased are still known.
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

    Raises UsageError where others can read it, or it is damaged or lost: with another key nobody's
    answer to a letter that has gone would be known.
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
    """Return the keys that a book has and has had, the newest first; none where none was made.

    Where the newest is lost the earlier ones are returned. Raises UsageError where one of the files
    can be read by others, or is damaged.
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
    """Make a new key and keep all before it; cut off anywhere, they are there.

    Raises UsageError as :func:`register_key` does.
    """
    register_key(folder)
    write_private(folder / EARLIER_FILE, b"".join(register_keys(folder)))
    write_private(folder / KEY_FILE, secrets.token_bytes(KEY_BYTES))


def key_lost(folder: Path) -> UsageError:
    """Return the error that a key is not there although something was made with it."""
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
    """Write a new key, whole or not at all; where two do so at once, the first one's stays.

    What a run that was killed while it made one has left behind is taken away.
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
            draft.unlink(missing_ok=True)


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
