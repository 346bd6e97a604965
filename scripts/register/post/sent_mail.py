"""What the sent mail says: the Message-IDs in a copy of it, whatever else is there."""

import mailbox
from collections.abc import Iterator
from email.message import Message
from email.parser import BytesHeaderParser
from pathlib import Path

from register.book.errors import UsageError

_LARGEST = 200_000


def message_ids(path: Path) -> frozenset[str]:
    """Return the Message-IDs of an mbox file, a Maildir, or a folder of ``.eml`` files.

    Raises UsageError where it cannot be read.
    """
    if not path.exists():
        raise UsageError(
            "There is no file {file}.", remedy="Check its name and folder.", file=str(path)
        )
    try:
        return frozenset(
            one for mail in _mails(path) if (one := str(mail["Message-ID"] or "").strip())
        )
    except (OSError, mailbox.Error) as fault:
        raise UsageError(
            "The sent mail {file} cannot be read ({fault}).",
            remedy="Name an mbox file, a Maildir, or a folder of .eml files.",
            file=str(path),
            fault=fault,
        ) from fault


def _mails(path: Path) -> Iterator[Message]:
    if path.is_file():
        mails = mailbox.mbox(path, create=False)
        yield from mails
        mails.close()
    elif (path / "cur").is_dir():
        yield from mailbox.Maildir(path, create=False)
    else:
        for file in sorted(path.glob("*.eml")):
            with file.open("rb") as opened:
                yield BytesHeaderParser().parsebytes(opened.read(_LARGEST))
