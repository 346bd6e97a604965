"""The calendar part of a letter about a meeting."""

from __future__ import annotations

from functools import lru_cache

from register.letters.calendar import Event, Method, Party, calendar, uid
from register.letters.campaign import Mailing
from register.letters.draft import Draft
from register.letters.meeting import Meeting
from register.letters.mime import CalendarPart
from register.letters.plain import RULE
from register.letters.settings import Sender
from register.values.email import ascii_address

METHODS: dict[str, Method] = {
    "invitation": "REQUEST",
    "reminder": "REQUEST",
    "change": "REQUEST",
    "cancellation": "CANCEL",
}
"""The kinds of letters that have a calendar part."""


@lru_cache(maxsize=1 << 4)
def event_of(about: Meeting) -> Event:
    """Return a meeting as calendars know it."""
    return Event.of(
        about.id,
        about.name,
        about.date,
        about.start,
        about.end,
        place=about.place,
        url=about.url,
    )


def calendar_part(
    draft: Draft, about: Meeting, sender: Sender, mailing: Mailing, sequence: int
) -> CalendarPart | None:
    """Return the calendar part of a draft, None where its kind has none.

    The organizer is the mailbox that answers come to; the description is the letter's own text.
    """
    method = METHODS.get(mailing.kind)
    if method is None:
        return None
    to = draft.recipient
    text = calendar(
        event_of(about),
        method,
        uid=uid(about.id, to.person, mailing.tokens.of(about.id, to.person), sender.domain),
        sequence=sequence,
        organizer=Party(sender.organisation, sender.answers),
        attendee=Party("" if to.shared or not to.names else to.names[0], ascii_address(to.address)),
        at=mailing.at,
        words=draft.text.partition(f"\n{RULE}")[0].strip(),
    )
    return CalendarPart(text, method)
