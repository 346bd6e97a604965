"""What was decided about a list's columns, kept for the next list with the same headers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from register.book.headers import fold_header
from register.book.personal_identity_code import mask_identity_codes
from register.book.phrase import Phrase
from register.intake.column_map import ColumnMap
from register.intake.sheet import ListSheet

_MOST = 0.5
"""Two lists that share this part of their headers are one list whose columns have changed."""

_SHARED = ("phone", "phone2")
"""Targets that several columns may fill."""

_LEFT = "-"
_SHOWN = 10
_SOURCES = 20


@dataclass(frozen=True, slots=True)
class ListMemory:
    """What is remembered of a list: its headers, its column targets, its kind and its sources.

    ``columns`` maps headers to targets ("-": left out), for columns that a person placed or that
    only their cells identified. ``kind`` says what its names are of, '' if nobody has said.
    """

    headers: tuple[str, ...]
    columns: tuple[tuple[str, str], ...] = ()
    kind: str = ""
    sources: tuple[str, ...] = ()

    def orders(self, sheet: ListSheet, given: Sequence[str]) -> list[str]:
        """Return what is remembered of the columns of this list, as values of ``--map``.

        A target that ``given`` fills is left out, unless several columns may fill it. ``given``
        comes after these orders and wins.
        """
        there = [fold_header(header) for header in sheet.headers]
        taken = {order.rpartition("=")[2].strip().casefold() for order in given}
        return [
            f"{header}={target}"
            for header, target in self.columns
            if there.count(fold_header(header)) == 1
            and (target not in taken or target in (*_SHARED, _LEFT))
        ]

    def mark(self, columns: ColumnMap, given: Sequence[str]) -> ColumnMap:
        """Return the map with ``remembered`` for columns mapped as last time and not asked now."""
        mine = {fold_header(header) for header, _ in self.columns}
        mine -= {fold_header(order.rpartition("=")[0]) for order in given}
        links = tuple(
            replace(link, how="remembered")
            if link.how == "asked" and fold_header(link.header) in mine
            else link
            for link in columns.links
        )
        return replace(columns, links=links)

    def notes(self, sheet: ListSheet) -> Iterator[Phrase]:
        """Yield notes: that the list is known, and which of its columns are new or gone."""
        yield (
            "The columns are read as last time ({source}); --map changes that.",
            {"source": self.sources[-1] if self.sources else sheet.name},
        )
        before, now = _folded(self.headers), _folded(sheet.headers)
        new = [mask_identity_codes(header) for key, header in now.items() if key not in before]
        gone = [header for key, header in before.items() if key not in now]
        if new:
            yield ("Columns that were not there last time: {columns}.", {"columns": new[:_SHOWN]})
        if gone:
            yield ("Columns that are not there any more: {columns}.", {"columns": gone[:_SHOWN]})


def known_list(memories: Sequence[ListMemory], sheet: ListSheet) -> ListMemory | None:
    """Return the memory of a list with these headers, or with at least half of them; else None.

    It is the memory with most headers in common, the newest of equals.
    """
    now = frozenset(_folded(sheet.headers))
    best: tuple[float, int] = (0.0, 0)
    found = None
    for number, memory in enumerate(memories):
        before = frozenset(_folded(memory.headers))
        share = len(now & before) / len(now | before) if now and before else 0.0
        if share >= _MOST and len(now & before) > 1 and (share, number) > best:
            best, found = (share, number), memory
    return found


def remembered_import(
    sheet: ListSheet, columns: ColumnMap, kind: str, source: str, before: ListMemory | None
) -> ListMemory:
    """Return what to remember of an import, added to the memory ``before`` of the same list."""
    decided = {fold_header(h): (h, t) for h, t in before.columns} if before else {}
    for link in columns.links:
        if not link.header or link.holder:
            continue
        if link.how in ("asked", "remembered", "cells", "left"):
            decided[fold_header(link.header)] = (link.header, link.target or _LEFT)
    headers = tuple(mask_identity_codes(header) for header in sheet.headers if header)
    sources = dict.fromkeys((*(before.sources if before else ()), source))
    return ListMemory(headers, tuple(decided.values()), kind, tuple(sources)[-_SOURCES:])


def _folded(headers: Sequence[str]) -> dict[str, str]:
    return {fold_header(header): header for header in headers if fold_header(header)}
