"""``invite.py send``: the letters of a released meeting, each claimed before it goes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage

from register.book.ids import reference_id
from register.book.outcome import Outcome
from register.book.plan import Change, Plan
from register.book.schema import schema
from register.book.table import Book
from register.errors import SafetyStop, TemporaryFailure, VerkostoError
from register.fields.email import mailbox_key
from register.flows.invite_plan import Note, counted, witnesses
from register.letters.audience import Audience, Recipient, audience, invitations
from register.letters.campaign import campaign, in_ledger
from register.letters.draft import drafts
from register.letters.meeting import meeting_row
from register.letters.message import message
from register.letters.settings import Sender
from register.letters.templates import Templates
from register.ports import Entry, Ledger, Post

REASON = "invitation-send"
"""Why the cells of Kutsut and the meeting's state change."""

RELEASED = ("released", "sent")
"""The meeting's states in which invitations may go."""

_NAMED = 5
"""So many people are named with a fault of the post office; the others are counted."""

_NO_ROWS = "Nobody has been planned to be invited yet: invite.py plan {meeting} --apply does it."

Row = dict[str, str]


@dataclass(slots=True)
class _Round:
    """What becomes of the rows of one sending: ``states[row id] = (state, moment)``."""

    states: dict[str, tuple[str, datetime | None]] = field(default_factory=dict)
    held: list[str] = field(default_factory=list)
    letters: dict[str, tuple[Recipient, EmailMessage]] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)
    failed: int = 0


def send_invitations(
    book: Book,
    meeting_id: str,
    now: datetime,
    *,
    post: Post,
    ledger: Ledger | None,
    templates: Templates,
    sender: Sender,
    apply: bool = False,
    limit: int = 0,
) -> Outcome:
    """Send the invitations that wait in Kutsut, at most ``limit`` of them (0: all).

    Only rows that wait and nobody has vetoed are taken (with a real post office, those of a
    rehearsal too), and only where their person is in the audience still, at the same address.
    Every letter is written before the first goes; each is claimed in the ledger, delivered,
    settled; one that fails does not stop the rest. The outcome's plan brings Kutsut up to the
    ledger and must be applied by the caller. Without ``apply`` nothing is sent and the plan says
    what would come of it; ``ledger`` may then be None.

    Raises SafetyStop unless a person has released the meeting, UsageError where the audience
    cannot be told or a letter cannot be written, BookLocked where another run is sending.
    """
    _guard_released(book, meeting_id)
    who = audience(book, meeting_id, now.date())
    name = campaign(meeting_id)
    listed = in_ledger(name, rehearsal=post.rehearsal)
    known = {entry.address: entry for entry in ledger.letters(listed)} if ledger else {}
    this = _Round()
    wanted = dict(_sorted_out(this, book, who, known, rehearsal=post.rehearsal))
    about = who.meeting
    for row_id, draft in zip(
        wanted, drafts(book, about, wanted.values(), templates, sender), strict=True
    ):
        this.letters[row_id] = (draft.recipient, message(draft, sender, name, now))
    if limit:
        this.letters = dict(list(this.letters.items())[:limit])
    if not apply:
        state = "rehearsed" if post.rehearsal else "sent"
        this.states |= dict.fromkeys(this.letters, (state, now))
        this.notes.append(("{count} letters would go.", {"count": len(this.letters)}))
    elif ledger:
        _deliver(this, post, ledger, listed, now)
    if not any(True for _ in invitations(book, meeting_id)):
        this.notes.append((_NO_ROWS, {"meeting": meeting_id}))
    plan = _projected(book, meeting_id, this, now, rehearsal=post.rehearsal)
    _tell_unknown(this, known.values())
    notes = (*this.notes, *counted(this.held))
    return Outcome("invite send", book, plan=plan, failed=this.failed, notes=notes)


def _guard_released(book: Book, meeting_id: str) -> None:
    state = meeting_row(book, meeting_id).get("state", "")
    if state in RELEASED:
        return
    column = schema().tab("meetings").column("state")
    labels = schema().enum(column.enum)
    raise SafetyStop(
        "Nobody has released the meeting {meeting}: its {column} is “{state}”.",
        remedy="When its letters may go, set {column} to “{released}” in the tab {tab}, in the"
        " row of {meeting}.",
        meeting=meeting_id,
        column=column.headers[book.language],
        state=labels.label(state, book.language),
        released=labels.label("released", book.language),
        tab=schema().tab("meetings").titles[book.language],
    )


