"""A person at a terminal: types commands, waits for questions, answers them; all of it is kept."""

from __future__ import annotations

import os
import pty
import select
import signal
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

SITE = Path(__file__).parent / "data" / "site"
"""What each Python at a terminal reads first; it wants ``TESTS_RESOLVER``."""


class Terminal:
    """``shown`` is what stood on the screen: commands after ``$``, and what came of them."""

    def __init__(self, folder: Path, environment: Mapping[str, str]) -> None:
        self.folder = folder
        self.environment = {**environment, "NO_COLOR": "1", "TERM": "dumb", "COLUMNS": "200"}
        self.shown = ""
        self._screen = -1
        self._unread = ""

    def run(self, command: str, code: int = 0) -> str:
        """Run a command that asks nothing; return what it printed."""
        with self.running(command, code):
            before = len(self.shown)
        return self.shown[before:]

    def enter(self, folder: str) -> None:
        """Go into a folder."""
        self.shown += f"$ cd {folder}\n"
        self.folder /= folder

    @contextmanager
    def running(self, command: str, code: int = 0) -> Iterator[None]:
        """Run a command whose questions are answered meanwhile."""
        self.shown += f"$ {command}\n"
        child, self._screen = pty.fork()
        if child == 0:
            os.chdir(self.folder)
            os.execve("/bin/sh", ["sh", "-c", command], self.environment)
        try:
            yield
            while self._reads(120):
                pass
        except BaseException:
            os.kill(child, signal.SIGKILL)
            raise
        finally:
            os.close(self._screen)
            ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        assert ended == code, self.shown

    def answer(self, question: str, answer: str = "") -> None:
        """Wait until a line that is not ended has this question, and answer it."""
        ends = time.monotonic() + 60
        while question not in self._unread.rpartition("\n")[2]:
            assert time.monotonic() < ends and self._reads(ends - time.monotonic()), self.shown
        self._unread = ""
        os.write(self._screen, f"{answer}\n".encode())

    def _reads(self, seconds: float) -> bool:
        """Read what has come; False at the command's end."""
        if not select.select([self._screen], [], [], max(0, seconds))[0]:
            return False
        try:
            text = os.read(self._screen, 2**16).decode("utf-8", "replace").replace("\r\n", "\n")
        except OSError:  # Linux says so where the other end is closed
            return False
        self.shown += text
        self._unread += text
        return bool(text)
