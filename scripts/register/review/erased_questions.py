"""Texts that named somebody who was erased: the name is out, but the sentence may still tell."""

from __future__ import annotations

from collections.abc import Iterator

from register.book.change import Change
from register.book.ids import fingerprint
from register.book.schema import schema
from register.book.table import Book
from register.review.question import (
    Cell,
    Question,
    asked_rows,
    kept_cells,
    linked_row,
    open_rows,
    question_cells,
)
from register.words.sentences import Sentences

_KIND = "retention"


def erased_question(book: Book, place: Cell, text: str, say: Sentences) -> Iterator[Change]:
    """Yield the row of ``review`` that asks to read a text again; ``text`` is without the name."""
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
    """Return those of these questions that nobody has answered; they stay until then."""
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


def _case(place: Cell) -> str:
    return fingerprint("erased", *place)