def _tell_unknown(this: _Round, entries: Iterable[Entry]) -> None:
    """Note, every time, the letters that may have gone or not: only a person can settle them."""
    people = [entry.person for entry in entries if entry.state == "unknown"]
    if people:
        this.failed += len(people)
        this.notes.append(
            (
                "{count} letters may have gone or not, and will not be sent again ({people})."
                " Ask them, or look into the sent mail.",
                {"count": len(people), "people": people[:_NAMED]},
            )
        )


def _sorted_out(
    this: _Round, book: Book, who: Audience, known: dict[str, Entry], *, rehearsal: bool
) -> Iterator[tuple[str, Recipient]]:
    """Yield the rows that get a letter; note in ``this`` what becomes of the others."""
    waiting = ("waiting",) if rehearsal else ("waiting", "rehearsed")
    invited = {recipient.person: recipient for recipient in who.invited}
    served: set[str] = set()
    for row_id, row in invitations(book, who.meeting.id):
        if row.get("send") == "no" or row.get("send_state") not in waiting:
            continue
        person = reference_id(row.get("person", ""))
        mailbox = mailbox_key(row.get("email", ""))
        entry = known.get(mailbox)
        recipient = invited.get(person)
        if entry and entry.person == person and entry.state != "planned":
            state = "sending" if entry.state == "intent" else entry.state
            this.states[row_id] = (state, datetime.fromisoformat(entry.changed_at))
        elif recipient and recipient.mailbox != mailbox:
            this.held.append("address-changed")
        elif recipient and mailbox not in served and not (entry and entry.state != "planned"):
            served.add(mailbox)
            yield row_id, recipient
        else:
            this.held.append("same-mailbox" if recipient else who.why(person) or "gone")
            this.states[row_id] = ("blocked", None)


def _deliver(this: _Round, post: Post, ledger: Ledger, listed: str, now: datetime) -> None:
    """Claim, deliver and settle letter by letter; what fails is noted and passed over.

    A letter that certainly did not go may go the next time; one that perhaps went never does.
    """
    done = "rehearsed" if post.rehearsal else "sent"
    ledger.plan(
        listed,
        [(to.address, to.person, str(mail["Message-ID"])) for to, mail in this.letters.values()],
    )
    faults: dict[str, tuple[VerkostoError | OSError, list[str]]] = {}
    sent = 0
    for row_id, (to, mail) in this.letters.items():
        if not ledger.claim(listed, to.address):
            continue
        state = done
        try:
            post.deliver(mail)
        except (VerkostoError, OSError) as fault:
            state = "planned" if post.rehearsal else _after(fault)
            this.failed += 1
            faults.setdefault(str(fault), (fault, []))[1].append(to.person)
        ledger.settle(listed, to.address, state)
        sent += state == done
        if state != "planned":
            this.states[row_id] = (state, now)
    this.notes.append(
        (
            "{count} letters have been written to the outbox. Nobody has got them."
            if post.rehearsal
            else "{count} letters have been sent.",
            {"count": sent},
        )
    )
    for what, people in faults.values():
        values = {"people": people[:_NAMED], "count": len(people), "fault": what}
        this.notes.append(("{count} letters failed ({people}): {fault}", values))


def _after(fault: VerkostoError | OSError) -> str:
    """Return what a letter is that the post office has not taken without a word of its own."""
    match fault:
        case TemporaryFailure():
            return "planned"
        case VerkostoError():
            return "failed"
        case _:
            return "unknown"


def _projected(
    book: Book, meeting_id: str, this: _Round, now: datetime, *, rehearsal: bool
) -> Plan:
    """Return the plan that brings Kutsut, and after a real sending the meeting, up to date."""
    table = book.table("invitations")
    changes: list[Change] = []
    for row_id, (state, at) in this.states.items():
        cells = {"send_state": state}
        if at and state in ("sent", "rehearsed"):
            local = at.astimezone(now.tzinfo).replace(tzinfo=None)
            cells["sent_at"] = local.isoformat(timespec="minutes")
        for column, value in cells.items():
            before = table.cell(row_id, column)
            changes.append(Change("invitations", row_id, column, before, value, REASON))
    gone = any(state == "sent" for state, _ in this.states.values())
    state = meeting_row(book, meeting_id).get("state", "")
    if gone and not rehearsal and state == "released":
        changes.append(Change("meetings", meeting_id, "state", state, "sent", REASON))
    return Plan.of(changes, witnesses(book, changes))
