"""When letters go: not at night or on a public holiday, unless a person asks for that time.

Times are compared in UTC, because summer time may skip or repeat a local hour.
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
"""Thanks later than this are not sent."""


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """The hours in which letters go by themselves: from ``begin`` to before ``end``, local time."""

    begin: int = 8
    end: int = 20

    def next(self, moment: datetime) -> datetime:
        """Return the given time, or the next one at which letters may go."""
        day, zone = moment.date(), moment.tzinfo
        if self.begin <= moment.hour < self.end and not is_holiday(day):
            return moment
        if moment.hour >= self.end or is_holiday(day):
            day = working_day_from(day + _DAY, _DAY)
        return datetime.combine(day, time(self.begin), zone)


def is_holiday(day: date) -> bool:
    """Return True if a day is a public holiday in Finland."""
    return day in _holidays(day.year)


def working_day_from(day: date, step: timedelta) -> date:
    """Return the day itself, or else the first day in steps of ``step`` that is not a holiday."""
    while is_holiday(day):
        day += step
    return day


def is_past(moment: datetime, now: datetime) -> bool:
    """Return True if a time has come."""
    return moment.astimezone(UTC) <= now.astimezone(UTC)


def read_send_time(cell: str, zone: tzinfo | None) -> datetime:
    """Return the time in a cell; a local time that summer time skips becomes an hour later.

    Raises UsageError where the cell is not a day with a time.
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

    While its day is being polled, only the poll's reminder is included. A reminder or details
    letter whose day is a holiday goes earlier, thanks go later. Raises UsageError where the days of
    a reminder cannot be read.
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
        days[kind] = working_day_from(about.rsvp_by - int(number) * _DAY, -_DAY)
    if about.days:
        return days
    if details_days:
        days["details"] = working_day_from(about.date - details_days * _DAY, -_DAY)
    if about.row.thanks == "yes":
        days["thanks"] = working_day_from(about.date + _DAY, _DAY)
    return days


def is_too_late(kind: str, about: InvitableMeeting, now: datetime) -> bool:
    """Return True if a later letter no longer makes sense."""
    match kind:
        case "reminder" | "poll-reminder":
            return about.rsvp_by is None or now.date() > about.rsvp_by
        case "details":
            return is_past(datetime.combine(about.date, about.start, now.tzinfo), now)
        case _:
            return now.date() > about.date + _THANKED_WITHIN


@cache
def _holidays(year: int) -> frozenset[date]:
    """Return Finland's public holidays in a year, including Midsummer Eve and Christmas Eve."""
    from holidays import country_holidays  # the import takes a second, and most runs send nothing

    return frozenset(country_holidays("FI", years=year))
