"""What decided duplicate questions in ``review`` teach the comparison of rows.

Each pair is compared as its rows stood before they were merged. The lesson follows from the
register alone: a decision that was undone or taken back does not count.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from register.book.log import log_entries
from register.book.table import Book
from register.match.learning import (
    FEWEST,
    LabelledLevels,
    LearnedTab,
    LearnedWeights,
    lesson_of,
    shipped_weights,
)
from register.match.levels import levels_of, model_of
from register.match.pairs import live_people, row_to_judge
from register.people.records import live_rows, living_row
from register.review.decisions import Order
from register.review.merging import are_one
from register.review.pair_questions import CHOICES
from register.review.pairs import decided_pair_questions, pair_id
from register.review.question import Pairing, Question, kept_cells
from register.review.undone import UndoneDecisions
from register.review.words import YES

_Rows = Sequence[Mapping[str, str]]
_Pairs = Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class _Answer:
    pairing: Pairing
    is_same: bool


def learn_from_decisions(book: Book, kept: LearnedWeights) -> LearnedWeights:
    """Return the weights that a register's decisions teach; ``kept`` are those of the last run.

    ``kept`` itself is returned if no decision has been added or removed since, and the shipped
    weights are the same.
    """
    answers = list(_answers(book, kept.since))
    told = sorted(f"{pair_id(one.pairing)} {one.is_same:d}" for one in answers)
    content = "\n".join((shipped_weights(), *told))
    digest = blake2b(content.encode(), digest_size=8).hexdigest() if told else ""
    if digest == kept.digest:
        return kept
    lessons = {
        tab: _lesson(book, tab, [one for one in answers if one.pairing.tab == tab])
        for tab in ("people", "organisations")
    }
    return LearnedWeights(**lessons, since=kept.since, digest=digest)


def _answers(book: Book, since: str) -> Iterator[_Answer]:
    """Yield the decisions about two rows of one tab that stand and are newer than ``since``.

    ``since`` is compared with when a decision was carried out; '' means all of them. A decision
    that still waits to be carried out counts, too.
    """
    review, undone = book.table("review"), None
    for decision, is_same in ((("same", "accept", "value", YES), True), (("different",), False)):
        for case_id, pairing in decided_pair_questions(book, *decision):
            done = review.cell(case_id, "done")
            ends = [pairing.left, pairing.right]
            if (done and since >= done) or not all(one in book.table(pairing.tab) for one in ends):
                continue
            if is_same and done:
                one, other = (living_row(book, pairing.tab, end) for end in ends)
                if not (one and other and are_one(book, pairing.tab, one, other)):
                    continue
            elif is_same:
                undone = undone or UndoneDecisions(book)
                row = review.row(case_id)
                asked = Question(case_id, (), kept_cells(row), CHOICES, pairing=pairing)
                if undone.asks_again(Order(asked, "same")):
                    continue
            yield _Answer(pairing, is_same)


def _lesson(book: Book, tab: str, answers: Sequence[_Answer]) -> LearnedTab:
    if len(answers) < FEWEST:
        same = sum(one.is_same for one in answers)
        return LearnedTab((same, len(answers) - same))
    rows = dict(live_people(book) if tab == "people" else live_rows(book.table(tab)))
    several = len(rows)
    before = _Before(book, tab)
    pairs = []
    for number, one in enumerate(answers):
        ends = (one.pairing.left, one.pairing.right)
        run = before.joined(*ends) if one.is_same else ""
        names = []
        for end in ends:
            cells = before.row(end, run)
            if tab == "people":
                cells = row_to_judge(book, cells)
            names.append(f"{number} {end}" if cells != rows.get(end) else end)
            rows[names[-1]] = cells
        pairs.append((names[0], names[1]))
    at = {name: number for number, name in enumerate(rows)}
    told = levels_of(tab, list(rows.values()), [(at[one], at[two]) for one, two in pairs])
    labelled = [
        LabelledLevels(levels, int(one.is_same), int(not one.is_same))
        for levels, one in zip(told, answers, strict=True)
    ]
    return lesson_of(tab, model_of(tab), sorted(labelled), several)


class _Before:
    """Rows as they stood before they were merged, as far as ``log`` tells."""

    def __init__(self, book: Book, tab: str) -> None:
        self._table = book.table(tab)
        self._changes: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
        self._joined: dict[str, str] = {}
        for entry in log_entries(book):
            for change in entry.changes if not entry.undone else ():
                if change.tab != tab or change.kind == "add":
                    continue
                self._changes[change.row_id].append((entry.run, change.column, change.before))
                if change.column == "merged_into" and change.after:
                    self._joined[change.row_id] = entry.run

    def joined(self, one: str, two: str) -> str:
        """Return the id of the run that merged one of two rows, the earlier if two, '' if none."""
        return min((self._joined[row] for row in (one, two) if row in self._joined), default="")

    def row(self, row_id: str, run: str) -> dict[str, str]:
        """Return a row's cells as they were before a run, or as they are now if ``run`` is ''."""
        cells = dict(self._table.row(row_id))
        for when, column, before in reversed(self._changes[row_id] if run else ()):
            if when >= run:
                cells[column] = before
        return cells
