"""When letters go: not at night and not on a public holiday, unless somebody asks for that moment.

Moments are compared in UTC: by the clock on the wall an hour may be missing, or come twice.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import cache

from register.book.errors import UsageError
from register.letters.campaign import POLL_REMINDER
from register.letters.meeting import InvitableMeeting
from register.values import date as dates, integer, time as times

_MOMENT = re.compile(
    r"(.*?\d\.?)(?:T|,?\s+(?:klo|kl\.?|kello|at)?\s*)(\d{1,2}(?:[.:]\d\d)?)(?::00)?"
)
_DAY = timedelta(days=1)
_THANKED_WITHIN = 14 * _DAY
"""Thanks that come later than that are not sent."""


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """The hours between which letters go by themselves: whole hours of a day, first and last."""

    begin: int = 8
    end: int = 20

    def next(self, moment: datetime) -> datetime:
        """Return the first moment from this one on at which letters may go."""
        day, zone = moment.date(), moment.tzinfo
        if self.begin <= moment.hour < self.end and not is_holiday(day):
            return moment
        if moment.hour >= self.end or is_holiday(day):
            day = open_day(day + _DAY, _DAY)
        return datetime.combine(day, time(self.begin), zone)


def is_holiday(day: date) -> bool:
    """Whether a day is a public holiday of Finland."""
    return day in _holidays(day.year)


def open_day(day: date, step: timedelta) -> date:
    """Return the day itself, or the nearest one in steps of ``step`` that is no holiday."""
    while is_holiday(day):
        day += step
    return day


def is_past(moment: datetime, now: datetime) -> bool:
    """Whether a moment has come."""
    return moment.astimezone(UTC) <= now.astimezone(UTC)


def read_send_time(cell: str, zone: tzinfo | None) -> datetime:
    """Return the moment that a cell asks for; one that summer time leaves out is the hour after.

    Raises UsageError where it is none, or has no time of day.
    """
    found = _MOMENT.fullmatch(cell.strip()[:60])
    day = dates.read(found[1]).value if found else ""
    clock = times.read(found[2]).value if found else ""
    if not (day and clock):
        raise UsageError(
            "{column:meetings.send_at}: “{cell}” is not a day and a time; write 12.3.2026 9.00.",
            cell=cell,
        )
    moment = datetime.combine(date.fromisoformat(day), time.fromisoformat(clock), zone)
    return moment.astimezone(UTC).astimezone(zone)


def due_days(about: InvitableMeeting, details_days: int) -> dict[str, date]:
    """Return the days on which a meeting's later letters go, by kind.

    While its day is being asked about, there is but the reminder of that.
    What must come before a day goes earlier where a holiday is in the way. Raises UsageError where
    the days of a reminder cannot be read.
    """
    days: dict[str, date] = {}
    if cell := about.row.remind_days:
        number = integer.read(cell).value
        if not number.isdecimal() or len(number) > 2:
            raise UsageError(
                "{column:meetings.remind_days}: “{cell}” is not a number of days.", cell=cell
            )
        if about.rsvp_by is None:
            raise UsageError("A reminder needs a day in {column:meetings.rsvp_by}.")
        kind = POLL_REMINDER if about.days else "reminder"
        days[kind] = open_day(about.rsvp_by - int(number) * _DAY, -_DAY)
    if about.days:
        return days
    if details_days:
        days["details"] = open_day(about.date - details_days * _DAY, -_DAY)
    if about.row.thanks == "yes":
        days["thanks"] = open_day(about.date + _DAY, _DAY)
    return days


def is_too_late(kind: str, about: InvitableMeeting, now: datetime) -> bool:
    """Whether a letter that should have gone makes no sense any more."""
    match kind:
        case "reminder" | "poll-reminder":
            return about.rsvp_by is None or now.date() > about.rsvp_by
        case "details":
            return is_past(datetime.combine(about.date, about.start, now.tzinfo), now)
        case _:
            return now.date() > about.date + _THANKED_WITHIN


@cache
def _holidays(year: int) -> frozenset[date]:
    """Return the public holidays of Finland in a year, the eves of midsummer and Christmas too."""
    from holidays import country_holidays  # most runs have no letter to time; it takes a second

    return frozenset(country_holidays("FI", years=year))
