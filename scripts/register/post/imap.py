"""A mailbox on a mail server, by IMAP (RFC 9051, RFC 3501) over TLS; messages stay unread there.

A message's key is its folder, UIDVALIDITY and UID. Sizes are asked for first, so that a message
that is too large is never fetched. Nothing is deleted. If a folder is configured for it, finished
messages are moved there (RFC 6851); they stay if the server cannot move.
"""

from __future__ import annotations

import imaplib
import re
import ssl
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from register.book.errors import ConfigError, SignInRefused, TemporaryFailure, VerkostoError
from register.ports.mailbox import Incoming
from register.post.folder_name import quote_folder_name
from register.post.secrets import Secret
from register.post.session import tls_context
from register.replies.limits import LARGEST_MESSAGE, MOST_MESSAGES

_BATCH = 200
_ASKED = 20_000
_LONGEST = 160
_UID = re.compile(rb"\bUID (\d+)\b")
_OCTETS = re.compile(rb"\bRFC822\.SIZE (\d+)\b")
_DATE = re.compile(rb'\bINTERNALDATE "([^"]{1,40})"')


@dataclass(frozen=True, slots=True)
class ImapServer:
    """A mail server, the folder that replies arrive in, and how to sign in; ``timeout`` in seconds.

    ``done`` is the folder that finished messages are moved to, or ''. ``aside`` is the folder for
    unreadable ones; '' for the same folder.
    """

    host: str
    port: int
    security: Literal["tls", "starttls", "none"] = "tls"
    user: str = ""
    auth: Literal["login", "xoauth2"] = "login"
    secret: Secret | None = None
    folder: str = "INBOX"
    done: str = ""
    aside: str = ""
    ca_file: Path | None = None
    timeout: float = 60.0

    @property
    def name(self) -> str:
        """The server as ``host:port``."""
        return f"{self.host}:{self.port}"


