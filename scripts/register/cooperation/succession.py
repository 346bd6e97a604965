"""A person changes: who comes after them, and what moves to whom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from register.book.ids import reference_id
from register.book.table import Book
from register.cooperation.events import OPEN, current
from register.fields import person_name
from register.fields.date import day
from register.fields.email import mailbox_key
from register.people.tenure import ended
from register.rules.rule import live_rows

How = Literal["named", "found", "several", "unknown", "vacant", "circle", "filled"]
_TO_COME = ("draft", "released", "sent")
_DEPTH = 50
"""So long a chain of successors is followed; a longer one is somebody's mistake."""


@dataclass(frozen=True, order=True, slots=True)
class Move:
    """A cell that names somebody who has left, and the row that comes in their place.

    ``to`` is '' where the successor is not in the register yet.
    """

    tab: str
    row_id: str
    column: str
    to: str


@dataclass(frozen=True, slots=True)
class Departure:
    """Somebody has left: how it is known who comes after them, and what they leave behind.

    ``named``: Seuraaja says it (or whom that chain leads to). ``found``: one newcomer has their
    mailbox or task. ``several``: more than one claims the post. ``unknown``: Seuraaja names
    somebody who is not in the register. ``vacant``: nobody. ``circle``: Seuraaja leads back.
    ``filled``: ``person`` is a vacant post, and one newcomer has it now.
    ``heirs`` are ids, ``name`` what Seuraaja says of somebody unknown.
    """

    person: str
    how: How
    heirs: tuple[str, ...]
    moves: tuple[Move, ...]
    name: str = ""
    day: str = ""
    """The ISO day on which this was seen."""


def departures(book: Book, today: date) -> Iterator[Departure]:
    """Yield those who have left and leave something behind, or a task without anybody."""
    there = _There(book, today)
    people = there.people
    posts = {current(book, "people", row.get("successor", "")) for row in people.values()}
    for person, row in people.items():
        if person in posts and is_vacant(row) and not row.get("successor"):
            heirs = tuple(_newcomers(there, person))
            if heirs and not ended(row, today):
                filled: How = "several" if heirs[1:] else "filled"
                moves = tuple(sorted(_left_behind(there, person, heirs[0])))
                yield Departure(person, filled, heirs, moves, day=today.isoformat())
            continue
        if person.startswith("#") or not ended(row, today):
            continue
        how, heirs, name = _heirs(there, person)
        to = heirs[0] if len(heirs) == 1 else ""
        moves = tuple(sorted(_left_behind(there, person, to)))
        alone = not there.colleagues(person)
        if moves or (how == "vacant" and alone and reference_id(row.get("org", ""))):
            yield Departure(person, how, heirs, moves, name)


class _There:
    """Who is where and who has what, gathered in one pass over each tab.

    ``matters`` are open ones ``(row id, organisation)``, ``hosted`` meetings to come, ``networks``
    all, each by the person that the row names.
    """

    def __init__(self, book: Book, today: date) -> None:
        self.book, self.today = book, today
        self.people = dict(live_rows(book.table("people")))
        self._of_org: dict[str, list[str]] = {}
        self._of_name: dict[frozenset[str], list[str]] = {}
        for person, row in self.people.items():
            if not ended(row, today):
                self._of_org.setdefault(reference_id(row.get("org", "")), []).append(person)
                self._of_name.setdefault(_name(row), []).append(person)
        self.matters: dict[str, list[tuple[str, str]]] = {}
        for row_id, row in live_rows(book.table("cooperation")):
            if row.get("state") in OPEN and row.get("person"):
                who = current(book, "people", row["person"])
                org = current(book, "organisations", row.get("org", ""))
                self.matters.setdefault(who, []).append((row_id, org))
        self.hosted = self._named("meetings", "host")
        self.networks = self._named("networks", "person")

    def colleagues(self, person: str) -> list[str]:
        """Return who else of a person's organisation has not left."""
        org = reference_id(self.people[person].get("org", ""))
        return [other for other in self._of_org.get(org, ()) if org and other != person]

    def namesakes(self, person: str) -> list[str]:
        """Return the rows of the same human that have not ended."""
        name = _name(self.people[person])
        return [other for other in self._of_name.get(name, ()) if name and other != person]

    def _named(self, tab: str, column: str) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for row_id, row in live_rows(self.book.table(tab)):
            over = tab == "meetings" and not (
                row.get("state") in _TO_COME and day(row.get("date", "")) >= self.today.isoformat()
            )
            if row.get(column) and not over:
                found.setdefault(current(self.book, "people", row[column]), []).append(row_id)
        return found


def _heirs(there: _There, person: str) -> tuple[How, tuple[str, ...], str]:
    """Return who comes after a person: the first of the chain who has not left."""
    people = there.people
    at, seen = person, {person}
    for _ in range(_DEPTH):
        cell = people[at].get("successor", "")
        heir = current(there.book, "people", cell)
        if cell and heir not in people:
            return ("unknown", (), cell) if not reference_id(cell) else ("vacant", (), "")
        if heir in seen:
            return "circle", (), ""
        if not heir:
            found = tuple(p for p in _newcomers(there, at) if p not in seen)
            return ("found" if len(found) == 1 else "several" if found else "vacant"), found, ""
        if not ended(people[heir], there.today):
            return "named", (heir,), ""
        seen.add(heir)
        at = heir
    return "circle", (), ""


def _newcomers(there: _There, person: str) -> Iterator[str]:
    """Yield who seems to have taken over: same organisation, and their mailbox or their task.

    Who was there beside them all along with another task is not a newcomer; whose matters they had
    taken over, and who is there again, is.
    """
    row = there.people[person]
    left = day(row.get("end", "")) or day(row.get("start", ""))
    mailbox, role = mailbox_key(row.get("email", "")), row.get("role", "").strip().casefold()
    name = _name(row)
    for other in there.colleagues(person):
        theirs = there.people[other]
        if is_vacant(theirs):
            continue
        began = day(theirs.get("start", "")) or theirs.get("added_on", "")
        same_task = bool(role) and theirs.get("role", "").strip().casefold() == role
        if (
            reference_id(theirs.get("successor", "")) == person
            or (mailbox and mailbox_key(theirs.get("email", "")) == mailbox)
            or (same_task and began and began >= left)
            or (name and _name(theirs) == name)
        ):
            yield other


def _left_behind(there: _There, person: str, heir: str) -> Iterator[Move]:
    """Yield the open matters, the meetings to come and the networks that name a person.

    A matter of another organisation, where the same human still has a task, stays with them.
    """
    book = there.book
    home = current(book, "organisations", there.people[person].get("org", ""))
    elsewhere = {
        reference_id(there.people[other].get("org", "")): other for other in there.namesakes(person)
    }
    for row_id, org in there.matters.get(person, ()):
        to = elsewhere.get(org, heir) if org != home else heir
        yield Move("cooperation", row_id, "person", to)
    for row_id in there.hosted.get(person, ()):
        yield Move("meetings", row_id, "host", heir)
    for row_id in there.networks.get(person, ()):
        yield Move("networks", row_id, "person", heir)


def is_vacant(row: Mapping[str, str]) -> bool:
    """Whether a row of Yhteyshenkilöt is a post that nobody holds: a task without a name."""
    return bool(row.get("role")) and not (row.get("first") or row.get("last"))


def _name(row: dict[str, str]) -> frozenset[str]:
    keys = {person_name.key(row.get("first", "")), person_name.key(row.get("last", ""))}
    return frozenset(keys - {""})
