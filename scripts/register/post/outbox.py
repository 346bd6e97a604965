"""The outbox: letters are written as ``.eml`` files to a folder, so that nobody gets them."""

import os
import re
from collections.abc import Sequence
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path

from register.book.errors import UsageError
from register.disk import make_private_folder
from register.letters.message import Letter
from register.ports.post import SendRecorder, SendState


class Outbox:
    """Implements the port ``Post`` as a rehearsal: one owner-only file for each letter.

    The file name is made from the Message-ID, which holds ids and no names. The same letter written
    again replaces its file.
    """

    rehearsal = True

    def __init__(self, directory: Path) -> None:
        """Set the folder; it is made (0700) when the first letter is written."""
        self._directory = directory

    def deliver(self, letters: Sequence[Letter], clerk: SendRecorder) -> None:
        """Write letters; each is claimed first, and settled together with the next one's claim.

        Raises UsageError if the folder or a file cannot be written.
        """
        settled: list[SendState] = []
        for letter in letters:
            granted = clerk.record([letter], settled)
            settled.clear()
            if letter.mailbox not in granted:
                continue
            try:
                self.write(letter)
            except UsageError:
                clerk.record([], [SendState(letter.mailbox, "planned")])
                raise
            settled.append(SendState(letter.mailbox, "rehearsed"))
        clerk.record([], settled)

    def write(self, letter: Letter) -> Path:
        """Write one letter, completely or not at all, and return its file.

        Raises UsageError if the folder or the file cannot be written.
        """
        path = self._directory / file_name(letter.message_id)
        draft = path.with_suffix(".part")
        try:
            make_private_folder(self._directory)
            draft.unlink(missing_ok=True)
            flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
            with open(os.open(draft, flags, 0o600), "wb") as file:  # noqa: PTH123
                file.write(letter.data)
                file.flush()
                os.fsync(file.fileno())
            draft.replace(path)
        except OSError as fault:
            with suppress(OSError):
                draft.unlink(missing_ok=True)
            raise UsageError(
                "A letter cannot be written to the outbox {folder}: {fault}",
                remedy="Name a folder that you may write to in the configuration: [post] outbox.",
                folder=str(self._directory),
                fault=fault.strerror or "",
            ) from fault
        return path


def file_name(message_id: str) -> str:
    """Return the file name for a Message-ID: its letters, digits, ``.`` and ``-``, then ``.eml``.

    If other characters are lost, a hash is added, so that two letters never get the same name.
    """
    wanted = message_id.strip().strip("<>").partition("@")[0]
    slug = re.sub(r"[^A-Za-z0-9.-]+", "-", wanted).strip("-.")[:120]
    if slug != wanted or not slug:
        slug = f"{slug}-{blake2b(message_id.encode(), digest_size=4).hexdigest()}".strip("-")
    return f"{slug}.eml"
