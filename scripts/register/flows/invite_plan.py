"""``invite.py plan``: who would be invited, as rows of Kutsut that a person may veto."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from register.book.ids import new_id, reference_id
from register.book.outcome import Outcome
from register.book.plan import Change, Plan, Witness
from register.book.table import Book
from register.fields.email import mailbox_key
from register.flows.apply import run_id
from register.letters.audience import Audience, audience, invitations
from register.letters.people import Recipient
from register.letters.reasons import SENTENCES

REASON = "invitation-plan"
"""Why these rows are added."""

Note = tuple[str, Mapping[str, object]]


def plan_invitations(book: Book, meeting_id: str, now: datetime) -> Outcome:
    """Return the plan that adds a row of Kutsut, waiting, for each one who is invited.

    Nobody gets a second row. A row that still waits follows its person's address; one that was
    blocked, failed or came back waits again once there is nothing against it. Raises UsageError
    where the meeting or its audience cannot be told.
    """
    who = audience(book, meeting_id, now.date())
    rows = {
        reference_id(row.get("person", "")): (row_id, row)
        for row_id, row in reversed(list(invitations(book, meeting_id)))
    }
    taken = book.taken()
    changes: list[Change] = []
    for recipient in who.invited:
        if recipient.person in rows:
            changes += _followed(*rows[recipient.person], recipient)
            continue
        row_id = new_id("K", (meeting_id, recipient.person), taken)
        taken.add(row_id)
        changes += _added(book, meeting_id, row_id, recipient)
    plan = Plan.of(changes, witnesses(book, changes))
    return Outcome("invite plan", book, run=run_id(now), plan=plan, notes=tuple(told(who)))


def told(who: Audience) -> Iterator[Note]:
    """Yield what an audience amounts to: count and hash, then each reason with its count."""
    yield (
        "{count} are invited to {meeting} (hash {hash}).",
        {
            "count": who.count,
            "meeting": who.meeting.id,
            "hash": who.hash,
        },
    )
    yield from counted(recipient.reason for recipient in who.invited)
    yield from counted(out.reason for out in who.left_out)
    for code in who.warnings:
        yield SENTENCES[code], {}


def counted(reasons: Iterable[str]) -> Iterator[Note]:
    """Yield each reason once, with how often it was given, the most frequent first."""
    for code, count in sorted(Counter(reasons).items(), key=lambda one: (-one[1], one[0])):
        yield SENTENCES[code], {"count": count}


def witnesses(book: Book, changes: Iterable[Change]) -> dict[tuple[str, str], Witness]:
    """Return what the rows of a plan that have no id are found by."""
    return {
        (change.tab, change.row_id): book.table(change.tab).witness(change.row_id)
        for change in changes
        if change.row_id.startswith("#")
    }


def _added(book: Book, meeting_id: str, row_id: str, to: Recipient) -> Iterator[Change]:
    cells = {
        "id": row_id,
        "meeting": book.reference("meetings", meeting_id),
        "person": book.reference("people", to.person),
        "org": book.table("organisations").cell(to.organisation, "name"),
        "email": to.address,
        "send_state": "waiting",
    }
    for column, value in cells.items():
        yield Change("invitations", row_id, column, "", value, REASON, "add")


def _followed(row_id: str, row: dict[str, str], to: Recipient) -> Iterator[Change]:
    group = f"invitation {row_id}"
    old = row.get("email", "")
    if mailbox_key(old) != to.mailbox:
        yield Change("invitations", row_id, "email", old, to.address, REASON, group=group)
    state = row.get("send_state", "")
    if state in ("", "blocked", "failed", "bounced"):
        yield Change("invitations", row_id, "send_state", state, "waiting", REASON, group=group)
