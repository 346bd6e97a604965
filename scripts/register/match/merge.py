"""Merging two rows: who survives, which value stays, and every reference that must follow."""

from __future__ import annotations

from collections.abc import Iterator

from register.book.headers import EXTRA
from register.book.ids import reference_id
from register.book.plan import Change
from register.book.schema import Column
from register.book.table import Book

_UNION = ("choices", "refs", "area")
_STRICTER = {"invite": "no", "publish": "no"}
"""Where two rows disagree on a permission, the narrower one stays."""


def survivor(book: Book, tab: str, one: str, two: str) -> tuple[str, str]:
    """Return ``(survivor, merged)``: the fuller row, else the later confirmed, else the upper."""

    def worth(row_id: str) -> tuple[int, str, int]:
        row = book.table(tab).row(row_id)
        filled = sum(bool(value) for key, value in row.items() if not key.startswith(EXTRA))
        return filled, row.get("verified_on", ""), -book.table(tab).numbers[row_id]

    best = max((one, two), key=worth)
    return best, two if best == one else one


def merge(book: Book, tab: str, keeps: str, goes: str, why: str) -> Iterator[Change]:
    """Yield the changes that merge one row into another.

    The survivor's own values stay; its blank cells are filled from the other, several-valued cells
    become the union, the later confirmation and the stricter permission stay. The merged row keeps
    its cells, is marked, and hidden in a workbook; every reference to it follows.
    """
    reason = f"merge {goes} → {keeps}: {why}"
    table = book.table(tab)
    target, source = table.row(keeps), table.row(goes)
    for column in table.tab.columns:
        if column.tool or not table.has(column.key):
            continue
        wanted = _value(column, target[column.key], source[column.key])
        if wanted != target[column.key] and (keeps, column.key) not in table.formulas:
            yield Change(tab, keeps, column.key, target[column.key], wanted, reason, kind="merge")
    marks = {"status": "merged", "merged_into": book.reference(tab, keeps)}
    for key, value in marks.items():
        yield Change(tab, goes, key, source.get(key, ""), value, reason, kind="merge")
    yield Change(tab, goes, "hidden", "", "1", reason, kind="format")
    yield from _references(book, tab, keeps, goes, reason)


def _value(column: Column, mine: str, other: str) -> str:
    if not mine or not other or mine == other:
        return mine or other
    if column.type in _UNION:
        parts = mine.split(", ")
        return ", ".join([*parts, *(part for part in other.split(", ") if part not in parts)])
    if column.key == "verified_on":
        return max(mine, other)
    if column.key in _STRICTER and _STRICTER[column.key] in (mine, other):
        return _STRICTER[column.key]
    return mine


def _references(book: Book, tab: str, keeps: str, goes: str, reason: str) -> Iterator[Change]:
    shown = book.reference(tab, keeps)
    for table in book.tables.values():
        for column in table.tab.columns:
            if column.to != tab or column.key == "merged_into":
                continue
            for row_id, cell in table.column(column.key):
                if goes not in cell or (row_id, column.key) in table.formulas:
                    continue
                parts = cell.split(", ") if column.several else [cell]
                moved = [shown if reference_id(part) == goes else part for part in parts]
                wanted = ", ".join(dict.fromkeys(moved))
                if wanted != cell:
                    yield Change(
                        *(table.tab.key, row_id, column.key, cell, wanted, reason), kind="merge"
                    )
