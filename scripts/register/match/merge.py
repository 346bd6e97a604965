"""Merging two rows: which one survives, which values stay, and the references that follow."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from register.book.change import Change
from register.book.headers import EXTRA
from register.book.ids import reference_id
from register.book.table import Book
from register.match.field_rules import unite_cells
from register.match.twice_invited import join_invitations, twice_invited
from register.values.email import mailbox_key


def survivor(book: Book, tab: str, one: str, two: str) -> tuple[str, str]:
    """Return ``(survivor, merged)``: the fuller row survives, else the later confirmed, or upper.

    ``notes`` does not count, because an earlier merge may have put values without room there.
    """
    tools = {"notes", *(column.key for column in book.table(tab).tab.columns if column.tool)}

    def worth(row_id: str) -> tuple[int, str, int]:
        row = book.table(tab).row(row_id)
        filled = sum(
            bool(value)
            for key, value in row.items()
            if not key.startswith(EXTRA) and key not in tools
        )
        return filled, row.get("verified_on", ""), -book.table(tab).numbers[row_id]

    best = max((one, two), key=worth)
    return best, two if best == one else one


_Cell = tuple[str, str, str]
"""``(tab, row id, column)``."""


def united_row(
    book: Book, tab: str, keeps: str, goes: str, decided: Mapping[str, str] | None = None
) -> dict[str, str]:
    """Return the cells of the row ``keeps`` after ``goes`` is merged into it, by column key.

    ``decided`` holds what a person has decided about single cells of either row.
    """
    table = book.table(tab)
    columns = [c for c in table.tab.columns if not c.tool and table.has(c.key)]
    mine, other = dict(table.row(keeps)), dict(table.row(goes))
    for column in columns:
        if column.to == tab:
            for row in (mine, other):
                row[column.key] = _others(row[column.key], {keeps, goes})
    return unite_cells(columns, mine, other, banned_mailboxes(book), book.language, decided)


def decided_cells(decided: Mapping[_Cell, str], tab: str, rows: Iterable[str]) -> dict[str, str]:
    """Return the decisions about cells of these rows by column key; earlier rows go first."""
    found: dict[str, str] = {}
    for row in rows:
        for (where, row_id, column), value in decided.items():
            if (where, row_id) == (tab, row):
                found.setdefault(column, value)
    return found


def merge(
    book: Book,
    tab: str,
    keeps: str,
    goes: str,
    why: str,
    decided: Mapping[str, str] | None = None,
) -> Iterator[Change]:
    """Yield the changes that merge the row ``goes`` into ``keeps``, all in one group.

    Each cell of the survivor follows the rule of its field (:func:`unite_cells`); values without
    room are kept in ``notes``. The merged row keeps its cells, is marked, and is hidden in a
    workbook. Every reference to it follows, and a person invited by both rows is invited once.
    ``why`` names the evidence: codes joined by " + ". For ``decided`` see :func:`united_row`.
    """
    group = f"merge {goes} → {keeps}"
    table = book.table(tab)
    target, source = table.row(keeps), table.row(goes)
    for key, wanted in united_row(book, tab, keeps, goes, decided).items():
        if table.has(key) and wanted != target[key] and (keeps, key) not in table.formulas:
            yield Change(tab, keeps, key, target[key], wanted, why, "merge", group)
    marks = {"status": "merged", "merged_into": book.reference(tab, keeps)}
    for key, value in marks.items():
        yield Change(tab, goes, key, source.get(key, ""), value, why, "merge", group)
    yield Change(tab, goes, "hidden", "", "1", why, "format", group)
    taken_away = set[tuple[str, str]]()
    for stays, leaves in twice_invited(book, keeps, goes) if tab == "people" else ():
        taken_away.add(("invitations", leaves.id))
        for change in join_invitations(book, stays, leaves, why):
            yield replace(change, group=group)
    for cell, before, after in _references(book, tab, keeps, goes):
        if cell[:2] not in taken_away:
            yield Change(*cell, before, after, why, "merge", group)


def _others(cell: str, rows: Collection[str]) -> str:
    """Return a cell's references except those to ``rows``: a row must not refer to itself."""
    return ", ".join(part for part in cell.split(", ") if reference_id(part) not in rows)


def banned_mailboxes(book: Book) -> Mapping[str, str]:
    """Return why letters to each banned mailbox are stopped: ``bounced``, or ``request``."""
    return book.once(_bans)


def _bans(book: Book) -> dict[str, str]:
    """Return the reason of each ban by mailbox key; a wish precedes a bounce.

    A ban without a readable reason counts as a wish.
    """
    known: dict[str, str] = {}
    for _, row in book.table("bans").rows():
        if (key := mailbox_key(row.get("email", ""))) and known.get(key, "bounced") == "bounced":
            known[key] = "bounced" if row.get("reason") == "bounced" else "request"
    return known


def _references(
    book: Book, tab: str, keeps: str, goes: str
) -> Iterator[tuple[tuple[str, str, str], str, str]]:
    """Yield the cells that refer to the merged row: ``(tab, row, column)``, before and after."""
    shown = book.reference(tab, keeps)
    for where, row_id, key in book.once(_referring).get((tab, goes), ()):
        table = book.table(where)
        if (where, row_id) == (tab, keeps) or (row_id, key) in table.formulas:
            continue
        cell = table.cell(row_id, key)
        parts = cell.split(", ") if table.tab.column(key).several else [cell]
        moved = [shown if reference_id(part) == goes else part for part in parts]
        wanted = ", ".join(dict.fromkeys(moved))
        if wanted != cell:
            yield (where, row_id, key), cell, wanted


def _referring(book: Book) -> dict[tuple[str, str], list[_Cell]]:
    """Return the cells that refer to each row, by the row's tab and id."""
    found: dict[tuple[str, str], list[_Cell]] = {}
    for table in book.tables.values():
        for column in table.tab.columns:
            for row_id, cell in table.column(column.key) if column.to else ():
                parts = cell.split(", ") if column.several else [cell]
                for target in dict.fromkeys(reference_id(part) for part in parts if part):
                    found.setdefault((column.to, target), []).append(
                        (table.tab.key, row_id, column.key)
                    )
    return found
