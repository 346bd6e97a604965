"""Reads the attachments of letters, all from one configured folder."""

import os
import stat
import unicodedata
from collections.abc import Sequence
from pathlib import Path

from register.book.errors import UsageError
from register.book.phrase import Phrase
from register.letters.attachments import (
    ATTACHMENT_SENTENCES,
    Attachment,
    AttachmentRefused,
    allowed_kinds,
    attachment_of,
    is_plain_name,
)

_MEGABYTE = 1024 * 1024


def read_attachments(
    folder: Path | None, names: Sequence[str], most_megabytes: int
) -> tuple[Attachment, ...]:
    """Return the files with these names, in the same order.

    ``folder`` is None if none is configured. All files together may have ``most_megabytes``. A name
    must be that of a regular file directly in the folder: no path, no symbolic link, no file with
    several hard links. Raises UsageError, which names every file that cannot be sent.
    """
    if not names:
        return ()
    if folder is None:
        raise UsageError(
            "{column:meetings.attachments} names files, but no folder of attachments is known.",
            remedy="Name it in the configuration: [letters] attachments.",
        )
    faults: list[Phrase] = []
    found: list[Attachment] = []
    left = most_megabytes * _MEGABYTE
    there = _files(folder)
    for name in names:
        try:
            data = _read(folder, there, name, left)
            found.append(attachment_of(name, data))
            left -= len(data)
        except AttachmentRefused as refused:
            values = {"file": name, "known": allowed_kinds(), "size": most_megabytes}
            faults.append((ATTACHMENT_SENTENCES[refused.code], values))
    if faults:
        raise UsageError(
            "These attachments cannot go; no letter is sent.",
            remedy="Correct {column:meetings.attachments}, or the files in the folder {folder}.",
            faults=faults,
            folder=folder.name,
        )
    return tuple(found)


def _files(folder: Path) -> dict[str, str]:
    """Return the names in the folder by their NFC form; macOS writes ä as two characters."""
    try:
        return {unicodedata.normalize("NFC", name): name for name in os.listdir(folder)}  # noqa: PTH208
    except OSError as fault:
        raise UsageError(
            "The folder of attachments cannot be read: {folder}: {fault}",
            remedy="Name it in the configuration: [letters] attachments.",
            folder=str(folder),
            fault=fault,
        ) from fault


def _read(folder: Path, there: dict[str, str], name: str, most: int) -> bytes:
    if not is_plain_name(name):
        raise AttachmentRefused("no-name")
    if name not in there:
        raise AttachmentRefused("missing")
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    path = folder / there[name]
    try:
        if path.is_symlink():
            raise AttachmentRefused("link")
        with os.fdopen(os.open(path, flags | getattr(os, "O_BINARY", 0)), "rb") as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode) or status.st_nlink > 1:
                raise AttachmentRefused("link")
            data = b"" if status.st_size > most else file.read(most + 1)
    except OSError as fault:
        raise AttachmentRefused("unreadable") from fault
    if status.st_size > most or len(data) > most:
        raise AttachmentRefused("too-large")
    return data
