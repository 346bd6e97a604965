"""What a person's decision asks for: the changes to make, or why they cannot be made."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from register.book.change import Change
from register.book.ids import reference_id
from register.book.log import last_written
from register.book.schema import schema
from register.book.table import Book
from register.people.records import living_row
from register.review.merged_name import read_merged_name
from register.review.question import Cell, Changes, Pairing, Question
from register.review.values import ValueRefusal, names_value, read_value, read_values
from register.review.words import NO, YES, read_decision
from register.rules.readings import reader
from register.words.sentences import Sentences

LEFT_OPEN = ("unsure", "ask")
"""The decisions that keep a question open: the answer is not known, or is being asked for."""

ERASE = "erase"
"""The decision that makes no plan, since a plan would keep the data: ``privacy.py due`` erases."""

SILENCING = ("ignore", "different")
"""The decisions after which a question is not asked again for the same values."""


@dataclass(frozen=True, slots=True)
class Order:
    """What a decision asks for; ``decision`` is one of the question's choices, or ``value``."""

    question: Question
    decision: str
    changes: Changes = ()
    names: Mapping[str, str] = field(default_factory=dict)
    """The name that the merged row gets, by column; empty if nobody gave one."""

    @property
    def group(self) -> str:
        """The group of its changes and the closing of its question: all land, or none."""
        return next((one.group for one in self.changes if one.group), f"case {self.question.id}")

    def is_true(self, book: Book) -> bool:
        """Whether a book already shows what was asked for."""
        if self.question.done is not None and self.decision != "value":
            return self.question.done(book, self.decision)
        return all(is_carried_out(book, change) for change in self.changes)


class DecisionReading:
    """Reads the decisions in rows of ``review``."""

    def __init__(self, book: Book, say: Sentences) -> None:
        self._book, self._say = book, say
        self._proposals = _Proposals(book)

    def order(self, question: Question, row: Mapping[str, str]) -> Order | ValueRefusal | None:
        """Return what a row's decision asks for, or why it cannot be done.

        None if it asks for nothing: it is blank, leaves the question open, or erases.
        """
        text = self._label(row.get("decision", "").strip())
        said = read_decision(text)
        if said in LEFT_OPEN or (said == ERASE and said in question.choices):
            return None
        if value := row.get("value", "").strip():
            if question.pairing:
                return self._named(question, question.pairing, said, text, value)
            return self._given(question, said, text, value, row)
        if not text:
            return None
        if said == "value":
            return ValueRefusal(
                self._say(
                    "{value} is empty. Write the right value there, or choose “{unsure}”.",
                    value=self._say.header("review", "value"),
                    unsure=self._label("unsure"),
                )
            )
        if said in (YES, NO, "") and (taken := self._as_value(question, said, text)):
            return taken
        choice = choice_of(question, said)
        if said in (YES, "accept"):
            return self._accepted(question, choice, row.get("suggestion", "").strip())
        if choice in question.choices:
            return Order(question, choice, question.choices[choice])
        return self._unusable(question, text)

    def is_waiting(self, question: Question, row: Mapping[str, str]) -> bool:
        """Whether a person has written a value into ``suggestion`` and not decided yet."""
        shown = row.get("suggestion", "")
        return bool(shown) and self._proposals.is_persons(question, shown)

    def _given(
        self, question: Question, said: str, text: str, value: str, row: Mapping[str, str]
    ) -> Order | ValueRefusal:
        """Return what a value in the column ``value`` asks for: it wins over the tool's proposal.

        It is refused if the person has also decided or proposed something that asks for other
        changes.
        """
        if not question.fields:
            return self._unusable(question, value)
        order = self._valued(question, value)
        if isinstance(order, ValueRefusal):
            return order
        others = [text] if text and said not in (YES, "accept", "value") else []
        if self.is_waiting(question, row):
            others.append(row["suggestion"])
        for other in others:
            theirs = self._valued(question, other)
            if not isinstance(theirs, Order) or theirs.changes != order.changes:
                return self._two_asked(value, other)
        return order

    def _named(
        self, question: Question, pair: Pairing, said: str, text: str, value: str
    ) -> Order | ValueRefusal:
        """Return the merge of two rows under the name that a person has given."""
        if "value" not in question.offered:
            return ValueRefusal(
                self._say(
                    "Both rows stay, so “{value}” is the name of neither. Correct the name in its"
                    " row, and empty {column:review.value}.",
                    value=value,
                )
            )
        if text and choice_of(question, said) not in ("same", "value"):
            return self._two_asked(value, text) if said else self._unusable(question, text)
        names = read_merged_name(self._book, pair, value, self._say)
        if isinstance(names, ValueRefusal):
            return names
        return Order(question, "same", question.choices["same"], names)

    def _two_asked(self, value: str, other: str) -> ValueRefusal:
        return ValueRefusal(
            self._say(
                "Two things are asked for: “{value}” in {column}, and “{other}”. Empty the one that"
                " is not meant.",
                value=value,
                column=self._say.header("review", "value"),
                other=other,
            )
        )

    def _as_value(self, question: Question, said: str, text: str) -> Order | ValueRefusal | None:
        """Return the order of a decision cell that holds the value itself; None if it does not.

        If there is a proposal, a text that could be either decision or value, such as "ei" for a
        yes/no column, is refused; only a "yes" that equals the proposal is clear.
        """
        if not question.fields:
            return None
        field = question.fields[0]
        column = schema().tab(field[0]).column(field[2])
        if said:
            if len(question.fields) > 1 or not names_value(column):
                return None
            value = read_value(self._book, field, text, self._say)
            if isinstance(value, ValueRefusal):
                return None
            proposed = {change.after for change in question.choices.get("accept", ())}
            if question.proposal and not (said == YES and value in proposed):
                return ValueRefusal(
                    self._say(
                        "“{text}” may be the decision or the value. Write the value into "
                        "{value}, or choose “{ignore}”.",
                        text=text,
                        value=self._say.header("review", "value"),
                        ignore=self._label("ignore"),
                    )
                )
        elif column.type in ("text", "post") and question.proposal:
            return None
        elif column.type == "text" and text[:1].islower():
            return None  # "tehty", "en muista": a remark, and no name
        return self._valued(question, text)

    def _accepted(self, question: Question, choice: str, shown: str) -> Order | ValueRefusal:
        """Return what accepting asks for: the text of ``suggestion``, the tool's or a person's."""
        if shown == question.proposal and choice in question.choices:
            return Order(question, choice, question.choices[choice])
        theirs = bool(shown) and self._proposals.is_persons(question, shown)
        if question.fields and shown and (theirs or question.valued is None):
            return self._valued(question, shown)
        if theirs:
            return ValueRefusal(
                self._say(
                    "“{text}” cannot be carried out: what is proposed here can be accepted or not, "
                    "but not rewritten. Write it where it belongs, or empty this cell.",
                    text=shown,
                )
            )
        if choice in question.choices:
            return Order(question, choice, question.choices[choice])
        return ValueRefusal(
            self._say(
                "There is no proposal to write. Write the value into {value}, or choose "
                "“{ignore}”.",
                value=self._say.header("review", "value"),
                ignore=self._label("ignore"),
            )
            if question.fields
            else self._say(
                "Nothing is proposed here. Correct the row, or choose “{ignore}”.",
                ignore=self._label("ignore"),
            )
        )

    def _valued(self, question: Question, text: str) -> Order | ValueRefusal:
        values = read_values(self._book, question.fields, text, self._say)
        if isinstance(values, ValueRefusal):
            return values
        if question.valued is not None:
            made = question.valued(values)
            if made is None:
                return self._unusable(question, text)
            return Order(question, "value", made)
        changes = tuple(_changes(self._book, values, question))
        if all(change.before == change.after for change in changes):
            return ValueRefusal(
                self._say(
                    "“{text}” is what the row says now. If that is right, choose “{ignore}”.",
                    text=text,
                    ignore=self._label("ignore"),
                )
            )
        return Order(question, "value", changes)

    def _unusable(self, question: Question, text: str) -> ValueRefusal:
        words = [word for word in question.offered if word not in (*LEFT_OPEN, "value")]
        fitting = self._say.alternatives([self._label(word) for word in words])
        if question.fields:
            columns = [self._say.header(tab, column) for tab, _, column in question.fields]
            return ValueRefusal(
                self._say(
                    "“{text}” does not fit here: choose {choices}, or write the right value into"
                    " {value} ({columns}).",
                    text=text,
                    choices=fitting,
                    columns=columns,
                    value=self._say.header("review", "value"),
                )
            )
        return ValueRefusal(
            self._say("“{text}” does not fit here: choose {choices}.", text=text, choices=fitting)
        )

    def _label(self, choice: str) -> str:
        return self._say.label("decision", choice)


