"""A real postfix of its own on loopback: TLS with a certificate of the tests, mail into a Maildir."""

from __future__ import annotations

import mailbox
import os
import pwd
import shutil
import smtplib
import socket
import ssl
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

from tests.smtp_server.authority import Authority

MAIN = """
compatibility_level = 3.6
queue_directory = {root}/queue
data_directory = {root}/data
command_directory = /usr/sbin
daemon_directory = {daemons}
mail_owner = postfix
setgid_group = postdrop
inet_interfaces = loopback-only
inet_protocols = ipv4
myhostname = mail.example.org
mydestination =
mynetworks = 127.0.0.0/8
maillog_file = {root}/log/mail.log
maillog_file_prefixes = {root}/log
virtual_mailbox_domains = regexp:{root}/domains
virtual_mailbox_base = {root}/mail
virtual_mailbox_maps = regexp:{root}/boxes
virtual_uid_maps = static:{uid}
virtual_gid_maps = static:{gid}
virtual_minimum_uid = 1
smtpd_relay_restrictions = permit_mynetworks, reject
smtpd_recipient_restrictions = regexp:{root}/refused, permit_mynetworks, reject
smtpd_tls_cert_file = {root}/server.pem
smtpd_tls_key_file = {root}/server.pem
smtpd_tls_security_level = encrypt
smtpd_client_connection_count_limit = 0
transport_maps = regexp:{root}/transport
"""
MASTER = """
127.0.0.1:{port} inet n - n - - smtpd
postlog unix-dgram n - n - 1 postlogd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
smtp unix - - n - - smtp
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
"""


OURS = ("vastaukset", "kutsut")
"""Whose mail is kept apart from the world's, in ``mail/ours``: the senders of the letters."""


class Postfix:
    """What the tests ask of it."""

    def __init__(self, root: Path, port: int, authority: Path) -> None:
        self.root, self.port, self.authority = root, port, authority

    def open(self) -> None:
        """Begin to take mail, and wait until it is taken."""
        self._control("start")
        for _ in range(100):
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                break
            except OSError:
                time.sleep(0.1)

    def close(self) -> None:
        """Take no mail any more."""
        self._control("stop")

    def _control(self, word: str) -> None:
        command = ["postfix", "-c", str(self.root / "conf"), word]
        subprocess.run(command, check=word == "start", capture_output=True, timeout=60)

    def takes(self, *mails: bytes) -> None:
        """Hand in mails as people's programs do."""
        context = ssl.create_default_context(cafile=str(self.authority))
        with smtplib.SMTP("localhost", self.port, timeout=30) as session:
            session.starttls(context=context)
            for data in mails:
                mail = message_from_bytes(data, policy=default)
                sender = mail["From"].addresses[0].addr_spec
                session.sendmail(sender, mail["To"].addresses[0].addr_spec, data)

    def mails(self, count: int, whose: str = "all") -> list[EmailMessage]:
        """Return the mails that have arrived, once there are so many of them."""
        box = self.root / "mail" / whose
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            new = list((box / "new").glob("*")) if box.exists() else []
            if len(new) >= count:
                break
            time.sleep(0.1)
        return [
            message_from_bytes(bytes(mail), policy=default)
            for mail in mailbox.Maildir(box, create=True)
        ]


@contextmanager
def postfix(elsewhere: int = 1) -> Iterator[Postfix]:
    """Run an instance for as long as it is needed; poissa@ is at the server at that port."""
    root = Path(tempfile.mkdtemp(prefix="postfix-"))
    root.chmod(0o755)
    user = pwd.getpwnam("postfix")
    for name in ("conf", "queue", "data", "log", "mail"):
        (root / name).mkdir()
    for name in ("data", "mail"):
        os.chown(root / name, user.pw_uid, user.pw_gid)
    authority = Authority(root)
    authority.context("localhost")
    next(root.glob("localhost*.pem")).rename(root / "server.pem")
    (root / "domains").write_text("/./ ok\n")
    (root / "boxes").write_text(f"/^({'|'.join(OURS)})([+].*)?@/ ours/\n/./ all/\n")
    (root / "transport").write_text(f"/^poissa@/ smtp:[127.0.0.1]:{elsewhere}\n")
    (root / "refused").write_text("/^puuttuu@/ REJECT no such user here\n")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    values = {
        "root": root,
        "port": port,
        "uid": user.pw_uid,
        "gid": user.pw_gid,
        "daemons": "/usr/lib/postfix/sbin",
    }
    (root / "conf" / "main.cf").write_text(MAIN.format(**values))
    (root / "conf" / "master.cf").write_text(MASTER.format(**values))
    post = Postfix(root, port, authority.file)
    try:
        post.open()
        yield post
    finally:
        post.close()
        shutil.rmtree(root, ignore_errors=True)
