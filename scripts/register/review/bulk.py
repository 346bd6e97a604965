"""Many at once: a bulk line of ``review`` above similar questions, decided together.

The decision is handed out: it is written beside each member that nobody has answered, together with
who gave it and the changes that it asks for there. From then on each member is a row like any
other, with its own lines in ``log`` and its own answer. What somebody typed beside a member in the
meantime stands. A line takes no members after its decision was handed out: later questions get
another line.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from register.book.change import Change
from register.book.finding import SEVERITIES
from register.book.ids import fingerprint
from register.book.table import Book, Table
from register.review.decisions import LEFT_OPEN, choice_of
from register.review.orders import DecidedOrders
from register.review.own_rules import rule_addition
from register.review.question import BULK_KIND, SHOWN, Question, asked_rows, question_cells
from register.review.words import read_decision
from register.words.sentences import Sentences

_FEWEST = 3
"""The fewest similar questions that get a line."""

ALWAYS = "always"
"""The decision that covers later findings too: the rule acts without asking from then on."""

_NAMED = 5
BULK_REASON = "bulk"


@dataclass(frozen=True, slots=True)
class BulkLine:
    """A line, and its members: the open, unanswered questions that its decision would cover."""

    question: Question
    members: tuple[Question, ...]


@dataclass(slots=True)
class HandedOut:
    """The decisions that lines have handed out: each line's members by id, and the changes."""

    members: dict[str, tuple[str, ...]] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)

    def landing(self, made: DecidedOrders) -> Iterator[Change]:
        """Yield each decision in the group of the changes it asks for: both land, or neither."""
        for one in self.changes:
            yield Change(
                *one.cell, "", one.after, one.reason, group=made.groups.get(one.row_id, "")
            )


def bulk_lines(book: Book, questions: Iterable[Question], say: Sentences) -> list[BulkLine]:
    """Return the lines above similar questions: those in ``review`` already, and new ones."""
    review = book.table("review")
    alike: dict[tuple[str, ...], list[Question]] = {}
    for question in questions:
        row = review.row(question.id) if question.id in review else {}
        said = row.get("decision", "").strip() or row.get("value", "").strip()
        if question.alike and not row.get("done") and not said:
            alike.setdefault(question.alike.key, []).append(question)
    lines = []
    for key, members in alike.items():
        line_id = _ids(review, key)[-1]
        if len(members) >= (2 if line_id in review else _FEWEST):
            lines.append(_line(book, line_id, members, say))
    return lines


def hand_out(book: Book, questions: Iterable[Question], say: Sentences) -> HandedOut:
    """Return the decisions that people have given on lines, written out beside the members.

    Only members that already stood in ``review`` below the line get the decision.
    """
    review, handed = book.table("review"), HandedOut()
    for line in bulk_lines(book, questions, say):
        row = review.row(line.question.id) if line.question.id in review else {}
        said = read_decision(row.get("decision", ""))
        if not said or said in LEFT_OPEN or _unfit(line.question, row, say):
            continue
        members, who = [one for one in line.members if one.id in review], row.get("by", "")
        handed.members[line.question.id] = tuple(one.id for one in members)
        if said == ALWAYS:
            handed.changes += rule_addition(book, _rule_of(line), say)
        for one in members:
            word = choice_of(one, "accept" if said == ALWAYS else said)
            why = f"{BULK_REASON} + {line.question.id}"
            handed.changes.append(Change("review", one.id, "decision", "", word, why))
            if who and not review.cell(one.id, "by"):
                handed.changes.append(Change("review", one.id, "by", "", who, why))
    return handed


