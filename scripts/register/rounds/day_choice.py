"""Meetings with a poll: what the row shows until a day is chosen."""

from register.book.errors import VerkostoError
from register.book.phrase import Phrase
from register.letters.campaign import POLL, campaign_name
from register.letters.meeting import read_day_options
from register.letters.poll import is_polled_row, poll_text
from register.people.meetings import Meeting
from register.rounds.meeting_desk import MeetingDesk
from register.rounds.poll import is_poll_question
from register.rounds.standing import report_standing, unclear_letters


def report_poll(
    desk: MeetingDesk,
    row: Meeting,
    *,
    gathered: bool = False,
    first: Phrase | VerkostoError | None = None,
) -> None:
    """Write into a row what it waits for while its poll runs; without a poll, its standing.

    ``gathered`` sets the state back to gathered; pass it once the poll has been sent to everyone.
    ``first`` is a remark that replaces the usual one.
    """
    if not is_polled(desk, row):
        report_standing(desk, row)
        return
    said: Phrase = (
        "People have been asked which day suits. Write the chosen day into {column:meetings.date}"
        " and set {column:meetings.state} to “{state}”.",
        {"state": desk.label("preview")},
    )
    if max(read_day_options(row)) < desk.room.now.date():
        said = "All days of {column:meetings.day_options} have passed, and none was chosen.", {}
    state = "gathered" if gathered else row.state
    tally = row.tally if desk.room.rehearsal or is_polled_row(row) else poll_text(desk.book, row.id)
    unknown = unclear_letters(desk, row, campaign_name(row.id, POLL))
    desk.answer(row, first or unknown or said, state=state, tally=tally)


def is_polled(desk: MeetingDesk, row: Meeting) -> bool:
    """Return True if a poll has been sent and no day has been chosen."""
    asked = desk.room.already_sent(campaign_name(row.id, POLL))
    return bool(asked) and is_poll_question(row, desk.room)
