"""A real IMAP server on loopback (pymap): a process of its own, its mailboxes in memory."""

from __future__ import annotations

import imaplib
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

USER, PASSWORD = "vastaukset", "salainen"
_START = "from pymap.main import main; main()"


@contextmanager
def imap_server(cert: Path | None = None, key: Path | None = None) -> Iterator[int]:
    """Run the server; its port."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    tls = ["--cert", str(cert), "--key", str(key)] if cert else ["--no-tls"]
    service = ["--host", "127.0.0.1", "--port", str(port), *tls]
    backend = ["dict", "--demo-data", "--demo-user", USER, "--demo-password", PASSWORD]
    server = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", _START, *service, *backend],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait(port)
        yield port
    finally:
        server.kill()
        server.wait()


@contextmanager
def signed_in(port: int) -> Iterator[imaplib.IMAP4]:
    """A session of the mailbox's owner, who looks at it with another program."""
    imap = imaplib.IMAP4("127.0.0.1", port, timeout=20)
    imap.login(USER, PASSWORD)
    try:
        yield imap
    finally:
        imap.logout()


def emptied(imap: imaplib.IMAP4) -> None:
    """Take out what the server's demonstration put in."""
    imap.select("INBOX")
    imap.store("1:*", "+FLAGS", r"(\Deleted)")
    imap.expunge()


def _wait(port: int) -> None:
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise TimeoutError(f"nothing listens at {port}")
