"""Finds which of our letters are in the Sent folder (IMAP), or in a copy of it on disk.

Many mail services, such as Gmail and Microsoft 365, keep a copy there of each mail they accepted. A
letter found there has gone; if it is not there, it may or may not have gone.
"""

import imaplib
import mailbox
import re
import ssl
from collections.abc import Iterable, Iterator
from contextlib import suppress
from email.message import Message
from email.parser import BytesHeaderParser
from pathlib import Path

from register.book.errors import ConfigError, SignInRefused, TemporaryFailure, UsageError
from register.post.connection import Server
from register.post.folder_name import quote_folder_name
from register.post.session import tls_context

_LARGEST = 200_000

_USUAL = ("Sent", "Sent Items", "Sent Messages", "INBOX.Sent", "Lähetetyt", "Skickat")
"""Names to try if the server does not mark its Sent folder (RFC 6154)."""

_LISTED = re.compile(rb'\((?P<flags>[^)]*)\) (?:"[^"]*"|NIL) (?P<name>"(?:[^"\\]|\\.)*"|\S+)\s*')
_MESSAGE_ID = re.compile(r"<[A-Za-z0-9.@_-]{3,300}>")


def message_ids(path: Path) -> frozenset[str]:
    """Return the Message-IDs in an mbox file, a Maildir, or a folder of ``.eml`` files.

    Raises UsageError if it is missing or cannot be read.
    """
    if not path.exists():
        raise UsageError(
            "There is no file {file}.", remedy="Check its name and folder.", file=str(path)
        )
    try:
        return frozenset(
            one for mail in _mails(path) if (one := str(mail["Message-ID"] or "").strip())
        )
    except (OSError, mailbox.Error) as fault:
        raise UsageError(
            "The sent mail {file} cannot be read ({fault}).",
            remedy="Name an mbox file, a Maildir, or a folder of .eml files.",
            file=str(path),
            fault=fault,
        ) from fault


def _mails(path: Path) -> Iterator[Message]:
    if path.is_file():
        mails = mailbox.mbox(path, create=False)
        yield from mails
        mails.close()
    elif (path / "cur").is_dir():
        yield from mailbox.Maildir(path, create=False)
    else:
        for file in sorted(path.glob("*.eml")):
            with file.open("rb") as opened:
                yield BytesHeaderParser().parsebytes(opened.read(_LARGEST))


def found_in_sent(server: Server, folder: str, wanted: Iterable[str]) -> frozenset[str]:
    """Return which of these Message-IDs are in the Sent folder, which is opened read-only.

    ``server`` is an IMAP server with TLS; with ``folder`` '' the folder is the one the server marks
    as Sent. Raises ConfigError if TLS or the sign-in fails or there is no such folder,
    TemporaryFailure if the server cannot be reached.
    """
    context = tls_context(server.ca_file)
    try:
        client = imaplib.IMAP4_SSL(
            server.host, server.port, ssl_context=context, timeout=server.timeout
        )
        try:
            _sign_in(client, server)
            _open(client, server, folder)
            return frozenset(one for one in wanted if _there(client, one))
        finally:
            with suppress(OSError, imaplib.IMAP4.error):
                client.logout()
            with suppress(OSError):
                client.shutdown()
    except ssl.SSLError as fault:
        raise ConfigError(
            "No safe connection to the mailbox at {server}: {fault}",
            remedy="Check [post] imap_host: it must be the name in the server's certificate.",
            server=server.name,
            fault=getattr(fault, "verify_message", "") or fault.reason or "TLS",
        ) from fault
    except (OSError, imaplib.IMAP4.error) as fault:
        raise TemporaryFailure(
            "The mailbox at {server} cannot be read: {fault}",
            remedy="Check [post] imap_host and the network; then give the same command again.",
            server=server.name,
            fault=fault.strerror if isinstance(fault, OSError) and fault.strerror else "IMAP",
        ) from fault


def _sign_in(client: imaplib.IMAP4_SSL, server: Server) -> None:
    word = server.secret.value if server.secret else ""
    try:
        if server.auth == "xoauth2":
            bearer = f"user={server.user}\x01auth=Bearer {word}\x01\x01".encode()
            client.authenticate("XOAUTH2", lambda challenge: b"" if challenge else bearer)
        else:
            client.login(server.user, word)
    except imaplib.IMAP4.abort:
        raise
    except imaplib.IMAP4.error as fault:
        raise SignInRefused(
            "The mailbox at {server} does not accept the user name and password of {user}.",
            remedy="Check the user name and the password ([post] user, password_file, auth). Google"
            " and Microsoft want an app password or XOAUTH2.",
            server=server.name,
            user=server.user,
        ) from fault


def _open(client: imaplib.IMAP4_SSL, server: Server, folder: str) -> None:
    names = [quote_folder_name(folder)] if folder else _sent_folders(client)
    for name in names:
        if client.select(name, readonly=True)[0] == "OK":
            return
    raise ConfigError(
        "The mailbox at {server} has no folder of sent mail ({tried}).",
        remedy="Name it in the configuration: [post] sent_folder.",
        server=server.name,
        tried=folder or ", ".join(_USUAL),
    )


def _sent_folders(client: imaplib.IMAP4_SSL) -> list[str]:
    """Return the folder that the server marks as Sent, then the usual names, quoted for IMAP."""
    _, lines = client.list()
    named = []
    for line in lines:
        found = _LISTED.fullmatch(line) if isinstance(line, bytes) else None
        if found and rb"\sent" in found["flags"].lower().split():
            named.append(found["name"].decode("ascii", "replace"))
    return [*named, *map(quote_folder_name, _USUAL)]


def _there(client: imaplib.IMAP4_SSL, message_id: str) -> bool:
    if not _MESSAGE_ID.fullmatch(message_id):
        return False
    verdict, data = client.uid("SEARCH", "HEADER", "Message-ID", f'"{message_id}"')
    return verdict == "OK" and any(part.split() for part in data if part)
