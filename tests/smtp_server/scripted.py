"""A real SMTP server on loopback that does what it is told at each point of the dialogue.

It keeps what it has accepted, by Message-ID and in order, from the moment that it decides to, so
that a reply that is lost afterwards is a letter that has gone.
"""

from __future__ import annotations

import os
import re
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

POINTS = ("greeting", "ehlo", "mail", "rcpt", "data", "body", "dot")
"""Where a script may intervene; ``body`` is while the letter is coming in."""

MORE_POINTS = ("starttls", "handshake", "auth", "rset", "quit")
"""Where it may besides, in a session with TLS and sign-in, and after a refusal."""


@dataclass
class Taken:
    """A letter that was accepted: its envelope and bytes."""

    sender: str
    to: str
    data: bytes

    @property
    def message_id(self) -> str:
        return re.search(rb"(?im)^message-id:\s*(\S+)", self.data)[1].decode()


@dataclass
class Scripted:
    """``script(point, to, number)`` returns '' to be normal, or what to do.

    That is a reply such as ``450 later``, ``drop`` (hang up), ``lost`` (accept, then hang up),
    ``hang`` (say nothing), ``garbage``, ``trickle`` (one byte at a time), or ``clear`` (bytes that
    are no TLS, in a session that is encrypted). ``latency`` is in seconds, before each reply.
    ``in_clear`` are the lines that came before TLS; ``deserted`` counts the clients that left while
    the server did as it should: on a busy machine, for lack of patience.
    """

    script: Callable[[str, str, int], str] = lambda point, to, number: ""
    extensions: tuple[str, ...] = ("PIPELINING", "8BITMIME", "SMTPUTF8")
    tls: ssl.SSLContext | None = None
    implicit: bool = False
    latency: float = 0.0
    passwords: dict[str, str] = field(default_factory=dict)
    taken: list[Taken] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    in_clear: list[str] = field(default_factory=list)
    peers: int = 0
    most_peers: int = 0
    deserted: int = 0
    port: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _counts: dict[str, int] = field(default_factory=dict)
    _closing: bool = False
    _serving: list[threading.Thread] = field(default_factory=list)

    @property
    def ids(self) -> list[str]:
        return [one.message_id for one in self.taken]

    @contextmanager
    def running(self) -> Iterator[Scripted]:
        with socket.create_server(("127.0.0.1", 0)) as listener:
            self.port = listener.getsockname()[1]
            threading.Thread(target=self._accept, args=(listener,), daemon=True).start()
            try:
                yield self
            finally:
                self._closing = True
                for serving in tuple(self._serving):
                    serving.join(10)

    def _accept(self, listener: socket.socket) -> None:
        while not self._closing:
            try:
                peer, _ = listener.accept()
            except OSError:
                return
            serving = threading.Thread(target=self._serve, args=(peer,), daemon=True)
            self._serving.append(serving)
            serving.start()

    def _serve(self, peer: socket.socket) -> None:
        with self._lock:
            self.peers += 1
            self.most_peers = max(self.peers, self.most_peers)
        dialogue = _Dialogue(self, peer)
        try:
            if self.implicit:
                dialogue.go_over_to_tls()
            dialogue.run()
        except _Over:
            pass
        except OSError:
            with self._lock:
                self.deserted += 1
        finally:
            with self._lock:
                self.peers -= 1
            with suppress(OSError):
                dialogue.peer.close()

    def ask(self, point: str, to: str) -> str:
        with self._lock:
            number = self._counts[point] = self._counts.get(point, 0) + 1
        return self.script(point, to, number)


class _Over(Exception):
    """The connection is at its end."""


