"""An IMAP server on loopback, in TLS, with folders of mail by Message-ID: enough to look into Sent."""

from __future__ import annotations

import base64
import re
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

WORDS = re.compile(r'"((?:[^"\\]|\\.)*)"|(\S+)')


class ImapServer:
    """``folders`` holds Message-IDs by the folder's name as IMAP writes it; ``sent`` is flagged.

    ``broken`` is a command that it hangs up at.
    """

    def __init__(
        self,
        tls: ssl.SSLContext,
        folders: dict[str, list[str]],
        *,
        sent: str = "",
        password: str = "sala",
        broken: str = "",
    ) -> None:
        self.tls, self.folders, self.sent = tls, folders, sent
        self.password, self.broken = password, broken
        self.lines: list[str] = []
        self.port = 0

    @contextmanager
    def running(self) -> Iterator[ImapServer]:
        with socket.create_server(("127.0.0.1", 0)) as listener:
            self.port = listener.getsockname()[1]
            threading.Thread(target=self._accept, args=(listener,), daemon=True).start()
            yield self

    def _accept(self, listener: socket.socket) -> None:
        with suppress(OSError):
            while True:
                peer, _ = listener.accept()
                threading.Thread(target=self._serve, args=(peer,), daemon=True).start()

    def _serve(self, clear: socket.socket) -> None:
        with (
            suppress(OSError, ValueError),
            self.tls.wrap_socket(clear, server_side=True) as peer,
            peer.makefile("rwb") as file,
        ):

            def say(text: str) -> None:
                file.write(text.encode() + b"\r\n")
                file.flush()

            say("* OK [CAPABILITY IMAP4rev1 AUTH=XOAUTH2] ready")
            self.folder = ""
            while line := file.readline().decode().rstrip("\r\n"):
                self.lines.append(line)
                tag, verb, *words = [one[0] or one[1] for one in WORDS.findall(line)]
                if verb == self.broken:
                    return
                if verb == "AUTHENTICATE":
                    say("+ ")
                    words.append(base64.b64decode(file.readline()).decode())
                for reply in self._answer(verb, words):
                    say(reply if reply.startswith("*") else f"{tag} {reply}")
                if verb == "LOGOUT":
                    return

    def _answer(self, verb: str, words: list[str]) -> Iterator[str]:
        match verb:
            case "CAPABILITY":
                yield "* CAPABILITY IMAP4rev1 AUTH=XOAUTH2"
                yield "OK done"
            case "LOGIN" | "AUTHENTICATE":
                yield "OK in" if self.password in words[-1] else "NO wrong"
            case "LIST":
                for name in self.folders:
                    flags = r"\HasNoChildren \Sent" if name == self.sent else r"\HasNoChildren"
                    yield f'* LIST ({flags}) "/" "{name}"'
                yield "OK done"
            case "EXAMINE":
                self.folder = words[0]
                if self.folder in self.folders:
                    yield f"* {len(self.folders[self.folder])} EXISTS"
                    yield "OK [READ-ONLY] done"
                else:
                    yield "NO no such folder"
            case "UID":
                known = self.folders[self.folder]
                hits = [str(number) for number, one in enumerate(known, 1) if words[-1] in one]
                yield f"* SEARCH {' '.join(hits)}".rstrip()
                yield "OK done"
            case "LOGOUT":
                yield "* BYE"
                yield "OK done"
            case _:
                yield "BAD what?"
