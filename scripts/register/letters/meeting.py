"""The meeting that letters are about: its cells are read, and all faults reported at once."""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from register.book.cells import cell_text
from register.book.errors import UsageError
from register.book.headers import fold_header
from register.book.ids import reference_id
from register.book.schema import schema
from register.book.table import Book
from register.letters.untrusted import breaks_header
from register.people.meetings import Meeting
from register.values import date, time, url
from register.values.days import read_days
from register.values.reading import Reading

_CODE = re.compile(r"[a-z][a-z0-9_-]{0,40}")
_LOOKALIKES = str.maketrans("OIL", "011")
_OF_ONE_LINE = ("name", "place", "host", "template")
_LONGEST = 200
_LONGEST_NAME = 150
"""A letter's subject holds the name and more; see draft.py for its limit."""

_NEAREST = 5
MOST_DAYS = 6
"""Maximum number of days that a poll may offer."""


@dataclass(frozen=True, slots=True)
class InvitableMeeting:
    """A meeting for which letters can be written: its row, and the values read from it.

    ``end`` and ``rsvp_by`` may be None. While people are asked which day suits, ``days`` holds the
    days to choose from and ``date`` is the first of them; otherwise ``days`` is empty.
    """

    row: Meeting
    date: dt.date
    start: dt.time
    end: dt.time | None
    template: str
    rsvp_by: dt.date | None
    days: tuple[dt.date, ...] = ()

    @property
    def id(self) -> str:
        """The meeting's id."""
        return self.row.id


def read_meeting(book: Book, meeting_id: str, *, polling: bool = False) -> InvitableMeeting:
    """Return a meeting of the book; with ``polling`` its days to choose from may replace its day.

    Raises UsageError where there is no such meeting, or else names every cell that an invitation
    needs and that is empty or cannot be read.
    """
    row = meeting_row(book, meeting_id)
    days = read_day_options(row) if polling and is_polling(row) else ()
    if days:
        row = replace(row, date=min(days).isoformat())
    bad = [key for key in ("name", "date", "start", "place", "area") if not getattr(row, key)]
    when, rsvp_by = (_value(row, key, date.read, bad) for key in ("date", "rsvp_by"))
    start, end = (_value(row, key, time.read, bad) for key in ("start", "end"))
    template = row.template.strip().lower() or "invitation"
    if not _CODE.fullmatch(template):
        bad.append("template")
    _value(row, "url", url.read, bad)
    unfit = [key for key in _OF_ONE_LINE if breaks_header(getattr(row, key))]
    if len(row.name) > _LONGEST_NAME:
        unfit.append("name")
    if bad or unfit:
        raise UsageError(
            "The meeting {meeting} lacks what an invitation must say:",
            remedy="Fill in the cells named here in the tab {tab}.",
            faults=[
                *(_fault(book, key, getattr(row, key)) for key in dict.fromkeys(bad)),
                *(_unfit(book, key, getattr(row, key)) for key in dict.fromkeys(unfit)),
            ],
            meeting=meeting_id,
            tab=schema().tab("meetings").titles[book.language],
        )
    return InvitableMeeting(
        row,
        dt.date.fromisoformat(when),
        dt.time.fromisoformat(start),
        dt.time.fromisoformat(end) if end else None,
        template,
        dt.date.fromisoformat(rsvp_by) if rsvp_by else None,
        days,
    )


def is_polling(row: Meeting) -> bool:
    """Return True if a meeting has days to choose from and none has been chosen."""
    return bool(row.day_options.strip()) and not row.date.strip()


def read_day_options(row: Meeting) -> tuple[dt.date, ...]:
    """Return the days to choose from, earliest first.

    Raises UsageError where they are not from two to MOST_DAYS different days.
    """
    days, strange = read_days(row.day_options)
    if strange:
        raise UsageError(
            "{column:meetings.day_options}: “{cell}” is not a day; write 12.3.2027, 13.3.2027.",
            cell=strange[0],
        )
    if len(set(days)) < len(days):
        twice = next(one for one in days if days.count(one) > 1)
        raise UsageError("{column:meetings.day_options}: {date} is there twice.", date=twice)
    if not 2 <= len(days) <= MOST_DAYS:
        raise UsageError(
            "{column:meetings.day_options} has {number} days; write from 2 to {most}.",
            number=len(days),
            most=MOST_DAYS,
        )
    return tuple(sorted(days))


