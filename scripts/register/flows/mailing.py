"""One round of letters: all are written before the first goes, a person agrees, then they go.

The parts that every kind shares; who gets a letter, and when it may go, is each verb's own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from register.book.ids import reference_id
from register.book.outcome import Outcome
from register.book.plan import Change, Plan
from register.book.schema import schema
from register.book.table import Book
from register.errors import SafetyStop
from register.flows.dispatch import NAMED, Limits, Note, dispatch, guard_size
from register.flows.invite_plan import counted, witnesses
from register.flows.projection import REASON, projected, sent_to
from register.letters.audience import fingerprint, invitations
from register.letters.campaign import REHEARSAL, Mailing, campaign, in_ledger
from register.letters.draft import Draft, drafts
from register.letters.entry import METHODS, calendar_part, event_of
from register.letters.meeting import Meeting, meeting_row
from register.letters.message import Letter, letter
from register.letters.people import Recipient
from register.letters.settings import Sender
from register.letters.templates import Templates
from register.ports import Entry, Ledger, Post, Release, Told
from register.tokens import Tokens

Confirm = Callable[[Release], Release]
"""Asks a person to agree to so many letters; returns what they agreed to."""


@dataclass(frozen=True, slots=True)
class Room:
    """The mail room: what all letters of a run are written and sent with.

    Without ``apply`` nothing goes, and ``ledger`` may be None. ``limit`` is how many letters go at
    most (0: all). ``refresh`` applies a plan in the midst of a run and returns the book after it.
    """

    post: Post
    ledger: Ledger | None
    templates: Templates
    sender: Sender
    tokens: Tokens
    now: datetime
    apply: bool = False
    limit: int = 0
    limits: Limits = field(default_factory=Limits)
    confirm: Confirm = lambda wanted: wanted
    refresh: Callable[[Plan], Book] | None = None

    @property
    def rehearsal(self) -> bool:
        """Whether letters only go to a folder."""
        return self.post.rehearsal

    def listed(self, name: str) -> str:
        """Return what the ledger calls a campaign."""
        return in_ledger(name, rehearsal=self.rehearsal)

    def entries(self, name: str) -> Sequence[Entry]:
        """Return a campaign's letters in the ledger."""
        return self.ledger.letters(self.listed(name)) if self.ledger else ()

    def invited(self, meeting_id: str) -> dict[str, str]:
        """Return who a meeting's invitation has gone to: person by mailbox."""
        return sent_to(self.ledger, campaign(meeting_id), rehearsal=self.rehearsal)

    def told(self, meeting_id: str) -> Told | None:
        """Return what a meeting's readers have been told last."""
        return self.ledger.told(self.listed(meeting_id)) if self.ledger else None

    def rounds(self, meeting_id: str, kind: str) -> int:
        """Return the number of the last round of a kind of letter, 0 where there was none."""
        names = self.ledger.campaigns(f"{meeting_id}/{kind}/") if self.ledger else ()
        mine = (name for name in names if name.endswith(REHEARSAL) is self.rehearsal)
        return max((int(name.split("/")[2]) for name in mine), default=0)


@dataclass(slots=True)
class Round:
    """One round as it is prepared: its letters' readers, and what is said of the others.

    ``blocked`` are rows of Kutsut that are not to be written to any more.
    """

    verb: str
    mailing: Mailing
    about: Meeting
    readers: Sequence[Recipient]
    told: Told
    held: Sequence[str] = ()
    notes: list[Note] = field(default_factory=list)
    blocked: Sequence[str] = ()


