"""Keeps the rows of a tab in order by moving them whole, while people are editing the sheet.

A moved row takes along whatever has been typed into it, so no data is separated. Only the positions
of rows may have changed since they were read; the reply shows them, and the tab is then read again.
If rows were inserted above the headers meanwhile, the headers themselves may have been moved; they
are moved back above their rows.

Requests: https://developers.google.com/workspace/sheets/api/reference/rest/v4/spreadsheets/request
(MoveDimensionRequest).
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

from register.book.cells import Raw
from register.book.moves import FIRST_ROW, Move, moved_rows, moves_to
from register.book.schema import schema
from register.stores.google_cells import Json
from register.stores.google_http import LostReply
from register.stores.google_keeping import entered_content, reply_cells, text_of
from register.stores.google_reading import ENTERED, Grid, SpreadsheetAbout, a1_range
from register.stores.google_requests import span_of
from register.stores.google_tables import footer_rows
from register.stores.reading import StoreSheet, row_names
from register.stores.tab_headers import headers_of, named_tabs
from register.unpacking import column_letters

_LOOKS = 4
"""How often a tab is read again because somebody moved its rows meanwhile."""
_MOST = 8_000
"""The most moves in one request, which is then about 1.3 MB."""

Read = Callable[[Sequence[str], Mapping[str, str]], Mapping[str, Sequence[Sequence[Raw]]]]
"""Reads the values of tabs from A1 on, by title; the second argument holds Google's options."""


def keep_order(
    tab: str,
    order: Sequence[str],
    about: Callable[[], SpreadsheetAbout],
    read: Read,
    send: Callable[[Json], Mapping[str, Any]],
) -> int:
    """Move rows until these ids are in this order; return how many rows were moved.

    If people keep moving rows too, the rest is left to the next run. Nothing is done if the tab is
    gone.
    """
    moved, head, ids = 0, "", 1
    for looks in range(_LOOKS):
        grids = about().grids
        title = named_tabs(list(grids))[0].get(tab)
        if title is None:
            break
        grid, rows = grids[title], read([title], ENTERED)[title]
        fallen = _fallen_headers(rows, head, order)
        names = row_names(
            schema().tab(tab), StoreSheet(rows, _formulas(rows), footers=footer_rows(grid.tables))
        )
        moves = [fallen] if fallen else moves_to(names, order)[:_MOST]
        if not moves or (looks == _LOOKS - 1 and not fallen):
            break
        if not fallen:
            ids = headers_of(schema().tab(tab), rows).columns.index("id") + 1
            head = str(rows[0][ids - 1])
        try:
            heads, there = _send_moves(send, grid, moves, ids, len(rows))
        except LostReply:
            continue
        moved += sum(move.count for move in moves)
        wanted = moved_rows(_ids(rows, ids), moves)
        if head in heads and there == wanted and len(moves) < _MOST:
            break
    return moved


def move_request(sheet_id: int, move: Move) -> Json:
    """Return the request for a move."""
    span = span_of(sheet_id, "ROWS", move.row - 1, move.row - 1 + move.count)
    return {"moveDimension": {"source": span, "destinationIndex": move.before - 1}}


def _send_moves(
    send: Callable[[Json], Mapping[str, Any]],
    grid: Grid,
    moves: Iterable[Move],
    ids: int,
    last: int,
) -> tuple[list[str], list[str]]:
    """Make moves in one atomic request; return the headers and ids as they are after it."""
    column = column_letters(ids)
    areas = ("1:1", f"{column}{FIRST_ROW}:{column}{max(last, FIRST_ROW)}")
    reply = send(
        {
            "requests": [move_request(grid.sheet_id, move) for move in moves],
            "includeSpreadsheetInResponse": True,
            "responseRanges": [a1_range(grid.title, area) for area in areas],
            "responseIncludeGridData": True,
        }
    )
    cells = reply_cells(reply).get(grid.sheet_id, {})
    texts = {at: text_of(entered_content(cell)) for at, cell in cells.items()}
    heads = [text for (row, _), text in texts.items() if row == 1]
    return heads, [texts.get((row, ids), "") for row in range(FIRST_ROW, last + 1)]


def _fallen_headers(
    rows: Sequence[Sequence[Raw]], head: str, order: Collection[str]
) -> Move | None:
    """Return the move that brings displaced headers back above their rows; None if not needed.

    ``head`` is the header that the id column had when rows were moved; '' if none were.
    """
    if not head or (rows and head in rows[0]):
        return None
    for number, row in enumerate(rows, start=1):
        if head in row:
            own = list(row).index(head)
            above = [
                n
                for n, one in enumerate(rows[:number], start=1)
                if own < len(one) and one[own] in order
            ]
            return Move(number, 1, above[0]) if above else None
    return None


def _ids(rows: Sequence[Sequence[Raw]], ids: int) -> list[str]:
    return [str(row[ids - 1]) if ids <= len(row) else "" for row in rows[1:]]


def _formulas(rows: Sequence[Sequence[Raw]]) -> dict[tuple[int, int], str]:
    return {
        (number, column): cell[1:]
        for number, row in enumerate(rows, start=1)
        for column, cell in enumerate(row, start=1)
        if isinstance(cell, str) and cell.startswith("=")
    }