def find_meeting(book: Book, text: str) -> str:
    """Return the id of the meeting that a person names by id, reference or exact name.

    Case is ignored, and O counts as 0, I and L as 1 (Crockford's base32 has none of these letters).
    Raises UsageError, naming the nearest meetings, where not exactly one matches.
    """
    table = book.table("meetings")
    wanted = text.strip()[:_LONGEST]
    for candidate in (wanted, reference_id(wanted), wanted.upper().translate(_LOOKALIKES)):
        if candidate in table and not candidate.startswith("#"):
            return candidate
    named = [
        row_id for row_id, name in table.column("name") if fold_header(name) == fold_header(wanted)
    ]
    if wanted and len(named) == 1:
        if named[0].startswith("#"):
            raise UsageError(
                "The meeting {meeting} has no id yet.",
                remedy="Give it one: python3 scripts/cleanup.py --apply",
                meeting=wanted,
            )
        return named[0]
    raise _unknown(book, wanted)


def meeting_row(book: Book, meeting_id: str) -> Meeting:
    """Return a meeting's row; in one-line cells a line break becomes a space.

    Raises UsageError where there is no such meeting.
    """
    row = Meeting.all(book).get(meeting_id)
    if row is None or meeting_id.startswith("#"):
        raise _unknown(book, meeting_id)
    return replace(row, **{key: " ".join(getattr(row, key).split()) for key in _OF_ONE_LINE})


def _unknown(book: Book, wanted: str) -> UsageError:
    """Return the error that names the meetings most like the given text, or how to add one."""
    table = book.table("meetings")
    tab = table.tab.titles[book.language]
    known = {row_id: name for row_id, name in table.column("name") if not row_id.startswith("#")}
    message = "There is no meeting {meeting} in the register."
    if not known:
        return UsageError(
            message,
            remedy=(
                "Add it to the tab {tab}; python3 scripts/cleanup.py --apply then gives it an id."
            ),
            meeting=wanted,
            tab=tab,
        )

    def likeness(row_id: str) -> float:
        asked = fold_header(wanted)
        return max(
            fuzz.ratio(asked, row_id.casefold()), fuzz.WRatio(asked, fold_header(known[row_id]))
        )

    nearest = sorted(known, key=lambda row_id: (-likeness(row_id), row_id))[:_NEAREST]
    return UsageError(
        message,
        remedy="The tab {tab} lists them all; name one by its id in the first column."
        if len(known) > _NEAREST
        else "Name one by its id.",
        faults=[
            ("{meeting}  {name}", {"meeting": row_id, "name": known[row_id]}) for row_id in nearest
        ],
        meeting=wanted,
        tab=tab,
    )


def _fault(book: Book, key: str, cell: str) -> tuple[str, dict[str, object]]:
    column = schema().tab("meetings").column(key)
    header = column.headers[book.language]
    if not cell:
        return "{column} is empty.", {"column": header}
    value = cell_text(column, cell, book.language)
    return "{column} cannot be read: “{cell}”.", {"column": header, "cell": value}


def _unfit(book: Book, key: str, cell: str) -> tuple[str, dict[str, object]]:
    """Return the fault of a cell that does not fit on a line of a letter."""
    column = schema().tab("meetings").column(key)
    return (
        "{column} holds a hidden character, or more than {most} characters: “{cell}”.",
        {
            "column": column.headers[book.language],
            "most": _LONGEST_NAME,
            "cell": cell_text(column, cell, book.language),
        },
    )


def _value(row: Meeting, key: str, read: Callable[[str], Reading], bad: list[str]) -> str:
    """Return a cell's canonical value, or ''; the key of an unreadable cell is added to ``bad``."""
    value = read(getattr(row, key)).value
    if getattr(row, key) and not value:
        bad.append(key)
    return value
