"""The calls to the disk of a script that really runs, and the same script where one of them fails.

``strace`` counts the calls (SQLite's too) and injects the fault: the process is killed, stopped for
a while, or told that there is no room or no disk.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.test_scripts import SCRIPTS

CALLS = "write,pwrite64,fsync,fdatasync,rename,renameat,renameat2,unlink,ftruncate,mkdir,link"
FAULTS = {
    "killed": "signal=KILL",
    "stopped": "signal=STOP",
    "no room": "error=ENOSPC",
    "no disk": "error=EIO",
}
STOPPED = 1.0
"""Seconds for which a process is stopped, as a computer that sleeps."""

_LINE = re.compile(r"(\d+) +(\w+)\(([^)]*)")
_OWN = re.compile(r"\.\d+\.|[0-9a-z]{8,}|\d{6,}[\d.T-]*")


@dataclass(frozen=True, slots=True)
class Call:
    """The ``number``-th call of its ``name`` by a thread, and the file that it was about.

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


def calls(folder: Path, command: Sequence[str]) -> list[Call]:
    """Run a script and return its calls about files below the folder, in their order."""
    trace = folder.with_name(f"{folder.name}.trace")
    done = _run(folder, ["-e", f"trace={CALLS}", "-y", "-o", str(trace)], command)
    assert done.returncode in (0, 1), done.stderr
    counts = Counter[tuple[str, str]]()
    found = []
    for line in trace.read_text(encoding="utf-8", errors="replace").splitlines():
        if not (match := _LINE.match(line)):
            continue
        thread, name, given = match.groups()
        counts[thread, name] += 1
        paths = re.findall(rf"{re.escape(str(folder))}[^>\",]*", given)
        if paths:
            file = paths[-1 if name.startswith("rename") else 0]
            found.append(Call(name, counts[thread, name], file))
    return found


def run_with(fault: str, call: Call, folder: Path, command: Sequence[str]):
    """Run a script whose call fails so; return how it ended and what it printed."""
    trace = folder.with_name(f"{folder.name}.fault")
    trace.unlink(missing_ok=True)
    inject = f"inject={call.name}:{FAULTS[fault]}:when={call.number}"
    return _run(folder, ["-e", inject, "-e", f"trace={call.name}", "-o", str(trace)], command)


def _run(folder: Path, how: Sequence[str], command: Sequence[str]):
    temporary = folder / "tmp"
    temporary.mkdir(exist_ok=True)
    process = subprocess.Popen(
        ["strace", "-f", "-qq", *how, sys.executable, str(SCRIPTS / command[0]), *command[1:]],
        cwd=folder,
        env={**os.environ, "TMPDIR": str(temporary)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
    )
    deadline = time.monotonic() + 120
    while True:
        try:
            out, err = process.communicate(timeout=STOPPED)
            break
        except subprocess.TimeoutExpired:
            if time.monotonic() > deadline:
                os.killpg(process.pid, signal.SIGKILL)
                raise
            if "signal=STOP" in " ".join(how) and _is_stopped(process.pid):
                time.sleep(STOPPED)
                os.killpg(process.pid, signal.SIGCONT)
    return subprocess.CompletedProcess(command, process.returncode, out, err)


def _is_stopped(session: int) -> bool:
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(") ")[2].split()
        except OSError:
            continue
        if fields[0] in "Tt" and fields[3] == str(session):
            return True
    return False
