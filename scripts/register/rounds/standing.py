"""Whether a row has reached its state and still matches its audience; the remark where not.

Some states only the program may set, once they are reached. The audience is checked until the
meeting, because the area, the audience cell and the people change, and nobody new gets a letter
without a person's decision.
"""

from register.book.phrase import Phrase
from register.letters.audience import audience
from register.letters.campaign import first_campaign, is_letter
from register.letters.meeting import is_polling
from register.letters.poll import is_polled_row
from register.people.mailings import ReleasedRow
from register.people.meetings import Invitation, Meeting
from register.rounds.meeting_desk import MeetingDesk
from register.values.date import day

_GONE = ("sending", "sent", "unknown", "bounced", "failed")
"""Send states of an invitation that has or may have been sent, by any computer."""

_NOTHING_WENT = "No letter had gone, and none goes."


def report_standing(desk: MeetingDesk, row: ReleasedRow) -> None:
    """Write the remark of a row that asks for nothing, '' if all is well."""
    desk.answer(row, standing_sentence(desk, row))


def standing_sentence(desk: MeetingDesk, row: ReleasedRow) -> Phrase | None:
    """Return the remark on a row that has not reached its state or no longer matches, or None."""
    today = desk.room.now.date().isoformat()
    if row.state == "draft" or (
        isinstance(row, Meeting) and day(row.date) < today and not is_polling(row)
    ):
        return None
    if wanted := _not_reached(desk, row):
        msgid = (
            "The program sets “{said}” itself, once it is so; it is not yet. Set"
            " {column:meetings.state} to “{state}”."
        )
        return msgid, {"said": desk.label(row.state), "state": desk.label(wanted)}
    return _whom_else(desk, row) if isinstance(row, Meeting) else None


def call_off(desk: MeetingDesk, row: ReleasedRow) -> None:
    """Write the remark of a row that is cancelled before anybody was written to."""
    today = desk.room.now.date().isoformat()
    told = _has_gone(desk, row)
    if isinstance(row, Meeting):
        past = bool(row.date) and day(row.date) < today
        told = told or past or is_polled_row(row)
    desk.answer(row, None if told else (_NOTHING_WENT, {}))


def unclear_letters(desk: MeetingDesk, row: ReleasedRow, campaign: str = "") -> Phrase | None:
    """Return the remark on letters that may have gone or have failed, or None.

    Without a ``campaign`` these are the row's own invitations or letters.
    """
    states = [one.state for one in desk.room.entries(campaign or first_campaign(row.id))]
    if unknown := states.count("unknown"):
        msgid = "{count} letters may have gone or not; they are not sent again by themselves."
        return msgid, {"count": unknown}
    if failed := states.count("failed"):
        if is_letter(row.id) or campaign:
            return "{count} letters did not go.", {"count": failed}
        return "{count} letters did not go; {tab:invitations} says whose.", {"count": failed}
    return None


def _not_reached(desk: MeetingDesk, row: ReleasedRow) -> str:
    """Return the state to set so that the row reaches its state, or '' if it has reached it."""
    ledger = desk.room.ledger
    if isinstance(row, Meeting) and not Invitation.to(desk.book, row.id):
        found_nobody = row.state == "gathered" and row.invited
        return "" if found_nobody else "gather"
    shown = row.preview or (ledger and ledger.previews(desk.room.listed(row.id)))
    if row.state == "previewed" and not shown:
        return "preview"
    return "preview" if row.state == "sent" and not _has_gone(desk, row) else ""


def _has_gone(desk: MeetingDesk, row: ReleasedRow) -> bool:
    """Return True if any letter of a row may have gone, from this computer or another."""
    if desk.room.entries(first_campaign(row.id)):
        return True
    if is_letter(row.id):
        return False
    return any(one.send_state in _GONE for one in Invitation.to(desk.book, row.id))


def _whom_else(desk: MeetingDesk, row: Meeting) -> Phrase | None:
    """Return the remark where the audience now differs from the people gathered, or None."""
    rows = {one.person_id: one for one in Invitation.to(desk.book, row.id)}
    who = audience(desk.book, row.id, desk.room.now.date(), polling=True)
    wanted = {one.person for one in who.invited}
    waiting = {
        person
        for person, one in rows.items()
        if not one.is_vetoed and one.send_state in ("waiting", "rehearsed")
    }
    if more := len(wanted - rows.keys()):
        msgid = (
            "{count} more fit {column:meetings.area} and {column:meetings.audience} as they are"
            " now: set {column:meetings.state} to “{state}” to invite them as well."
        )
        return msgid, {"count": more, "state": desk.label("gather")}
    if row.state != "sent" and (fewer := len(waiting - wanted)):
        msgid = (
            "{count} of those who were gathered do not fit {column:meetings.area} and"
            " {column:meetings.audience} any more; they get no letter."
        )
        return msgid, {"count": fewer}
    if row.state == "sent" and (left := len(waiting & wanted)):
        msgid = (
            "{count} who were gathered have had no letter yet: set {column:meetings.state} to"
            " “{state}”."
        )
        return msgid, {"count": left, "state": desk.label("preview")}
    if not rows:
        msgid = (
            "Nobody who fits {column:meetings.area} and {column:meetings.audience} may be invited."
            " Correct them, or look in {tab:people} who is missing."
        )
        return msgid, {}
    return None
