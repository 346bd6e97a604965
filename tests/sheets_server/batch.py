"""spreadsheets.batchUpdate: every request in order on an edition of the book, then all or none."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

from tests.sheets_server.engine import Json, Sheet, Spreadsheet
from tests.sheets_server.errors import PROTECTED, Refused, invalid

Handler = Callable[["Batch", Json], Json]
HANDLERS: dict[str, Handler] = {}
"""The kinds of requests; the modules ``cells``, ``dimensions`` and ``objects`` fill it."""


def handles(kind: str) -> Callable[[Handler], Handler]:
    """Register the handler of a kind of request."""

    def register(handler: Handler) -> Handler:
        HANDLERS[kind] = handler
        return handler

    return register


class Batch:
    """An edition of a spreadsheet that requests change; ``account`` is who asks."""

    def __init__(self, book: Spreadsheet, account: str = "") -> None:
        self.original = book
        self.account = account
        self.book = copy.copy(book)
        self.book.properties = copy.deepcopy(book.properties)
        self.book.named_ranges = copy.deepcopy(book.named_ranges)
        self.book.sheets = list(book.sheets)
        self._forked: set[int] = set()
        self.kind = ""
        self.number = 0

    @property
    def where(self) -> str:
        """How messages begin."""
        return f"Invalid requests[{self.number}].{self.kind}: "

    def refuse(self, message: str) -> Refused:
        """Return the error of the request that is being handled."""
        return invalid(self.where + message)

    def sheet(self, sheet_id: Any) -> Sheet:
        """Return a tab that may be changed."""
        found = self.book.sheet(int(sheet_id or 0), self.where)
        if found.sheet_id not in self._forked:
            twin = found.fork()
            self.book.sheets[self.book.sheets.index(found)] = twin
            self._forked.add(twin.sheet_id)
            found = twin
        return found

    def own_properties(self) -> None:
        """Make every tab's properties changeable: they are about to be renumbered."""
        for sheet in list(self.book.sheets):
            self.sheet(sheet.sheet_id)
        self.book.in_order()

    def added(self, sheet: Sheet) -> None:
        """Note that a tab is new: it may be changed as it is."""
        self._forked.add(sheet.sheet_id)

    def box(self, area: Json, sheet: Sheet | None = None) -> tuple[Sheet, int, int, int, int]:
        """Return a GridRange's tab, top, bottom, left and right, within the grid."""
        found = sheet or self.sheet(area.get("sheetId", 0))
        top, bottom = area.get("startRowIndex", 0), area.get("endRowIndex", len(found.rows))
        left, right = (
            area.get("startColumnIndex", 0),
            area.get("endColumnIndex", len(found.columns)),
        )
        if top > bottom or left > right or top < 0 or left < 0:
            raise self.refuse("range is invalid: an end index is before its start index.")
        if top > len(found.rows) or left > len(found.columns):
            raise self.refuse(
                f"Range exceeds grid limits. Max rows: {len(found.rows)}, "
                f"max columns: {len(found.columns)}"
            )
        return found, top, min(bottom, len(found.rows)), left, min(right, len(found.columns))

    def may_edit(self, sheet: Sheet, top: int, bottom: int, left: int, right: int) -> None:
        """Refuse where a protection keeps the account out."""
        for protection in self.book.protected(sheet, top, bottom, left, right):
            if self.book.keeps_out(protection, self.account):
                raise self.refuse(PROTECTED)

    def run(self, requests: list[Json]) -> list[Json]:
        """Handle requests; nothing is changed in the original yet."""
        if not requests:
            raise invalid("Must specify at least one request.")
        for number, request in enumerate(requests):
            for kind in request:
                if kind not in HANDLERS:
                    raise Refused(400, f"requests[{number}]: this server does no {kind}.")
            if len(request) != 1:
                raise invalid(f"Invalid requests[{number}]: No request set.")
        replies: list[Json] = []
        for number, request in enumerate(requests):
            ((self.kind, body),) = request.items()
            self.number = number
            replies.append(HANDLERS[self.kind](self, body))
        self.book.check_size()
        return replies

    def commit(self) -> None:
        """Make the changes those of the original."""
        self.original.properties = self.book.properties
        self.original.named_ranges = self.book.named_ranges
        self.original.sheets = self.book.sheets
        self.original.version += 1
        for sheet in self.book.sheets:
            if sheet.sheet_id in self._forked:
                sheet.settle()
