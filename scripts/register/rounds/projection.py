"""Projection: the changes that bring ``invitations`` and ``meetings`` up to the ledger.

It covers the time before, during and after sending, and repairs what a crash left behind.
"""

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime, tzinfo

from register.book.change import Change
from register.book.table import Book
from register.letters.campaign import (
    INVITATION,
    POLL,
    POLL_REMINDER,
    REHEARSAL,
    campaign_name,
    ledger_name,
)
from register.letters.meeting import InvitableMeeting, meeting_row
from register.people.meetings import Invitation
from register.people.records import Person
from register.ports.ledger import Ledger, LedgerEntry
from register.rounds.plan import new_invitation_changes

PROJECTION_REASON = "invitation-send"
"""The reason given for changes of invitations and of the meeting's state."""

ROW_STATES = {"planned": "waiting", "intent": "sending"}
"""``send_state`` for each state of the ledger whose name differs."""

_MOMENTS = {"reminder": "reminded_at", POLL: "asked_at", POLL_REMINDER: "reminded_at"}
"""The column of ``invitations`` with the time at which a kind of letter went."""

_LATER = frozenset(("bounced",))
"""States that the register knows and the ledger does not."""


def people_sent_to(ledger: Ledger | None, name: str, *, rehearsal: bool) -> dict[str, str]:
    """Return to whom a campaign's letters were sent: person id by mailbox."""
    done = "rehearsed" if rehearsal else "sent"
    listed = ledger_name(name, rehearsal=rehearsal)
    entries = ledger.letters(listed) if ledger else ()
    return {one.address: one.person for one in entries if one.state == done}


def changes_from_ledger(
    book: Book,
    meeting_id: str,
    ledger: Ledger | None,
    zone: tzinfo | None,
    *,
    rehearsal: bool,
    sending: bool = False,
) -> Iterator[Change]:
    """Yield the changes that bring invitations, and after real sending the meeting, up to date.

    A row that was deleted although its letter went is added again. Unless a round is ``sending``, a
    released meeting stays released while any row waits whose letter the ledger does not know:
    people invited late must still get theirs.
    """
    if ledger is None:
        return
    entries = {one.address: one for one in ledger.letters(campaign_name(meeting_id))}
    if rehearsal:
        for one in ledger.letters(ledger_name(campaign_name(meeting_id), rehearsal=True)):
            if entries.get(one.address, one).state == "planned" or one.address not in entries:
                entries[one.address] = one
    asked = _sent_last(ledger, meeting_id, POLL)
    reminded = _sent_last(ledger, meeting_id, "reminder", POLL_REMINDER)
    known = set[str]()
    for row in Invitation.to(book, meeting_id):
        for column, moments in (("asked_at", asked), ("reminded_at", reminded)):
            if moment := moments.get((row.mailbox, row.person_id)):
                yield from _cell(book, row, column, _local(moment, zone))
        entry = entries.get(row.mailbox)
        if entry is None or Person.current_id(book, entry.person) != row.person_id:
            continue
        known.add(row.mailbox)
        yield from _row(book, row, entry, zone)
    gone = [one for mailbox, one in entries.items() if mailbox not in known]
    yield from _restored(book, meeting_id, gone, zone)
    state = meeting_row(book, meeting_id).state
    late = not sending and any(
        row.send_state == "waiting" and not row.is_vetoed and row.mailbox not in entries
        for row in Invitation.to(book, meeting_id)
    )
    if state == "released" and not late and any(one.state == "sent" for one in entries.values()):
        yield Change("meetings", meeting_id, "state", state, "sent", PROJECTION_REASON)


def foreseen_changes(
    book: Book,
    about: InvitableMeeting,
    kind: str,
    people: Collection[str],
    now: datetime,
    *,
    rehearsal: bool,
) -> list[Change]:
    """Return the changes that sending letters of a kind to these people would make."""
    if not people or kind not in (INVITATION, *_MOMENTS):
        return []
    moment = local_moment(now)
    cells = {"send_state": "rehearsed" if rehearsal else "sent", "sent_at": moment}
    if kind in _MOMENTS:
        cells = {} if rehearsal else {_MOMENTS[kind]: moment}
    changes = [
        change
        for row in _rows_of(book, about.id, people)
        for column, value in cells.items()
        for change in _cell(book, row, column, value)
    ]
    if about.row.state == "released" and kind != POLL and not rehearsal:
        changes.append(Change("meetings", about.id, "state", "released", "sent", PROJECTION_REASON))
    return changes


