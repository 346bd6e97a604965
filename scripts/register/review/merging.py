"""What "sama" on candidate pairs does: each connected group becomes one row, or one human."""

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
from register.people.records import living_row
from register.people.same_human import Humans
from register.review.pairs import PairsToldApart
from register.review.question import Cell, Pairing


@dataclass(slots=True)
class Group:
    """Rows of one tab that people have said are one, with the ids of the questions that say so."""

    tab: str
    cases: list[str] = field(default_factory=list)
    rows: set[str] = field(default_factory=set)
    pairs: list[tuple[str, str]] = field(default_factory=list)
    names: Mapping[str, str] = field(default_factory=dict)
    """The name that somebody has given to the merged row, by column."""


def groups(book: Book, decided: Iterable[tuple[str, Pairing]]) -> list[Group]:
    """Return the connected groups of rows that were answered with "sama".

    A row that was merged earlier is replaced by the row it was merged into; a row that is gone is
    left out.
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
    """Return two rows of a group that a person has told apart, or None."""
    for left, right in combinations(sorted(group.rows), 2):
        if told_apart(Pairing(group.tab, left, right)):
            return left, right
    return None


def merge_group(book: Book, group: Group, decided: Mapping[Cell, str]) -> list[Change]:
    """Return the changes that merge a group into its fullest row.

    ``decided`` holds what people decided about cells of any of its rows; the merged row gets those
    values. People are merged within one organisation only: if a group spans several, the rows of
    each organisation that were said to be one are merged, and the results are tied as one human.
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
    """Whether the book holds two rows as one: the same row, or tied as one human."""
    if one == two or tab != "people" or not are_across_organisations(book, one, two):
        return one == two
    return Humans(book).are_one(one, two)


def _are_across(book: Book, rows: Collection[str]) -> bool:
    """Whether people's rows belong to more than one organisation."""
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
    """Return the changes that merge rows into ``keeps``, each directly, without a chain."""
    changes: list[Change] = []
    for goes in others:
        made = list(merge(book, tab, keeps, goes, "decided", decided))
        changes += made
        book = book.with_changes(made)
    return changes
