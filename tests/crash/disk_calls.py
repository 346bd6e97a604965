"""The calls to the disk of a script that really runs, and the same script where one of them fails.

A library that is preloaded (``disk_faults.c``) counts the calls, SQLite's too, and has one of them
fail: the process is killed, stopped for a while, or told that there is no room or no disk.
"""

from __future__ import annotations

import ctypes
import errno
import json
import random
import re
import secrets
import signal
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from tests.script_server import ScriptServer

FAULTS = {
    "killed": -signal.SIGKILL,
    "stopped": -signal.SIGSTOP,
    "no room": errno.ENOSPC,
    "no disk": errno.EIO,
}
STOPPED = 1.0
"""Seconds for which a process is stopped, as a computer that sleeps."""

EVERY = -1
"""The number of a fault that is at every call of a run."""

_OWN = re.compile(r"\.\d+\.|[0-9a-z]{8,}|\d{6,}[\d.T-]*")


@dataclass(frozen=True, slots=True)
class Call:
    """The ``number``-th call of a run (from 1), and the file that it was about.

    That of a renaming is the new name.
    """

    name: str
    number: int
    file: str

    @property
    def site(self) -> tuple[str, str]:
        """What the calls of one place in the code have in common."""
        return self.name, _OWN.sub("*", Path(self.file).name)

    def __str__(self) -> str:
        """Return it as a test's name."""
        return f"{self.name} {self.number} {Path(self.file).name}"


def calls(folder: Path, command: Sequence[str], **environment: str) -> list[Call]:
    """Run a script and return its calls about files below the folder, in their order."""
    done = _run(folder, command, (0, 0, 0), environment)
    assert done.returncode in (0, 1), done.stderr
    lines = _seen(folder).read_text(encoding="utf-8", errors="replace").splitlines()
    return [
        Call(name, at, file) for at, (name, file) in enumerate((x.split(" ", 1) for x in lines), 1)
    ]


def run_with(
    fault: str,
    call: Call,
    folder: Path,
    command: Sequence[str],
    stopped: float = STOPPED,
    **environment: str,
) -> subprocess.CompletedProcess[str]:
    """Run a script whose call fails so; return how it ended and what it printed."""
    return _run(folder, command, (call.number, FAULTS[fault], stopped), environment)


def begin(given: str) -> None:
    """Have this process, in which the library is preloaded, count its calls from now on.

    It draws the same secrets each time, so that two runs that do the same leave the same behind.
    """
    secrets.token_bytes = random.Random(0).randbytes
    below, number, fault, stopped, seen = json.loads(given)
    ctypes.CDLL(None).disk_faults_begin(
        below.encode(), number, fault, int(stopped * 1e6), seen.encode()
    )


def _run(
    folder: Path,
    command: Sequence[str],
    fault: tuple[int, int, float],
    environment: Mapping[str, str],
) -> subprocess.CompletedProcess[str]:
    temporary = folder / "tmp"
    temporary.mkdir(exist_ok=True)
    given = json.dumps([str(folder), *fault, str(_seen(folder))])
    own = {"NO_COLOR": "1", "TMPDIR": str(temporary), "TESTS_DISK": given}
    return _server().run(folder, command, {**own, **environment}, timeout=300)


def _seen(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}.calls")


@cache
def _server() -> ScriptServer:
    """Return what runs scripts with the library, which is built first."""
    library = Path(mkdtemp(prefix="disk-faults-")) / "disk_faults.so"
    source = Path(__file__).with_suffix("").with_name("disk_faults.c")
    subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", library, source, "-ldl"], check=True)
    return ScriptServer(LD_PRELOAD=str(library))
