"""The rows of ``meetings`` and ``letters``: each run does what a row asks for.

A person sets ``state``; the tool does what it asks for and sets the state that follows::

    draft -> gather -> (gathered) -> preview -> (previewed) -> released -> (sent)
    -> held | moved -> (sent) | cancelled

Each run takes a row at most one state further. A meeting with days to choose from and no day yet
first polls which days suit: the poll is previewed and released like invitations, then the row is
gathered again and waits for the day. A letter to a mailing goes from draft directly to preview:
nobody is gathered.

People who may release letters get a preview with a code, and type the code into ``release``: only
what was previewed is sent. If a row cannot go on, its ``remark`` says why in one sentence; the row
stays as it is and is tried again in each run. Everything is derived from the register, the ledger
and the time, so that the next run continues one that was interrupted anywhere.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from itertools import zip_longest

from register.book.change import Change
from register.book.errors import BookLocked, TemporaryFailure, VerkostoError
from register.book.headers import fold_header
from register.book.outcome import Outcome
from register.book.phrase import Phrase
from register.book.plan import Plan
from register.book.schema import schema
from register.book.table import Book
from register.letters.audience import audience
from register.letters.tally import tally_changes
from register.people.mailings import LetterRow, ReleasedRow
from register.people.meetings import AHEAD, Meeting
from register.ports.ledger import Ledger
from register.rounds.mail_room import MailRoom
from register.rounds.mailing_counts import count_mailings
from register.rounds.meeting_desk import (
    MEETING_REASON,
    MeetingDesk,
    is_managed_elsewhere,
    row_changes,
)
from register.rounds.parcel import ReleaseSettings
from register.rounds.plan import rows_to_add
from register.rounds.promises import follow_poll, has_letters_due, send_promised
from register.rounds.releases import announce_change, continue_letter, preview_row, send_released
from register.rounds.standing import call_off, report_standing
from register.values.date import day
from register.words.sentences import Sentences

_ASKED = ("gather", "preview", "released", "moved")
"""States that ask for something impossible once a meeting is over."""

_ASKING_FOR_LETTERS = ("preview", "released", "moved")

_LETTER_WORK: Mapping[str, Callable[[MeetingDesk, LetterRow], None]] = {
    **dict.fromkeys(("draft", "previewed"), report_standing),
    "cancelled": call_off,
    "preview": preview_row,
    "released": send_released,
    "sent": continue_letter,
}
"""The function that does what a letter's state asks for."""


def advance_meetings(book: Book, room: MailRoom, settings: ReleaseSettings) -> Outcome:
    """Do for each row what it asks for and what is due by now.

    With ``room.refresh`` each row is written as soon as it is done; the rest is in the outcome's
    plan. Without ``apply`` the plan shows what would be done. Meetings of a register without the
    column ``release`` are left alone. Raises BookLocked where another run is sending.
    """
    desk = MeetingDesk(book, room, settings)
    desk.write(_releasers_shown(book, settings.addresses))
    if book.table("meetings").has("release"):
        for row in _rows(book):
            _advance(desk, row)
    count_mailings(desk)
    desk.write(tally_changes(desk.book))
    if room.apply and room.refresh:
        desk.notes += _went_on(book, desk)
    return Outcome(
        "invite advance",
        desk.book if room.apply and room.refresh else book,
        plan=Plan.of(desk.left, book.witnesses(desk.left)),
        failed=desk.failed,
        notes=tuple(desk.notes),
        stopped=desk.stopped,
    )


def _releasers_shown(book: Book, addresses: Sequence[str]) -> Iterator[Change]:
    """Yield the changes that list in ``choices`` who may release letters, for information only.

    The list is never read from there.
    """
    table = book.table("choices")
    rows = sorted(table.numbers, key=table.numbers.__getitem__) if table.has("releasers") else ()
    for row, wanted in zip_longest(rows, addresses[: len(rows)], fillvalue=""):
        before = table.cell(row, "releasers")
        if before != wanted and (row, "releasers") not in table.formulas:
            yield Change("choices", row, "releasers", before, wanted, MEETING_REASON)


