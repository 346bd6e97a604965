"""SMTP sessions: smtplib's client, but the server's replies are read with limits.

A server may hang, send a byte a minute, talk for ever, or not speak SMTP at all. Then
:class:`NoAnswer` is raised and the connection is closed.
"""

import re
import smtplib
import socket
import ssl
from contextlib import suppress
from functools import cache
from pathlib import Path
from time import monotonic

_REPLY = re.compile(rb"([2-5][0-9][0-9])(?:([ -])([^\r\n]*))?\r?\n")
_LONGEST = 2_048
_MOST_LINES = 200


@cache
def tls_context(ca_file: Path | None) -> ssl.SSLContext:
    """Return the context that checks certificates by the authorities in a file, or the system's.

    It is cached, since loading the system's takes longer than sending a letter. Raises OSError if
    the file cannot be read.
    """
    return ssl.create_default_context(cafile=ca_file)


class NoAnswer(OSError):
    """The server has hung up, is silent for too long, or does not speak SMTP."""


class Replies:
    """Mixin for smtplib that reads replies with a deadline for each whole reply."""

    sock: socket.socket | None
    timeout: float
    _buffer: bytes = b""

    def getreply(self) -> tuple[int, bytes]:
        """Return a reply's code and text, its lines joined by newlines; raises NoAnswer."""
        deadline = monotonic() + self.timeout
        said: list[bytes] = []
        for _ in range(_MOST_LINES):
            line = self._line(deadline)
            found = _REPLY.fullmatch(line)
            if not found:
                raise self._given_up("it does not speak SMTP")
            said.append((found[3] or b"").strip())
            if found[2] != b"-":
                return int(found[1]), b"\n".join(said)
        raise self._given_up("its reply has no end")

    def command(self, line: str) -> tuple[int, bytes]:
        """Send one command and return the reply's code and text; raises OSError."""
        self.write(f"{line}\r\n".encode())
        return self.getreply()

    def write(self, data: bytes) -> None:
        """Send all bytes; raises OSError."""
        if self.sock is None:
            raise NoAnswer("it has hung up")
        self.sock.sendall(data)

    def spoke_first(self) -> bool:
        """Return True if the server has sent something, or hung up, while it was our turn."""
        if self._buffer or self.sock is None:
            return True
        self.sock.settimeout(0)
        try:
            self._buffer = self.sock.recv(_LONGEST)
        except (BlockingIOError, ssl.SSLWantReadError):
            return False
        except OSError:
            return True
        finally:
            self.sock.settimeout(self.timeout)
        return True

    def forget(self) -> None:
        """Drop what arrived before TLS: an attacker may have sent it in clear (CVE-2011-0411)."""
        self._buffer = b""

    def _line(self, deadline: float) -> bytes:
        while b"\n" not in self._buffer:
            if len(self._buffer) > _LONGEST:
                raise self._given_up("its reply has no end")
            left = deadline - monotonic()
            if self.sock is None or left <= 0:
                raise self._given_up("it did not answer in time")
            try:
                self.sock.settimeout(left)
                more = self.sock.recv(_LONGEST)
                self.sock.settimeout(self.timeout)
            except TimeoutError as fault:
                raise self._given_up("it did not answer in time") from fault
            except OSError as fault:
                raise self._given_up(fault.strerror or str(fault)) from fault
            if not more:
                raise self._given_up("it has hung up")
            self._buffer += more
        line, _, self._buffer = self._buffer.partition(b"\n")
        return line + b"\n"

    def _given_up(self, why: str) -> NoAnswer:
        with suppress(OSError):
            self.close()
        return NoAnswer(why)

    def close(self) -> None:
        """Close the connection with the method of smtplib, the next class in the MRO."""
        super().close()  # type: ignore[misc]


class ClearSession(Replies, smtplib.SMTP):
    """A session that begins unencrypted, for STARTTLS or a server on this computer."""


class TlsSession(Replies, smtplib.SMTP_SSL):
    """A session that uses TLS from the first byte."""
