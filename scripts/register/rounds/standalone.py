"""Letters that are about no meeting: one round is written, a person agrees to it, then it goes.

The weekly digest, the yearly question whether details still hold, and what we promised to those we
met share this; who gets a letter is each verb's own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from register.book.outcome import Outcome
from register.book.phrase import Phrase
from register.book.table import Book
from register.letters.audience import audience_hash
from register.letters.campaign import Mailing
from register.letters.draft import RenderedLetter, render_letters
from register.letters.message import Letter, compose_letter
from register.letters.people import Recipient
from register.ports import Release
from register.rounds.dispatch import NAMED, dispatch, guard_size
from register.rounds.engine import MailRoom, ask_agreement

STANDALONE_KINDS = ("digest", "freshness", "follow-up")
"""The kinds of such letters; their campaigns are ``kind/…``."""


def already_sent(room: MailRoom, mailing: Mailing) -> frozenset[str]:
    """Return the mailboxes that have had their letter of this mailing, or may have."""
    entries = room.entries(mailing.campaign)
    return frozenset(one.address for one in entries if one.state != "planned")


def render_standalone(
    book: Book, room: MailRoom, mailing: Mailing, readers: Sequence[Recipient]
) -> list[tuple[RenderedLetter, Letter]]:
    """Return everybody's letter; raises UsageError where any cannot be written."""
    made = render_letters(book, None, readers, room.templates, room.sender, mailing)
    return [(one, compose_letter(one, room.sender, mailing)) for one in made]


def send_standalone(
    verb: str,
    book: Book,
    room: MailRoom,
    mailing: Mailing,
    readers: Sequence[Recipient],
    notes: Sequence[Phrase] = (),
) -> Outcome:
    """Write all letters of a round, have a person agree, send them; the register stays as it is.

    Raises UsageError where a letter cannot be written, SafetyStop where there are too many or
    others than a person agreed to.
    """
    told = list(notes)
    readers = readers[: room.limit] if room.limit else readers
    guard_size(len(readers), room.limits)
    letters = [one for _, one in render_standalone(book, room, mailing, readers)]
    wanted = Release(len(readers), audience_hash(tuple(readers)))
    outcome = Outcome(verb, book)
    if not room.apply or room.ledger is None:
        told.append(
            ("{count} letters would go ({release}).", {"count": wanted.count, "release": wanted})
        )
    elif letters:
        ask_agreement(room, mailing, letters, wanted)
        listed = room.listed(mailing.campaign)
        done = dispatch(letters, room.post, room.ledger, listed, room.limits, room.now)
        told += done.notes
        outcome = replace(outcome, failed=done.failed, stopped=done.stopped)
    unsure = [one.person for one in room.entries(mailing.campaign) if one.state == "unknown"]
    if unsure:
        values = {"count": len(unsure), "people": unsure[:NAMED], "meeting": mailing.kind}
        told.append(
            (
                "{count} letters may have gone or not, and will not be sent again ({people})."
                " Ask them, or look into the sent mail; then: invite.py resolve {meeting}",
                values,
            )
        )
    return replace(outcome, failed=outcome.failed + len(unsure), notes=tuple(told))
