"""Retention questions: people kept too long or not yet informed, and texts that named the erased.

``privacy.py`` asks them; they stay until a person answers, or the row shows the answer.
"""

from collections.abc import Iterator, Mapping
from datetime import date

from register.book.change import Change
from register.book.ids import fingerprint, linked_row
from register.book.schema import schema
from register.book.table import Book
from register.review.decisions import ERASE, LEFT_OPEN
from register.review.question import (
    Cell,
    Question,
    asked_rows,
    kept_cells,
    open_rows,
    question_cells,
)
from register.review.words import read_decision
from register.words.sentences import Sentences

_KIND = "retention"


def erased_question(book: Book, place: Cell, text: str, say: Sentences) -> Iterator[Change]:
    """Yield the row of ``review`` that asks to reread a text; ``text`` is without the name."""
    tab, row_id, column = place
    message = say(
        "Somebody who was erased was named here, in {column}: “{text}” Read it, and write anew "
        "what still tells of them.",
        column=say.header(tab, column),
        text=text,
    )
    cells = question_cells(book, say, (tab, row_id), _KIND, message, severity="info")
    yield from asked_rows(book, _case(place), cells, _KIND)


def erased_questions(book: Book) -> list[Question]:
    """Return the open questions about texts that named an erased person."""
    found = []
    for case_id, row in open_rows(book, _KIND):
        row_id = linked_row(row)
        tab = schema().tab_of_id(row_id)
        if tab is None or row_id not in book.table(tab.key):
            continue
        for column in tab.columns:
            place = (tab.key, row_id, column.key)
            if case_id == _case(place):
                about = ((tab.key, row_id),)
                choices = {"accept": (), "ignore": ()}
                found.append(Question(case_id, about, kept_cells(row), choices, (place,)))
    return found


def retention_question(book: Book, row_id: str, seen: str, say: Sentences) -> Iterator[Change]:
    """Yield the row of ``review`` that asks about a person whose retention time has run out.

    ``seen`` is the day of the last confirmation (ISO).
    """
    message = say(
        "Last confirmed on {day}: the time for which the data may be kept has run out. Choose "
        "“{word:confirm}” where it is right and still needed, “{word:ask}” to have the person "
        "asked by letter, “{word:archive}” to keep the row out of use, “{word:erase}” to take the "
        "person away for good, from everywhere.",
        day=say.value("people", "verified_on", seen),
    )
    cells = question_cells(book, say, ("people", row_id), _KIND, message, right=seen)
    yield from asked_rows(book, _due_case(row_id, seen), cells, _KIND)


def retention_questions(book: Book, today: date) -> list[Question]:
    """Return the open questions about people whose retention time has run out."""
    found, table = [], book.table("people")
    for case_id, row in open_rows(book, _KIND):
        row_id, seen = linked_row(row), row.get("right", "")
        if row_id not in table or case_id != _due_case(row_id, seen):
            continue
        before, status = table.cell(row_id, "verified_on"), table.cell(row_id, "status")
        if before > seen and read_decision(row.get("decision", "")) in ("", *LEFT_OPEN):
            continue
        confirmed = Change("people", row_id, "verified_on", before, today.isoformat(), reason=_KIND)
        choices: dict[str, tuple[Change, ...]] = {"confirm": (confirmed,)}
        if status != "archived":
            archived = Change("people", row_id, "status", status, "archived", "retention", "retire")
            choices |= {"archive": (archived,), "ask": ()}
        about = (("people", row_id),)
        whole: Mapping[str, tuple[Change, ...]] = {**choices, ERASE: (), "ignore": ()}
        found.append(Question(case_id, about, kept_cells(row), whole, dated=(confirmed.cell,)))
    return found


def decided_people(book: Book, wanted: str) -> list[str]:
    """Return the ids of the people whose open question got the decision ``ask`` or ``erase``."""
    return [
        linked_row(row)
        for case_id, row in open_rows(book, _KIND)
        if read_decision(row.get("decision", "")) == wanted
        and linked_row(row) in book.table("people")
        and case_id == _due_case(linked_row(row), row.get("right", ""))
    ]


def uninformed_question(book: Book, month: str, count: int, say: Sentences) -> Iterator[Change]:
    """Yield the row of ``review`` that says, once a month, that people have not been informed.

    ``month`` is part of its id, so that the next month asks anew.
    """
    cells = kept_cells(
        {
            "kind": _KIND,
            "severity": "warning",
            "link": say.title("people"),
            "message": say(
                "{count} people were added over a month ago, and no letter has told them that "
                "they are in the register, which the law wants (GDPR art. 14). {command} writes "
                "to them, once you have seen it.",
                count=count,
                command=_TELL,
            ),
            "right": month,
        }
    )
    yield from asked_rows(book, _untold_case(month), cells, _KIND)


def uninformed_questions(book: Book) -> list[Question]:
    """Return the open questions about people who have not been informed."""
    return [
        Question(
            case_id,
            (),
            kept_cells(row),
            {"accept": (), "ignore": ()},
            header=("people", "added_on"),
        )
        for case_id, row in open_rows(book, _KIND)
        if case_id == _untold_case(row.get("right", ""))
    ]


_TELL = "python3 scripts/invite.py notice"


def _untold_case(month: str) -> str:
    return fingerprint("untold", month)


def _due_case(row_id: str, seen: str) -> str:
    return fingerprint("retention", row_id, seen)


def _case(place: Cell) -> str:
    return fingerprint("erased", *place)
