"""The last request of a write into a Google Sheet: dropdowns and links, and no more hidden tabs."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from typing import Any

from register.book.change import Change
from register.book.errors import VerkostoError
from register.stores.formats import formats_of, row_numbers
from register.stores.google_cells import Json
from register.stores.google_formats import format_requests
from register.stores.google_keeping import HiddenCopies
from register.stores.google_snapshot import Snapshot

_MOST_TABS, _MOST_CELLS = 20, 1_000_000
"""How many hidden tabs may wait, and cells in them: Google allows 200 tabs, 10 million cells."""

Send = Callable[[Mapping[str, Any]], object]
"""Sends the body of a batchUpdate."""


class WriteEnding:
    """What remains to be done once everything has landed, and where the rows are by then.

    The rows are where they were in the sheet as ``seen``, or in tabs that a write has located
    since, as that write ended.
    """

    def __init__(self, send: Send, seen: Snapshot) -> None:
        self._send = send
        self._hidden: list[HiddenCopies] = []
        self.look(seen)

    def look(self, seen: Snapshot) -> None:
        """Take the rows' places from the sheet as it was read anew."""
        self.seen = seen
        self._rows = row_numbers(seen.reading)

    def locate(self, rows: Mapping[tuple[str, str], int], tabs: Collection[str]) -> None:
        """Replace the places of these tabs' rows, row numbers by ``(tab, row id)``."""
        if tabs:
            others = {row: number for row, number in self._rows.items() if row[0] not in tabs}
            self._rows = others | dict(rows)

    def keep(self, copies: Collection[HiddenCopies]) -> None:
        """Delete these hidden tabs later, or all that wait at once if they are too large."""
        self._hidden += copies
        cells = sum(rows * columns for rows, columns in (one.size for one in self._hidden))
        if len(self._hidden) > _MOST_TABS or cells > _MOST_CELLS:
            self.finish()

    def finish(self, changes: Sequence[Change] = ()) -> None:
        """Delete the hidden tabs, and set the dropdowns and links among these changes.

        What fails, the next run does: what was written stands. Where both fail together, each is
        tried by itself.
        """
        formats = [change for change in changes if change.kind == "format"]
        wanted = formats_of(formats, self.seen.reading, self._rows)
        requests = list(format_requests(wanted, self.seen.reading, self.seen.grids))
        numbers = [one.sheet_id for one in self._hidden]
        self._hidden = []
        if requests:
            try:
                self._send({"requests": [*requests, *map(_deletion, numbers)]})
                return
            except VerkostoError:
                if numbers:
                    with suppress(VerkostoError):
                        self._send({"requests": requests})
        delete_tabs(self._send, numbers)


def delete_tabs(send: Send, numbers: Iterable[int]) -> None:
    """Delete hidden tabs by their ids; if that fails, the next run does it."""
    if requests := [_deletion(number) for number in numbers]:
        with suppress(VerkostoError):
            send({"requests": requests})


def _deletion(sheet_id: int) -> Json:
    return {"deleteSheet": {"sheetId": sheet_id}}
