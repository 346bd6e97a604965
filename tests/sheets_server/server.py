"""The HTTP server: one base URL for all of Google's hosts, one lock around all that it holds."""

from __future__ import annotations

import csv
import gzip
import io
import json
import socket
import struct
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from tests.sheets_server import (
    a1,
    borders,
    cells,
    dimensions,
    drive,
    field_mask,
    groups,
    objects,
    reading,
    values,
)
from tests.sheets_server.batch import Batch
from tests.sheets_server.compression import wants_gzip
from tests.sheets_server.defaults import copy_name
from tests.sheets_server.discovery import Misfit, description
from tests.sheets_server.engine import Spreadsheet, new_sheet
from tests.sheets_server.errors import FORBIDDEN, NOT_FOUND, Refused, invalid
from tests.sheets_server.faults import Fault, Handled, Request, Rule, When
from tests.sheets_server.person import Person
from tests.sheets_server.token import ANYBODY, Tokens, service_account
from tests.sheets_server.wire import lean

assert borders and cells and dimensions and groups and objects  # they fill batch.HANDLERS

API = ("/v4/", "/drive/v3/", "/upload/")


class SheetsServer:
    """A running server; use it in a ``with`` statement.

    ``anybody`` lets any bearer token and any key in, as the owner of everything. ``latency`` passes before
    each answer (seconds). Every request and every reply is held against Google's own description
    of its API: a request that does not fit is refused, and, unless ``unfit_expected``, leaving the
    ``with`` statement raises AssertionError, as it always does for a reply that does not.
    """

    def __init__(
        self,
        port: int = 0,
        *,
        anybody: bool = False,
        latency: float = 0.0,
        unfit_expected: bool = False,
    ) -> None:
        self.books: dict[str, Spreadsheet] = {}
        self.tokens = Tokens(anybody=anybody)
        self.requests: list[Handled] = []
        self.anybody = anybody
        self.latency = latency
        self.storage = True
        self.unfit: list[str] = []
        self.unfit_expected = unfit_expected
        self.lock = threading.RLock()
        self._rules: list[tuple[Rule, int, str, Any]] = []
        self._count = 0
        owner = self

        class Handler(_Handler):
            server_of = owner

        self._http = ThreadingHTTPServer(("127.0.0.1", port), Handler)
        self._http.daemon_threads = True
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.02,), daemon=True)

    @property
    def url(self) -> str:
        """The base URL."""
        return f"http://127.0.0.1:{self._http.server_address[1]}"

    def __enter__(self) -> SheetsServer:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._http.shutdown()
        self._http.server_close()
        if kind is None and self.unfit:
            raise AssertionError("Not as Google describes its API:\n" + "\n".join(self.unfit))

    def serve(self) -> None:
        """Serve until interrupted."""
        self._http.serve_forever(0.2)

    def service_account(self, account: str = "robot@project.iam.example") -> dict[str, str]:
        """Return the key file of a service account that this server knows."""
        self.tokens.accounts.add(account)
        return service_account(account, f"{self.url}/token")

    def create(self, title: str, owner: str = "person@example.org", **about: str) -> Spreadsheet:
        """Make a spreadsheet as a person does in a browser."""
        book = Spreadsheet(title, owner=owner, **about)
        self.books[book.id] = book
        return book

    def copy(self, book: Spreadsheet) -> Spreadsheet:
        """Make a spreadsheet that holds what another one does."""
        with self.lock:
            twin = book.twin()
            self.books[twin.id] = twin
            return twin

    def calm(self) -> None:
        """Forget what was still to happen."""
        with self.lock:
            self._rules.clear()

    def person(self, book: Spreadsheet, account: str = "person@example.org") -> Person:
        """Return somebody who edits a spreadsheet in a browser."""
        return Person(self, book, account)

    def before(self, when: When, act: Callable[[], object]) -> None:
        """Have somebody act just before a request is handled."""
        self._rules.append((Rule(when), self._count, "before", act))

    def after(self, when: When, act: Callable[[], object]) -> None:
        """Have somebody act just after a request was handled, before its reply goes out."""
        self._rules.append((Rule(when), self._count, "after", act))

    def fault(self, when: When, fault: Fault, times: int = 1) -> None:
        """Have something go wrong with a request."""
        self._rules.append((Rule(when, times), self._count, "fault", fault))

    def answer(self, request: Request) -> tuple[int, bytes, dict[str, str], Fault]:
        """Handle a request with what is due: status, body, headers, and the fault if there is one."""
        with self.lock:
            due = [
                (kind, what)
                for rule, start, kind, what in self._rules
                if rule.due(request, self._count, start)
            ]
            self._count += 1
            fault = next((what for kind, what in due if kind == "fault"), Fault())
            for kind, act in due:
                if kind == "before":
                    act()
            if fault.dropped or fault.status:
                return fault.status, fault.body, dict(fault.headers), fault
            try:
                status, body = 200, self._fitting(request)
            except Refused as error:
                status, body = error.code, error.body()
            for kind, act in due:
                if kind == "after":
                    act()
            if body is None:
                return 204, b"", {}, fault
            if isinstance(body, bytes):
                return status, body, {"Content-Type": "text/csv"}, fault
            text = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
            return status, text, {"Content-Type": "application/json; charset=UTF-8"}, fault

    def _fitting(self, request: Request) -> Any:
        """Handle a request, and note where it or its reply is none that Google describes."""
        about = description(request.path)
        if about is None:
            return self._handle(request)
        asked = f"{request.method} {request.path}"
        try:
            about.check_request(request.method, request.path, request.query, request.body)
        except Misfit as misfit:
            if not self.unfit_expected:
                self.unfit.append(f"the request {asked}: {misfit}")
            raise misfit.refusal() from misfit
        reply = self._handle(request)
        try:
            about.check_reply(request.method, request.path, reply)
        except Misfit as misfit:
            self.unfit.append(f"the reply to {asked}: {misfit}")
            raise Refused(500, f"This server's reply is none of Google's: {misfit}") from misfit
        return reply

    def _handle(self, request: Request) -> Any:
        path = unquote(request.path)
        if path.startswith("/drive/v3/files"):
            parts = [part for part in path.removeprefix("/drive/v3/files").split("/") if part]
            return drive.files(
                self.books,
                request.method,
                parts,
                request.query,
                request.body,
                request.account,
                storage=self.storage,
            )
        if path.startswith("/upload/drive/v2/files/"):
            return self._upload(path.rpartition("/")[2], request)
        if not path.startswith("/v4/spreadsheets"):
            raise Refused(404, NOT_FOUND)
        rest = path.removeprefix("/v4/spreadsheets").lstrip("/")
        if not rest:
            return self._new(request)
        key, _, tail = rest.partition("/")
        key, colon, verb = key.partition(":")
        book = self.books.get(key)
        if book is None:
            raise Refused(404, NOT_FOUND)
        role = book.roles.get(request.account)
        if role is None or (request.writes and role == "reader"):
            raise Refused(403, FORBIDDEN)
        if colon or not tail:
            return self._spreadsheet(book, verb, request)
        if tail.startswith("values"):
            return self._values(book, tail.removeprefix("values"), request)
        if tail.startswith("sheets/") and tail.endswith(":copyTo"):
            return self._copy_to(book, tail, request)
        raise Refused(404, NOT_FOUND)

    def _new(self, request: Request) -> Any:
        if request.method != "POST":
            raise Refused(404, NOT_FOUND)
        wanted = request.body or {}
        about = wanted.get("properties", {})
        book = Spreadsheet(
            about.get("title", "Untitled spreadsheet"),
            owner=request.account,
            locale=about.get("locale", "en_US"),
            time_zone=about.get("timeZone", "Etc/GMT"),
            first="Sheet1",
        )
        if wanted.get("sheets"):
            book.sheets = []
            for sheet in wanted["sheets"]:
                book.sheets.append(new_sheet(book, sheet.get("properties", {}), ""))
            book.in_order()
        self.books[book.id] = book
        return reading.get(book, [], "", None)

    def _spreadsheet(self, book: Spreadsheet, verb: str, request: Request) -> Any:
        query = {name: given[-1] for name, given in request.query.items()}
        if verb == "" and request.method == "GET":
            grid = query.get("includeGridData", "").lower() == "true"
            ranges, fields = request.query.get("ranges", []), query.get("fields", "")
            return reading.get(book, ranges, fields, grid, request.account)
        if verb == "batchUpdate" and request.method == "POST":
            return self._batch_update(book, request, query.get("fields", ""))
        raise Refused(404, NOT_FOUND)

    def _batch_update(self, book: Spreadsheet, request: Request, fields: str) -> Any:
        body = request.body or {}
        batch = Batch(book, request.account)
        replies = batch.run(body.get("requests", []))
        batch.commit()
        reply: dict[str, Any] = {"spreadsheetId": book.id, "replies": lean(replies)}
        if body.get("includeSpreadsheetInResponse"):
            reply["updatedSpreadsheet"] = reading.get(
                book,
                body.get("responseRanges", []),
                _below(fields, "updatedSpreadsheet"),
                bool(body.get("responseIncludeGridData")),
                request.account,
            )
        if fields:
            reply = field_mask.select(reply, field_mask.parse(fields))
        return reply

    def _values(self, book: Spreadsheet, tail: str, request: Request) -> Any:
        query: dict[str, Any] = {name: given[-1] for name, given in request.query.items()}
        body = request.body or {}
        if tail == ":batchGet":
            found = [values.get(book, text, query) for text in request.query.get("ranges", [])]
            return {"spreadsheetId": book.id, "valueRanges": found}
        batch = Batch(book, request.account)
        if tail == ":batchUpdate":
            replies = []
            for one in body.get("data", []):
                replies.append(values.update(batch, one["range"], one, body))
            batch.commit()
            return _totals(book, replies)
        if tail == ":batchClear":
            cleared = [values.clear(batch, text) for text in body.get("ranges", [])]
            batch.commit()
            return {"spreadsheetId": book.id, "clearedRanges": cleared}
        area = tail.removeprefix("/")
        if request.method == "GET":
            return values.get(book, area, query)
        if area.endswith(":append"):
            reply = values.append(batch, area.removesuffix(":append"), body, query)
        elif area.endswith(":clear"):
            cleared_range = values.clear(batch, area.removesuffix(":clear"))
            reply = {"spreadsheetId": book.id, "clearedRange": cleared_range}
        elif request.method == "PUT":
            reply = values.update(batch, area, body, query)
        else:
            raise Refused(404, NOT_FOUND)
        batch.commit()
        return reply

    def _copy_to(self, book: Spreadsheet, tail: str, request: Request) -> Any:
        source = book.sheet(int(tail.split("/")[1].removesuffix(":copyTo")))
        target = self.books.get((request.body or {}).get("destinationSpreadsheetId", ""))
        if target is None:
            raise Refused(404, NOT_FOUND)
        title = copy_name(target.locale, source.title)
        made = new_sheet(target, {"title": title}, "")
        twin = source.fork()
        twin.properties = {**twin.properties, "sheetId": made.sheet_id, "title": title}
        target.sheets.append(twin)
        target.in_order()
        return twin.shown_properties()

    def _upload(self, key: str, request: Request) -> Any:
        """Replace the first tab by a CSV file, as gspread's import_csv does."""
        book = self.books.get(key)
        if book is None or request.account not in book.roles:
            raise Refused(404, NOT_FOUND)
        raw = request.body if isinstance(request.body, bytes) else b""
        lines = list(csv.reader(io.StringIO(raw.decode("utf-8", "replace"))))
        batch = Batch(book, request.account)
        title = str(book.properties["title"])
        batch.book.sheets = []
        tab = new_sheet(batch.book, {"title": title}, "")
        batch.book.sheets.append(tab)
        batch.added(tab)
        tab.grow(len(lines), max((len(line) for line in lines), default=0))
        area = f"{a1.quoted(title)}!A1"
        values.update(batch, area, {"values": lines}, {"valueInputOption": "USER_ENTERED"})
        batch.commit()
        return {"kind": "drive#file", "id": key, "title": title, "mimeType": drive.SHEET}


