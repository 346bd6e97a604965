"""What "sama" on rows asks for: each whole group becomes one row, or one human, in one go."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from itertools import combinations

from register.book.change import Change
from register.book.ids import reference_id
from register.book.table import Book
from register.match.certain_people import are_across_organisations
from register.match.merge import decided_cells, merge, survivor
from register.match.ties import ties
from register.people.same_human import Humans
from register.review.pairs import PairsToldApart
from register.review.question import Cell, Pairing
from register.rules.references import living_row


@dataclass(slots=True)
class Group:
    """Rows of one tab that people have said are one, by the questions that say so."""

    tab: str
    cases: list[str] = field(default_factory=list)
    rows: set[str] = field(default_factory=set)
    pairs: list[tuple[str, str]] = field(default_factory=list)
    names: Mapping[str, str] = field(default_factory=dict)
    """The name that somebody has given to what they become, by column."""


def groups(book: Book, decided: Iterable[tuple[str, Pairing]]) -> list[Group]:
    """Return the connected groups of rows that "sama" was said of.

    A row that was merged earlier stands for the one that goes on; whose rows are gone has none.
    """
    found: list[Group] = []
    for case_id, pairing in decided:
        ends = {living_row(book, pairing.tab, row) for row in (pairing.left, pairing.right)}
        ends = {row for row in ends if row in book.table(pairing.tab)}
        pairs = [(min(ends), max(ends))] if len(ends) > 1 else []
        joined = Group(pairing.tab, [case_id], ends, pairs)
        apart = []
        for group in found:
            if group.tab == joined.tab and group.rows & joined.rows:
                joined.cases = [*group.cases, *joined.cases]
                joined.rows |= group.rows
                joined.pairs = [*group.pairs, *joined.pairs]
            else:
                apart.append(group)
        found = [*apart, joined]
    return found


def contradiction(group: Group, told_apart: PairsToldApart) -> tuple[str, str] | None:
    """Return two rows of a group that a person has told apart, None where there are none."""
    for left, right in combinations(sorted(group.rows), 2):
        if told_apart(Pairing(group.tab, left, right)):
            return left, right
    return None


def merge_group(book: Book, group: Group, decided: Mapping[Cell, str]) -> list[Change]:
    """Return the changes that make one row of a group; the fullest row goes on.

    What was ``decided`` of a cell of any of them is what the one row says in it.

    People are merged within one organisation only: where rows of several are one human, those of
    one organisation that were said to be one are merged, and the rest is tied.
    """
    if len(group.rows) < 2:
        return []
    if group.tab != "people" or not _are_across(book, group.rows):
        return _one_row(book, group.tab, group.rows, decided, group.names)
    several = [pair for pair in group.pairs if are_across_organisations(book, *pair)]
    within = [Pairing(group.tab, *pair) for pair in group.pairs if pair not in several]
    changes: list[Change] = []
    for part in groups(book, [("", pairing) for pairing in within]):
        if _are_across(book, part.rows):
            several += part.pairs
            continue
        changes += _one_row(book.with_changes(changes), group.tab, part.rows, decided, group.names)
    made = book.with_changes(changes)
    for change in ties(made, PairsToldApart(book, strictly=True), several):
        if {change.row_id, reference_id(change.after)} & group.rows:
            changes.append(change)
    return changes


def are_one(book: Book, tab: str, one: str, two: str) -> bool:
    """Whether the book says that two rows are one: the same row, or tied as one human."""
    if one == two or tab != "people" or not are_across_organisations(book, one, two):
        return one == two
    return Humans(book).are_one(one, two)


def _are_across(book: Book, rows: Collection[str]) -> bool:
    """Whether people's rows are of more than one organisation."""
    return any(
        are_across_organisations(book, one, two) for one, two in combinations(sorted(rows), 2)
    )


def _one_row(
    book: Book,
    tab: str,
    rows: Collection[str],
    decided: Mapping[Cell, str],
    names: Mapping[str, str],
) -> list[Change]:
    """Return the changes that merge rows into the fullest of them."""
    ordered = sorted(rows, key=lambda row: book.table(tab).numbers[row])
    keeps = reduce(lambda one, two: survivor(book, tab, one, two)[0], ordered)
    others = [row for row in ordered if row != keeps]
    said = decided_cells(decided, tab, (keeps, *others)) | dict(names)
    return merged_into_of(book, tab, keeps, others, said)


def merged_into_of(
    book: Book, tab: str, keeps: str, others: Sequence[str], decided: Mapping[str, str]
) -> list[Change]:
    """Return the changes that merge rows into one: each straight into the row that goes on."""
    changes: list[Change] = []
    for goes in others:
        made = list(merge(book, tab, keeps, goes, "decided", decided))
        changes += made
        book = book.with_changes(made)
    return changes