def sending_changes(
    book: Book, meeting_id: str, people: Collection[str], moment: str
) -> list[Change]:
    """Return the changes that mark these people's invitations as about to go.

    The ``moment`` identifies the computer that is sending: no two computers send at the same time.
    """
    return [
        change
        for row in _rows_of(book, meeting_id, people)
        if row.send_state != "sending"
        for column, value in (("send_state", "sending"), ("sent_at", moment))
        for change in _cell(book, row, column, value)
    ]


def blocked_changes(book: Book, rows: Iterable[str]) -> list[Change]:
    """Return the changes that mark these rows as blocked."""
    table = book.table("invitations")
    return [
        Change("invitations", row_id, "send_state", before, "blocked", PROJECTION_REASON)
        for row_id in rows
        if (before := table.cell(row_id, "send_state")) != "blocked"
    ]


def _rows_of(book: Book, meeting_id: str, people: Collection[str]) -> list[Invitation]:
    return [row for row in Invitation.to(book, meeting_id) if row.person_id in people]


def _row(book: Book, row: Invitation, entry: LedgerEntry, zone: tzinfo | None) -> Iterator[Change]:
    before = row.send_state
    state = ROW_STATES.get(entry.state, entry.state)
    if entry.state == "planned" and not (
        before in ("sending", "unknown") and is_own_ledger_word(row, entry)
    ):
        return
    if before in _LATER or (state == "rehearsed" and before not in ("", "waiting", "sending")):
        return
    yield from _cell(book, row, "send_state", state)
    yield from _cell(book, row, "sent_at", _sent_at(entry, zone))


def _cell(book: Book, row: Invitation, column: str, value: str) -> Iterator[Change]:
    if book.table("invitations").has(column) and getattr(row, column) != value:
        yield row.change(column, value, PROJECTION_REASON)


def _restored(
    book: Book, meeting_id: str, entries: list[LedgerEntry], zone: tzinfo | None
) -> Iterator[Change]:
    """Yield the changes that add again missing rows whose letters went, or may have gone."""
    there = {row.person_id for row in Invitation.to(book, meeting_id)}
    taken = book.taken()
    for entry in entries:
        person = Person.current_id(book, entry.person)
        if entry.state not in ("sent", "unknown", "intent") or person in there:
            continue
        if person not in book.table("people"):
            continue
        cells = {
            "email": entry.address,
            "send_state": ROW_STATES.get(entry.state, entry.state),
            "sent_at": _sent_at(entry, zone),
        }
        yield from new_invitation_changes(book, meeting_id, person, cells, taken, PROJECTION_REASON)


def _sent_last(ledger: Ledger, meeting_id: str, *kinds: str) -> dict[tuple[str, str], str]:
    """Return when a letter of these kinds last went, by mailbox and person."""
    moments: dict[tuple[str, str], str] = {}
    for name in (one for kind in kinds for one in ledger.campaigns(f"{meeting_id}/{kind}/")):
        for entry in () if name.endswith(REHEARSAL) else ledger.letters(name):
            if entry.state == "sent":
                reader = entry.address, entry.person
                moments[reader] = max(moments.get(reader, ""), entry.changed_at)
    return moments


def is_own_ledger_word(row: Invitation, entry: LedgerEntry) -> bool:
    """Return True if this ledger wrote a row's send state, False if another computer did."""
    return entry.state != "planned" or row.sent_at == entry.begun_at


def _sent_at(entry: LedgerEntry, zone: tzinfo | None) -> str:
    """Return when a letter went, or else when sending began; '' if neither is known."""
    if entry.state in ("sent", "rehearsed"):
        return _local(entry.changed_at, zone)
    return entry.begun_at if entry.state in ("intent", "unknown") else ""


def local_moment(moment: datetime) -> str:
    """Return a local time in the form of a cell."""
    return moment.replace(tzinfo=None).isoformat(timespec="minutes")


def _local(moment: str, zone: tzinfo | None) -> str:
    return local_moment(datetime.fromisoformat(moment).astimezone(zone))