def _below(fields: str, name: str) -> str:
    """Return the part of a mask below a name, as a mask of its own."""
    if not fields:
        return ""
    mask = field_mask.parse(fields).get(name, {})
    return _mask_text(mask)


def _mask_text(mask: dict[str, Any]) -> str:
    return ",".join(f"{k}({_mask_text(v)})" if v else k for k, v in mask.items())


def _totals(book: Spreadsheet, replies: list[Any]) -> Any:
    """Return what a batch of updates did: a row or a column that two of them touch counts once."""
    rows: set[tuple[str, int]] = set()
    columns: set[tuple[str, int]] = set()
    for reply in replies:
        area = book.area(reply["updatedRange"])
        high, wide = reply.get("updatedRows", 0), reply.get("updatedColumns", 0)
        rows |= {(area.sheet, row) for row in range(area.top, area.top + high)}
        columns |= {(area.sheet, column) for column in range(area.left, area.left + wide)}
    return {
        "spreadsheetId": book.id,
        "totalUpdatedRows": len(rows),
        "totalUpdatedColumns": len(columns),
        "totalUpdatedCells": sum(reply.get("updatedCells", 0) for reply in replies),
        "totalUpdatedSheets": len({r["updatedRange"].rpartition("!")[0] for r in replies}),
        "responses": replies,
    }


