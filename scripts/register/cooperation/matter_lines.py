"""Lines of Saapuneet that tell of a matter, with the rows that they mean."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from register.book.headers import folded
from register.book.ids import new_id, reference_id
from register.book.plan import Change
from register.book.schema import schema
from register.book.table import Book
from register.cooperation.line import Line, read_line
from register.cooperation.recognise import organisations, people

_OTHER_CELLS = ("name", "first", "last", "email", "phone", "business_id", "assoc_no")
"""A row with any of these is a contact, whatever its message says."""


@dataclass(frozen=True, slots=True)
class MatterLine:
    """A row of Saapuneet that is a line of a notebook: what it says, and whom it may mean."""

    row_id: str
    text: str
    line: Line
    orgs: tuple[str, ...]
    people: tuple[str, ...]

    @property
    def is_clear(self) -> bool:
        """Whether one organisation, and at most one person of those that are named, is meant."""
        return len(self.orgs) == 1 and len(self.people) < 2


def matter_lines(book: Book, today: date) -> Iterator[MatterLine]:
    """Yield the rows of Saapuneet without a result that tell of a matter.

    A line without a day counts only where the register knows whom it names: any message may have
    a colon.
    """
    for row_id, row in book.table("inbox").rows():
        if row.get("result") or row_id.startswith("#") or any(row.get(k) for k in _OTHER_CELLS):
            continue
        line = read_line(row.get("text", ""), today)
        if line is None:
            continue
        orgs, who = _meant(book, line, row.get("org", ""))
        if line.dated or ((orgs or who) and not row.get("org")):
            yield MatterLine(row_id, row["text"], line, orgs, who)


def as_row(book: Book, told: MatterLine, owner: str) -> tuple[Change, ...]:
    """Return the row of Yhteistyö that a clear line becomes, and the mark in Saapuneet."""
    line = told.line
    person = told.people[0] if told.people else ""
    taken = book.taken()
    row_id = new_id("Y", (told.row_id, told.text), taken)
    sole = _sole_owner(book)
    cells = {
        "id": row_id,
        "date": line.date,
        "org": book.reference("organisations", told.orgs[0]),
        "person": book.reference("people", person) if person else "",
        "kind": "contact",
        "matter": line.matter,
        "topic": _topic(book, line.matter),
        "agreed": line.agreed,
        "next": line.next,
        "due": line.due,
        "owner": owner or book.table("people").cell(person, "owner") or sole,
        "state": "open" if line.next else "done",
        "source": f"{schema().tab('inbox').titles[book.language]} {told.row_id}",
    }
    why = f"line {told.row_id}"
    word = schema().enum("intake_result").label("new", book.language)
    return (
        *(
            Change("cooperation", row_id, column, "", value, why, kind="add")
            for column, value in cells.items()
            if value
        ),
        Change("inbox", told.row_id, "result", "", f"{word} {row_id}", why),
    )


def _meant(book: Book, line: Line, org_cell: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the organisations and the people that the names before the colon may mean."""
    first, second = line.parties[0], line.parties[1] if len(line.parties) > 1 else ""
    orgs = organisations(book, org_cell) if org_cell else organisations(book, first)
    who = people(book, second, orgs[0] if len(orgs) == 1 else "") if second else ()
    if not orgs and not second:
        who = people(book, first)
    homes = {
        reference_id(book.table("people").cell(person, "org")) for person in who if len(who) == 1
    }
    if len(orgs) != 1 and len(homes) == 1 and (not orgs or homes <= set(orgs)):
        orgs = tuple(homes - {""})
    return orgs, who


def _topic(book: Book, matter: str) -> str:
    said = folded(matter)
    topics = [cell for _, cell in book.table("choices").column("topics") if cell]
    return next((topic for topic in topics if folded(topic) in said), "")


def _sole_owner(book: Book) -> str:
    owners = [cell for _, cell in book.table("choices").column("owners") if cell]
    return owners[0] if len(owners) == 1 else ""
