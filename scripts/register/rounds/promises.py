"""Later letters that a meeting's release allows: a reminder, practical details, thanks."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from register.book.errors import VerkostoError
from register.book.phrase import Phrase
from register.letters.campaign import (
    INVITATION,
    POLL,
    POLL_CANCELLATION,
    POLL_REMINDER,
    campaign_name,
    first_campaign,
)
from register.letters.meeting import read_meeting
from register.people.mailings import LetterRow, ReleasedRow
from register.people.meetings import Meeting
from register.ports.ledger import Ledger, Promise
from register.rounds.day_choice import is_polled, report_poll
from register.rounds.follow import follow_round
from register.rounds.guards import guard_chosen
from register.rounds.meeting_desk import MeetingDesk
from register.rounds.parcel import LATER, has_meeting_changed, promises_of, promises_to_ask_for
from register.rounds.projection import people_sent_to
from register.rounds.releases import announce_change, resume_invitations, stopped_remark
from register.rounds.schedule import is_past, is_too_late
from register.rounds.standing import standing_sentence, unclear_letters
from register.values import date as dates
from register.values.days import read_days

_OF_STATE = {
    "gathered": (POLL_REMINDER,),
    "sent": ("reminder", "details"),
    "held": ("thanks",),
}
_ASKS_FOR = {"reminder": INVITATION, POLL_REMINDER: POLL}
"""The kind of letter whose answer each reminder asks for."""

_OWED_FOR = timedelta(days=14)
_NOTES = {
    "reminder": "The reminder of {day} was not sent: the day to answer by has passed.",
    POLL_REMINDER: "The reminder of {day} was not sent: the day to answer by has passed.",
    "details": "The practical details of {day} were not sent: the meeting has begun.",
    "thanks": "The thanks of {day} were not sent: it is too late for them.",
}


def send_promised(desk: MeetingDesk, row: Meeting) -> None:
    """Send what is left of a meeting's invitations, and the later letters that are due today.

    Each run writes the row's remark again.
    """
    room = desk.room
    if row.state == "sent" and has_meeting_changed(desk.book, row.id, room):
        msgid = (
            "The meeting has changed since its letters went: set {column:meetings.state} to"
            " “{state}”."
        )
        desk.answer(row, (msgid, {"state": desk.label("moved")}))
        return
    entries = room.entries(campaign_name(row.id))
    left = row.state == "sent" and any(one.state == "planned" for one in entries)
    if left and resume_invitations(desk, row):
        return
    if room.invited(row.id) and _is_to_ask_for(desk, row):
        if row.state == "held":
            announce_change(desk, row)
        else:
            desk.return_to_preview(row, [LATER])
        return
    remark = _keep_all(desk, row) or unclear_letters(desk, row)
    if not remark and row.state == "sent":
        remark = standing_sentence(desk, row)
    desk.answer(Meeting.at(desk.book, row.id), remark)


def follow_poll(desk: MeetingDesk, row: Meeting) -> None:
    """Remind those who have not answered a poll; write into the row that the day must be chosen."""
    guard_chosen(desk.book, row, desk.room)
    first: Phrase | VerkostoError | None = None
    if is_polled(desk, row):
        if _is_to_ask_for(desk, row):
            desk.return_to_preview(row, [LATER])
            return
        first = _keep_all(desk, row)
    report_poll(desk, Meeting.at(desk.book, row.id), first=first)


def _keep_all(desk: MeetingDesk, row: Meeting) -> Phrase | VerkostoError | None:
    """Send the later letters that are due today; return the row's remark, or None."""
    remark: Phrase | VerkostoError | None = None
    if promised := [one for one in desk.promises(row) if one.kind in _OF_STATE[row.state]]:
        asked = promises_of(desk.book, row.id, desk.room, desk.settings)
        for one in promised:
            if all(other.kind != one.kind for other in asked):
                _forget(desk, row, one)
            elif replace(one, number=0) in asked:
                remark = _keep(desk, row, one) or remark
            else:
                remark = _missed(desk, row, one) or remark
    return remark


