"""Postfix's ``smtp-sink``: a mail server that takes everything and keeps nothing; and a far one."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class Sink:
    """A sink that is running at ``port``."""

    def __init__(self, port: int, counters: Path) -> None:
        self.port, self._counters = port, counters

    def taken(self) -> int:
        """Return how many letters it has taken, by its own count, once that stands still."""
        count = -1
        while count != (now := self._count()):
            count = now
            time.sleep(0.3)
        return count

    def _count(self) -> int:
        counts = re.findall(r"mesg=(\d+)", self._counters.read_text(errors="replace"))
        return int(counts[-1]) if counts else 0


@contextmanager
def sink() -> Iterator[Sink]:
    """Run a sink as a user without rights, for as long as it is needed."""
    program = shutil.which("smtp-sink") or "/usr/sbin/smtp-sink"
    as_nobody = ["-u", "nobody"] if os.geteuid() == 0 else []
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        counters = Path(folder) / "counters"
        with counters.open("wb") as out:
            process = subprocess.Popen(
                [program, "-c", *as_nobody, "-m", "64", f"127.0.0.1:{port}", "128"], stdout=out
            )
        try:
            until_it_listens(port)
            yield Sink(port, counters)
        finally:
            process.terminate()
            process.wait()


@contextmanager
def far(port: int, latency: float) -> Iterator[int]:
    """Run a way to a server, each of whose replies comes ``latency`` seconds later."""
    mine = free_port()
    process = subprocess.Popen(
        [
            sys.executable,
            str(Path(__file__).with_name("delay.py")),
            *map(str, (mine, port, latency)),
        ]
    )
    try:
        until_it_listens(mine)
        yield mine
    finally:
        process.terminate()
        process.wait()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


def until_it_listens(port: int) -> None:
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise TimeoutError(port)
