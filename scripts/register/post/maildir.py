"""A mailbox on this computer: a Maildir, an mbox file, or a folder of ``.eml`` files."""

import os
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from hashlib import blake2b
from itertools import islice
from pathlib import Path

from register.book.errors import UsageError
from register.disk import check_regular
from register.ports.mailbox import Incoming
from register.post.folder_name import encode_folder_name
from register.replies.limits import LARGEST_MESSAGE, MOST_MESSAGES

_FROM = re.compile(rb"^From .*\n", re.MULTILINE)


class LocalMailbox:
    """Implements the port ``Mailbox`` with local files, which are moved at most, never changed.

    ``done`` is the subfolder (Maildir++) that finished messages of a Maildir are moved to; ''
    leaves them where they are. ``aside`` is the subfolder for unreadable messages, by default
    ``done``.
    """

    def __init__(self, path: Path, done: str = "", aside: str = "") -> None:
        """Raise UsageError if there is no such mailbox."""
        self._path, self._done, self._aside = path, done, aside or done
        self._left: list[str] = []
        self._files: dict[str, Path] = {}
        if not path.exists():
            raise UsageError(
                "There is no mailbox {path}.",
                remedy="Name a Maildir, an mbox file, or a folder of .eml files in the"
                " configuration: [mailbox] path.",
                path=str(path),
            )

    def incoming(self, known: Callable[[str], bool]) -> Iterator[Incoming]:
        """Yield the messages that are not known yet, at most ``MOST_MESSAGES``."""
        found = self._mbox() if self._path.is_file() else self._each_file()
        yield from islice(self._unknown(found, known), MOST_MESSAGES)

    def settle(self, keys: Sequence[str], aside: Sequence[str] = ()) -> None:
        """Move finished messages, and those set aside, to their subfolders, marked as seen.

        Messages that an earlier run finished but did not move go with them. An mbox file and a
        folder of ``.eml`` files stay as they are.
        """
        if (self._path / "cur").is_dir():
            self._move([*self._left, *keys], self._done)
            self._move(aside, self._aside)

    def _unknown(
        self, found: Iterator[Incoming], known: Callable[[str], bool]
    ) -> Iterator[Incoming]:
        for one in found:
            if known(one.key):
                self._left.append(one.key)
            else:
                yield one

    def _move(self, keys: Sequence[str], name: str) -> None:
        files = [self._files[key] for key in keys if key in self._files]
        if not name or not files:
            return
        folder = self._path / f".{encode_folder_name(name)}"
        for made in (folder, *(folder / part for part in ("cur", "new", "tmp"))):
            made.mkdir(mode=0o700, exist_ok=True)
        for file in files:
            target = folder / "cur" / (file.name if ":2," in file.name else f"{file.name}:2,S")
            if file.exists() and not target.exists():
                file.rename(target)

    def _each_file(self) -> Iterator[Incoming]:
        """Yield the messages of a Maildir or of a folder of ``.eml`` files, sorted by file name.

        A Maildir message's key is its file name, which is unique. The key of an ``.eml`` file
        includes a digest of its content.
        """
        maildir = (self._path / "cur").is_dir()
        if maildir:
            folders = [self._path / "new", self._path / "cur"]
            files = [one for folder in folders if folder.is_dir() for one in folder.iterdir()]
        else:
            files = list(self._path.glob("*.eml"))
        for file in sorted(files, key=lambda one: one.name):
            if file.is_symlink() or not file.is_file():
                continue
            key = f"file:{file.name.partition(':')[0]}"
            try:
                about = file.stat()
                received = datetime.fromtimestamp(about.st_mtime, UTC)
                if about.st_size > LARGEST_MESSAGE:
                    one = Incoming(f"{key}:{about.st_size}", None, received, "too-large")
                else:
                    data = file.read_bytes()
                    mark = "" if maildir else f":{blake2b(data, digest_size=16).hexdigest()}"
                    one = Incoming(f"{key}{mark}", data, received)
            except OSError as fault:
                one = Incoming(key, None, datetime.now(UTC), os.strerror(fault.errno or 0))
            self._files[one.key] = file
            yield one

    def _mbox(self) -> Iterator[Incoming]:
        """Yield the messages of an mbox; their keys are digests, since positions change."""
        received = datetime.fromtimestamp(self._path.stat().st_mtime, UTC)
        for data in self._pieces():
            key = f"mbox:{blake2b(data, digest_size=16).hexdigest()}"
            if len(data) > LARGEST_MESSAGE:
                yield Incoming(key, None, received, "too-large")
            else:
                yield Incoming(key, data.replace(b"\n>From ", b"\nFrom "), received)

    def _pieces(self) -> Iterator[bytes]:
        """Yield each message's bytes; only the beginning of one that is too large."""
        lines: list[bytes] = []
        size, blank = 0, True
        check_regular(self._path)
        with self._path.open("rb") as opened:
            while line := opened.readline(1_000_000):
                if blank and _FROM.match(line):
                    if lines:
                        yield b"".join(lines)
                    lines, size = [], 0
                elif size <= LARGEST_MESSAGE:
                    lines.append(line)
                    size += len(line)
                blank = line in (b"\n", b"\r\n")
        if lines:
            yield b"".join(lines)
