"""Letters to people who were invited, or asked in a poll.

After an invitation: reminder, change, cancellation, details, thanks. After a poll: reminder,
cancellation.
"""

from collections.abc import Collection, Mapping
from datetime import datetime
from types import SimpleNamespace

from register.book.errors import SafetyStop
from register.book.outcome import Outcome
from register.book.phrase import Phrase
from register.book.table import Book
from register.letters.campaign import POLL_CANCELLATION, POLL_REMINDER, Mailing, campaign_name
from register.letters.correspondents import Correspondents, correspondents
from register.letters.entry import calendar_event
from register.letters.meeting import InvitableMeeting, read_meeting
from register.people.records import Person
from register.ports.ledger import Announcement
from register.rounds.engine import send_round
from register.rounds.guards import guard_days, guard_state, guard_unchanged
from register.rounds.mail_room import MailRoom
from register.rounds.round import Round


def send_follow(
    book: Book, meeting_id: str, kind: str, room: MailRoom, *, reminders: int = 1
) -> Outcome:
    """Send the letters of a kind to those to whom the invitation or poll has been sent.

    A round that was interrupted is continued; otherwise a new one begins: a reminder at most
    ``reminders`` times, a change only if the meeting has changed since readers were last told.
    Raises SafetyStop where the meeting's state does not allow it or there is nothing to tell;
    otherwise as :func:`register.rounds.engine.send_round`.
    """
    guard_state(book, meeting_id, kind, rehearsal=room.rehearsal)
    return send_round(book, room, follow_round(book, meeting_id, kind, room, reminders=reminders))


def follow_round(
    book: Book, meeting_id: str, kind: str, room: MailRoom, *, reminders: int = 1, number: int = 0
) -> Round:
    """Return the round of a kind that would be sent now, without checking its release.

    ``number`` is that of a round that has begun, 0 for the current or next one. Raises as
    :func:`send_follow` does.
    """
    of_poll = kind in (POLL_REMINDER, POLL_CANCELLATION)
    about = read_meeting(book, meeting_id, polling=of_poll)
    if kind == POLL_REMINDER:
        guard_days(about.days, room.now.date())
    told, common = (None, {}) if of_poll else _told(room, about, kind)
    if not number:
        known = told is not None and told.kind == kind
        number = told.number if told and known else _number(room, about, kind, reminders)
    name = campaign_name(meeting_id, kind, number)
    went = room.asked(meeting_id) if of_poll else room.invited(meeting_id)
    today, done = room.now.date(), room.already_sent(name)
    found = correspondents(book, about, kind, went, today, done)
    if kind == "cancellation":
        found = found.with_more(_only_asked(book, about, went, room, done))
    notes: list[Phrase] = []
    if not (went or found.recipients):
        notes.append(("No invitation of {meeting} has gone yet.", {"meeting": meeting_id}))
    return Round(
        Mailing(name, room.now, room.tokens, common),
        found.recipients,
        about,
        told,
        found.held,
        notes,
    )


def _only_asked(
    book: Book,
    about: InvitableMeeting,
    invited: Mapping[str, str],
    room: MailRoom,
    done: Collection[str],
) -> Correspondents:
    """Return who was asked in the poll but not invited: the cancellation must reach them too."""
    people = {Person.current_id(book, one) for one in invited.values()}
    left = {
        mailbox: one
        for mailbox, one in room.asked(about.id).items()
        if mailbox not in invited and Person.current_id(book, one) not in people
    }
    return correspondents(book, about, POLL_CANCELLATION, left, room.now.date(), done)


def _number(room: MailRoom, about: InvitableMeeting, kind: str, reminders: int) -> int:
    """Return the number of the round of reminders or thanks; an unfinished round is continued.

    Raises SafetyStop where ``reminders`` rounds of reminders are complete.
    """
    last = room.rounds(about.id, kind)
    left = last and any(
        one.state == "planned" for one in room.entries(campaign_name(about.id, kind, last))
    )
    if left or (last and kind != "reminder"):
        return last
    if kind == "reminder" and last >= reminders:
        raise SafetyStop(
            "Those who were invited to {meeting} have been reminded {count} times; no more is"
            " allowed.",
            remedy="The configuration says how often: [letters] reminders.",
            meeting=about.id,
            count=last,
        )
    return last + 1


def _told(
    room: MailRoom, about: InvitableMeeting, kind: str
) -> tuple[Announcement, Mapping[str, object]]:
    """Return the announcement that the letters make, and the fields by which they show it."""
    last, facts = room.announcement(about.id), calendar_event(about).facts()
    match kind:
        case "change":
            return _changed(room, about, last, facts)
        case "cancellation":
            if last and last.kind == kind:
                return last, {}
            number = room.rounds(about.id, kind) + 1
            return Announcement(last.sequence + 1 if last else 1, kind, number, facts), {}
        case "reminder" | "details":
            return guard_unchanged(room, about), {}
        case _:
            return Announcement(last.sequence if last else 0, "invitation", 1, facts), {}


def _changed(
    room: MailRoom, about: InvitableMeeting, last: Announcement | None, facts: dict[str, str]
) -> tuple[Announcement, Mapping[str, object]]:
    if last is None:
        return Announcement(1, "change", 1, facts), _differences({}, facts)
    if dict(last.facts) == facts:
        before = (
            room.ledger.earlier_announcement(room.listed(about.id), last.sequence)
            if room.ledger
            else None
        )
        if last.kind == "change" and before:
            return last, _differences(before.facts, facts)
        raise SafetyStop(
            "Nothing of {meeting} that its readers were told has changed: name, time, place, link.",
            remedy="Change its row in {tab:meetings} first, then tell of it.",
            meeting=about.id,
        )
    number = room.rounds(about.id, "change") + 1
    return Announcement(last.sequence + 1, "change", number, facts), _differences(last.facts, facts)


def _differences(before: Mapping[str, str], now: Mapping[str, str]) -> Mapping[str, object]:
    """Return the fields of a letter of change: ``changed`` (flags), and the values ``before``."""

    def other(*keys: str) -> bool:
        return any(before.get(key, now[key]) != now[key] for key in keys)

    begins = datetime.fromisoformat(before.get("begins", now["begins"]))
    return {
        "changed": SimpleNamespace(
            name=other("name"), time=other("begins", "ends"), place=other("place"), url=other("url")
        ),
        "before": SimpleNamespace(
            name=before.get("name", ""),
            date=begins.date(),
            start=begins.time(),
            place=before.get("place", ""),
        ),
    }
