"""Carries out people's decisions: what each asks for, except those that contradict each other."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from register.book.change import Change
from register.book.table import Book
from register.people.records import living_row
from register.review.decisions import DecisionReading, Order
from register.review.merging import contradiction, groups, merge_group
from register.review.pairs import PairsToldApart
from register.review.question import Cell, Question
from register.review.undone import UndoneDecisions
from register.review.values import ValueRefusal
from register.words.sentences import Sentences


@dataclass(slots=True)
class DecidedOrders:
    """The result of people's decisions: the orders given, and the refused ones with the reason.

    All except ``changes`` are by question id. ``groups`` holds the group of changes that a
    question's closing lands with; ``undone`` the decisions that were carried out and then undone.
    """

    orders: dict[str, Order] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)
    groups: dict[str, str] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    undone: set[str] = field(default_factory=set)

    @property
    def cells(self) -> dict[Cell, str]:
        """The values that people have decided for single cells."""
        changes = (change for order in self.orders.values() for change in order.changes)
        return {change.cell: change.after for change in changes if change.kind == "set"}


def has_pending_decisions(book: Book) -> bool:
    """Whether any decision waits to be carried out."""
    return any(_is_pending(row) for _, row in book.table("review").rows())


def _is_pending(row: Mapping[str, str]) -> bool:
    said = row.get("decision", "").strip() or row.get("value", "").strip()
    return bool(said) and not row.get("done")


def carry_out(book: Book, questions: Iterable[Question], say: Sentences) -> DecidedOrders:
    """Return what people's pending decisions ask for, and why some cannot be carried out.

    Of decisions that contradict each other none is carried out. A decision that was carried out and
    then undone in ``log`` is not carried out again unless somebody decides so after that.
    """
    asked = {question.id: question for question in questions}
    waiting = [
        (asked[case_id], row)
        for case_id, row in book.table("review").rows()
        if case_id in asked and _is_pending(row)
    ]
    return read_orders(book, waiting, say)


def read_orders(
    book: Book, waiting: Iterable[tuple[Question, Mapping[str, str]]], say: Sentences
) -> DecidedOrders:
    """Return what the decisions of these rows ask for; see :func:`carry_out`."""
    reading, made = DecisionReading(book, say), DecidedOrders()
    for question, row in waiting:
        order = reading.order(question, row)
        if isinstance(order, ValueRefusal):
            made.refused[question.id] = order.said
        elif order is not None:
            made.orders[question.id] = order
    _refuse_contradictions(made, say)
    _take_out_undone(book, made)
    for case_id, order in list(made.orders.items()):
        if why := _obstacle(book, order.changes, say):
            made.refused[case_id] = why
            del made.orders[case_id]
    for case_id, order in made.orders.items():
        made.groups[case_id] = order.group
        made.changes += [replace(change, group=order.group) for change in order.changes]
    made.changes += _merges(book.with_changes(made.changes), made, say)
    return made


def _take_out_undone(book: Book, made: DecidedOrders) -> None:
    """Remove the orders that would repeat work that was undone after they were given."""
    undone = UndoneDecisions(book) if made.orders else None
    for case_id, order in list(made.orders.items()):
        if undone and undone.asks_again(order):
            made.undone.add(case_id)
            del made.orders[case_id]


def _refuse_contradictions(made: DecidedOrders, say: Sentences) -> None:
    """Refuse the orders that want different values in one cell."""
    wanted: dict[tuple[str, str, str], dict[str, list[str]]] = {}
    for case_id, order in made.orders.items():
        for change in order.changes:
            if change.kind == "set":
                wanted.setdefault(change.cell, {}).setdefault(change.after, []).append(case_id)
    for (tab, _, column), values in wanted.items():
        if len(values) > 1:
            for case_id in (case_id for cases in values.values() for case_id in cases):
                made.orders.pop(case_id, None)
                made.refused[case_id] = say(
                    "Two decisions want different values in {column}: {values}. Neither was "
                    "written; change one of them.",
                    column=say.header(tab, column),
                    values=[say.value(tab, column, value) or "–" for value in values],
                )


def _merges(book: Book, made: DecidedOrders, say: Sentences) -> list[Change]:
    """Return the changes of the decided merges; refuse those that would join rows told apart."""
    decided = [
        (case_id, pair)
        for case_id, order in made.orders.items()
        for pair in [order.question.pairing]
        if pair and order.decision == "same"
    ]
    for case_id, pair in list(decided):
        if lost := [one for one in (pair.left, pair.right) if not _is_in_use(book, pair.tab, one)]:
            decided.remove((case_id, pair))
            del made.orders[case_id]
            made.refused[case_id] = say(
                "{row} is not in use any more; nothing was merged.",
                row=book.reference(pair.tab, lost[0]),
            )
    told_apart = PairsToldApart(book, strictly=True) if decided else None
    changes: list[Change] = []
    for group in groups(book, decided):
        apart = contradiction(group, told_apart) if told_apart else None
        names = [order.names for one in group.cases if (order := made.orders[one]).names]
        group.names = names[0] if names else {}
        merging = [] if apart else merge_group(book, group, made.cells)
        why = _obstacle(book, merging, say)
        if any(one != group.names for one in names):
            why = say(
                "Two names are given to what becomes one row: {names}. Nothing was merged; empty"
                " the one that is not meant.",
                names=[" ".join(one.values()) for one in names],
            )
        if apart:
            left, right = (book.reference(group.tab, row) for row in apart)
            why = say(
                "{left} and {right} would become one by this, and they are told apart in {tab}. "
                "Nothing was merged; change one of the decisions.",
                left=left,
                right=right,
                tab=say.title("review"),
            )
        for case_id in group.cases if why else ():
            made.refused[case_id] = why
            del made.orders[case_id]
        if not why:
            made.groups |= {case_id: one.group for one in merging[:1] for case_id in group.cases}
            changes += merging
            book = book.with_changes(merging)
    return changes


def _is_in_use(book: Book, tab: str, row_id: str) -> bool:
    """Whether a row, or the one that it was merged into, exists and is not archived."""
    living = living_row(book, tab, row_id)
    return bool(living) and book.table(tab).cell(living, "status") != "archived"


def _obstacle(book: Book, changes: Iterable[Change], say: Sentences) -> str:
    """Return why changes cannot be made, '' if they can."""
    for change in changes:
        table = book.table(change.tab)
        if change.kind in ("note", "format", "add"):
            continue
        header = say.header(change.tab, change.column)
        if not table.has(change.column):
            return say(
                "{tab} has no column {column}; nothing was written.",
                tab=say.title(change.tab),
                column=header,
            )
        if (change.row_id, change.column) in table.formulas:
            return say("There is a formula in {column}; nothing was written.", column=header)
    return ""
