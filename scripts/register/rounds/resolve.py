"""``invite.py resolve``: settles letters that may have gone, by the sent mail or by a person."""

from collections.abc import Callable, Collection, Iterator, Sequence

from register.book.errors import UsageError
from register.book.outcome import Outcome
from register.book.phrase import Phrase
from register.book.plan import Plan
from register.book.table import Book
from register.letters.campaign import REHEARSAL
from register.letters.kinds import STANDALONE_KINDS
from register.letters.meeting import meeting_row
from register.ports.ledger import Ledger, LedgerEntry
from register.rounds.dispatch import MOST_NAMED
from register.rounds.mail_room import MailRoom
from register.rounds.projection import changes_from_ledger

_Look = Callable[[Sequence[str]], Collection[str]]
"""Returns which of these Message-IDs are in the sent mail."""


def resolve_unknown(
    book: Book,
    meeting_id: str,
    room: MailRoom,
    *,
    sent: Collection[str] = (),
    unsent: Collection[str] = (),
    found: Collection[str] = (),
    look: _Look | None = None,
) -> Outcome:
    """Settle a meeting's uncertain letters, in all its campaigns, and update the register.

    ``meeting_id`` may also be a kind of letters about no meeting, such as ``digest``. ``sent`` and
    ``unsent`` are ids of people whose letter went or did not, according to a person. ``found`` are
    Message-IDs that are in the sent mail; ``look`` returns which of the given ones are. A letter
    that did not go waits again. Without ``apply`` only the outcome says what would be done. Raises
    UsageError where a person in ``sent`` or ``unsent`` has no uncertain letter or is in both.
    """
    if meeting_id not in STANDALONE_KINDS:
        meeting_row(book, meeting_id)
    unknown = list(_unknown(room.ledger, meeting_id))
    if look and unknown:
        found = {*found, *look([entry.message_id for entry in unknown])}
    people = {entry.person for entry in unknown}
    if wrong := sorted({*sent, *unsent} - people) or sorted({*sent} & {*unsent}):
        raise UsageError(
            "No letter of {meeting} to {people} can be settled so.",
            remedy=(
                "python3 scripts/invite.py resolve {meeting} names those who may have got a "
                "letter or not."
            ),
            meeting=meeting_id,
            people=wrong[:MOST_NAMED],
        )
    verdicts = [
        (entry, verdict) for entry in unknown if (verdict := _verdict(entry, sent, unsent, found))
    ]
    if room.apply and room.ledger:
        for entry, verdict in verdicts:
            room.ledger.resolve(entry.campaign, entry.address, verdict)
    changes = (
        []
        if meeting_id in STANDALONE_KINDS
        else [*changes_from_ledger(book, meeting_id, room.ledger, room.now.tzinfo, rehearsal=False)]
    )
    settled = {entry.message_id for entry, _ in verdicts}
    left = [entry for entry in unknown if entry.message_id not in settled]
    return Outcome(
        "invite resolve",
        book,
        plan=Plan.of(changes, book.witnesses(changes)),
        failed=len(left),
        notes=tuple(_notes(verdicts, left)),
    )


def _unknown(ledger: Ledger | None, meeting_id: str) -> Iterator[LedgerEntry]:
    for name in ledger.campaigns(f"{meeting_id}/") if ledger else ():
        if ledger and not name.endswith(REHEARSAL):
            yield from (one for one in ledger.letters(name) if one.state == "unknown")


def _verdict(
    entry: LedgerEntry, sent: Collection[str], unsent: Collection[str], found: Collection[str]
) -> str:
    if entry.person in sent or entry.message_id in found:
        return "sent"
    return "planned" if entry.person in unsent else ""


def _notes(verdicts: list[tuple[LedgerEntry, str]], left: list[LedgerEntry]) -> Iterator[Phrase]:
    gone = [entry.person for entry, verdict in verdicts if verdict == "sent"]
    again = [entry.person for entry, verdict in verdicts if verdict == "planned"]
    if gone:
        yield (
            "{count} letters have gone ({people}).",
            {"count": len(gone), "people": gone[:MOST_NAMED]},
        )
    if again:
        yield (
            "{count} letters have not gone and wait again ({people}).",
            {"count": len(again), "people": again[:MOST_NAMED]},
        )
    for entry in left:
        yield (
            "{person}: {campaign} may have gone or not ({moment}); look for {message_id} in the"
            " sent mail, or ask.",
            {
                "person": entry.person,
                "campaign": entry.campaign,
                "moment": entry.changed_at,
                "message_id": entry.message_id,
            },
        )
    if not verdicts and not left:
        yield "No letter is uncertain.", {}
