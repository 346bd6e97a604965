"""The coming meetings in the area where a person lives or works, to be listed in a letter."""

from collections.abc import Iterator
from datetime import date
from types import SimpleNamespace

from register.book.errors import UsageError
from register.book.table import Book
from register.letters.mailing_list import people_of_lists
from register.letters.meeting import InvitableMeeting, read_meeting
from register.letters.reach import AreaReach
from register.letters.target import Target, read_target
from register.people.meetings import Meeting
from register.people.records import Person
from register.values.areas import Areas

_SHOWN = ("previewed", "released", "sent", "moved")
"""States of meetings that may be announced: a person has reviewed the meeting's details."""

_MOST = 12


class ComingMeetings:
    """The meetings from a day on, soonest first, except those whose audience cannot be read."""

    def __init__(self, book: Book, today: date) -> None:
        """Read once each meeting that may be announced."""
        self._book = book
        found = [*_invitable(book, today)]
        self._all = sorted(found, key=lambda one: (one[0].date, one[0].start, one[0].id))

    def of(self, person_id: str) -> tuple[SimpleNamespace, ...]:
        """Return the next meetings (at most 12) in a person's area and meant for that person."""
        person = Person.at(self._book, person_id)
        home = person.organisation(self._book)
        mine = (
            about
            for about, reach, target, listed in self._all
            if reach.inside(person, home)
            and not target.misses(person, home)
            and (listed is None or person_id in listed)
        )
        return tuple(
            SimpleNamespace(
                name=one.row.name, date=one.date, start=one.start, end=one.end, place=one.row.place
            )
            for one, _ in zip(mine, range(_MOST), strict=False)
        )


_Coming = tuple[InvitableMeeting, AreaReach, Target, frozenset[str] | None]


def _invitable(book: Book, today: date) -> Iterator[_Coming]:
    areas = Areas(book)
    for row in Meeting.all(book).values():
        if row.state not in _SHOWN or row.id.startswith("#"):
            continue
        try:
            about = read_meeting(book, row.id)
            target = read_target(book, row.audience)
            listed = people_of_lists(book, target.lists, today)
        except UsageError:
            continue
        codes, strange = areas.codes(row.area)
        if about.date >= today and not strange and not target.unknown:
            yield about, AreaReach(areas, codes), target, listed
