"""The life of a question in ``review``: asked, decided, carried out or refused, closed, reopened.

A decision is carried out when the book holds what it asked for. A decision that cannot be carried
out gets the reason in ``answer``, and its question stays open.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping

from register.book.change import Change
from register.book.ids import linked_row
from register.book.schema import schema
from register.book.table import Book
from register.people.records import living_row
from register.review.decisions import LEFT_OPEN, SILENCING, DecisionReading
from register.review.merging import are_one
from register.review.orders import DecidedOrders, read_orders
from register.review.pairs import pair_of_question
from register.review.question import BULK_KIND, SHOWN, Cell, Question, asked_rows
from register.review.undone import UNDONE_REASON as TAKEN_BACK
from register.review.values import ValueRefusal, read_value
from register.review.words import NO, read_decision
from register.words.sentences import Sentences


def says_so(book: Book, row: Mapping[str, str], say: Sentences) -> bool:
    """Whether the cell that a row of ``review`` is about holds the decided proposal or value.

    False if the row does not tell which cell that is.
    """
    cell = asked_cell(book, row)
    if cell is None:
        return False
    text = row.get("suggestion", "")
    if not read_decision(row.get("decision", "")):
        text = row.get("decision", "")
    text = row.get("value", "").strip() or text
    value = read_value(book, cell, text, say) if text.strip() else ""
    living = living_row(book, cell[0], cell[1]) or cell[1]
    there = book.table(cell[0]).cell(living, cell[2])
    return bool(there) and not isinstance(value, ValueRefusal) and value == there


def are_one_now(book: Book, case_id: str, row: Mapping[str, str]) -> bool:
    """Whether the two rows of a duplicate question have become one already."""
    pairing = pair_of_question(case_id, row)
    if pairing is None:
        return False
    one, two = (living_row(book, pairing.tab, row_id) for row_id in (pairing.left, pairing.right))
    return bool(one and two) and are_one(book, pairing.tab, one, two)


def asked_cell(book: Book, row: Mapping[str, str]) -> Cell | None:
    """Return the cell that a row of ``review`` is about, by its linked row id and header under A.

    None if the row or the column is not found.
    """
    row_id = linked_row(row)
    tab = schema().tab_of_id(row_id) if row_id else None
    if tab is None or row_id not in book.table(tab.key):
        return None
    header = row.get("left", "").partition(":")[0].strip().casefold()
    for column in tab.columns:
        if header and header in (name.casefold() for name in column.headers.values()):
            return tab.key, row_id, column.key
    return None


_NAMED = 12
"""The most decisions that a report answers one by one."""


def silenced_questions(book: Book) -> frozenset[str]:
    """Return the ids of the questions that a person has ignored or answered with "eri"."""
    return frozenset(
        case_id
        for case_id, row in book.table("review").rows()
        if read_decision(row.get("decision", "")) in (*SILENCING, NO) and not row.get("value")
    )


def questions_left_alone(book: Book) -> frozenset[str]:
    """Return the ids of the questions that no rule may settle by itself.

    A person has ignored them, keeps them waiting, or has given a value that is not carried out yet.
    """
    waiting = (
        case_id
        for case_id, row in book.table("review").rows()
        if read_decision(row.get("decision", "")) in LEFT_OPEN
        or (row.get("value") and not row.get("done"))
    )
    return silenced_questions(book).union(waiting)


def settle_questions(
    book: Book,
    questions: Iterable[Question],
    made: DecidedOrders,
    now: str,
    say: Sentences,
    mine: Callable[[str, Mapping[str, str]], bool] = lambda case_id, row: True,
) -> Iterator[Change]:
    """Yield the changes that bring ``review`` up to date: today's questions, results of decisions.

    ``mine(id, row)`` says whether this run may close a row whose question it does not ask: it can
    for those kinds whose reason it looks for, bulk lines excepted (:mod:`register.review.bulk`).

    A question that has gone, or whose decision the book now holds, is closed with the time ``now``;
    one that has come back is opened again. What people typed is never overwritten, with one
    exception: a decision whose work somebody has undone is taken out of its cell, so that whatever
    is typed there later is a new decision.
    """
    wanted = {question.id: question for question in questions}
    table = book.table("review")
    verdicts = _Verdicts(book, made, say)
    verdicts.reopen(
        [
            (wanted[case_id], row)
            for case_id, row in table.rows()
            if case_id in wanted and row.get("done")
        ]
    )
    for case_id, row in table.rows():
        question = wanted.get(case_id)
        if question is None and (row.get("kind") == BULK_KIND or not mine(case_id, row)):
            continue
        closed, answer = verdicts.of(question, case_id, row)
        for key in ("decision", "value") if verdicts.is_undone(case_id) else ():
            yield from _cell(case_id, row, key, "", TAKEN_BACK)
        done = (row.get("done") or now) if closed else ""
        group = made.groups.get(case_id, "") if closed else ""
        yield from _cell(case_id, row, "done", done, "closed" if closed else "reopened", group)
        yield from _cell(case_id, row, "answer", answer, "answered", group)
        for key in SHOWN if question and not closed else ():
            kept = key == "suggestion" and question and verdicts.is_persons(question, row)
            if question and not kept:
                yield from _cell(case_id, row, key, question.shown.get(key, ""), "review")
    for case_id, question in wanted.items():
        yield from asked_rows(book, case_id, question.cells)


def _cell(
    case_id: str, row: Mapping[str, str], column: str, value: str, reason: str, group: str = ""
) -> Iterator[Change]:
    before = row.get(column, "")
    if before != value:
        yield Change("review", case_id, column, before, value, reason, group=group)


class _Verdicts:
    """Decides for each row of ``review`` whether it is closed, and what ``answer`` says."""

    def __init__(self, book: Book, made: DecidedOrders, say: Sentences) -> None:
        self._book, self._made, self._say = book, made, say
        self._reading = DecisionReading(book, say)
        self._reopened = DecidedOrders()

    def is_undone(self, case_id: str) -> bool:
        """Whether a decision was carried out and then undone."""
        return case_id in self._made.undone or case_id in self._reopened.undone

    def reopen(self, rows: Iterable[tuple[Question, Mapping[str, str]]]) -> None:
        """Find out why closed decisions whose questions are asked again cannot be carried out."""
        decided = [
            (question, row) for question, row in rows if row.get("decision") or row.get("value")
        ]
        if decided:
            self._reopened = read_orders(self._book, decided, self._say)

    def is_persons(self, question: Question, row: Mapping[str, str]) -> bool:
        """Whether ``suggestion`` holds a person's own text."""
        return self._reading.is_waiting(question, row)

    def of(
        self, question: Question | None, case_id: str, row: Mapping[str, str]
    ) -> tuple[bool, str]:
        """Return whether a row is closed, and the text of its ``answer``."""
        order = self._made.orders.get(case_id)
        if order is not None:
            if order.is_true(self._book):
                return True, ""
            return False, self._say(
                "This could not be done: another change of this run says otherwise. Look at the "
                "row and decide again."
            )
        if question is None:
            return self._gone(case_id, row)
        text = row.get("decision", "") or row.get("value", "")
        if self.is_undone(case_id) or (not text and row.get("answer") == self._undone_said):
            return False, self._undone_said
        if case_id in self._made.refused:
            return False, self._made.refused[case_id]
        said = read_decision(row.get("decision", ""))
        if is_silenced(question, said) and not row.get("value"):
            return True, ""
        if row.get("done"):
            return False, self._reopened.refused.get(case_id, "")
        if not said and self.is_persons(question, row):
            return False, self._say(
                "“{text}” has not been written: choose “{accept}” in {column} if it shall be.",
                text=row.get("suggestion", ""),
                accept=self._say.label("decision", "accept"),
                column=self._say.header("review", "decision"),
            )
        return False, ""

    @property
    def _undone_said(self) -> str:
        return self._say(
            "What was decided here was carried out, and then undone in {tab:log}: it is not done"
            " again by itself. Decide anew if it shall be done after all."
        )

    def _gone(self, case_id: str, row: Mapping[str, str]) -> tuple[bool, str]:
        """Return (closed, answer) of a row whose question is not asked any more."""
        text = row.get("decision", "").strip() or row.get("value", "").strip()
        if row.get("done"):
            return True, row.get("answer", "")
        if not text or read_decision(text) in (*SILENCING, NO, *LEFT_OPEN):
            return True, ""
        if are_one_now(self._book, case_id, row) or says_so(self._book, row, self._say):
            return True, ""
        return False, self._say(
            "This was not done: what it asks about has changed meanwhile. Look at the row, and "
            "empty the decision or choose “{ignore}”.",
            ignore=self._say.label("decision", "ignore"),
        )


def is_silenced(question: Question, said: str) -> bool:
    """Whether a decision silences a question."""
    if said == NO:
        return "different" in question.choices or "ignore" in question.choices
    return said in SILENCING and said in question.choices


def report_answers(
    book: Book, changes: Iterable[Change], say: Sentences
) -> Iterator[tuple[str, Mapping[str, object]]]:
    """Yield the answered decisions for a run's report, as ``(msgid, values)``."""
    told = [c for c in changes if (c.tab, c.column) == ("review", "answer") and c.after]
    for change in told[:_NAMED]:
        row = book.table("review").cell(change.row_id, "link")
        values = {"tab": say.title("review"), "row": row, "answer": change.after}
        yield "{tab}, {row}: {answer}", values
    if len(told) > _NAMED:
        yield (
            "{count} more decisions are answered in {tab}.",
            {"count": len(told) - _NAMED, "tab": say.title("review")},
        )
