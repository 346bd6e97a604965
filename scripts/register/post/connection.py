"""One connection to a mail server: TLS, sign-in, and sending letters with the outcome of each.

A letter that certainly did not go may be tried again. Once its final dot may have left, only the
server's reply tells whether it went. So the claim is made just before that dot.
"""

import base64
import platform
import re
import smtplib
import socket
import ssl
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from register.book.errors import ConfigError, SignInRefused, TemporaryFailure
from register.letters.message import Letter
from register.post.secrets import Secret
from register.post.session import ClearSession, NoAnswer, TlsSession, tls_context

_ADDRESS = re.compile(r"[^\s<>\x00-\x20\x7f]{1,64}@[^\s<>\x00-\x20\x7f]{1,255}")
_NAME = re.compile(r"[A-Za-z0-9.-]{1,200}")
_LONGEST = 160


@dataclass(frozen=True, slots=True)
class Server:
    """A mail server and how to reach it.

    ``timeout`` is in seconds; without a ``user`` there is no sign-in.
    """

    host: str
    port: int
    security: Literal["starttls", "tls", "none"] = "starttls"
    user: str = ""
    auth: Literal["plain", "login", "xoauth2"] = "plain"
    secret: Secret | None = None
    ca_file: Path | None = None
    timeout: float = 60.0

    @property
    def name(self) -> str:
        """The server as ``host:port``."""
        return f"{self.host}:{self.port}"


@dataclass(frozen=True, slots=True)
class SendResult:
    """The outcome of a letter, and whether the connection can take another.

    ``state`` is ``sent``, ``failed``, ``unknown``, ``later`` (certainly not sent, may be tried
    again) or ``denied`` (its claim was refused). ``content`` is True if the server refused the
    letter's content, not its address.
    """

    state: str
    said: str = ""
    alive: bool = True
    content: bool = False


