"""Runs a script that is killed at one of its deeds, whatever the clock says.

``python tests/crash/killed_at.py NUMBER SCRIPT …``: just before its deed of that number. Deeds are
what others see: a file opened to be written, renamed or removed, a database opened, a request or a
line of mail sent. They are as many on a slow machine as on a fast one. A script with fewer deeds
comes to its end.
"""

from __future__ import annotations

import os
import runpy
import signal
import sys
from pathlib import Path

SCRIPTS = Path(__file__).parents[2] / "scripts"
SEEN = {
    "os.rename",
    "os.remove",
    "os.mkdir",
    "os.link",
    "sqlite3.connect",
    "smtplib.send",
    "imaplib.send",
    "http.client.send",
}


def _is_deed(event: str, given: tuple[object, ...]) -> bool:
    if event != "open":
        return event in SEEN
    path, _, flags = given
    return isinstance(flags, int) and bool(flags & os.O_ACCMODE) and "__pycache__" not in str(path)


def kill_at(number: int) -> None:
    """Have this process, not its children, killed just before its deed of that number."""
    own, left = os.getpid(), number

    def seen(event: str, given: tuple[object, ...]) -> None:
        nonlocal left
        if _is_deed(event, given) and os.getpid() == own:
            left -= 1
            if not left:
                os.kill(own, signal.SIGKILL)

    sys.addaudithook(seen)


def killed_at(number: int, script: str, *arguments: str) -> list[str]:
    """Return the command that runs a script so; 0: it is not killed."""
    return [sys.executable, __file__, str(number), script, *arguments]


if __name__ == "__main__":
    _, number, script, *arguments = sys.argv
    sys.path[0] = str(SCRIPTS)  # not this folder
    sys.argv = [str(SCRIPTS / script), *arguments]
    kill_at(int(number))
    runpy.run_path(sys.argv[0], run_name="__main__")
