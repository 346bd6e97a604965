"""Which candidate pairs are asked about: as few as settle a group, and no matter twice."""

from collections.abc import Collection, Iterable, Iterator

from register.book.finding import Finding
from register.book.groups import DisjointSets
from register.book.ids import fingerprint, named_ids, reference_id
from register.book.table import Book
from register.match.certain import Certain
from register.match.certain_people import are_across_organisations
from register.match.learning import UNTAUGHT, LearnedWeights
from register.match.pair import Pair
from register.match.pairs import organisation_pairs, people_pairs
from register.people.records import NOT_LIVE, Person
from register.people.same_human import Humans
from register.review.pairs import PAIR_KIND, PairsToldApart, pair_id
from register.review.question import open_rows

_Row = tuple[str, str]
"""``(tab, row id)``."""


def pairs_to_ask(
    book: Book, certain: Collection[Certain], learned: LearnedWeights = UNTAUGHT
) -> list[Pair]:
    """Return the pairs to ask about: none that was told apart or is already tied as one human.

    ``certain`` is what two rows must share besides their name to be merged without asking.
    """
    told_apart, humans = PairsToldApart(book), book.once(Humans)
    every = (
        *organisation_pairs(book, certain, learned.organisations.shifts),
        *people_pairs(book, certain, learned.people.shifts),
    )
    return pairs_to_ask_about(
        book,
        (
            pair
            for pair in every
            if not told_apart(pair)
            and not (
                pair.tab == "people"
                and humans.are_one(pair.left, pair.right)
                and are_across_organisations(book, pair.left, pair.right)
            )
        ),
    )


def pairs_to_ask_about(book: Book, pairs: Iterable[Pair]) -> list[Pair]:
    """Return the pairs to ask about: of each group of similar rows the likeliest that connect it.

    A hundred similar rows take 99 questions, not 4,950. Where one of them is answered "eri", the
    next run finds another pair that connects the group; open questions stay open. A pair of people
    from two organisations waits until those organisations have been asked about, since they may be
    one.
    """
    open_now = {case_id for case_id, _ in open_rows(book, PAIR_KIND)}
    every = sorted(
        pairs, key=lambda pair: (pair.tab, pair_id(pair) not in open_now, -pair.probability, pair)
    )
    asked, groups = [], DisjointSets[_Row]()
    for pair in every:
        one, two = _rows(pair)
        homes = [Person.at(book, row_id).org_id for _, row_id in (one, two)]
        if pair.tab == "people" and homes[0] != homes[1] and _is_one(groups, *homes):
            continue
        if groups.find(one) != groups.find(two) or pair_id(pair) in open_now:
            groups.unite(one, two)
            asked.append(pair)
    return sorted(asked)


def drop_asked_pairs(
    book: Book, found: Iterable[Finding], pairs: Iterable[Pair]
) -> Iterator[Finding]:
    """Yield the findings that no other question covers.

    Left out are "same-post" findings whose holders may be one person (``pairs`` asks that), and
    findings of an ``inbox`` row if the row that it became is asked about the same cell.
    """
    every, groups = list(found), DisjointSets[_Row]()
    for pair in pairs:
        groups.unite(*_rows(pair))
    asked = {finding.case_id for finding in every} | set(book.table("review").numbers)
    for finding in every:
        if finding.code == "same-post":
            holders = (finding.row_id, *named_ids(finding.detail))
            if len({groups.find(("people", row_id)) for row_id in holders}) == 1:
                continue
        if finding.tab != "inbox" or not asked.intersection(_of_their_rows(book, finding)):
            yield finding


def _of_their_rows(book: Book, finding: Finding) -> Iterator[str]:
    """Yield the question ids that an ``inbox`` finding would have in the rows made from its row."""
    for word in book.table("inbox").cell(finding.row_id, "result").split(", "):
        row_id = reference_id(word.rpartition(" ")[2])
        for tab in ("people", "organisations"):
            if row_id in book.table(tab) and book.table(tab).cell(row_id, "status") not in NOT_LIVE:
                for column in book.table(tab).tab.columns:
                    yield fingerprint(finding.code, row_id, column.key, finding.cell)


def _is_one(groups: DisjointSets[_Row], one: str, two: str) -> bool:
    left, right = (groups.find(("organisations", row_id)) for row_id in (one, two))
    return left == right


def _rows(pair: Pair) -> tuple[_Row, _Row]:
    return (pair.tab, pair.left), (pair.tab, pair.right)
