"""Google's own addresses on loopback: a proxy for TLS that leads to our Sheets server.

A program that is given ``environment`` asks sheets.googleapis.com and oauth2.googleapis.com as it
does in life: it needs no setting that only tests have.
"""

from __future__ import annotations

import select
import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from socketserver import BaseRequestHandler, ThreadingTCPServer
from urllib.parse import urlsplit

from tests.sheets_server import SheetsServer
from tests.sheets_server.token import AUDIENCE, service_account
from tests.smtp_server.authority import Authority


class GoogleFront:
    """Stands before a server of ours, with certificates of an authority of ours."""

    def __init__(self, server: SheetsServer, authority: Authority) -> None:
        self._server = server
        self._authority = authority
        hosts = ("sheets.googleapis.com", "oauth2.googleapis.com")
        self._contexts = {host: authority.context(host) for host in hosts}
        self.environment: Mapping[str, str] = {}

    def service_account(self, account: str) -> dict[str, str]:
        """Return the key file of a service account, as Google's console gives it."""
        self._server.tokens.accounts.add(account)
        return service_account(account, AUDIENCE)

    @contextmanager
    def running(self) -> Iterator[GoogleFront]:
        front = self

        class Handler(BaseRequestHandler):
            def handle(self) -> None:
                with suppress(OSError):
                    front._lead(self.request)

        class Proxy(ThreadingTCPServer):
            daemon_threads = True
            allow_reuse_address = True

        with Proxy(("127.0.0.1", 0), Handler) as proxy:
            thread = threading.Thread(target=proxy.serve_forever, args=(0.05,), daemon=True)
            thread.start()
            self.environment = {
                "HTTPS_PROXY": f"http://127.0.0.1:{proxy.server_address[1]}",
                "REQUESTS_CA_BUNDLE": str(self._authority.file),
            }
            yield self
            proxy.shutdown()

    def _lead(self, client: socket.socket) -> None:
        asked = b""
        while b"\r\n\r\n" not in asked:
            if not (piece := client.recv(4096)):
                return
            asked += piece
        context = self._contexts[asked.split()[1].decode("ascii").removesuffix(":443")]
        client.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
        ours = urlsplit(self._server.url)
        with (
            context.wrap_socket(client, server_side=True) as near,
            socket.create_connection((ours.hostname, ours.port)) as far,
        ):
            while True:
                ready = [near] if near.pending() else select.select([near, far], [], [])[0]
                for one in ready:
                    if not (piece := one.recv(2**16)):
                        return
                    (far if one is near else near).sendall(piece)
