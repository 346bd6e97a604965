"""Kutsut and the meeting's state as the ledger has them: what a crash left behind is put right."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, tzinfo

from register.book.ids import new_id, reference_id
from register.book.plan import Change
from register.book.table import Book
from register.fields.email import mailbox_key
from register.letters.audience import invitations
from register.letters.campaign import REHEARSAL, campaign, in_ledger
from register.letters.meeting import meeting_row
from register.ports import Entry, Ledger

REASON = "invitation-send"
"""Why the cells of Kutsut and the meeting's state change."""

_IN_KUTSUT = {"planned": "waiting", "intent": "sending"}
_LATER = frozenset(("bounced",))
"""What Kutsut knows and the ledger does not."""


def sent_to(ledger: Ledger | None, name: str, *, rehearsal: bool) -> dict[str, str]:
    """Return who a campaign's letters went to: person by mailbox."""
    done = "rehearsed" if rehearsal else "sent"
    listed = in_ledger(name, rehearsal=rehearsal)
    entries = ledger.letters(listed) if ledger else ()
    return {one.address: one.person for one in entries if one.state == done}


def projected(
    book: Book, meeting_id: str, ledger: Ledger | None, zone: tzinfo | None, *, rehearsal: bool
) -> Iterator[Change]:
    """Yield what brings Kutsut, and after a real sending the meeting, up to the ledger.

    A row that is gone though its letter went comes back.
    """
    if ledger is None:
        return
    entries = {one.address: one for one in ledger.letters(campaign(meeting_id))}
    if rehearsal:
        for one in ledger.letters(in_ledger(campaign(meeting_id), rehearsal=True)):
            if entries.get(one.address, one).state == "planned" or one.address not in entries:
                entries[one.address] = one
    reminded = _reminded(ledger, meeting_id)
    known = set[str]()
    for row_id, row in invitations(book, meeting_id):
        mailbox = mailbox_key(row.get("email", ""))
        entry = entries.get(mailbox)
        if entry is None or entry.person != reference_id(row.get("person", "")):
            continue
        known.add(mailbox)
        yield from _row(row_id, row, entry, zone)
        if moment := reminded.get(mailbox):
            yield from _cell(row_id, row, "reminded_at", _local(moment, zone))
    gone = [one for mailbox, one in entries.items() if mailbox not in known]
    yield from _restored(book, meeting_id, gone, zone)
    state = meeting_row(book, meeting_id).get("state", "")
    if state == "released" and any(one.state == "sent" for one in entries.values()):
        yield Change("meetings", meeting_id, "state", state, "sent", REASON)


def _row(row_id: str, row: dict[str, str], entry: Entry, zone: tzinfo | None) -> Iterator[Change]:
    before = row.get("send_state", "")
    state = _IN_KUTSUT.get(entry.state, entry.state)
    if entry.state == "planned" and before not in ("sending", "unknown"):
        return
    if before in _LATER or (state == "rehearsed" and before not in ("", "waiting", "sending")):
        return
    yield from _cell(row_id, row, "send_state", state)
    if state in ("sent", "rehearsed"):
        yield from _cell(row_id, row, "sent_at", _local(entry.changed_at, zone))


def _cell(row_id: str, row: dict[str, str], column: str, value: str) -> Iterator[Change]:
    before = row.get(column, "")
    if before != value:
        yield Change(
            "invitations", row_id, column, before, value, REASON, group=f"invitation {row_id}"
        )


def _restored(
    book: Book, meeting_id: str, entries: list[Entry], zone: tzinfo | None
) -> Iterator[Change]:
    """Yield rows for letters that went, or may have gone, and whose row is gone."""
    there = {reference_id(row.get("person", "")) for _, row in invitations(book, meeting_id)}
    taken = book.taken()
    for entry in entries:
        if entry.state not in ("sent", "unknown", "intent") or entry.person in there:
            continue
        if entry.person not in book.table("people"):
            continue
        row_id = new_id("K", (meeting_id, entry.person), taken)
        taken.add(row_id)
        cells = {
            "id": row_id,
            "meeting": book.reference("meetings", meeting_id),
            "person": book.reference("people", entry.person),
            "email": entry.address,
            "send_state": _IN_KUTSUT.get(entry.state, entry.state),
            "sent_at": _local(entry.changed_at, zone) if entry.state == "sent" else "",
        }
        for column, value in cells.items():
            if value:
                yield Change("invitations", row_id, column, "", value, REASON, "add")


def _reminded(ledger: Ledger, meeting_id: str) -> dict[str, str]:
    """Return when each mailbox was reminded last."""
    moments: dict[str, str] = {}
    for name in ledger.campaigns(f"{meeting_id}/reminder/"):
        for entry in () if name.endswith(REHEARSAL) else ledger.letters(name):
            if entry.state == "sent":
                moments[entry.address] = max(moments.get(entry.address, ""), entry.changed_at)
    return moments


def _local(moment: str, zone: tzinfo | None) -> str:
    local = datetime.fromisoformat(moment).astimezone(zone).replace(tzinfo=None)
    return local.isoformat(timespec="minutes")
