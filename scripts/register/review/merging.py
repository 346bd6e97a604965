"""What "sama" on rows asks for: each whole group becomes one row, in one go."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import reduce
from itertools import combinations

from register.book.plan import Change
from register.book.table import Book
from register.match.merge import merge, survivor
from register.review.pairs import ToldApart
from register.review.question import Pairing
from register.rules.references import living_row


@dataclass(slots=True)
class Group:
    """Rows of one tab that people have said are one, by the questions that say so."""

    tab: str
    cases: list[str] = field(default_factory=list)
    rows: set[str] = field(default_factory=set)


def groups(book: Book, decided: Iterable[tuple[str, Pairing]]) -> list[Group]:
    """Return the connected groups of rows that "sama" was said of.

    A row that was merged earlier stands for the one that goes on; whose rows are gone has none.
    """
    found: list[Group] = []
    for case_id, pairing in decided:
        ends = {living_row(book, pairing.tab, row) for row in (pairing.left, pairing.right)}
        ends = {row for row in ends if row in book.table(pairing.tab)}
        joined = Group(pairing.tab, [case_id], ends)
        apart = []
        for group in found:
            if group.tab == joined.tab and group.rows & joined.rows:
                joined.cases = [*group.cases, *joined.cases]
                joined.rows |= group.rows
            else:
                apart.append(group)
        found = [*apart, joined]
    return found


def contradicted(group: Group, told_apart: ToldApart) -> tuple[str, str] | None:
    """Return two rows of a group that a person has told apart, None where there are none."""
    for left, right in combinations(sorted(group.rows), 2):
        if told_apart(Pairing(group.tab, left, right)):
            return left, right
    return None


def united(book: Book, group: Group) -> list[Change]:
    """Return the changes that make one row of a group; the fullest row goes on."""
    if len(group.rows) < 2:
        return []
    rows = sorted(group.rows, key=lambda row: book.table(group.tab).numbers[row])
    keeps = reduce(lambda one, two: survivor(book, group.tab, one, two)[0], rows)
    return merged_into(book, group.tab, keeps, [row for row in rows if row != keeps])


def merged_into(book: Book, tab: str, keeps: str, others: Sequence[str]) -> list[Change]:
    """Return the changes that merge rows into one: each straight into the row that goes on."""
    changes: list[Change] = []
    for goes in others:
        made = list(merge(book, tab, keeps, goes, "decided"))
        changes += made
        book = book.applied(made)
    return changes
