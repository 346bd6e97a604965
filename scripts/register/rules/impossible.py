"""A cell holds what its column is for, or a person is asked what was meant.

Each field says by a code of this rule why a value has no certain canonical form. A day in words, or
with a slip in its year, is proposed as the day that it was on the day of the run: people write
"eilen", "ensi ma" and "20.1." as they would on paper.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from register.book.finding import Finding
from register.book.schema import schema
from register.book.table import Book
from register.people.refusals import open_refusals
from register.people.suppression import Bans
from register.people.told_refusals import told_refusals
from register.rules.readings import reader, unlike_readings
from register.rules.rule import RuleContext
from register.values.date import day
from register.values.email import mailbox_key
from register.values.meant_day import When, meant_day
from register.values.time import read_range

_PEOPLE = r"(?: ?(?:hlö[aä]?|henk\w*|heng\w*|kpl|pers(?:oner|\.)?|st|people|persons))?"
_SEVERAL = re.compile(
    rf"(?P<answer>[^\d+]*[^\d+ ,:(])[ ,:(]+(?P<plus>\+ ?)?(?P<after>\d{{1,2}}){_PEOPLE}\.?\)?"
    rf"|(?P<before>\d{{1,2}}){_PEOPLE},? (?P<behind>[^\d]+)",
    re.IGNORECASE,
)
"""An answer with the number of people, before or after it."""

_UNREAD = ("date-impossible", "date-no-year")
"""The problems of a day that may still be understood; without a year only a meeting's."""

_PAST = ("verified_on", "consent_on", "start")
"""The columns of past days; ``date`` is past as well, except a meeting's."""

_DEADLINES = ("due", "rsvp_by")


def check(book: Book, setting: RuleContext) -> Iterator[Finding]:
    """Yield the cells that have no certain canonical form.

    A cell of ``bans`` whose owner is understood is asked about as a refusal, unless its address is
    certain.
    """
    for tab, row_id, column, cell, reading in unlike_readings(book):
        is_ban = (tab, column.key) == ("bans", "email") and reading.problem != "email-marks"
        if is_ban and row_id in book.once(_meant_bans):
            continue
        if reading.problem in _UNREAD[: 2 if tab == "meetings" else 1] and not reading.suggestion:
            place = (tab, row_id, column.key)
            if meant := meant_day(cell, setting.today, _when(tab, column.key)):
                finding = Finding(*place, "date-meant", cell, meant.isoformat())
                # "eilen" keeps meaning the day that it meant when it was first asked about
                asked = day(book.table("review").cell(finding.case_id, "suggestion"))
                yield replace(finding, suggestion=asked) if asked else finding
                continue
        if tab == "meetings" and column.key == "start" and (both := read_range(cell)):
            blank = not book.table(tab).cell(row_id, "end")
            yield Finding(
                *(tab, row_id, "start", "time-range", cell),
                suggestion=both[0] if blank else "",
                others=(("end", both[1]),) if blank else (),
            )
            continue
        if (tab, column.key, reading.problem) == ("invitations", "rsvp", "choice-unknown"):
            rsvp, size = _answer_of_several(book, cell)
            blank = not book.table(tab).cell(row_id, "party_size")
            if rsvp and blank:
                place = (tab, row_id, column.key)
                others = (("party_size", size),)
                yield Finding(*place, "choice-typo", cell, rsvp, others=others)
                continue
        if reading.problem:
            yield Finding(
                *(tab, row_id, column.key, reading.problem, cell),
                suggestion=reading.suggestion,
                detail=reading.detail,
            )


def _answer_of_several(book: Book, cell: str) -> tuple[str, str]:
    """Return the answer and the number of people in "tulossa 2 hlö" or "kommer +1", else two ''."""
    found = _SEVERAL.fullmatch(" ".join(cell.split()))
    read = reader(book, schema().tab("invitations").column("rsvp"))
    if not (found and read):
        return "", ""
    number = int(found["after"] or found["before"]) + bool(found["plus"])
    told = read(found["answer"] or found["behind"], "")
    return told.value or told.suggestion, str(number)


def _meant_bans(book: Book) -> frozenset[str]:
    """Return the ids of the rows of ``bans`` that name somebody otherwise than by an address."""
    asked, bans = book.once(open_refusals), book.once(Bans)
    told = (one for one in book.once(told_refusals) if one.tab == "bans" and one.sure)
    return frozenset(
        one.row_id
        for one in told
        if mailbox_key(one.address) in asked or bans.stops(one.address, "invitation")
    )


def _when(tab: str, column: str) -> When:
    """Return whether a column's days are past, to come, or deadlines."""
    if column in _PAST or (column == "date" and tab != "meetings"):
        return "past"
    return "deadline" if column in _DEADLINES else "ahead"
