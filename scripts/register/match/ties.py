"""⚙Sama ihminen kept true: rows of one human in several organisations, tied and never merged."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from register.book.ids import reference_id
from register.book.plan import Change
from register.book.table import Book
from register.match.certain_people import tied_people
from register.match.pair import Pair
from register.people.merged import merged_into
from register.people.same_human import GONE

REASON = "same-human"
"""Why a row is tied to another, or no longer."""


def ties(
    book: Book, told_apart: Callable[[Pair], bool], said: Iterable[tuple[str, str]] = ()
) -> Iterator[Change]:
    """Yield what makes ⚙Sama ihminen refer to the oldest live row of each human.

    Who is tied stays so; ``said`` are rows that a person has said are one; the rest is
    :func:`tied_people`. Nobody whom a person has told apart is brought together, whoever stands
    between. A tie to a row that was merged, archived or deleted holds among the others.
    """
    table = book.table("people")
    if not table.has("same_human"):
        return
    rows = dict(table.rows())
    members: dict[str, set[str]] = {}
    of: dict[str, str] = {}
    for one, two in _edges(book, rows, said):
        a, b = of.setdefault(one, one), of.setdefault(two, two)
        left, right = members.setdefault(a, {one}), members.setdefault(b, {two})
        if a == b or any(told_apart(_pair(x, y)) for x in left for y in right):
            continue
        left |= members.pop(b)
        of.update(dict.fromkeys(left, a))
    for row_id, row in rows.items():
        if row.get("status") == "merged":
            continue
        group = members.get(of.get(row_id, ""), set())
        live = [one for one in group if one in rows and rows[one].get("status") not in GONE]
        first = min(live, key=lambda one: (rows[one].get("added_on", ""), one), default="")
        wanted = book.reference("people", first) if first and first != row_id else ""
        cell = row["same_human"]
        if cell != wanted and (wanted or live or not _stands(cell, rows)):
            yield Change("people", row_id, "same_human", cell, wanted, REASON)


def _edges(
    book: Book, rows: dict[str, dict[str, str]], said: Iterable[tuple[str, str]]
) -> Iterator[tuple[str, str]]:
    """Yield the rows that are tied, those that are said to be one, and those that surely are."""
    cell = book.table("people").cell
    for row_id, row in rows.items():
        if other := reference_id(row["same_human"]):
            yield merged_into(cell, row_id), merged_into(cell, other)
    for one, two in said:
        yield merged_into(cell, one), merged_into(cell, two)
    for pair in tied_people(book):
        yield pair.left, pair.right


def _pair(one: str, two: str) -> Pair:
    left, right = sorted((one, two))
    return Pair("people", left, right, "likely", ())


def _stands(cell: str, rows: dict[str, dict[str, str]]) -> bool:
    """Whether a cell refers to another row: where nobody of a human is live, it stays."""
    return reference_id(cell) in rows
