"""Promises at a meeting: the note beside a participant becomes a matter.

A note with a word of promise or agreement opens a matter by itself. A note that only looks ahead,
or is about a meeting long ago, is asked about; so is a note that has changed since.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from register.book.change import Change, added_row
from register.book.ids import fingerprint, new_id
from register.book.table import Book
from register.cooperation.events import rows_by_source
from register.cooperation.line import NotedPromise, read_promise
from register.cooperation.matter_lines import entries_in_words, sole_owner, topic_of
from register.people.meetings import Invitation, Meeting
from register.people.records import Matter, Organisation, Person
from register.review.life_cycle import silenced_questions
from register.review.question import BatchKey, Question, choices_for_proposal, question_cells
from register.values.date import day
from register.words.sentences import Sentences

_RECENT = timedelta(days=90)
"""How long after a meeting a note opens a matter by itself."""

_REASON = "promised"


@dataclass(frozen=True, slots=True)
class _Note:
    """A note with a promise; ``matter`` is the row that was made from its earlier words, if any."""

    invitation: Invitation
    meeting: Meeting
    on: date
    promise: NotedPromise
    matter: Matter | None

    @property
    def seed(self) -> tuple[str, str]:
        """The seed of its row's id: a changed note makes another row."""
        return self.invitation.id, self.invitation.notes

    def is_sure(self, today: date) -> bool:
        """Whether it opens a matter without asking."""
        return self.matter is None and self.promise.is_said and self.on + _RECENT >= today


def promised_changes(book: Book, today: date) -> Iterator[Change]:
    """Yield the rows of ``cooperation`` that notes open by themselves."""
    taken = book.taken()
    for note in _notes(book):
        if note.is_sure(today):
            yield from _opened(book, note, today, taken)


def _opened(book: Book, note: _Note, today: date, taken: set[str]) -> Iterator[Change]:
    """Yield the row of a promise, and another for each further step with a day of its own."""
    first = _row(book, note, today, taken)
    for number, (step, due) in enumerate(((first["next"], first["due"]), *note.promise.later)):
        row = first | {"next": step, "due": due}
        if number:
            row |= {"id": new_id("Y", (*note.seed, str(number)), taken), "agreed": ""}
        taken.add(row["id"])
        yield from added_row("cooperation", row, _REASON, f"promise {note.invitation.id}")


def promise_cases(book: Book, today: date, say: Sentences) -> list[Question]:
    """Return a question about each note that has changed, or that opens no matter by itself."""
    cases = [
        _new(book, note, today, say)
        if note.matter is None
        else _changed(book, note, note.matter, say)
        for note in _notes(book)
        if not note.is_sure(today)
    ]
    return [case for case in cases if case]


def _notes(book: Book) -> Iterator[_Note]:
    """Yield the notes with a promise, about meetings that were held, that are no matter yet."""
    for row in Invitation.all(book).values():
        if not row.notes or row.attended != "yes":
            continue
        meeting = Meeting.at(book, row.meeting_id)
        if meeting.state != "held" or not (held := day(meeting.date)):
            continue
        on = date.fromisoformat(held)
        promise = read_promise(row.notes, on)
        if promise is None:
            continue
        rows = book.once(rows_by_source).get(row.id, set())
        if new_id("Y", (row.id, row.notes), book.once(Book.taken) - rows) not in rows:
            every = Matter.all(book)
            matters = [every[one] for one in sorted(rows) if one in every]
            matters.sort(key=lambda one: not one.agreed)
            yield _Note(row, meeting, on, promise, matters[0] if matters else None)


def _row(book: Book, note: _Note, today: date, taken: set[str]) -> dict[str, str]:
    row, said = note.invitation, note.promise
    person = Person.at(book, Person.current_id(book, row.person))
    org = Organisation.current_id(book, person.org)
    return {
        "id": new_id("Y", note.seed, taken),
        "date": note.on.isoformat(),
        "org": book.reference("organisations", org) if org else "",
        "person": "" if row.substitute else book.reference("people", person.id),
        "kind": "meeting",
        "matter": said.matter or note.meeting.name,
        "topic": topic_of(book, f"{said.matter} {said.agreed} {said.next}"),
        **_told(note),
        "owner": person.owner or sole_owner(book, today),
        "state": "done" if said.is_concluded else "open",
        "source": f"{book.reference('meetings', note.meeting.id)}, {row.id}",
    }


def _told(note: _Note) -> dict[str, str]:
    said = note.promise
    agreed = ": ".join(filter(None, (note.invitation.substitute, said.agreed)))
    return {"agreed": agreed, "next": said.next, "due": said.due}


def _new(book: Book, note: _Note, today: date, say: Sentences) -> Question:
    answer = tuple(_opened(book, note, today, book.taken()))
    message = say("“{line}” tells of a matter. Shall it be entered?", line=note.invitation.notes)
    return _question(book, note, message, answer, say)


def _changed(book: Book, note: _Note, matter: Matter, say: Sentences) -> Question | None:
    """Return the question whether a matter gets what its note says now, or None.

    Once a person has accepted the note's present words, later edits of the matter are left alone.
    """
    before = {key: getattr(matter, key) for key in ("agreed", "next", "due", "state")}
    wanted = {**before, **_told(note)}
    if note.promise.is_concluded:
        wanted["state"] = "done"
    answer = tuple(
        Change("cooperation", matter.id, key, before[key], value, _REASON)
        for key, value in wanted.items()
        if value != before[key]
    )
    message = say(
        "The note “{line}” has changed since it became {matter}. Shall that be told there too?",
        line=note.invitation.notes,
        matter=book.reference("cooperation", matter.id),
    )
    question = _question(book, note, message, answer, say)
    is_closed = bool(book.table("review").cell(question.id, "done"))
    is_told = is_closed and question.id not in silenced_questions(book)
    return question if answer and not is_told else None


def _question(
    book: Book, note: _Note, message: str, answer: tuple[Change, ...], say: Sentences
) -> Question:
    about = ("invitations", note.invitation.id)
    cells = question_cells(
        *(book, say, about, "matter", message),
        left=note.invitation.notes,
        suggestion=entries_in_words(answer, say),
    )
    alike = BatchKey(("promise", note.meeting.id), book.reference("meetings", note.meeting.id))
    return Question(
        fingerprint("promise", *note.seed),
        (about,),
        cells,
        choices_for_proposal(answer),
        alike=alike,
    )
