"""A real dovecot of its own on loopback: IMAP over TLS, LOGIN and XOAUTH2, a Maildir of postfix."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from shutil import rmtree
from threading import Thread
from urllib.parse import parse_qs, urlsplit

USER, PASSWORD, ACCESS = "vastaukset", "salainen", "avain-1234567890"

CONF = """
base_dir = {root}/run
state_dir = {root}/run
log_path = {root}/dovecot.log
protocols = imap
listen = 127.0.0.1
mail_location = maildir:{maildir}
mail_uid = {uid}
mail_gid = {gid}
first_valid_uid = {uid}
default_internal_user = dovecot
default_login_user = dovenull
ssl = required
ssl_cert = <{certificate}
ssl_key = <{certificate}
auth_mechanisms = plain login xoauth2
disable_plaintext_auth = yes
namespace inbox {{
  inbox = yes
  separator = /
}}
passdb {{
  driver = oauth2
  mechanisms = xoauth2
  args = {root}/oauth2.conf
}}
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={root}/home
}}
service imap-login {{
  inet_listener imap {{
    port = 0
  }}
  inet_listener imaps {{
    port = {port}
    ssl = yes
  }}
}}
"""
OAUTH2 = """
tokeninfo_url = {url}/tokeninfo?access_token=
username_attribute = user
active_attribute = active
active_value = true
"""


class _Tokens(BaseHTTPRequestHandler):
    """Says whose a token is, as the token service of a provider does."""

    def do_GET(self) -> None:
        (token,) = parse_qs(urlsplit(self.path).query).get("access_token", [""])
        ours = token == ACCESS
        body = json.dumps({"user": USER, "active": "true"} if ours else {"error": "invalid_token"})
        self.send_response(200 if ours else 400)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *said: object) -> None:
        """Say nothing."""


@contextmanager
def dovecot(maildir: Path, certificate: Path) -> Iterator[int]:
    """Serve a Maildir whose owner is whoever owns its folder; the port (IMAP over TLS)."""
    root = Path(tempfile.mkdtemp(prefix="dovecot-"))
    root.chmod(0o755)
    about = maildir.parent.stat()
    (root / "home").mkdir()
    os.chown(root / "home", about.st_uid, about.st_gid)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    tokens = ThreadingHTTPServer(("127.0.0.1", 0), _Tokens)
    Thread(target=tokens.serve_forever, daemon=True).start()
    values = {
        "root": root,
        "maildir": maildir,
        "uid": about.st_uid,
        "gid": about.st_gid,
        "certificate": certificate,
        "password": PASSWORD,
        "port": port,
    }
    (root / "dovecot.conf").write_text(CONF.format(**values))
    url = f"http://127.0.0.1:{tokens.server_port}"
    (root / "oauth2.conf").write_text(OAUTH2.format(url=url))
    server = subprocess.Popen(
        ["/usr/sbin/dovecot", "-F", "-c", str(root / "dovecot.conf")],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait(port, root / "dovecot.log")
        yield port
    finally:
        server.terminate()
        server.wait(30)
        tokens.shutdown()
        tokens.server_close()
        rmtree(root, ignore_errors=True)


def _wait(port: int, log: Path) -> None:
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise TimeoutError(log.read_text() if log.exists() else "dovecot does not start")
