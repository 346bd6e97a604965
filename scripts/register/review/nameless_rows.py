"""What ``review`` asks of rows of ``inbox`` that name neither a person nor an organisation."""

from collections.abc import Collection, Iterator, Mapping

from register.book.change import Change
from register.book.ids import fingerprint
from register.book.schema import schema
from register.book.table import Book
from register.intake.card import Card, waiting_cards
from register.intake.told_contact import name_told
from register.intake.typed_rows import TYPED_ROW_REASON, read_row
from register.people.named_in_text import person_named
from register.people.records import Person
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
    text = told.get("text", "")
    name = name_in_mailbox(told.get("email", "")) or person_named(book, text)[0] or name_told(text)
    if half := told.get("name") or told.get("first") or told.get("last"):
        name = _only_one_called(book, half)

    def written(values: Mapping[Cell, str]) -> Changes:
        row = book.table("inbox").row(card.row_id)
        who = [one for one in Person.live(book) if _is_called(one, values[field])]
        if len(who) == 1:
            return tuple(_told_of(book, card.row_id, row, who[0]))
        return tuple(read_row(book, card.row_id, row, values[field]))

    if half:
        message = say(
            "Who is {name}? {cells}. Write the whole name into {value}, or into the row.",
            name=half,
            cells="; ".join(
                f"{say.header('inbox', key)}: {told[key]}" for key in told if told[key] != half
            ),
            value=_value(book, say),
        )
    elif list(told) == ["text"]:
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


def _is_called(one: Person, name: str) -> bool:
    return f"{one.first} {one.last}".casefold() == " ".join(name.split()).casefold()


def _told_of(book: Book, row_id: str, row: Mapping[str, str], person: Person) -> Iterator[Change]:
    """Yield what makes a row one about somebody who is known: its message goes to their notes."""
    group = f"told {row_id}"
    name = f"{person.first} {person.last}"
    known = schema().enum("intake_result").label("known", book.language)
    yield Change("inbox", row_id, "name", row.get("name", ""), name, TYPED_ROW_REASON, group=group)
    result = ("inbox", row_id, "result", row.get("result", ""), f"{known} {person.id}")
    yield Change(*result, TYPED_ROW_REASON, group=group)
    notes, text = book.table("people").cell(person.id, "notes"), row.get("text", "")
    if text and text not in notes:
        after = "\n".join(filter(None, (notes, text)))
        yield Change("people", person.id, "notes", notes, after, TYPED_ROW_REASON, group=group)


def _only_one_called(book: Book, half: str) -> str:
    """Return the whole name of the only person who is called so, by first or last name, or ''."""
    called = {
        f"{one.first} {one.last}"
        for one in Person.live(book)
        if half.casefold() in (one.first.casefold(), one.last.casefold())
    }
    return called.pop() if len(called) == 1 else ""


def _value(book: Book, say: Sentences) -> str:
    return say.header("review", "value" if book.table("review").has("value") else "suggestion")