def choice_of(question: Question, said: str) -> str:
    """Return which of a question's choices a decision word means.

    A plain "yes" accepts, merges or confirms; a plain "no" tells rows apart, or else ignores.
    """
    if said in (YES, "accept"):
        return next((one for one in ("same", "confirm") if one in question.choices), "accept")
    if said == NO:
        return "different" if "different" in question.choices else "ignore"
    return said


def _changes(book: Book, values: Mapping[Cell, str], question: Question) -> Iterator[Change]:
    proposed = next(iter(question.choices.get("accept", ())), None)
    reason = proposed.reason if proposed else "decided"
    for cell, value in values.items():
        yield Change(*cell, book.table(cell[0]).cell(cell[1], cell[2]), value, reason)


def is_carried_out(book: Book, change: Change) -> bool:
    """Whether a book holds what a change asked for, in any form that reads as the same value."""
    table = book.table(change.tab)
    if change.kind in ("note", "format"):
        return True
    if change.kind == "add":
        return change.row_id in table
    cell = table.cell(change.row_id, change.column)
    if cell == change.after or not table.tab.has(change.column):
        return cell == change.after
    column = table.tab.column(change.column)
    if column.to:
        return _rows(book, column.to, cell) == _rows(book, column.to, change.after)
    read = reader(book, column)
    place = table.cell(change.row_id, "municipality")
    return bool(cell) and read is not None and read(change.after, place).value == cell


def _rows(book: Book, tab: str, cell: str) -> list[str]:
    return [living_row(book, tab, reference_id(part)) or part for part in cell.split(", ")]


class _Proposals:
    """Tells a person's text in ``suggestion`` from the tool's, which ``log`` records."""

    def __init__(self, book: Book) -> None:
        self._book = book

    def is_persons(self, question: Question, shown: str) -> bool:
        """Whether the text is a person's; a text of unknown origin counts as one."""
        return shown != question.proposal and shown != self._written.get(question.id)

    @cached_property
    def _written(self) -> dict[str, str]:
        return last_written(self._book, "review", "suggestion")
