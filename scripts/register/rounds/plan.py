"""``invite.py plan``: who would be invited, as rows of ``invitations`` that a person may veto."""

from collections.abc import Iterator
from datetime import datetime

from register.book.change import Change, added_row
from register.book.ids import new_id
from register.book.outcome import Outcome, run_id
from register.book.phrase import Phrase
from register.book.plan import Plan
from register.book.table import Book
from register.letters.audience import Audience, audience
from register.letters.people import Recipient
from register.letters.reasons import REASON_SENTENCES, count_reasons
from register.people.meetings import Invitation
from register.people.records import Organisation

_REASON = "invitation-plan"
"""The reason given for these rows."""


def plan_invitations(book: Book, meeting_id: str, now: datetime) -> Outcome:
    """Return the plan that adds a waiting row of ``invitations`` for each invited person.

    Nobody gets a second row. A waiting row gets its person's current address. A row that was
    blocked, failed or bounced waits again if nothing is against it any more. Raises UsageError
    where the meeting or its audience cannot be read.
    """
    who = audience(book, meeting_id, now.date(), polling=True)
    changes = rows_to_add(book, who)
    plan = Plan.of(changes, book.witnesses(changes))
    return Outcome(
        "invite plan", book, run=run_id(now), plan=plan, notes=tuple(audience_notes(who))
    )


def rows_to_add(book: Book, who: Audience) -> list[Change]:
    """Return the changes that give each invited person a waiting row of ``invitations``."""
    meeting_id = who.meeting.id
    rows = {row.person_id: row for row in reversed(Invitation.to(book, meeting_id))}
    taken = book.taken()
    changes: list[Change] = []
    for recipient in who.invited:
        if recipient.person in rows:
            changes += _followed(rows[recipient.person], recipient)
            continue
        cells = {
            "org": Organisation.at(book, recipient.organisation).name,
            "email": recipient.address,
            "send_state": "waiting",
        }
        changes += new_invitation_changes(book, meeting_id, recipient.person, cells, taken, _REASON)
    return changes


def audience_notes(who: Audience) -> Iterator[Phrase]:
    """Yield the notes on an audience: count and hash, each reason with its count, warnings."""
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
        yield REASON_SENTENCES[code], {}


def new_invitation_changes(
    book: Book, meeting_id: str, person: str, cells: dict[str, str], taken: set[str], reason: str
) -> list[Change]:
    """Return the changes that add a row of ``invitations``; its new id is added to ``taken``."""
    row_id = new_id("K", (meeting_id, person), taken)
    taken.add(row_id)
    named = {
        "id": row_id,
        "meeting": book.reference("meetings", meeting_id),
        "person": book.reference("people", person),
    }
    return added_row("invitations", named | cells, reason)


def _followed(row: Invitation, to: Recipient) -> Iterator[Change]:
    if row.mailbox != to.mailbox:
        yield row.change("email", to.address, _REASON)
    signed_up = row.rsvp and not row.send_state  # they have a receipt, and need no invitation
    if row.send_state in ("", "blocked", "failed", "bounced") and not signed_up:
        yield row.change("send_state", "waiting", _REASON)