class _Dialogue:
    def __init__(self, server: Scripted, peer: socket.socket) -> None:
        self.server, self.peer = server, peer
        self.peer.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.buffer = b""
        self.sender = self.to = ""

    def go_over_to_tls(self) -> None:
        clear = self.peer
        what = self.server.ask("handshake", "")
        if what:
            self.act(what, "")
            raise _Over
        self.peer = self.server.tls.wrap_socket(
            clear, server_side=True, do_handshake_on_connect=False
        )
        self.peer.do_handshake()
        self.buffer = b""

    def run(self) -> None:
        self.say("greeting", "220 scripted ESMTP")
        while True:
            line = self.line()
            self.server.lines.append(line)
            if not isinstance(self.peer, ssl.SSLSocket):
                self.server.in_clear.append(line)
            verb = line.upper().partition(" ")[0].partition(":")[0]
            match verb:
                case "EHLO":
                    offered = list(self.server.extensions)
                    tls = isinstance(self.peer, ssl.SSLSocket)
                    if self.server.tls and not tls:
                        offered.append("STARTTLS")
                    if self.server.passwords:
                        offered.append("AUTH PLAIN LOGIN XOAUTH2")
                    text = "\r\n".join(["250-scripted", *(f"250-{one}" for one in offered)])
                    self.say("ehlo", f"{text}\r\n250 OK")
                case "STARTTLS":
                    if not self.say("starttls", "220 go on"):
                        continue
                    self.go_over_to_tls()
                case "AUTH":
                    self.sign_in(line)
                case "MAIL":
                    self.sender = re.search(r"<(.*?)>", line)[1]
                    self.say("mail", "250 ok")
                case "RCPT":
                    self.to = re.search(r"<(.*?)>", line)[1]
                    self.refused = not self.say("rcpt", "250 ok")
                case "DATA":
                    if self.refused:
                        self.reply("554 no valid recipients")
                    elif what := self.server.ask("data", self.to):
                        self.act(what, "354 go on")
                    else:
                        self.body()
                case "RSET":
                    self.say("rset", "250 ok")
                case "NOOP" | "HELO":
                    self.reply("250 ok")
                case "QUIT":
                    self.say("quit", "221 bye")
                    raise _Over
                case _:
                    self.reply("502 what?")

    def sign_in(self, line: str) -> None:
        self.reply_to_sign_in = self.server.ask("auth", "")
        if self.reply_to_sign_in:
            self.act(self.reply_to_sign_in, "235 welcome")
            return
        import base64

        words = line.split()
        if words[1].upper() == "LOGIN":
            self.reply("334 VXNlcm5hbWU6")
            user = base64.b64decode(self.line()).decode()
            self.reply("334 UGFzc3dvcmQ6")
            word = base64.b64decode(self.line()).decode()
        elif words[1].upper() == "PLAIN":
            _, user, word = base64.b64decode(words[2]).decode().split("\0")
        else:
            found = re.fullmatch(
                "user=(.*)\x01auth=Bearer (.*)\x01\x01", base64.b64decode(words[2]).decode()
            )
            user, word = found[1], found[2]
        good = self.server.passwords.get(user) == word
        self.reply("235 welcome" if good else f"535 bad password {word} for {user}")

    def body(self) -> None:
        what = self.server.ask("body", self.to)
        # Said in one go with 354, so that it is there before the dot however busy the machine is.
        self.reply(f"354 go on\r\n{what}" if what not in ("", "drop") else "354 go on")
        if what:
            raise _Over
        lines = []
        while (line := self.raw()) != b".\r\n":
            lines.append(line[1:] if line.startswith(b".") else line)
        what = self.server.ask("dot", self.to)
        if not what or what == "lost" or what.startswith(("2", "hang-lost")):
            with self.server._lock:
                self.server.taken.append(Taken(self.sender, self.to, b"".join(lines)))
        self.act(
            "hang" if what == "hang-lost" else "drop" if what == "lost" else what, "250 queued"
        )

    def say(self, point: str, normal: str) -> bool:
        """Reply as the script wants; return whether it was the normal reply."""
        what = self.server.ask(point, self.to)
        self.act(what, normal)
        return not what

    def act(self, what: str, normal: str) -> None:
        match what:
            case "":
                self.reply(normal)
            case "drop":
                raise _Over
            case "hang":
                with suppress(OSError):
                    while self.peer.recv(4096):
                        pass
                raise _Over
            case "garbage":
                self.peer.sendall(b"\x00\xff<html>\r\n" * 3)
            case "clear":
                os.write(self.peer.fileno(), b"250 this is no TLS\r\n" * 3)
                raise _Over
            case "endless":
                with suppress(OSError):
                    while True:
                        self.peer.sendall(b"250-more\r\n" * 50)
                raise _Over
            case "trickle":
                for byte in normal.encode() + b"\r\n":
                    time.sleep(0.2)
                    self.peer.sendall(bytes([byte]))
            case _:
                self.reply(what)
                if what.startswith("421"):
                    raise _Over

    def reply(self, text: str) -> None:
        if self.server.latency:
            time.sleep(self.server.latency)
        self.peer.sendall(text.encode() + b"\r\n")

    def line(self) -> str:
        return self.raw().decode("utf-8", "replace").rstrip("\r\n")

    def raw(self) -> bytes:
        while b"\n" not in self.buffer:
            more = self.peer.recv(65536)
            if not more:
                raise ConnectionResetError
            self.buffer += more
        line, _, self.buffer = self.buffer.partition(b"\n")
        return line + b"\n"
