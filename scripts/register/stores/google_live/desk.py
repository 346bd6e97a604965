"""Where the questions are asked: a scratch tab in an empty sheet, every exchange kept."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlencode

from requests import Response

from register.book.errors import VerkostoError
from register.stores.google_cells import Json
from register.stores.google_http import QuotaClient
from register.stores.google_requests import area_of, new_sheet, write_block

API = "https://sheets.googleapis.com"
SCRATCH = "⚙ verkosto doctor --live"
FIRST_TAB = 1_905_117_000
"""The scratch tabs' title (others begin with it) and the number of the first: both unlikely."""
ROWS, COLUMNS = 20, 8
MOST_KEPT = 20_000
"""An exchange with more than so many characters is left out of the recording."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request and what Google answered; ``address`` is the path and the query."""

    question: str
    method: str
    address: str
    body: Json | None
    status: int
    reply: Json


@dataclass(frozen=True, slots=True)
class Reply:
    """What Google answered: ``status`` 200 or a refusal's, and the JSON."""

    status: int
    body: Json
    encoding: str = ""
    retry_after: str = ""

    @property
    def outcome(self) -> str:
        """``done``, or ``refused 400``."""
        return "done" if self.status == 200 else f"refused {self.status}"

    @property
    def message(self) -> str:
        """What Google said of a refusal."""
        return str(self.body.get("error", {}).get("message", ""))

    def sheet(self) -> Json:
        """Return the first tab of a spreadsheet's reply."""
        shown = self.body.get("updatedSpreadsheet", self.body)
        return dict((shown.get("sheets") or [{}])[0])

    def cells(self) -> list[list[Json]]:
        """Return the rows of the first range of a spreadsheet's reply."""
        data = (self.sheet().get("data") or [{}])[0]
        return [row.get("values", []) for row in data.get("rowData", [])]


@dataclass
class Desk:
    """Asks in the sheet ``book_id``; ``tab`` is the number of this question's scratch tab."""

    http: QuotaClient
    book_id: str
    exchanges: list[Exchange] = field(default_factory=list)
    question: str = ""
    tab: int = FIRST_TAB - 10
    _made: list[int] = field(default_factory=list)

    def begin(self, question: str) -> None:
        """Give a question a new tab; those of the one before go."""
        self.question = question
        self.tab += 10
        gone = [{"deleteSheet": {"sheetId": tab}} for tab in self._made]
        self._made.clear()
        self.add_tab(before=gone)

    def add_tab(
        self, rows: int = ROWS, *, hidden: bool = False, before: Sequence[Json] = ()
    ) -> int:
        """Add a tab of the question's and return its number."""
        number = self.tab + len(self._made)
        add = new_sheet(number, self.title(number), rows, COLUMNS, hidden=hidden)
        body = {"requests": [*before, add]}
        reply = self.send("POST", ":batchUpdate?fields=spreadsheetId", body)
        if reply.status != 200:
            raise VerkostoError("There is no tab to ask in: {said}", said=reply.message)
        self._made.append(number)
        return number

    @staticmethod
    def title(number: int) -> str:
        """Return a scratch tab's title."""
        return f"{SCRATCH} {number}"

    def area(self, cells: str, tab: int | None = None) -> str:
        """Return a range of a scratch tab in A1 notation."""
        return f"'{self.title(tab or self.tab)}'!{cells}"

    def grid(
        self, top: int = 0, bottom: int | None = None, left: int = 0, right: int | None = None
    ) -> Json:
        """Return a GridRange of the scratch tab, from 0, the ends not included."""
        return area_of(self.tab, rows=(top, bottom), columns=(left, right))

    def batch(self, *requests: Json, fields: str = "", **more: object) -> Reply:
        """Send a batchUpdate."""
        query = f"?{urlencode({'fields': fields})}" if fields else ""
        return self.send("POST", f":batchUpdate{query}", {"requests": list(requests), **more})

    def write(
        self, rows: Sequence[Sequence[Json]], row: int = 0, column: int = 0, fields: str = "*"
    ) -> Reply:
        """Write cells (CellData) from a place on."""
        return self.batch(write_block(self.tab, row, column, rows, fields))

    def texts(self, rows: Sequence[Sequence[str]], row: int = 0, column: int = 0) -> Reply:
        """Write texts from a place on."""
        return self.write([[text(word) for word in line] for line in rows], row, column)

    def look(self, fields: str, *cells: str, tab: int | None = None) -> Reply:
        """Read the spreadsheet under a mask, of the scratch tab's cells."""
        areas = [("ranges", self.area(one, tab)) for one in cells]
        return self.send("GET", f"?{urlencode([*areas, ('fields', fields)])}")

    def values(self, cells: str, **options: str) -> list[list[Any]]:
        """Return the values of cells."""
        query = f"?{urlencode(options)}" if options else ""
        reply = self.send("GET", f"/values/{quote(self.area(cells), safe='')}{query}")
        return list(reply.body.get("values", []))

    def enter(self, cells: str, rows: Sequence[Sequence[object]], how: str = "RAW") -> Reply:
        """Write values as ``values.update`` does."""
        address = f"/values/{quote(self.area(cells), safe='')}?valueInputOption={how}"
        return self.send("PUT", address, {"values": [list(row) for row in rows]})

    def send(self, method: str, address: str, body: Json | None = None) -> Reply:
        """Send a request below the spreadsheet's own address and keep the exchange."""
        path = f"/v4/spreadsheets/{self.book_id}{address}"
        return self._kept(
            method, path, body, self.http.request(method.lower(), API + path, json=body)
        )

    def hasten(self) -> Reply:
        """Send a small read without regard to the quota; only a refusal is kept."""
        path = f"/v4/spreadsheets/{self.book_id}?fields=spreadsheetId"
        response = self.http.session.get(API + path, timeout=60)
        if response.status_code == 200:
            return Reply(200, {})
        return self._kept("GET", path, None, response)

    def forget(self, tab: int) -> None:
        """Note that a tab of the question's is no longer there."""
        self._made.remove(tab)

    def _kept(self, method: str, path: str, body: Json | None, response: Response) -> Reply:
        found: Json = response.json()
        if len(json.dumps(body)) + len(response.content) <= MOST_KEPT:
            kept = Exchange(self.question, method, path, body, response.status_code, found)
            self.exchanges.append(kept)
        named = (response.headers.get(name, "") for name in ("Content-Encoding", "Retry-After"))
        encoding, wait = named
        return Reply(response.status_code, found, encoding, wait)


def text(word: str) -> Json:
    """Return a cell that holds a text."""
    return {"userEnteredValue": {"stringValue": word}}


def number(value: float, **pattern: str) -> Json:
    """Return a cell that holds a number, with ``type`` and ``pattern`` of its format."""
    cell: Json = {"userEnteredValue": {"numberValue": value}}
    if pattern:
        cell["userEnteredFormat"] = {"numberFormat": pattern}
    return cell


def formula(words: str) -> Json:
    """Return a cell that holds a formula."""
    return {"userEnteredValue": {"formulaValue": words}}
