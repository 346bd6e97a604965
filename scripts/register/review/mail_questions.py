"""What a mail makes us ask people in ``review``, and what their "hyväksy" then does.

These rows are the mailbox's: no cleanup can find their reason again, so only a person's decision,
or what it asks for being done, closes them.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial

from register.book.change import Change
from register.book.ids import fingerprint, reference_id
from register.book.schema import schema
from register.book.table import Book
from register.letters.tally import TALLY_REASON, has_room_for
from register.letters.untrusted import field_line
from register.people.meetings import Invitation
from register.people.refusals import Refusals
from register.people.tenure import has_ended
from register.review.question import (
    Cell,
    Changes,
    Question,
    asked_rows,
    kept_cells,
    linked_row,
    open_rows,
    question_cells,
)
from register.review.refusal_questions import ban_changes, suggestion_text
from register.review.values import ValueRefusal, read_values
from register.values.email import mailbox_key
from register.words.sentences import Sentences

_LONGEST = 600
_DAYS = ("days", "days_not")
_KINDS = ("answer", "bounce", "person_change")
LEFT = "left"
"""What tells a mail's question of a change of person from the cleanup's."""


def mail_question(
    book: Book,
    say: Sentences,
    kind: str,
    row: tuple[str, str],
    message: str,
    *seed: str,
    left: str = "",
    right: str = "",
    suggestion: str = "",
) -> Iterator[Change]:
    """Yield a row of ``review``; nothing where the same has been asked before.

    ``row`` is the tab and id that it is about, ``message`` a sentence that is said already, and
    ``seed`` what makes two questions the same. Somebody waits for the answer: it is urgent.
    """
    shown = {"message": message, "left": left, "right": right, "suggestion": suggestion}
    plain = {key: field_line(value)[:_LONGEST] for key, value in shown.items()}
    cells = question_cells(book, say, row, kind, severity="error", **plain)
    yield from asked_rows(book, fingerprint(kind, *row, *seed), cells, TALLY_REASON)


def proposed_cells(book: Book, say: Sentences, cells: Mapping[str, str]) -> str:
    """Return a proposal of several cells of an invitation, as people may give them as well."""
    return "; ".join(
        f"{say.header('invitations', key)}: {say.value('invitations', key, value)}"
        for key, value in cells.items()
        if book.table("invitations").has(key)
    )


def mail_questions(book: Book, today: date, say: Sentences) -> list[Question]:
    """Return the questions that messages have raised and that are not settled.

    No cleanup can find their reason again: they stay open until they are answered, or what they
    ask for is done by hand. They are shown as they stand: how urgent they are, a cleanup says.
    """
    questions, promised = [], Counter[str]()
    for case_id, row in open_rows(book, *_KINDS):
        if not is_from_mail(case_id, row):
            continue
        about = linked_row(row)
        if not row.get("decision") and _mended(book, say, row, about, today):
            continue
        choices, fields = _choices(book, say, row, about, today, promised)
        tab = schema().tab_of_id(about)
        rows = ((tab.key, about),) if tab else ()
        valued = partial(_answered, book, about) if row.get("kind") == "answer" else None
        questions.append(Question(case_id, rows, kept_cells(row), choices, fields, valued))
    return questions


def mail_says_left(person: str) -> str:
    """Return the id of the question that an automatic reply raises: this person has left."""
    return fingerprint("person_change", "people", person, LEFT)


def is_from_mail(case_id: str, row: Mapping[str, str]) -> bool:
    """Whether a message has raised the question of this row of ``review``."""
    if row.get("kind") == "person_change":
        return case_id == mail_says_left(linked_row(row))
    return row.get("kind") in _KINDS


def _choices(
    book: Book,
    say: Sentences,
    row: Mapping[str, str],
    about: str,
    today: date,
    promised: Counter[str],
) -> tuple[dict[str, Changes], tuple[Cell, ...]]:
    """Return what can be decided about a message, and the cell that a value goes into."""
    heard: dict[str, Changes] = {"accept": (), "ignore": ()}
    if row.get("kind") == "bounce":
        fields: tuple[Cell, ...] = (("people", about, "email"),)
    elif row.get("kind") == "person_change":
        fields = (("people", about, "successor"),)
    else:
        fields = (("invitations", about, "rsvp"),)
    if about not in book.table(fields[0][0]):
        fields = ()
    wanted = row.get("suggestion", "")
    if row.get("kind") != "answer":
        mended = _mended(book, say, row, about, today)
        return (heard if mended or not fields else {"ignore": ()}), fields
    if wanted == suggestion_text(say, "unsubscribe"):
        return heard | {"accept": _banned(book, row, about, today)}, fields
    if not wanted or not fields:
        return heard, fields
    fields = _proposed(book, say, wanted, about) or fields
    values = read_values(book, fields, wanted, say)
    if isinstance(values, ValueRefusal):
        return {"ignore": ()}, fields
    accepted = _accepted(book, about, values, promised, counted=bool(row.get("decision")))
    return ({"ignore": ()} if accepted is None else heard | {"accept": accepted}), fields


def _proposed(book: Book, say: Sentences, wanted: str, about: str) -> tuple[Cell, ...]:
    """Return the cells that a proposal of several names; none where it is of one."""
    return tuple(
        ("invitations", about, column)
        for column in ("rsvp", "substitute", "party_size", *_DAYS)
        if f"{say.header('invitations', column)}: " in wanted
    )


def _accepted(
    book: Book, about: str, values: Mapping[Cell, str], promised: Counter[str], *, counted: bool
) -> Changes | None:
    """Return what takes a proposed answer down: in the queue where there are no places for it.

    None where somebody who has a place would bring more than there is room for.

    ``promised`` are the places that other decisions of this run take, by meeting; it grows where
    this one is ``counted``.
    """
    cells = {column: value for (_, _, column), value in values.items()}
    row = Invitation.at(book, about)
    size = cells.get("party_size", "")
    heads = int(size) if size.isdecimal() else row.heads
    more = heads - (row.heads if row.rsvp == "coming" else 0)
    if cells.get("rsvp") == "coming" and more > 0:
        if has_room_for(book, row.meeting_id, promised[row.meeting_id] + more):
            promised[row.meeting_id] += more * counted
        elif row.rsvp == "coming":
            return None
        else:
            values = {cell: "waitlisted" if cell[2] == "rsvp" else values[cell] for cell in values}
    return _answered(book, about, values)


def _answered(book: Book, about: str, values: Mapping[Cell, str]) -> Changes:
    """Return what takes an answer down."""
    cells = {column: value for (_, _, column), value in values.items()}
    if not cells.keys() <= set(_DAYS):
        cells["rsvp_via"] = "email"
    return tuple(
        Change("invitations", about, column, before, value, TALLY_REASON)
        for column, value in cells.items()
        if (before := book.table("invitations").cell(about, column)) != value
    )


def _banned(book: Book, row: Mapping[str, str], about: str, today: date) -> Changes:
    person = reference_id(book.table("invitations").cell(about, "person")) or about
    address = book.table("invitations").cell(about, "email") or book.table("people").cell(
        person, "email"
    )
    source = row.get("id", "")
    return tuple(ban_changes(book, {address: source}, "request", today)) if address else ()


def _mended(book: Book, say: Sentences, row: Mapping[str, str], about: str, today: date) -> bool:
    """Whether what a question asks for is done: a new address, an heir, a ban that stands."""
    people = book.table("people")
    person = reference_id(book.table("invitations").cell(about, "person")) or about
    if person not in people:
        return False
    if row.get("kind") == "person_change":
        left = has_ended(people.row(about), today)
        return left or bool(people.cell(about, "successor"))
    address = people.cell(person, "email")
    if row.get("kind") == "bounce":
        return about == person and mailbox_key(address) != mailbox_key(row.get("left", ""))
    return row.get("suggestion") == suggestion_text(say, "unsubscribe") and bool(
        book.once(Refusals).stops(address, "invitation", person).startswith("ban-")
    )