class Connection:
    """An open SMTP session, encrypted and signed in as configured."""

    def __init__(self, server: Server) -> None:
        """Connect to the server.

        Raises TemporaryFailure if the server cannot be reached or asks to come later, ConfigError
        if TLS or the sign-in fails or the server refuses the connection.
        """
        self._server = server
        self._context = tls_context(server.ca_file)
        try:
            self._session = self._reached()
            try:
                self._secure()
                self._sign_in()
            except BaseException:
                self.hang_up()
                raise
        except ssl.SSLError as fault:
            raise _no_tls(server, fault) from fault
        except smtplib.SMTPResponseException as fault:
            raise self._refusal(fault.smtp_code, fault.smtp_error) from fault
        except (OSError, smtplib.SMTPException) as fault:
            raise TemporaryFailure(
                "The mail server {server} cannot be reached: {fault}",
                remedy="Check the server's name and port ([post] host, port) and the network; then"
                " give the same command again.",
                server=server.name,
                fault=_shown(fault),
            ) from fault
        self._pipelined = self._session.has_extn("pipelining")

    @property
    def protocol(self) -> str:
        """The TLS version, such as ``TLSv1.3``; '' if the connection is not encrypted."""
        sock = self._session.sock
        return sock.version() or "" if isinstance(sock, ssl.SSLSocket) else ""

    def send(self, letter: Letter, claim: Callable[[], bool]) -> SendResult:
        """Send one letter; ``claim`` is called once, just before the dot that ends it.

        Raises ConfigError if the server does not accept our sender address: no letter will go then.
        """
        if not (_ADDRESS.fullmatch(letter.address) and _ADDRESS.fullmatch(letter.sender)):
            return SendResult("failed", "this address cannot be written to")
        if letter.utf8 and not self._session.has_extn("smtputf8"):
            return SendResult("failed", "the server takes only addresses in ASCII")
        try:
            refused = self._envelope(letter)
            if refused:
                return refused
            self._session.write(_stuffed(letter.data))
        except OSError as fault:
            return SendResult("later", _shown(fault), alive=False)
        if self._session.spoke_first():
            return self._interrupted()
        if not claim():
            self.hang_up()
            return SendResult("denied", alive=False)
        if self._session.spoke_first():
            return self._interrupted()
        try:
            self._session.write(b".\r\n")
            code, said = self._session.getreply()
        except OSError as fault:
            self.hang_up()
            return SendResult("unknown", _shown(fault), alive=False)
        return self._judged(code, said)

    def accepts(self, sender: str) -> str:
        """Return '' if the server lets this address send, else the server's reply."""
        code, said = self._session.command(f"MAIL FROM:<{sender}>")
        if code < 400:
            self._session.command("RSET")
        return "" if code < 400 else f"{code} {self._quoted(said)}"

    def close(self) -> None:
        """Quit, if the server still listens, and close the connection."""
        with suppress(OSError, smtplib.SMTPException):
            self._session.timeout = min(self._server.timeout, 5.0)
            self._session.write(b"QUIT\r\n")
            self._session.getreply()
        self.hang_up()

    def hang_up(self) -> None:
        """Close the connection at once; a letter whose final dot has not gone is not sent."""
        with suppress(OSError):
            self._session.close()

    def _reached(self) -> ClearSession | TlsSession:
        server = self._server
        ours = platform.node() if _NAME.fullmatch(platform.node()) else "localhost"
        if server.security == "tls":
            return TlsSession(
                server.host, server.port, ours, timeout=server.timeout, context=self._context
            )
        return ClearSession(server.host, server.port, ours, timeout=server.timeout)

    def _secure(self) -> None:
        """Greet the server, and start TLS if the connection did not begin with it."""
        session, server = self._session, self._server
        if session.sock:
            session.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        session.ehlo_or_helo_if_needed()
        if server.security != "starttls":
            return
        if not session.has_extn("starttls"):
            raise ConfigError(
                "The mail server {server} offers no STARTTLS; nothing is sent in clear.",
                remedy="Ask whoever keeps the server. Where it speaks TLS from the first byte"
                ' (port 465), write security = "tls".',
                server=server.name,
            )
        session.starttls(context=self._context)
        session.forget()
        session.ehlo_or_helo_if_needed()

    def _sign_in(self) -> None:
        server = self._server
        if not server.user or server.secret is None:
            return
        offered = self._session.esmtp_features.get("auth", "").upper().split()
        if server.auth.upper() not in offered:
            raise ConfigError(
                "The mail server {server} does not offer the sign-in {auth}; it offers: {offered}",
                remedy="Choose one of these in the configuration: [post] auth.",
                server=server.name,
                auth=server.auth.upper(),
                offered=self._quoted(" ".join(offered).encode()) or "–",
            )
        user, word = server.user, server.secret.value
        match server.auth:
            case "plain":
                code, said = self._session.command(
                    f"AUTH PLAIN {_base64(f'{chr(0)}{user}{chr(0)}{word}')}"
                )
            case "xoauth2":
                bearer = f"user={user}\x01auth=Bearer {word}\x01\x01"
                code, said = self._session.command(f"AUTH XOAUTH2 {_base64(bearer)}")
                if code == 334:
                    code, said = self._session.command("")
            case "login":
                code, said = self._session.command("AUTH LOGIN")
                for part in (user, word):
                    if code == 334:
                        code, said = self._session.command(_base64(part))
        if code != 235:
            raise self._refusal(code, said, sign_in=True)

    def _envelope(self, letter: Letter) -> SendResult | None:
        """Send the envelope; return the outcome if it is refused, None if the body may follow."""
        utf8 = " SMTPUTF8" if letter.utf8 else ""
        commands = (
            f"MAIL FROM:<{letter.sender}>{utf8}",
            f"RCPT TO:<{letter.address}>",
            "DATA",
        )
        if self._pipelined:
            self._session.write("".join(f"{one}\r\n" for one in commands).encode())
            replies = [self._session.getreply() for _ in commands]
        else:
            replies = []
            for one in commands:
                replies.append(self._session.command(one))
                if replies[-1][0] >= 400:
                    break
        return self._weighed(replies)

    def _weighed(self, replies: list[tuple[int, bytes]]) -> SendResult | None:
        wanted = ((200, 300), (200, 300), (354, 355))
        for number, ((code, said), (low, high)) in enumerate(zip(replies, wanted, strict=False)):
            if low <= code < high:
                continue
            if number == 0 and code >= 500:
                self.hang_up()
                raise ConfigError(
                    "The mail server {server} does not let this address send: {said}",
                    remedy="Check [letters] from_address, and with which user you sign in.",
                    server=self._server.name,
                    said=f"{code} {self._quoted(said)}",
                )
            content = number == 2
            fate = self._judged(code, said)
            if replies[-1][0] == 354 or fate.state in ("sent", "unknown"):
                self.hang_up()
                state = "failed" if fate.state == "failed" else "later"
                return SendResult(state, fate.said, alive=False, content=content)
            alive = fate.alive and self._reset()
            return SendResult(fate.state, fate.said, alive=alive, content=content)
        return None

    def _judged(self, code: int, said: bytes) -> SendResult:
        """Return the outcome that a reply means for a letter; after 421 the server hangs up."""
        text = f"{code} {self._quoted(said)}"
        if code == 421:
            self.hang_up()
            return SendResult("later", text, alive=False)
        match code // 100:
            case 2:
                return SendResult("sent", text)
            case 4:
                return SendResult("later", text)
            case 5:
                return SendResult("failed", text, content=True)
            case _:
                self.hang_up()
                return SendResult("unknown", text, alive=False)

    def _interrupted(self) -> SendResult:
        """Return the outcome of a letter that the server interrupted before its end."""
        said = ""
        with suppress(NoAnswer):
            code, reply = self._session.getreply()
            said = f"{code} {self._quoted(reply)}"
        self.hang_up()
        return SendResult("later", said or "it has hung up", alive=False)

    def _reset(self) -> bool:
        try:
            return self._session.command("RSET")[0] == 250
        except OSError:
            return False

    def _refusal(
        self, code: int, said: bytes | str, *, sign_in: bool = False
    ) -> ConfigError | TemporaryFailure:
        values: dict[str, Any] = {
            "server": self._server.name,
            "said": f"{code} {self._quoted(said if isinstance(said, bytes) else said.encode())}",
        }
        if 400 <= code < 500:
            return TemporaryFailure(
                "The mail server {server} says to come later: {said}",
                remedy="Give the same command again in a while.",
                **values,
            )
        if sign_in:
            return SignInRefused(
                "The mail server {server} does not accept the user name and password: {said}",
                remedy="Check the user name and the password ([post] user, password_file, auth)."
                " Google and Microsoft want an app password or XOAUTH2.",
                **values,
            )
        return ConfigError(
            "The mail server {server} will not have us: {said}",
            remedy="Check [post] host, port and security; ask whoever keeps the server.",
            **values,
        )

    def _quoted(self, said: bytes) -> str:
        """Return the server's text on one line, safe on a terminal, with our secret masked."""
        text = said.decode("ascii", "backslashreplace").replace("\n", " ")
        secret = self._server.secret
        for word in (secret.value, _base64(secret.value)) if secret else ():
            text = text.replace(word, "***")
        shown = "".join(char if char.isprintable() else "?" for char in text)
        return shown if len(shown) <= _LONGEST else shown[: _LONGEST - 1] + "…"


def _no_tls(server: Server, fault: ssl.SSLError) -> ConfigError:
    why = getattr(fault, "verify_message", "") or fault.reason or str(fault)
    return ConfigError(
        "No safe connection to the mail server {server}: {fault}. Nothing was sent.",
        remedy="Check [post] host: it must be the name in the server's certificate. A server with"
        " a certificate of your own authority needs [post] ca_file.",
        server=server.name,
        fault=str(why).replace("_", " ").lower(),
    )


def _stuffed(data: bytes) -> bytes:
    """Return a mail with dots at the beginning of lines doubled (RFC 5321, 4.5.2)."""
    stuffed = data.replace(b"\r\n.", b"\r\n..")
    return b"." + stuffed if stuffed.startswith(b".") else stuffed


def _base64(text: str) -> str:
    return base64.b64encode(text.encode()).decode("ascii")


def _shown(fault: BaseException) -> str:
    return getattr(fault, "strerror", "") or str(fault)[:_LONGEST]
