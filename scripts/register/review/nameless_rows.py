"""What ``review`` asks of rows of ``inbox`` that name neither a person nor an organisation."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from register.book.ids import fingerprint
from register.book.table import Book
from register.intake.card import Card, waiting_cards
from register.intake.typed_rows import read_row
from register.people.named_in_text import person_named
from register.review.question import (
    SILENT,
    Cell,
    Changes,
    Question,
    accepting,
    question_cells,
)
from register.values.email import name_in_mailbox
from register.words.sentences import Sentences

_SILENT = ("id", "at", "source", "result", "consent", "consent_words")


def nameless_row_questions(
    book: Book, say: Sentences, passed_over: Collection[str] = ()
) -> Iterator[Question]:
    """Yield a question for each row that waits and cannot be taken in, since it names nobody.

    ``passed_over`` are rows that another question is about, or whose intake a person has undone.
    """
    for card in waiting_cards(book, passed_over):
        if not (card.is_person or card.org or any(card.numbers)):
            told = {key: cell for key, cell in card.row.items() if cell and key not in _SILENT}
            if told:
                yield _question(book, card, told, say)


def _question(book: Book, card: Card, told: Mapping[str, str], say: Sentences) -> Question:
    field: Cell = ("inbox", card.row_id, "name")
    name = name_in_mailbox(told.get("email", "")) or person_named(book, told.get("text", ""))

    def written(values: Mapping[Cell, str]) -> Changes:
        row = book.table("inbox").row(card.row_id)
        return tuple(read_row(book, card.row_id, row, values[field]))

    if list(told) == ["text"]:
        message = say(
            "“{line}” does not say whom it is about. Write the person's or the organisation's name"
            " into {value}. A line about a matter goes like this: “12.3. Espoo / Maija Malli: what"
            " it was about, what was agreed, what comes next”.",
            line=told["text"],
            value=_value(book, say),
        )
    else:
        message = say(
            "Whose is this: {cells}? The row names neither a person nor an organisation. Write the"
            " name into {value}, or into the row.",
            cells="; ".join(f"{say.header('inbox', key)}: {told[key]}" for key in told),
            value=_value(book, say),
        )
    cells = question_cells(
        *(book, say, ("inbox", card.row_id), "intake", message),
        left=told.get("text", ""),
        suggestion=name,
        link=card.row_id,
    )
    return Question(
        fingerprint("nameless", card.row_id, *(f"{key}\x1e{told[key]}" for key in told)),
        (("inbox", card.row_id),),
        cells,
        accepting(written({field: name})) if name else SILENT,
        (field,),
        written,
    )


def _value(book: Book, say: Sentences) -> str:
    return say.header("review", "value" if book.table("review").has("value") else "suggestion")
