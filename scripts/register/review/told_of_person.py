"""News about a known person in a message of ``inbox``: they leave, a new name, number, remark."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Self

from register.book.cells import cell_text
from register.book.change import Change
from register.book.personal_identity_code import mask_identity_codes
from register.book.schema import schema
from register.book.table import Book
from register.intake.cell_parts import contacts_in_cell
from register.intake.typed_rows import TYPED_ROW_REASON
from register.people.departure_notes import leaving_day, leaving_word
from register.people.named_in_text import person_named
from register.people.new_names import new_last_name
from register.people.records import Person
from register.review.question import Cell, Changes
from register.values import email, phone
from register.words.sentences import Sentences


@dataclass(frozen=True, slots=True)
class ToldOfPerson:
    """What a message says about ``person``: the ``cells`` it would fill in, besides the notes.

    ``cells`` are ``end`` ('' if no day is given: then the day of the decision), or ``last`` and
    ``former_name``, or ``phone`` and ``email``. They are empty if the message only goes into the
    notes.
    """

    person: Person
    text: str
    cells: dict[str, str]
    changes: Changes

    @property
    def dated(self) -> tuple[Cell, ...]:
        """The cell that gets the day of the decision, if any."""
        undated = self.cells.get("end") == ""
        return (("people", self.person.id, "end"),) if undated else ()

    def ending(self, said: str, today: date) -> Self | None:
        """Return the same with the end that a person has given, None if that is no day."""
        day = leaving_day(f"{leaving_word(self.text)} {said}", today) if "end" in self.cells else ""
        changes = tuple(
            replace(one, after=day) if one.column == "end" else one for one in self.changes
        )
        return replace(self, cells={"end": day}, changes=changes) if day else None

    def sentence(self, book: Book, say: Sentences) -> str:
        """Return the question in words."""
        values = {"line": self.text, "name": book.reference("people", self.person.id)}
        if "end" in self.cells:
            return say(
                "“{line}”: has the post of {name} ended, or is it ending? Shall "
                "{column:people.end} be filled in?",
                **values,
            )
        if "last" in self.cells:
            return say(
                "“{line}”: has {name} a new name? Shall {column:people.last} be changed?", **values
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
        """Return the proposal in words, as "Header: value; …"."""
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
    """Return what a message says about ``person``, or about the only known person it names.

    None if ``person`` is not given and the message does not name exactly one.
    """
    if person is None:
        name, _ = person_named(book, text)
        who = [one for one in Person.live(book) if f"{one.first} {one.last}" == name]
        if len(who) != 1:
            return None
        person = who[0]
    text = mask_identity_codes(text)
    cells = _cells_told(text, person, today)
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
        if book.table("people").has(key):
            write("people", person.id, key, value or today.isoformat())
    return ToldOfPerson(person, text, cells, tuple(changes))


def _cells_told(text: str, person: Person, today: date) -> dict[str, str]:
    """Return the cells of ``people`` that a message fills in, by column.

    Empty if it gives several phones or several mailboxes.
    """
    if leaving_word(text):
        return {"end": leaving_day(text, today)}
    if (last := new_last_name(text, person.first)) and last != person.last:
        return {"last": last, "former_name": person.last}
    found = contacts_in_cell(text)
    told = {
        "phone": list(map(phone.read, found.phones)),
        "email": list(map(email.read, found.emails)),
    }
    if any(len(readings) > 1 for readings in told.values()):
        return {}
    return {key: one.value for key, readings in told.items() for one in readings if one.value}
