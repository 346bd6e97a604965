"""Merging certain duplicates, except those that people have told apart."""

from collections.abc import Callable, Iterator, Mapping

from register.book.change import Change
from register.book.ids import reference_id
from register.book.plan_builder import UndoneChange
from register.book.table import Book
from register.match.certain import Certain, certain_organisations
from register.match.certain_people import certain_people
from register.match.merge import decided_cells, merge, survivor
from register.match.pair import Pair
from register.review.pairs import PairsToldApart
from register.review.question import Cell


def certain_merges(
    book: Book,
    regrets: frozenset[UndoneChange],
    certain: tuple[Certain, ...],
    decided: Mapping[Cell, str],
) -> Iterator[Change]:
    """Yield the changes that merge certain pairs; a row is in one merge per round at most.

    ``regrets`` are changes that people have undone. ``certain`` is what two rows must share besides
    their name. ``decided`` are the cells that people have decided in this run.
    """
    told_apart = PairsToldApart(book)
    undone = {row for _, row, column, _, _ in regrets if column == "merged_into"}
    for find in (certain_organisations, certain_people):
        touched: set[str] = set()
        for pair in find(book, certain):
            rows = {pair.left, pair.right}
            if rows & touched or rows & undone or told_apart(pair):
                continue
            keeps, goes = survivor(book, pair.tab, pair.left, pair.right)
            touched |= rows
            said = decided_cells(decided, pair.tab, (keeps, goes))
            yield from merge(book, pair.tab, keeps, goes, " + ".join(pair.evidence), said)
        if touched:
            return


def told_apart_predicate(book: Book, regrets: frozenset[UndoneChange]) -> Callable[[Pair], bool]:
    """Return a function: True for pairs that a person has told apart, or whose tie was undone."""
    told_apart = PairsToldApart(book, strictly=True)
    undone = {
        frozenset((row, reference_id(after)))
        for _, row, column, _, after in regrets
        if column == "same_human"
    }
    return lambda pair: told_apart(pair) or frozenset((pair.left, pair.right)) in undone