def _is_to_ask_for(desk: MeetingDesk, row: Meeting) -> bool:
    """Return True if a later letter differs from what was released, and can still be sent.

    Once the meeting's day has passed, nothing is asked for until the meeting is held, and then only
    the thanks if the row wants them.
    """
    today = desk.room.now.date().isoformat()
    if row.state == "sent" and dates.day(row.date) < today:
        return False
    if row.state == "held" and row.thanks != "yes":
        return False
    return not desk.is_promised(row, promises_to_ask_for(desk.book, row, desk.room, desk.settings))


def has_letters_due(row: ReleasedRow, ledger: Ledger, today: date) -> bool:
    """Return True if letters of a row are still due: of its round, later ones, a cancellation.

    A promised letter is due until two weeks after its day, a cancellation until the meeting's day.
    """
    if isinstance(row, LetterRow):
        entries = ledger.letters(first_campaign(row.id))
        return row.state == "sent" and any(one.state == "planned" for one in entries)
    if row.state in _OF_STATE:
        left = any(one.state == "planned" for one in ledger.letters(campaign_name(row.id)))
        return left or any(
            one.kind in _OF_STATE[row.state] and date.fromisoformat(one.day) + _OWED_FOR >= today
            for one in ledger.promises(row.id)
        )
    if row.state != "cancelled" or _last_day(row) < today.isoformat():
        return False
    invited, asked = (
        people_sent_to(ledger, campaign_name(row.id, kind), rehearsal=False)
        for kind in (INVITATION, POLL)
    )
    kind = "cancellation" if invited else POLL_CANCELLATION
    names = ledger.campaigns(f"{row.id}/{kind}/")
    told = {one.state for name in names for one in ledger.letters(name)} - {"rehearsed"}
    return bool(invited or asked) and (not told or "planned" in told)


def _last_day(row: Meeting) -> str:
    """Return a meeting's day, or the last day that its poll offers, as ISO text; or ''."""
    options = max(read_days(row.day_options)[0], default=None)
    return dates.day(row.date) or (options.isoformat() if options else "")


def _missed(desk: MeetingDesk, row: Meeting, one: Promise) -> Phrase | None:
    """Return the remark on a letter that is too late and never went, or None."""
    about = read_meeting(desk.book, row.id, polling=True)
    late = is_too_late(one.kind, about, desk.room.now)
    gone = desk.room.rounds(row.id, one.kind)
    return (_NOTES[one.kind], {"day": date.fromisoformat(one.day)}) if late and not gone else None


def _keep(desk: MeetingDesk, row: Meeting, one: Promise) -> Phrase | VerkostoError | None:
    """Send a promised letter if its time has come; return the remark about it, or None."""
    room, about = desk.room, read_meeting(desk.book, row.id, polling=True)
    day, last = date.fromisoformat(one.day), room.rounds(row.id, one.kind)
    if is_too_late(one.kind, about, room.now):
        return _missed(desk, row, one)
    hours = desk.settings.hours
    begins = datetime.combine(day, time(hours.begin), room.now.tzinfo)
    if not is_past(begins, room.now) or hours.next(room.now) != room.now:
        return None
    most = desk.settings.reminders
    number = one.number or (last if one.kind == "reminder" and last >= most else 0)
    this = follow_round(desk.book, row.id, one.kind, room, reminders=most, number=number)
    begun = replace(one, number=int(this.mailing.campaign.rsplit("/", 1)[1]))
    if begun != one:
        desk.promise(row, [begun if other == one else other for other in desk.promises(row)])
    if one.kind in _ASKS_FOR:
        new = _written_to_today(desk, row, _ASKS_FOR[one.kind])
        this = replace(this, readers=[to for to in this.readers if to.mailbox not in new])
    stopped = desk.send(this, lambda agreed: agreed) if this.readers else None
    return stopped_remark(stopped) if stopped else None


def _written_to_today(desk: MeetingDesk, row: Meeting, kind: str) -> frozenset[str]:
    """Return the mailboxes that were written to today: nobody is reminded on the same day."""
    now = desk.room.now
    return frozenset(
        one.address
        for one in desk.room.entries(campaign_name(row.id, kind))
        if datetime.fromisoformat(one.changed_at).astimezone(now.tzinfo).date() == now.date()
    )


def _forget(desk: MeetingDesk, row: Meeting, one: Promise) -> None:
    desk.promise(row, [other for other in desk.promises(row) if other != one])
