"""Letters that a meeting's release allows for later days: a reminder, practical details, thanks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time

from register.letters.campaign import campaign_name
from register.letters.meeting import read_meeting
from register.people.records import Meeting
from register.ports.ledger import Promise
from register.rounds.follow import follow_round
from register.rounds.meeting_desk import MeetingDesk
from register.rounds.parcel import is_changed, promises_of
from register.rounds.releases import resume
from register.rounds.schedule import is_too_late, passed

_OF_STATE = {"sent": ("reminder", "details"), "held": ("thanks",)}
_NOTES = {
    "reminder": "The reminder of {day} was not sent: the day to answer by has passed.",
    "details": "The practical details of {day} were not sent: the meeting has begun.",
    "thanks": "The thanks of {day} were not sent: it is too late for them.",
    "later": "the day or the words of the later letters",
}


def follow(desk: MeetingDesk, row: Meeting) -> None:
    """Send what is left of a meeting's invitations, and what its release allows for today."""
    room = desk.room
    if row.state == "sent" and is_changed(desk.book, row.id, room):
        msgid = (
            "The meeting has changed since its letters went: set {column:meetings.state} to"
            " “{state}”."
        )
        desk.answer(row, (msgid, {"state": desk.label("moved")}))
        return
    entries = room.entries(campaign_name(row.id))
    if row.state == "sent" and any(one.state == "planned" for one in entries):
        resume(desk, row)
    now = {
        one.kind: one for one in promises_of(desk.book, row.id, room, desk.settings, since=date.min)
    }
    for one in desk.promises(row):
        if one.kind not in now:
            _forget(desk, row, one)
        elif one.kind in _OF_STATE[row.state]:
            if replace(one, number=0) != now[one.kind]:
                _ask_again(desk, row, one)
                return
            _keep(desk, row, one)


def _ask_again(desk: MeetingDesk, row: Meeting, one: Promise) -> None:
    """Let a letter that is not what was released wait for another release."""
    if row.state == "sent":
        desk.back(row, [_NOTES["later"]])
        return
    msgid = "The thanks are not what was released any more; nothing was sent."
    desk.answer(row, (msgid, {}))


def _keep(desk: MeetingDesk, row: Meeting, one: Promise) -> None:
    """Send a promised letter where its time has come; say it where that has been missed."""
    room, about = desk.room, read_meeting(desk.book, row.id)
    day = date.fromisoformat(one.day)
    if is_too_late(one.kind, about, room.now):
        if not room.rounds(row.id, one.kind):
            desk.answer(row, (_NOTES[one.kind], {"day": day}))
        _forget(desk, row, one)
        return
    hours = desk.settings.hours
    begins = datetime.combine(day, time(hours.begin), room.now.tzinfo)
    if not passed(begins, room.now) or hours.next(room.now) != room.now:
        return
    most = desk.settings.reminders
    this = follow_round(desk.book, row.id, one.kind, room, reminders=most, number=one.number)
    begun = replace(one, number=int(this.mailing.campaign.rsplit("/", 1)[1]))
    if begun != one:
        desk.promise(row, [begun if other == one else other for other in desk.promises(row)])
    wanted = this.readers or one.kind == "reminder"
    done = not wanted or desk.send(this, lambda agreed: agreed)
    if done and one.kind == "reminder":
        _forget(desk, row, begun)


def _forget(desk: MeetingDesk, row: Meeting, one: Promise) -> None:
    desk.promise(row, [other for other in desk.promises(row) if other != one])