def stop_meetings(book: Book, fault: VerkostoError, ledger: Ledger | None, today: date) -> Outcome:
    """Return the outcome that writes an error into each row with letters requested or due.

    It is used where the error keeps all letters from going.
    """
    said = Sentences(book.language).error_in_row(fault)
    asking = [
        row
        for row in _rows(book)
        if (row.state in _ASKING_FOR_LETTERS or (ledger and has_letters_due(row, ledger, today)))
        and not (ledger and is_managed_elsewhere(row, ledger))
    ]
    changes = [change for row in asking for change in row_changes(book, row, {"remark": said})]
    plan = Plan.of(changes, book.witnesses(changes))
    return Outcome("invite advance", book, plan=plan, stopped=fault if asking else None)


def _rows(book: Book) -> list[ReleasedRow]:
    """Return the rows of meetings and letters that have an id."""
    rows: list[ReleasedRow] = [*Meeting.all(book).values()]
    rows += LetterRow.all(book).values()
    return [row for row in rows if not row.id.startswith("#")]


def _advance(desk: MeetingDesk, before: ReleasedRow) -> None:
    """Do what one row asks for; an error is written into its remark.

    A temporary failure is kept in ``desk.stopped`` instead. Raises BookLocked where another run is
    sending.
    """
    row = type(before).at(desk.book, before.id)
    try:
        if stopped := _what_stops(desk.book, row, desk.room.now.date().isoformat()):
            desk.answer(row, stopped)
        elif is_managed_elsewhere(row, desk.room.ledger):
            _leave(desk, row)
        elif isinstance(row, LetterRow):
            _LETTER_WORK.get(row.state, _rest)(desk, row)
        else:
            _WORK.get(row.state, _rest)(desk, row)
    except BookLocked:
        raise
    except TemporaryFailure as fault:
        desk.stopped = desk.stopped or fault
    except VerkostoError as fault:
        desk.answer(type(row).at(desk.book, row.id), fault)


def _went_on(before: Book, desk: MeetingDesk) -> Iterator[Phrase]:
    """Yield a note for each row that has changed: its remark, or else its new state."""
    for row in _rows(desk.book):
        was = type(row).at(before, row.id)
        if row.remark and row.remark != was.remark:
            yield "{meeting}: {said}", {"meeting": row.name, "said": row.remark}
        elif row.state != was.state:
            yield "{meeting}: {said}", {"meeting": row.name, "said": desk.label(row.state)}


def _gather(desk: MeetingDesk, row: Meeting) -> None:
    """Add a row of ``invitations`` for each invited person."""
    who = audience(desk.book, row.id, desk.room.now.date(), polling=True)
    said = desk.say("{count}, see {tab:invitations}", count=who.count)
    cells = {"state": "gathered", "invited": said, "remark": ""}
    desk.write([*rows_to_add(desk.book, who), *row_changes(desk.book, row, cells)])


def _leave(desk: MeetingDesk, row: ReleasedRow) -> None:
    """Leave a meeting to the computer that manages it; add a remark if there is none."""
    if row.state in ("released", "moved") and not row.remark:
        msgid = (
            "Another computer has made the preview, and goes on. If it never will, set"
            " {column:meetings.state} to “{state}” again."
        )
        desk.answer(row, (msgid, {"state": desk.label("preview")}))


def _rest(desk: MeetingDesk, row: ReleasedRow) -> None:
    """Do nothing: the row asks for nothing."""


_WORK: Mapping[str, Callable[[MeetingDesk, Meeting], None]] = {
    **dict.fromkeys(("draft", "previewed"), report_standing),
    "gather": _gather,
    "gathered": follow_poll,
    "preview": preview_row,
    "released": send_released,
    "sent": send_promised,
    "held": send_promised,
    "moved": announce_change,
    "cancelled": announce_change,
}
"""The function that does what a meeting's state asks for."""


def _what_stops(book: Book, row: ReleasedRow, today: str) -> Phrase | None:
    """Return why nothing can be done for a row in any state, or None.

    The reasons are an unknown state, a second coming meeting of the same name, or a day that has
    passed.
    """
    states = schema().tab(row.tab).column("state").enum
    if row.state and row.state not in schema().enum(states).labels:
        return (
            "“{state}” is none of the words of {column:meetings.state}; choose one from the list.",
            {"state": row.state},
        )
    if isinstance(row, LetterRow) or row.state not in _ASKED:
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
        say = Sentences(book.language)
        msgid = (
            "{column:meetings.date} is {date}, which is past. Correct it, or set"
            " {column:meetings.state} to “{state}”."
        )
        return msgid, {
            "date": date.fromisoformat(held),
            "state": say.label("meeting_state", "held"),
        }
    return None