def bulk_changes(
    book: Book, questions: Sequence[Question], handed: HandedOut, now: str, say: Sentences
) -> Iterator[Change]:
    """Yield the changes that bring the lines up to date; a line with settled members is closed.

    Call it on a ``book`` in which the questions' own rows already show their outcome.
    """
    review = book.table("review")
    lines = {line.question.id: line.question for line in bulk_lines(book, questions, say)}
    still_decided = {
        line_id
        for question in questions
        if question.alike and review.cell(question.id, "decision").strip()
        if not review.cell(question.id, "done")
        for line_id in _ids(review, question.alike.key)
    }
    for line_id, row in review.rows():
        if row.get("kind") != BULK_KIND or row.get("done"):
            continue
        wanted = dict(row)
        if line_id in handed.members:
            members = handed.members[line_id]
            wanted["right"] = say("{count} decided together", count=len(members))
            undone = sum(not review.cell(one, "done") for one in members)
            wanted["answer"] = _left_undone(undone, say)
            wanted["done"] = "" if undone else now
        elif row.get("right"):
            is_undone = line_id in still_decided and row.get("decision", "").strip()
            wanted |= {} if is_undone else {"answer": "", "done": now}
        elif line_id in lines:
            wanted |= lines[line_id].shown | {"answer": _unfit(lines[line_id], row, say)}
        else:
            wanted["done"] = now
        reason = "closed" if wanted["done"] else BULK_REASON
        for key in (*SHOWN, "answer", "done"):
            typed = row.get(key, "") if key == "suggestion" else ""
            is_typed = typed and read_decision(typed) != "accept"
            if key in row and row[key] != wanted[key] and not is_typed:
                yield Change("review", line_id, key, row[key], wanted[key], reason)
    for line_id, question in lines.items():
        yield from asked_rows(book, line_id, question.cells, BULK_REASON)


def _line(book: Book, line_id: str, members: Sequence[Question], say: Sentences) -> BulkLine:
    first, count = members[0], len(members)
    what = first.alike.what if first.alike else ""
    names = list(dict.fromkeys(book.reference(*one.rows[0]) for one in members))
    cells = question_cells(
        *(book, say, first.rows[0], BULK_KIND),
        say(
            "{what}: {count} proposals. Accept all? The decision goes for those that nobody has "
            "answered one by one.",
            what=what,
            count=count,
        ),
        severity=min((one.severity for one in members), key=SEVERITIES.index),
        left=", ".join([*names[:_NAMED], *(["…"] if len(names) > _NAMED else [])]),
        suggestion=say.label("decision", "accept_all"),
        link=say("{count} rows", count=count),
    )
    common = [key for key in first.choices if all(key in one.choices for one in members)]
    words = dict.fromkeys(("accept", "same"), "accept_all")
    choices = {key: tuple(one for case in members for one in case.choices[key]) for key in common}
    dated = tuple(cell for case in members for cell in case.dated)
    tab, _, column = first.place
    question = Question(line_id, (), cells, choices, dated=dated, header=(tab, column), words=words)
    line = BulkLine(question, tuple(members))
    if "accept" in common and rule_addition(book, _rule_of(line), say):
        choices = {"accept": choices["accept"], ALWAYS: choices["accept"], **choices}
        line = replace(line, question=replace(question, choices=choices))
    return line


def _rule_of(line: BulkLine) -> str:
    """Return the code of the rule that raised a line's members, '' if no rule did."""
    alike = line.members[0].alike
    return alike.key[1] if alike and alike.key[0] == "rule" else ""


def _ids(review: Table, key: tuple[str, ...]) -> list[str]:
    """Return the ids of the lines that similar questions of a key have had, the one to use last."""
    ids: list[str] = []
    while not ids or _is_over(review, ids[-1]):
        ids.append(fingerprint(BULK_KIND, *key, str(len(ids))))
    return ids


def _is_over(review: Table, line_id: str) -> bool:
    """Whether a line takes no more members: it is closed, or its decision was handed out."""
    return bool(review.cell(line_id, "done") or review.cell(line_id, "right"))


def _left_undone(count: int, say: Sentences) -> str:
    if not count:
        return ""
    return say("{count} of them could not be done: see the answers on their own rows.", count=count)


def _unfit(line: Question, row: Mapping[str, str], say: Sentences) -> str:
    """Return why a line's decision cannot be handed out; '' if it can, is absent, or waits.

    A value in ``value`` never fits: it is one value for many cells.
    """
    text, value = row.get("decision", "").strip(), row.get("value", "").strip()
    said = read_decision(text)
    usable = said in LEFT_OPEN or (said and choice_of(line, said) in line.choices)
    if not value and (usable or not text):
        return ""
    text = value or say.label("decision", text)
    words = [word for word in line.offered if word not in LEFT_OPEN]
    choices = say.alternatives([say.label("decision", word) for word in words])
    return say("“{text}” does not fit here: choose {choices}.", text=text, choices=choices)