class _Handler(BaseHTTPRequestHandler):
    server_of: SheetsServer
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def _any(self) -> None:
        sheets = self.server_of
        parts = urlsplit(self.path)
        raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if parts.path in ("/token", "/o/oauth2/token", "/oauth2/v4/token"):
            form = {
                name: given[0] for name, given in parse_qs(raw.decode("utf-8", "replace")).items()
            }
            with sheets.lock:
                status, given = sheets.tokens.grant(form)
            self._reply(status, json.dumps(given).encode(), {"Content-Type": "application/json"})
            return
        if not parts.path.startswith(API):
            self._reply(
                404,
                json.dumps(Refused(404, NOT_FOUND).body()).encode(),
                {"Content-Type": "application/json"},
            )
            return
        account = sheets.tokens.account(self.headers.get("Authorization", ""))
        if sheets.anybody:
            account = ANYBODY
        if account is None:
            error = Refused(
                401,
                "Request had invalid authentication credentials. Expected OAuth 2 access token, "
                "login cookie or other valid authentication credential. See "
                "https://developers.google.com/identity/sign-in/web/devconsole-project.",
            )
            self._reply(
                401, json.dumps(error.body()).encode(), {"Content-Type": "application/json"}
            )
            return
        query = parse_qs(parts.query, keep_blank_values=True)
        body: Any = None
        if raw and parts.path.startswith("/upload/"):
            body = raw
        elif raw:
            try:
                body = json.loads(raw)
            except ValueError:
                bad = invalid("Invalid JSON payload received. Parse error.")
                self._reply(
                    400, json.dumps(bad.body()).encode(), {"Content-Type": "application/json"}
                )
                return
        request = Request(self.command, parts.path, query, body, account, len(raw))
        status, text, headers, fault = sheets.answer(request)
        if wait := fault.seconds or sheets.latency:
            time.sleep(wait)
        with sheets.lock:
            sheets.requests.append(Handled(request, status, len(text)))
        if fault.lost or fault.dropped:
            self._hang_up()
            return
        self._reply(status, text, headers, cut=fault.cut)

    def _reply(
        self, status: int, body: bytes, headers: dict[str, str], *, cut: bool = False
    ) -> None:
        if len(body) > 1000 and not cut and wants_gzip(self.headers):
            body = gzip.compress(body, 1)
            headers = {**headers, "Content-Encoding": "gzip"}
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status != 204:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        try:
            self.wfile.write(body[: len(body) // 2] if cut else body)
            if cut:
                self.wfile.flush()
                self._hang_up()
        except OSError:
            self.close_connection = True

    def _hang_up(self) -> None:
        """Reset the connection, as a network that breaks does."""
        self.close_connection = True
        try:
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.connection.close()
        except OSError:
            return

    do_GET = do_POST = do_PUT = do_DELETE = do_PATCH = _any
