"""The rows that a verb adds, as a table for each tab: what came in, in one look."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from register.book.schema import schema
from register.show.lines import ADDED, OutcomeLine
from register.words.sentences import Sentences


@dataclass(frozen=True, slots=True)
class NewRows:
    """The new rows of a tab: those of its columns that any of them fills, in the tab's order.

    ``shared`` is what all of them say alike, as ``(header, value)``; it is no column.
    """

    tab: str
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    shared: tuple[tuple[str, str], ...] = ()


def new_rows(lines: Iterable[OutcomeLine], say: Sentences) -> Iterator[NewRows]:
    """Yield the added rows of each tab that has any."""
    by_tab: dict[str, list[dict[str, str]]] = {}
    for line in lines:
        if line.sign == ADDED:
            cells = {header: after for header, _, after in line.cells if after}
            by_tab.setdefault(line.tab, []).append(cells)
    for tab, rows in by_tab.items():
        order = [say.header(tab, column.key) for column in schema().tab(tab).columns]
        filled = dict.fromkeys(header for row in rows for header in row)
        headers = sorted(filled, key=lambda h: order.index(h) if h in order else len(order))
        shared = [
            (header, rows[0][header])
            for header in headers
            if len(rows) > 1 and all(row.get(header) == rows[0].get(header) for row in rows)
        ]
        shown = tuple(header for header in headers if header not in dict(shared))
        yield NewRows(
            tab, shown, tuple(tuple(row.get(h, "") for h in shown) for row in rows), tuple(shared)
        )
