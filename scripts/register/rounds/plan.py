"""``invite.py plan``: who would be invited, as rows of invitations that a person may veto."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from register.book.change import Change
from register.book.ids import new_id, reference_id
from register.book.outcome import Outcome, run_id
from register.book.phrase import Phrase
from register.book.plan import Plan
from register.book.table import Book
from register.letters.audience import Audience, audience, invitation_rows
from register.letters.people import Recipient
from register.letters.reasons import SENTENCES, count_reasons
from register.values.email import mailbox_key

_REASON = "invitation-plan"
"""Why these rows are added."""


def plan_invitations(book: Book, meeting_id: str, now: datetime) -> Outcome:
    """Return the plan that adds a row of invitations, waiting, for each one who is invited.

    Nobody gets a second row. A row that still waits follows its person's address; one that was
    blocked, failed or came back waits again once there is nothing against it. Raises UsageError
    where the meeting or its audience cannot be told.
    """
    who = audience(book, meeting_id, now.date())
    rows = {
        reference_id(row.get("person", "")): (row_id, row)
        for row_id, row in reversed(list(invitation_rows(book, meeting_id)))
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
    plan = Plan.of(changes, book.witnesses(changes))
    return Outcome(
        "invite plan", book, run=run_id(now), plan=plan, notes=tuple(audience_notes(who))
    )


def audience_notes(who: Audience) -> Iterator[Phrase]:
    """Yield what an audience amounts to: count and hash, then each reason with its count."""
    yield (
        "{count} are invited to {meeting} (hash {hash}).",
        {
            "count": who.count,
            "meeting": who.meeting.id,
            "hash": who.hash,
        },
    )
    yield from count_reasons(recipient.reason for recipient in who.invited)
    yield from count_reasons(out.reason for out in who.left_out)
    for code in who.warnings:
        yield SENTENCES[code], {}


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
        yield Change("invitations", row_id, column, "", value, _REASON, "add")


def _followed(row_id: str, row: dict[str, str], to: Recipient) -> Iterator[Change]:
    group = f"invitation {row_id}"
    old = row.get("email", "")
    if mailbox_key(old) != to.mailbox:
        yield Change("invitations", row_id, "email", old, to.address, _REASON, group=group)
    state = row.get("send_state", "")
    if state in ("", "blocked", "failed", "bounced"):
        yield Change("invitations", row_id, "send_state", state, "waiting", _REASON, group=group)
