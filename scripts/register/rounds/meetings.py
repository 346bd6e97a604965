"""What the rows of ``meetings`` ask for now: each goes one state further, and is answered there.

A person sets ``state``; the tool does what it asks for and sets the state that follows::

    draft -> gather -> (gathered) -> preview -> (previewed) -> released -> (sent)
    -> held | moved -> (sent) | cancelled

What stops a row is one sentence in its ``remark``; the row stays as it is, and is tried again in
each run. Everything is told from the register, the ledger and the time, so that a run that was cut
off anywhere is gone on with by the next one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from register.book.change import Change
from register.book.errors import BookLocked, TemporaryFailure, VerkostoError
from register.book.headers import fold_header
from register.book.outcome import Outcome
from register.book.phrase import Phrase
from register.book.plan import Plan
from register.book.schema import schema
from register.book.table import Book
from register.letters.audience import audience
from register.people.records import AHEAD, Meeting
from register.rounds.mail_room import MailRoom
from register.rounds.plan import rows_to_add
from register.values.date import day
from register.words.sentences import Sentences

MEETING_REASON = "meeting-state"
"""Why a meeting's state and the answers in its row change."""

_ASKED = ("gather", "preview", "released")
"""The states that ask for something which a meeting that is over cannot have."""


@dataclass(frozen=True, slots=True)
class ReleaseSettings:
    """Who is sent previews with their codes: plain addresses, from the configuration only."""

    addresses: tuple[str, ...] = ()


def advance_meetings(book: Book, room: MailRoom, settings: ReleaseSettings) -> Outcome:
    """Do for each meeting what its row asks for and what is due by now.

    With ``room.refresh`` each meeting's row is written as soon as it has been dealt with; what is
    left is in the outcome's plan. Without ``apply`` the plan says what would be done. A register
    without the columns for it is left alone. Raises BookLocked where another run is sending.
    """
    desk = _Desk(book, room, settings)
    if book.table("meetings").has("release"):
        for meeting_id in [one for one in Meeting.all(book) if not one.startswith("#")]:
            desk.advance(meeting_id)
    plan = Plan.of(desk.left, book.witnesses(desk.left))
    return Outcome(
        "invite advance",
        desk.book,
        plan=plan,
        failed=desk.failed,
        notes=tuple(desk.notes),
        stopped=desk.stopped,
    )


class _Desk:
    """The register as it is in the midst of a run, and what is still to be written and told."""

    def __init__(self, book: Book, room: MailRoom, settings: ReleaseSettings) -> None:
        self.book, self.left = book, list[Change]()
        self.notes, self.failed = list[Phrase](), 0
        self.stopped: VerkostoError | None = None
        self._room, self._settings = room, settings
        self._say = Sentences(book.language)

    def advance(self, meeting_id: str) -> None:
        """Do what one meeting's row asks for; what stops it is said there."""
        row = Meeting.at(self.book, meeting_id)
        try:
            if stopped := _what_stops(self.book, row, self._room.now.date().isoformat()):
                self._answer(row, remark=stopped)
            elif row.state == "gather":
                self._gather(row)
        except BookLocked:
            raise
        except TemporaryFailure as fault:
            self.stopped = self.stopped or fault
        except VerkostoError as fault:
            self._answer(row, remark=_phrase_of(fault))

    def _gather(self, row: Meeting) -> None:
        who = audience(self.book, row.id, self._room.now.date())
        cells = {"state": "gathered", "invited": self._invited(who.count)}
        self.write([*rows_to_add(self.book, who), *self._cells(row, {**cells, "remark": ""})])

    def _invited(self, count: int) -> str:
        return self._say("{count}, see {tab:invitations}", count=count)

    def _answer(self, row: Meeting, remark: Phrase) -> None:
        said = self._say(remark[0], **remark[1])
        self.write(self._cells(row, {"remark": said}))

    def _cells(self, row: Meeting, cells: dict[str, str]) -> list[Change]:
        table = self.book.table("meetings")
        return [
            Change(
                "meetings", row.id, key, before, value, MEETING_REASON, group=f"meeting {row.id}"
            )
            for key, value in cells.items()
            if table.has(key) and (before := table.cell(row.id, key)) != value
        ]

    def write(self, changes: Iterable[Change]) -> None:
        """Bring the register up to date at once where that is allowed, else at the end."""
        plan = Plan.of(changes)
        if not plan.changes:
            return
        if self._room.apply and self._room.refresh:
            self.book = self._room.refresh(plan)
        else:
            self.left += plan.changes
            self.book = self.book.with_changes(plan.changes)


def _what_stops(book: Book, row: Meeting, today: str) -> Phrase | None:
    """Return why nothing can be done for a row whatever it asks for, or None."""
    if row.state and row.state not in schema().enum("meeting_state").labels:
        return (
            "“{state}” is none of the words of {column:meetings.state}; choose one from the list.",
            {"state": row.state},
        )
    if row.state not in _ASKED:
        return None
    names = Counter(
        fold_header(one.name) for one in Meeting.all(book).values() if one.state in AHEAD
    )
    if names[fold_header(row.name)] > 1:
        return (
            "Another meeting that is to come is called “{name}” as well; give one of them a name"
            " of its own.",
            {"name": row.name},
        )
    held = day(row.date)
    if held and held < today:
        return "{column:meetings.date} is {date}, which is past.", {
            "date": date.fromisoformat(held)
        }
    return None


def _phrase_of(fault: VerkostoError) -> Phrase:
    """Return what a fault says in one sentence: its own, or the first of those that it names."""
    return fault.faults[0] if fault.faults else (fault.message, fault.values)
