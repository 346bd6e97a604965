"""What intake guessed about people, as questions, so that no guess passes for a fact.

A name whose word order was guessed is a question of its own. For groups that were inferred from the
type of an organisation :mod:`register.review.suggestions` now asks before they are written;
questions about groups that intake wrote earlier stay here.
"""

from collections.abc import Iterator, Mapping

from register.book.change import Change
from register.book.ids import fingerprint, reference_id
from register.book.schema import schema
from register.book.table import Book
from register.intake.new_row_cells import suggested_group
from register.people.records import NOT_LIVE
from register.review.batches import batches
from register.review.question import (
    BatchKey,
    Cell,
    Changes,
    Question,
    choices_for_proposal,
    question_cells,
)
from register.values.person_name import is_order_guessed, split_name
from register.words.sentences import Sentences

_REASON = "guess"
"""The reason of a change that corrects a guess."""

_NAMED = 5
"""The most people with an inferred group that are named."""

_Row = Mapping[str, str]


def guess_questions(book: Book, say: Sentences) -> list[Question]:
    """Return the questions about guesses that still stand in unverified rows.

    Correcting the cell, or filling in ``verified_on``, ends the question.
    """
    review = book.table("review")
    inferred: dict[str, list[str]] = {}
    of_lists: dict[tuple[str, str], list[str]] = {}
    questions = []
    for card, row_id, row in _taken_in(book):
        if _is_group_inferred(book, card, row):
            group = row["group"]
            case_id = _id_of_list(group, card.get("source", ""), row.get("added_on", ""))
            if not review.cell(case_id, "decision"):
                inferred.setdefault(group, []).append(row_id)
            elif not review.cell(case_id, "done"):
                of_lists.setdefault((case_id, group), []).append(row_id)
        if _is_name_guessed(card, row):
            questions.append(_about_name(book, row_id, row, card.get("source", ""), say))
    for (case_id, group), rows in of_lists.items():
        questions.append(_about_group(book, case_id, group, rows, say))
    for group, every in inferred.items():
        for case_id, _ in batches(book, (_REASON, "group", group), every):
            asked = review.cell(case_id, "left").split()
            if rows := [row_id for row_id in every if row_id in asked]:
                questions.append(_about_group(book, case_id, group, rows, say))
    return questions


def _id_of_list(group: str, source: str, day: str) -> str:
    """Return the id of the question about one list's people of a group, taken in on one day."""
    return fingerprint(_REASON, "group", group, source, day)


def _taken_in(book: Book) -> Iterator[tuple[_Row, str, _Row]]:
    """Yield (card, person's row id, the row as it is now) of each card that became a new person."""
    new = schema().enum("intake_result").label("new", book.language)
    people = book.table("people")
    for _, card in book.table("inbox").rows():
        for word in card.get("result", "").split(", "):
            label, _, row_id = word.rpartition(" ")
            if label == new and row_id in people:
                row = people.row(row_id)
                if row.get("status") not in NOT_LIVE and not row.get("verified_on"):
                    yield card, row_id, row


def _is_group_inferred(book: Book, card: _Row, row: _Row) -> bool:
    if card.get("group") or card.get("party") or not row.get("group"):
        return False
    org = reference_id(row.get("org", ""))
    org_type = book.table("organisations").cell(org, "type")
    return row["group"] == suggested_group(org_type, card.get("body", ""))


def _is_name_guessed(card: _Row, row: _Row) -> bool:
    name = card.get("name", "")
    if not name or "," in name or card.get("first") or card.get("last"):
        return False
    first, last = row.get("first", ""), row.get("last", "")
    return is_order_guessed(first, last) and split_name(name)[:2] == (first, last)


def _about_group(book: Book, case_id: str, group: str, rows: list[str], say: Sentences) -> Question:
    label = say.value("people", "group", group)
    who = [book.reference("people", row_id) for row_id in rows[:_NAMED]]
    field: Cell = ("people", rows[0], "group")
    has_value = book.table("review").has("value")

    def written(values: Mapping[Cell, str]) -> Changes:
        return tuple(
            Change("people", row_id, "group", group, values[field], _REASON, group=case_id)
            for row_id in rows
            if values[field] != group
        )

    cells = question_cells(
        *(book, say, ("people", rows[0]), "intake"),
        say(
            "The group “{group}” of {count} people was inferred from the type of the organisation"
            " ({who}). They are named under A. Choose “{word:settled}” if it is right for all of"
            " them; else write the right one into {value}, or correct the rows.",
            group=label,
            count=len(rows),
            who=[*who, *(["…"] if len(rows) > _NAMED else [])],
            value=say.header("review", "value" if has_value else "suggestion"),
        ),
        severity="info",
        left=" ".join(rows),
        suggestion=label,
    )
    about = tuple(("people", row_id) for row_id in rows)
    choices: Mapping[str, Changes] = {"accept": (), "ignore": ()}
    return Question(case_id, about, cells, choices, (field,), written)


def _about_name(book: Book, row_id: str, row: _Row, source: str, say: Sentences) -> Question:
    first, last = row["first"], row["last"]
    fields: tuple[Cell, ...] = (("people", row_id, "first"), ("people", row_id, "last"))
    swapped = tuple(
        Change(*field, before, after, _REASON, group=f"{_REASON} {row_id}")
        for field, before, after in zip(fields, (first, last), (last, first), strict=True)
    )
    who = book.reference("people", row_id)
    cells = question_cells(
        *(book, say, ("people", row_id), "intake"),
        say(
            "The name of {who} stood in one cell, and nothing told which part is the first name."
            " Choose “{word:accept}” if it is {proposal}, and “{word:ignore}” if it is right as "
            "it is.",
            who=who,
            proposal=f"{last} {first}",
        ),
        severity="info",
        left=f"{say.header('people', 'first')}: {first}",
        suggestion="; ".join(
            f"{say.header('people', key)}: {name}"
            for key, name in (("first", last), ("last", first))
        ),
    )
    case_id = fingerprint(_REASON, row_id, first, last)
    about = (("people", row_id),)
    alike = BatchKey(("guessed-name", source), source or say.title("inbox"))
    return Question(case_id, about, cells, choices_for_proposal(swapped), fields, alike=alike)
