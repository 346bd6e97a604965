"""Questions that messages raise for people in ``review``, and what accepting them does.

These rows belong to the mailbox: a cleanup cannot find their reason again. They are closed only by
a person's decision, or when somebody has done what they ask for.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial

from register.book.change import Change
from register.book.ids import fingerprint, linked_row, reference_id
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
"""The seed that tells a mail's question about a change of person from the cleanup's."""


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
    """Yield a row of ``review``, or nothing if the same question has been asked before.

    ``row`` is ``(tab, id)`` of the row in question, ``message`` a finished sentence, and ``seed``
    decides which questions are the same. The severity is "error", since a sender waits for an
    answer.
    """
    shown = {"message": message, "left": left, "right": right, "suggestion": suggestion}
    plain = {key: field_line(value)[:_LONGEST] for key, value in shown.items()}
    cells = question_cells(book, say, row, kind, severity="error", **plain)
    yield from asked_rows(book, fingerprint(kind, *row, *seed), cells, TALLY_REASON)


def proposed_cells(book: Book, say: Sentences, cells: Mapping[str, str]) -> str:
    """Return a proposal for cells of an invitation, as "Header: value; Header: value".

    A person may write the same form into ``review``.
    """
    return "; ".join(
        f"{say.header('invitations', key)}: {say.value('invitations', key, value)}"
        for key, value in cells.items()
        if book.table("invitations").has(key)
    )


def mail_questions(book: Book, today: date, say: Sentences) -> list[Question]:
    """Return the unsettled questions that messages have raised.

    They stay open until they are answered, or somebody has done by hand what they ask for. Their
    cells are returned as they stand; a cleanup sets their urgency.
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
    """Return the id of the question raised by an automatic reply that says a person has left."""
    return fingerprint("person_change", "people", person, LEFT)


def is_from_mail(case_id: str, row: Mapping[str, str]) -> bool:
    """Whether a message raised the question of this row of ``review``."""
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
    """Return the decisions that a message's question can get, and the cells for a given value."""
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
    """Return the cells of an invitation that a proposal names by header; none if it names none."""
    return tuple(
        ("invitations", about, column)
        for column in ("rsvp", "substitute", "party_size", *_DAYS)
        if f"{say.header('invitations', column)}: " in wanted
    )


def _accepted(
    book: Book, about: str, values: Mapping[Cell, str], promised: Counter[str], *, counted: bool
) -> Changes | None:
    """Return the changes that record a proposed answer: on the waiting list if there is no room.

    None if a person who has a place would bring more people than there is room for. ``promised``
    counts the places that other decisions of this run take, by meeting id; if ``counted``, this one
    is added.
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
    """Return the changes that record an answer."""
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
    """Whether what a question asks for is done: a new address, a successor, or a ban."""
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
