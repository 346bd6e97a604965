"""Rows of last year's list that this year's lacks: has the post, or the organisation, ended?

Only the import sees the whole list, so it asks (:mod:`register.imports.succession`). The question
stays until it is answered or the row has ended.
"""

from collections.abc import Iterator, Mapping
from datetime import date

from register.book.change import Change
from register.book.ids import fingerprint, linked_row, reference_id, reference_text
from register.book.schema import schema
from register.book.table import Book
from register.people.records import NOT_LIVE, Person
from register.review.list_changes import LIST_KIND, LIST_REASON
from register.review.question import (
    BatchKey,
    Changes,
    Question,
    asked_rows,
    choices_for_proposal,
    kept_cells,
    question_cells,
)
from register.values import date as date_value
from register.values.email import is_role_mailbox
from register.words.sentences import Sentences

_GONE = "list-gone"


def ask_whether_ended(
    book: Book,
    row: tuple[str, str],
    card: str,
    *,
    say: Sentences,
    source: str,
    today: date,
    new_card: tuple[str, str] = ("", ""),
) -> Iterator[Change]:
    """Yield the row of ``review`` that asks whether a row has ended.

    ``card`` is the id of the ``inbox`` row that last held the row, ``source`` the newer list that
    lacks it. ``new_card`` is ``(text, id)`` of the ``inbox`` row that has the same human in another
    organisation, or two ''.
    """
    tab, row_id = row
    old = book.table("inbox").cell(card, "source") or card
    values = {"row": book.reference(tab, row_id), "old": old, "new": source}
    if tab == "organisations":
        suggestion = say.label("decision", "archive")
        message = say(
            "{row} was in the list {old} and is not in {new}. Has it ended? “{word:archive}” "
            "archives it and ends the posts of its contacts today.",
            **values,
        )
    elif new_card[1]:
        suggestion = say.value(tab, "end", today.isoformat())
        message = say(
            "{row} was in the list {old}; {new} has the same person in another organisation "
            "({place}). Has the old post ended? “{word:accept}” writes {suggestion} into "
            "{column:people.end}.",
            **values,
            place=new_card[0],
            suggestion=suggestion,
        )
    else:
        suggestion = say.value(tab, "end", today.isoformat())
        message = say(
            "{row} was in the list {old} and is not in {new}. Has the post ended? “{word:accept}” "
            "writes {suggestion} into {column:people.end}.",
            **values,
            suggestion=suggestion,
        )
    place = book.table(tab).cell(row_id, "org") if tab == "people" else ""
    told = ", ".join(filter(None, (place.partition(" · ")[0], old)))
    cells = question_cells(
        *(book, say, row, LIST_KIND, message),
        left=reference_text(told, card),
        right=reference_text(*new_card) if new_card[1] else "",
        suggestion=suggestion,
    )
    yield from asked_rows(book, fingerprint(_GONE, row_id, card), cells, LIST_REASON)


def gone_questions(book: Book, today: date, say: Sentences) -> list[Question]:
    """Return the unsettled questions about rows that a newer list lacks."""
    questions = []
    for case_id, row, row_id, card in _asked(book):
        tab = schema().tab_of_id(row_id)
        if row.get("done") or tab is None or row_id not in book.table(tab.key):
            continue
        there = book.table(tab.key).row(row_id)
        settled = there.get("status") in NOT_LIVE or bool(there.get("end"))
        if settled and not row.get("decision"):
            continue
        people = tab.key == "people"
        wanted = _left(book, row_id, row, today) if people else _ended(book, row_id, today)
        source = book.table("inbox").cell(card, "source") or card
        questions.append(
            Question(
                case_id,
                ((tab.key, row_id),),
                kept_cells(row),
                choices_for_proposal(wanted)
                if people
                else {**choices_for_proposal(wanted), "archive": wanted},
                (("people", row_id, "end"),) if people else (),
                dated=tuple(
                    change.cell
                    for change in wanted
                    if change.column == "end" and not (people and _proposed_day(row))
                ),
                words={} if people else {"accept": "archive"},
                alike=BatchKey(
                    (_GONE, tab.key, source),
                    say("{source}, not in the newer list any more", source=source),
                ),
            )
        )
    return questions


def moved_people(book: Book) -> list[tuple[str, str]]:
    """Return (old row id, new row id) of each human who is in another organisation in a newer list.

    The import has compared their names; here the mailbox must be the same and personal, too.
    """
    found = []
    for _, row, row_id, _ in _asked(book):
        card = reference_id(row.get("right", ""))
        words = book.table("inbox").cell(card, "result").split(", ") if card else []
        for word in words:
            new = word.rpartition(" ")[2]
            if new in book.table("people") and row_id in book.table("people"):
                old, one = Person.at(book, row_id), Person.at(book, new)
                if old.mailbox == one.mailbox != "" and not is_role_mailbox(old.email):
                    found.append((row_id, new))
    return found


def _asked(book: Book) -> Iterator[tuple[str, Mapping[str, str], str, str]]:
    """Yield (id, cells, id of the row in question, id of its last card) of these questions."""
    for case_id, row in book.table("review").rows():
        if row.get("kind") == LIST_KIND:
            row_id, card = linked_row(row), reference_id(row.get("left", ""))
            if card and case_id == fingerprint(_GONE, row_id, card):
                yield case_id, row, row_id, card


def _left(book: Book, row_id: str, row: Mapping[str, str], today: date) -> Changes:
    """Return the change that ends a post on the day in ``suggestion``, the tool's or a person's."""
    end = book.table("people").cell(row_id, "end")
    day = _proposed_day(row) or today.isoformat()
    return (Change("people", row_id, "end", end, day, LIST_REASON),)


def _proposed_day(row: Mapping[str, str]) -> str:
    return date_value.read(row.get("suggestion", "")).value


def _ended(book: Book, org: str, today: date) -> Changes:
    """Return the changes that archive an organisation and end its contacts' posts today."""
    group = f"{LIST_REASON} {org}"
    status = book.table("organisations").cell(org, "status")
    changes = [Change("organisations", org, "status", status, "archived", LIST_REASON, group=group)]
    for one in Person.live(book):
        if not one.end and reference_id(one.org) == org:
            day = today.isoformat()
            changes.append(Change("people", one.id, "end", "", day, LIST_REASON, group=group))
    return tuple(changes)
