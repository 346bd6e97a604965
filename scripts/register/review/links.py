"""``inbox`` against the register: which newcomers are known, asked about, or answered."""

from collections.abc import Collection
from dataclasses import dataclass

from register.book.schema import schema
from register.book.table import Book
from register.intake.intake import Arrival, IntakeLink, arrivals
from register.match.evidence import evidence_in_words
from register.match.learning import UNTAUGHT, LearnedWeights
from register.match.linking import linked_organisations, linked_people
from register.match.pair import Pair
from register.match.pairs import live_people
from register.people.records import live_rows, living_row
from register.review.life_cycle import silenced_questions
from register.review.pair_questions import CHOICES, differing_cells
from register.review.pairs import PAIR_KIND, decided_pair_questions, pair_id, pair_of_question
from register.review.question import (
    Pairing,
    Question,
    ReviewCells,
    kept_cells,
    open_rows,
    question_cells,
)
from register.review.words import YES, read_decision
from register.words.sentences import Sentences

_SAME = ("same", "accept", YES)
"""The decisions that a newcomer is the known row."""


@dataclass(frozen=True, slots=True)
class LinkedInbox:
    """The links of ``inbox`` rows to known rows, and the open candidate pairs among them.

    ``arrivals`` are all ``inbox`` rows that wait.
    """

    links: tuple[IntakeLink, ...] = ()
    open_pairs: tuple[Pair, ...] = ()
    arrivals: tuple[Arrival, ...] = ()


def link_inbox(
    book: Book, passed_over: Collection[str], learned: LearnedWeights = UNTAUGHT
) -> LinkedInbox:
    """Link the waiting rows of ``inbox`` to known rows; pairs answered with "eri" are no links.

    ``passed_over`` are ids of rows to leave out.
    """
    waiting = arrivals(book, passed_over)
    if not waiting:
        return LinkedInbox()
    organisations = [(one.row_id, one.organisation) for one in waiting if one.organisation]
    people = [(one.row_id, one.person) for one in waiting if one.person]
    pairs: list[Pair] = []
    if organisations:
        known = list(live_rows(book.table("organisations")))
        pairs += linked_organisations(organisations, known, learned.organisations.shifts)
    if people:
        places = {one.row_id: one for one in waiting}
        pairs += [
            pair
            for pair in linked_people(people, live_people(book), learned.people.shifts)
            if not places[pair.left].is_elsewhere(book.table("people").cell(pair.right, "org"))
        ]
    apart, said = silenced_questions(book), _said_same(book)
    same = frozenset(said)
    found = {pair_id(pair) for pair in pairs}
    cards = {one.row_id for one in waiting}
    pairs += [
        Pair(one.tab, one.left, one.right, "likely", ())
        for case_id, one in said.items()
        if case_id not in found and one.left in cards
    ]
    pairs = _likeliest([pair for pair in pairs if pair_id(pair) not in apart], same)
    return LinkedInbox(
        tuple(
            IntakeLink(
                pair.left,
                pair.tab,
                living_row(book, pair.tab, pair.right) or pair.right,
                pair_id(pair) in same,
            )
            for pair in pairs
        ),
        tuple(pair for pair in pairs if pair_id(pair) not in same),
        tuple(waiting),
    )


def _likeliest(pairs: list[Pair], same: frozenset[str]) -> list[Pair]:
    """Return one pair for each newcomer and tab: the answered one, else the likeliest."""
    best: dict[tuple[str, str], Pair] = {}
    for pair in sorted(pairs, key=lambda p: (pair_id(p) not in same, -p.probability, p.right)):
        best.setdefault((pair.left, pair.tab), pair)
    return sorted(best.values())


def link_questions(book: Book, found: LinkedInbox, say: Sentences) -> list[Question]:
    """Return a question for each newcomer that may be a known row, with cells and evidence."""
    asked = schema().enum("intake_result").label("asked", book.language)
    newcomers = {one.row_id: one for one in found.arrivals}
    people = dict(live_people(book)) if found.open_pairs else {}
    questions = []
    for pair in found.open_pairs:
        one = newcomers[pair.left]
        if book.table("inbox").row(pair.left).get("result") != asked:
            continue
        mine = one.organisation if pair.tab == "organisations" else one.person
        row = people.get(pair.right) or dict(book.table(pair.tab).row(pair.right))
        columns = [
            column.key
            for column in book.table(pair.tab).tab.columns
            if mine.get(column.key) and mine[column.key] != row.get(column.key, "")
        ]
        speaks_for, against = evidence_in_words(pair, say)
        name = " ".join(mine.get(key, "") for key in ("first", "last", "name")).split()
        cells = question_cells(
            *(book, say, ("inbox", pair.left), PAIR_KIND),
            say(
                "Is {name} ({source} in {tab:inbox}) the same as {row}? They have {evidence}, "
                "but {against}."
                if against
                else "Is {name} ({source} in {tab:inbox}) the same as {row}? They have {evidence}.",
                name=" ".join(name),
                source=pair.left,
                row=book.reference(pair.tab, pair.right),
                evidence=speaks_for,
                against=against,
            ),
            left=differing_cells(pair.tab, mine, columns, say),
            right=differing_cells(pair.tab, row, columns, say),
            suggestion=say.label("decision", "same"),
            link=pair.left,
        )
        questions.append(_question(pair_id(pair), pair, cells))
    return questions


def decided_links(book: Book) -> list[Question]:
    """Return the open questions about newcomers that are answered with "sama"."""
    return [
        _question(case_id, pairing, kept_cells(row))
        for case_id, row in open_rows(book, PAIR_KIND)
        if read_decision(row.get("decision", "")) in _SAME
        for pairing in [pair_of_question(case_id, row)]
        if pairing and pairing.left in book.table("inbox")
    ]


def _question(case_id: str, pair: Pair | Pairing, cells: ReviewCells) -> Question:
    def done(book: Book, decision: str) -> bool:
        words = book.table("inbox").cell(pair.left, "result").split(", ")
        known = {living_row(book, pair.tab, word.rpartition(" ")[2]) for word in words}
        wanted = living_row(book, pair.tab, pair.right)
        return decision != "same" or bool(wanted and wanted in known)

    rows = (("inbox", pair.left), (pair.tab, pair.right))
    return Question(case_id, rows, cells, CHOICES, done=done)


def _said_same(book: Book) -> dict[str, Pairing]:
    """Return the pairs of newcomer and row that a person has answered with "sama", by question id.

    If a newcomer was said to be two different rows, neither answer is used.
    """
    said: dict[str, Pairing] = {}
    meant: dict[tuple[str, str], set[str]] = {}
    for case_id, pairing in decided_pair_questions(book, *_SAME):
        said[case_id] = pairing
        living = living_row(book, pairing.tab, pairing.right)
        meant.setdefault((pairing.left, pairing.tab), set()).add(living)
    return {case_id: one for case_id, one in said.items() if len(meant[one.left, one.tab]) == 1}