def carried(book: Book, room: Room, this: Round) -> Outcome:
    """Write all letters of a round, have a person agree, send them, bring Kutsut up to date.

    The outcome's plan must be applied by the caller; without ``apply`` it says what would come of
    it. Raises UsageError where a letter cannot be written, SafetyStop where there are too many or
    others than a person agreed to, BookLocked where another run is sending.
    """
    readers = this.readers[: room.limit] if room.limit else this.readers
    guard_size(len(readers), room.limits)
    letters = [one for _, one in written(book, room, this, readers)]
    wanted = Release(len(readers), fingerprint(tuple(readers)))
    notes, failed, stopped = this.notes, 0, None
    if not room.apply or room.ledger is None:
        notes.append(
            ("{count} letters would go ({release}).", {"count": wanted.count, "release": wanted})
        )
        changes = [*_foreseen(book, room, this, readers)]
    else:
        if letters:
            agree(room, this.mailing, letters, wanted)
            _tell(room, this)
            book = _announced(book, room, this, letters)
        shown = _Shown(book, room, this)
        done = dispatch(
            letters,
            room.post,
            room.ledger,
            room.listed(this.mailing.campaign),
            room.limits,
            room.now,
            None if room.rehearsal or room.refresh is None else shown,
        )
        book = shown.book
        notes += done.notes
        failed, stopped = done.failed, done.stopped
        changes = []
    changes += _blocked(book, this)
    changes += projected(
        book, this.about.id, room.ledger, room.now.tzinfo, rehearsal=room.rehearsal
    )
    plan = Plan.of(dict.fromkeys(changes), witnesses(book, changes))
    failed += _tell_unknown(room, this)
    return Outcome(
        this.verb,
        book,
        plan=plan,
        failed=failed,
        notes=(*notes, *counted(this.held)),
        stopped=stopped,
    )


def written(
    book: Book, room: Room, this: Round, readers: Sequence[Recipient]
) -> list[tuple[Draft, Letter]]:
    """Return everybody's letter of a round; raises UsageError where any cannot be written."""
    made = drafts(book, this.about, readers, room.templates, room.sender, this.mailing)
    return [
        (
            one,
            letter(
                one,
                room.sender,
                this.mailing,
                calendar_part(one, this.about, room.sender, this.mailing, this.told.sequence),
            ),
        )
        for one in made
    ]


def guard_state(book: Book, meeting_id: str, states: Sequence[str]) -> None:
    """Raise SafetyStop unless a person has set a meeting to one of these states."""
    state = meeting_row(book, meeting_id).get("state", "")
    if state in states:
        return
    column = schema().tab("meetings").column("state")
    labels = schema().enum(column.enum)
    values: dict[str, Any] = {
        "meeting": meeting_id,
        "column": column.headers[book.language],
        "state": labels.label(state, book.language),
        "wanted": labels.label(states[0], book.language),
        "tab": schema().tab("meetings").titles[book.language],
    }
    if states[0] == "released":
        raise SafetyStop(
            "Nobody has released the meeting {meeting}: its {column} is “{state}”.",
            remedy="When its letters may go, set {column} to “{wanted}” in the tab {tab}, in the"
            " row of {meeting}.",
            **values,
        )
    raise SafetyStop(
        "The {column} of the meeting {meeting} is “{state}”; for these letters it must be"
        " “{wanted}”.",
        remedy="Where that is so, set it in the tab {tab}, in the row of {meeting}.",
        **values,
    )


def guard_unchanged(room: Room, about: Meeting) -> Told:
    """Return what readers are told of a meeting, the same as the last time.

    Raises SafetyStop where it has changed since: those who know the old time must hear of it first.
    """
    facts = event_of(about).facts()
    told = room.told(about.id)
    if told is None:
        return Told(0, "invitation", 1, facts)
    if dict(told.facts) != facts and room.invited(about.id):
        raise SafetyStop(
            "The meeting {meeting} has changed since its letters went.",
            remedy="Tell those who were invited first: invite.py change {meeting}",
            meeting=about.id,
        )
    return Told(told.sequence, told.kind, told.number, facts)


def agree(room: Room, mailing: Mailing, letters: Sequence[Letter], wanted: Release) -> None:
    """Have a person agree to these letters; what was agreed to and is left over is agreed to."""
    assert room.ledger is not None  # noqa: S101, asked by the caller
    listed = room.listed(mailing.campaign)
    if not room.rehearsal:
        given = room.confirm(wanted)
        known = {one.address for one in room.ledger.letters(listed)}
        left_over = given in room.ledger.released(listed) and all(
            one.mailbox in known for one in letters
        )
        if given != wanted and not left_over:
            raise SafetyStop(
                "You agreed to {given}; now {wanted} letters would go. Nothing was sent.",
                remedy="Look at them (invite.py preview), then agree to {wanted}.",
                given=given,
                wanted=wanted,
            )
    room.ledger.plan(listed, [(one.mailbox, one.person, one.message_id) for one in letters])
    room.ledger.release(listed, wanted)


