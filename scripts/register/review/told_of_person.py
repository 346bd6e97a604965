"""What a message of ``inbox`` tells of somebody who is known: that they leave, a number, news."""

from dataclasses import dataclass
from datetime import date

from register.book.cells import cell_text
from register.book.change import Change
from register.book.personal_identity_code import mask_identity_codes
from register.book.schema import schema
from register.book.table import Book
from register.intake.cell_parts import contacts_in_cell
from register.intake.typed_rows import TYPED_ROW_REASON
from register.people.departure_notes import leaving_word
from register.people.named_in_text import person_named
from register.people.records import Person
from register.review.question import Cell, Changes
from register.values import email, phone
from register.values.noted_days import due_day, first_day_named
from register.words.sentences import Sentences


@dataclass(frozen=True, slots=True)
class ToldOfPerson:
    """What a message tells of ``person``: their ``cells``, by column, besides their notes.

    These are ``end`` ('' where no day is said: it is the day of the decision), or ``phone`` and
    ``email``; none where the message only goes into the notes.
    """

    person: Person
    text: str
    cells: dict[str, str]
    changes: Changes

    @property
    def dated(self) -> tuple[Cell, ...]:
        """The cell that the decision dates."""
        undated = self.cells.get("end") == ""
        return (("people", self.person.id, "end"),) if undated else ()

    def sentence(self, book: Book, say: Sentences) -> str:
        """Return the question in words."""
        values = {"line": self.text, "name": book.reference("people", self.person.id)}
        if "end" in self.cells:
            return say(
                "“{line}” says that {name} leaves or has left. Shall {column:people.end} be "
                "filled in?",
                **values,
            )
        if not self.cells:
            return say(
                "“{line}” tells of {name}. Shall it be written into {column:people.notes} of "
                "their row?",
                **values,
            )
        before = [
            _shown(key, cell, book)
            for key in self.cells
            if (cell := book.table("people").cell(self.person.id, key))
        ]
        return say(
            "“{line}” tells how {name} is reached. Is that so now? Before: {before}.",
            before=", ".join(before) or "–",
            **values,
        )

    def suggestion(self, book: Book, say: Sentences) -> str:
        """Return in words what would be written."""
        told = {"notes": self.text} if not self.cells else self.cells
        return "; ".join(
            f"{say.header('people', key)}: "
            f"{_shown(key, value, book) or say('the day of your decision')}"
            for key, value in told.items()
        )


def _shown(column: str, value: str, book: Book) -> str:
    return cell_text(schema().tab("people").column(column), value, book.language)


def told_of_person(
    book: Book, row_id: str, text: str, today: date, person: Person | None = None
) -> ToldOfPerson | None:
    """Return what a message tells of the only known person whom it names, or of ``person``."""
    if person is None:
        name, _ = person_named(book, text)
        who = [one for one in Person.live(book) if f"{one.first} {one.last}" == name]
        if len(who) != 1:
            return None
        person = who[0]
    text = mask_identity_codes(text)
    cells = _cells_told(text, today)
    group, changes = f"told {row_id}", list[Change]()

    def write(tab: str, row: str, key: str, after: str) -> None:
        before = book.table(tab).cell(row, key)
        if before != after:
            changes.append(Change(tab, row, key, before, after, TYPED_ROW_REASON, group=group))

    known = schema().enum("intake_result").label("known", book.language)
    write("inbox", row_id, "name", f"{person.first} {person.last}")
    write("inbox", row_id, "result", f"{known} {person.id}")
    notes = book.table("people").cell(person.id, "notes")
    if text and text not in notes:
        write("people", person.id, "notes", "\n".join(filter(None, (notes, text))))
    for key, value in cells.items():
        write("people", person.id, key, value or today.isoformat())
    return ToldOfPerson(person, text, cells, tuple(changes))


def _cells_told(text: str, today: date) -> dict[str, str]:
    """Return the cells of ``people`` that a message tells, by column."""
    if leaving_word(text):
        named = first_day_named(text, today)
        day = named[0] if named else due_day(text, today)
        return {"end": day.isoformat() if day else ""}
    found = contacts_in_cell(text)
    told = {
        "phone": list(map(phone.read, found.phones)),
        "email": list(map(email.read, found.emails)),
    }
    if any(len(readings) > 1 for readings in told.values()):
        return {}
    return {key: one.value for key, readings in told.items() for one in readings if one.value}
