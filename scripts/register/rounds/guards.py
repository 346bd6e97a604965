"""Checks before a round is sent: the meeting's state, changes since, poll days, size."""

from datetime import date
from typing import Any

from register.book.errors import SafetyStop, UsageError
from register.book.schema import schema
from register.book.table import Book
from register.letters.campaign import POLL, campaign_name
from register.letters.entry import calendar_event
from register.letters.filters import short_day
from register.letters.kinds import LETTER_KINDS
from register.letters.meeting import InvitableMeeting, meeting_row, read_day_options
from register.people.meetings import Meeting
from register.ports.ledger import Announcement
from register.rounds.dispatch import SendLimits
from register.rounds.mail_room import MailRoom
from register.values.date import day


def guard_size(letters: int, limits: SendLimits) -> None:
    """Raise SafetyStop where a campaign has more letters than the configuration allows."""
    if limits.campaign and letters > limits.campaign:
        raise SafetyStop(
            "{count} letters would go; the configuration allows {limit} in one campaign.",
            remedy="Look whether {column:meetings.area} and {column:meetings.audience} are"
            " what you mean; then raise [post]"
            " max_letters.",
            count=letters,
            limit=limits.campaign,
        )


def guard_state(book: Book, meeting_id: str, name: str, *, rehearsal: bool) -> None:
    """Raise SafetyStop unless a meeting's state is one that a kind of letter needs."""
    kind = LETTER_KINDS[name]
    states = (*kind.states, *(kind.rehearsed if rehearsal else ()))
    state = meeting_row(book, meeting_id).state
    if state in states:
        return
    column = schema().tab("meetings").column("state")
    labels = schema().enum(column.enum)
    values: dict[str, Any] = {
        "meeting": meeting_id,
        "column": column.headers[book.language],
        "state": labels.label(state, book.language) or "–",
        "wanted": labels.label(states[0], book.language),
        "tab": schema().tab("meetings").titles[book.language],
    }
    if states[0] == "released":
        raise SafetyStop(
            "Nobody has released the meeting {meeting}: its {column} is “{state}”.",
            remedy="When its letters may go, set {column} to “{wanted}” in the tab {tab}, in the"
            " row of {meeting}.",
            **values,
        )
    raise SafetyStop(
        "The {column} of the meeting {meeting} is “{state}”; for these letters it must be"
        " “{wanted}”.",
        remedy="Where that is so, set it in the tab {tab}, in the row of {meeting}.",
        **values,
    )


def guard_chosen(book: Book, row: Meeting, room: MailRoom) -> None:
    """Raise UsageError where the chosen day is not one of the days that the poll offered."""
    asked = row.day_options.strip() and room.already_sent(campaign_name(row.id, POLL))
    chosen = day(row.date)
    if not asked or not chosen:
        return
    days = read_day_options(row)
    if chosen not in {one.isoformat() for one in days}:
        raise UsageError(
            "{date} is none of the days that were asked about ({days}). Choose one of them; if it"
            " is right, empty {column:meetings.day_options}.",
            date=date.fromisoformat(chosen),
            days=[short_day(one, language=book.language) for one in days],
        )


def guard_days(days: tuple[date, ...], today: date) -> None:
    """Raise UsageError where any day of a poll has passed."""
    if max(days) < today:
        raise UsageError("All days of {column:meetings.day_options} have passed.")
    if days[0] < today:
        raise UsageError(
            "{column:meetings.day_options}: {date} has passed; take it out.", date=days[0]
        )


def guard_unchanged(room: MailRoom, about: InvitableMeeting) -> Announcement:
    """Return the announcement that a letter repeats, the same as readers were told last.

    Raises SafetyStop where the meeting has changed since: readers who know the old time must first
    be told of the change.
    """
    facts = calendar_event(about).facts()
    told = room.announcement(about.id)
    if told is None:
        return Announcement(0, "invitation", 1, facts)
    if dict(told.facts) != facts and room.invited(about.id):
        raise SafetyStop(
            "The meeting {meeting} has changed since its letters went.",
            remedy="Tell those who were invited first: python3 scripts/invite.py change {meeting}",
            meeting=about.id,
        )
    return Announcement(told.sequence, told.kind, told.number, facts)