def _tell(room: Room, this: Round) -> None:
    """Keep what readers' calendars are about to say, where that is news."""
    assert room.ledger is not None  # noqa: S101, asked by the caller
    last = room.told(this.about.id)
    news = (
        last is None
        or last.sequence < this.told.sequence
        or dict(last.facts) != dict(this.told.facts)
    )
    if news and this.mailing.kind in METHODS:
        room.ledger.tell(room.listed(this.about.id), this.told)


def _announced(book: Book, room: Room, this: Round, letters: Sequence[Letter]) -> Book:
    """Say in Kutsut which invitations are about to go, so that another computer sees it."""
    if room.refresh is None or room.rehearsal or this.mailing.kind != "invitation":
        return book
    going = {one.person for one in letters}
    changes = [
        Change("invitations", row_id, "send_state", row["send_state"], "sending", REASON)
        for row_id, row in _rows_of(book, this.about.id, going)
        if row.get("send_state") != "sending"
    ]
    return room.refresh(Plan.of(changes, witnesses(book, changes))) if changes else book


class _Shown:
    """Brings Kutsut up to the ledger whenever it is called; ``book`` is the register then.

    What has not gone yet stays as it is: it is still being sent.
    """

    def __init__(self, book: Book, room: Room, this: Round) -> None:
        self.book, self._room, self._this = book, room, this

    def __call__(self) -> None:
        room, meeting_id = self._room, self._this.about.id
        found = projected(self.book, meeting_id, room.ledger, room.now.tzinfo, rehearsal=False)
        changes = [change for change in found if change.after != "waiting"]
        if changes and room.refresh:
            self.book = room.refresh(Plan.of(changes, witnesses(self.book, changes)))


def _foreseen(book: Book, room: Room, this: Round, readers: Sequence[Recipient]) -> list[Change]:
    """Return what sending would change in Kutsut."""
    if not readers or this.mailing.kind not in ("invitation", "reminder"):
        return []
    moment = room.now.replace(tzinfo=None).isoformat(timespec="minutes")
    cells = {"send_state": "rehearsed" if room.rehearsal else "sent", "sent_at": moment}
    if this.mailing.kind == "reminder":
        cells = {} if room.rehearsal else {"reminded_at": moment}
    changes = [
        Change(
            "invitations",
            row_id,
            column,
            row.get(column, ""),
            value,
            REASON,
            group=f"invitation {row_id}",
        )
        for row_id, row in _rows_of(book, this.about.id, {one.person for one in readers})
        for column, value in cells.items()
        if row.get(column, "") != value
    ]
    if this.about.state == "released" and not room.rehearsal:
        changes.append(Change("meetings", this.about.id, "state", "released", "sent", REASON))
    return changes


def _blocked(book: Book, this: Round) -> list[Change]:
    table = book.table("invitations")
    return [
        Change("invitations", row_id, "send_state", before, "blocked", REASON)
        for row_id in this.blocked
        if (before := table.cell(row_id, "send_state")) != "blocked"
    ]


def _tell_unknown(room: Room, this: Round) -> int:
    """Note, every time, the letters that may have gone or not: only a person can settle them."""
    people = [one.person for one in room.entries(this.mailing.campaign) if one.state == "unknown"]
    if people:
        this.notes.append(
            (
                "{count} letters may have gone or not, and will not be sent again ({people})."
                " Ask them, or look into the sent mail; then: invite.py resolve {meeting}",
                {"count": len(people), "people": people[:NAMED], "meeting": this.about.id},
            )
        )
    return len(people)


def _rows_of(book: Book, meeting_id: str, people: set[str]) -> list[tuple[str, Mapping[str, str]]]:
    return [
        (row_id, row)
        for row_id, row in invitations(book, meeting_id)
        if reference_id(row.get("person", "")) in people
    ]
