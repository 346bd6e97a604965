"""``invite.py status``: how far each letter of a meeting got."""

from register.book.table import Book
from register.letters.campaign import REHEARSAL, campaign_name, ledger_name
from register.letters.kinds import STANDALONE_KINDS
from register.letters.meeting import meeting_row
from register.letters.poll import suits_by_day
from register.people.meetings import Invitation
from register.ports.ledger import Ledger, LedgerEntry
from register.rounds.projection import ROW_STATES

_OF_ROW = {"": "planned", **{word: state for state, word in ROW_STATES.items()}}
_LATER = ("bounced", "blocked")
"""States that the register knows and the ledger does not."""


def invitation_status(
    book: Book, meeting_id: str, ledger: Ledger | None
) -> dict[str, list[dict[str, str]]]:
    """Return ``{"letters": [{"person", "address", "state", "message_id", "rsvp"}]}`` by person.

    Answers to a poll are added as ``"days": [{"person", "day", "suits"}]``. ``state`` is planned,
    intent, sent, failed, unknown, bounced, blocked or rehearsed: the ledger's state, a rehearsal's
    only where nothing was sent; a vetoed row is blocked. Letters in the ledger whose row is missing
    are included. ``meeting_id`` may also be a kind of letters about no meeting; then only the
    ledger is read. Raises UsageError where there is no such meeting.
    """
    if meeting_id in STANDALONE_KINDS:
        return {"letters": _apart(meeting_id, ledger)}
    meeting_row(book, meeting_id)
    entries: dict[str, LedgerEntry] = {}
    for rehearsal in (True, False):
        listed = ledger_name(campaign_name(meeting_id), rehearsal=rehearsal)
        for entry in ledger.letters(listed) if ledger else ():
            if entry.state != "planned" or entry.address not in entries:
                entries[entry.address] = entry
    letters: list[dict[str, str]] = []
    said: list[dict[str, str]] = []
    for row in Invitation.to(book, meeting_id):
        state = _OF_ROW.get(row.send_state, row.send_state)
        found = entries.get(row.mailbox)
        message_id = ""
        if found and found.person == row.person_id:
            del entries[found.address]
            message_id = found.message_id
            if state not in _LATER:
                state = found.state
        if row.is_vetoed and state == "planned":
            state = "blocked"
        days = suits_by_day(row)
        said += [
            {"person": row.person_id, "day": day.isoformat(), "suits": "yes" if fits else "no"}
            for day, fits in sorted(days.items())
        ]
        letters.append(_letter(row.person_id, row.email, state, message_id, row.rsvp))
    letters += [_letter(e.person, e.address, e.state, e.message_id, "") for e in entries.values()]
    letters.sort(key=lambda one: (one["person"], one["address"]))
    return {"letters": letters, **({"days": said} if said else {})}


def _apart(kind: str, ledger: Ledger | None) -> list[dict[str, str]]:
    entries: dict[tuple[str, str], LedgerEntry] = {}
    names = ledger.campaigns(f"{kind}/") if ledger else ()
    for name in sorted(names, key=lambda one: not one.endswith(REHEARSAL)):
        for entry in ledger.letters(name) if ledger else ():
            place = (name.removesuffix(REHEARSAL), entry.address)
            if entry.state != "planned" or place not in entries:
                entries[place] = entry
    found = entries.values()
    letters = [_letter(e.person, e.address, e.state, e.message_id, "") for e in found]
    return sorted(letters, key=lambda one: (one["person"], one["address"]))


def _letter(person: str, address: str, state: str, message_id: str, rsvp: str) -> dict[str, str]:
    return {
        "person": person,
        "address": address,
        "state": state,
        "message_id": message_id,
        "rsvp": rsvp,
    }
