"""The calendar part of a letter about a meeting."""

from functools import lru_cache

from register.letters.calendar import CalendarEvent, Party, calendar_uid, render_calendar
from register.letters.campaign import Mailing
from register.letters.draft import RenderedLetter
from register.letters.kinds import LETTER_KINDS
from register.letters.meeting import InvitableMeeting
from register.letters.mime import CalendarPart
from register.letters.plain import RULE
from register.letters.settings import Sender
from register.values.email import ascii_email


@lru_cache(maxsize=1 << 4)
def calendar_event(about: InvitableMeeting) -> CalendarEvent:
    """Return a meeting as a calendar event."""
    return CalendarEvent.of(
        about.id,
        about.row.name,
        about.date,
        about.start,
        about.end,
        place=about.row.place,
        url=about.row.url,
    )


def calendar_part(
    draft: RenderedLetter, about: InvitableMeeting, sender: Sender, mailing: Mailing, sequence: int
) -> CalendarPart | None:
    """Return the calendar part of a letter, or None where its kind has none.

    The organizer is the mailbox that receives answers. The description is the letter's own text, up
    to the first rule.
    """
    method = LETTER_KINDS[mailing.kind].method
    if method is None:
        return None
    to = draft.recipient
    text = render_calendar(
        calendar_event(about),
        method,
        uid=calendar_uid(
            about.id, to.person, mailing.tokens.of(about.id, to.person), sender.domain
        ),
        sequence=sequence,
        organizer=Party(sender.organisation, sender.answers),
        attendee=Party("" if to.shared or not to.names else to.names[0], ascii_email(to.address)),
        at=mailing.at,
        words=draft.text.partition(f"\n{RULE}")[0].strip(),
    )
    return CalendarPart(text, method)