class ImapMailbox:
    """Implements the port ``Mailbox`` with an open, signed-in session."""

    def __init__(self, server: ImapServer) -> None:
        """Connect, sign in and open the folder.

        Raises TemporaryFailure if the server cannot be reached, ConfigError if TLS, the sign-in or
        the folder fails.
        """
        self._server = server
        self._left: list[str] = []
        self._there = 0
        self._context = tls_context(server.ca_file)
        try:
            self._imap = self._reached()
            try:
                self._sign_in()
                self._validity = self._selected()
            except BaseException:
                self.close()
                raise
        except ssl.SSLError as fault:
            raise ConfigError(
                "No safe connection to the mail server {server}: {fault}. Nothing was read.",
                remedy="Check [mailbox] host: it must be the name in the server's certificate.",
                server=server.name,
                fault=str(fault.reason or fault).replace("_", " ").lower(),
            ) from fault
        except (OSError, imaplib.IMAP4.error) as fault:
            raise self._unreachable(fault) from fault

    def incoming(self, known: Callable[[str], bool]) -> Iterator[Incoming]:
        """Yield the messages that are not known yet, oldest first, at most ``MOST_MESSAGES``.

        Raises TemporaryFailure if the mailbox cannot be read.
        """
        try:
            there = {uid: known(self._key(uid)) for uid in self._uids()}
            self._left = [str(uid) for uid, done in there.items() if done]
            uids = [uid for uid, done in there.items() if not done][:MOST_MESSAGES]
            for begin in range(0, len(uids), _BATCH):
                yield from self._fetched(uids[begin : begin + _BATCH])
        except (OSError, imaplib.IMAP4.error) as fault:
            raise self._unreachable(fault) from fault

    def settle(self, keys: Sequence[str], aside: Sequence[str] = ()) -> None:
        """Move finished messages, and those set aside, to the configured folders.

        Messages that an earlier run finished but could not move go with them.
        """
        head = self._key(0)[:-1]
        done = [*self._left, *(key.removeprefix(head) for key in keys if key.startswith(head))]
        apart = [key.removeprefix(head) for key in aside if key.startswith(head)]
        try:
            self._move(done, self._server.done)
            self._move(apart, self._server.aside or self._server.done)
        except (OSError, imaplib.IMAP4.error) as fault:
            raise self._unreachable(fault) from fault

    def _move(self, uids: Sequence[str], folder: str) -> None:
        _, offered = self._imap.capability()
        if not folder or not uids or b"MOVE" not in b" ".join(filter(None, offered)).split():
            return
        self._imap.create(quote_folder_name(folder))
        for begin in range(0, len(uids), _BATCH):
            self._imap.uid(
                "MOVE", ",".join(uids[begin : begin + _BATCH]), quote_folder_name(folder)
            )

    def close(self) -> None:
        """Log out, if the server still listens."""
        with suppress(OSError, imaplib.IMAP4.error):
            self._imap.logout()

    def __enter__(self) -> ImapMailbox:
        return self

    def __exit__(self, *fault: object) -> None:
        self.close()

    def _reached(self) -> imaplib.IMAP4:
        server = self._server
        if server.security == "tls":
            return imaplib.IMAP4_SSL(
                server.host, server.port, ssl_context=self._context, timeout=server.timeout
            )
        imap = imaplib.IMAP4(server.host, server.port, timeout=server.timeout)
        if server.security == "starttls":
            try:
                imap.starttls(ssl_context=self._context)
            except BaseException as fault:
                with suppress(OSError):
                    imap.shutdown()
                if not isinstance(fault, imaplib.IMAP4.error):
                    raise
                raise ConfigError(
                    "The mail server {server} offers no STARTTLS; nothing is read in clear.",
                    remedy="Where it speaks TLS from the first byte (port 993), write security ="
                    ' "tls" under [mailbox].',
                    server=server.name,
                ) from fault
        return imap

    def _sign_in(self) -> None:
        server = self._server
        word = server.secret.value if server.secret else ""
        try:
            if server.auth == "xoauth2":
                bearer = f"user={server.user}\x01auth=Bearer {word}\x01\x01".encode()
                answers = iter((bearer,))
                self._imap.authenticate("XOAUTH2", lambda _: next(answers, b""))
            else:
                self._imap.login(server.user, word)
        except (imaplib.IMAP4.error, UnicodeEncodeError) as fault:
            if isinstance(fault, imaplib.IMAP4.abort):
                raise
            raise SignInRefused(
                "The mail server {server} does not accept the user name and password: {said}",
                remedy="Check the user name and the password ([mailbox] user, password_file, auth)."
                " Google and Microsoft want an app password or XOAUTH2.",
                server=server.name,
                said=self._said(fault),
            ) from fault

    def _selected(self) -> int:
        moving = self._server.done or self._server.aside
        kind, there = self._imap.select(quote_folder_name(self._server.folder), readonly=not moving)
        _, validity = self._imap.response("UIDVALIDITY")
        if kind != "OK" or not validity or not validity[0]:
            raise ConfigError(
                "There is no folder {folder} in the mailbox at {server}.",
                remedy="Name one in the configuration: [mailbox] folder.",
                folder=self._server.folder,
                server=self._server.name,
            )
        self._there = int(there[0]) if there and there[0] else 0
        return int(validity[0])

    def _uids(self) -> list[int]:
        """Return all UIDs, sorted.

        They are fetched line by line, because SEARCH answers in a single line, which is too long
        for a large mailbox.
        """
        found: list[int] = []
        for first in range(1, self._there + 1, _ASKED):
            last = min(first + _ASKED - 1, self._there)
            kind, lines = self._imap.fetch(f"{first}:{last}", "(UID)")
            if kind != "OK":
                raise imaplib.IMAP4.error("FETCH")
            named = (_UID.search(line) for line in lines if isinstance(line, bytes))
            found += [int(one[1]) for one in named if one]
        return sorted(found)

    def _fetched(self, uids: Sequence[int]) -> Iterator[Incoming]:
        numbers = ",".join(map(str, uids))
        _, lines = self._imap.uid("FETCH", numbers, "(UID RFC822.SIZE INTERNALDATE)")
        for line in lines:
            about = line if isinstance(line, bytes) else b""
            uid, size = _UID.search(about), _OCTETS.search(about)
            if uid is None or size is None or int(uid[1]) not in uids:
                continue
            key, received = self._key(int(uid[1])), _moment(about)
            if int(size[1]) > LARGEST_MESSAGE:
                yield Incoming(key, None, received, "too-large")
                continue
            data = self._body(int(uid[1]))
            if data is not None:
                yield Incoming(key, data, received)

    def _body(self, uid: int) -> bytes | None:
        """Return a message's bytes, setting no flag; None if it has gone in the meantime."""
        _, parts = self._imap.uid("FETCH", str(uid), "(UID BODY.PEEK[])")
        for part in parts:
            if isinstance(part, tuple) and len(part) > 1:
                return bytes(part[1])
        return None

    def _key(self, uid: int) -> str:
        server = self._server
        return f"imap:{server.host}/{server.user}/{server.folder}/{self._validity}/{uid}"

    def _unreachable(self, fault: BaseException) -> VerkostoError:
        return TemporaryFailure(
            "The mailbox at {server} cannot be read: {fault}",
            remedy="Check the server's name and port ([mailbox] host, port) and the network; then"
            " give the same command again.",
            server=self._server.name,
            fault=self._said(fault),
        )

    def _said(self, fault: BaseException) -> str:
        """Return the server's text on one line, safe on a terminal, with our secret masked."""
        arguments: tuple[Any, ...] = fault.args or ("",)
        said = arguments[-1] if not isinstance(fault, OSError) else fault.strerror or str(fault)
        text = said.decode("ascii", "backslashreplace") if isinstance(said, bytes) else str(said)
        if self._server.secret:
            text = text.replace(self._server.secret.value, "***")
        return "".join(char if char.isprintable() else " " for char in text)[:_LONGEST]


def _moment(line: bytes) -> datetime:
    found = _DATE.search(line)
    try:
        return datetime.strptime(
            found[1].decode("ascii").strip() if found else "", "%d-%b-%Y %H:%M:%S %z"
        ).astimezone(UTC)
    except (ValueError, UnicodeDecodeError):
        return datetime.now(UTC)
