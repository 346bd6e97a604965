"""Departures: who succeeds a person, and what moves to whom."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from register.book.ids import reference_id
from register.book.table import Book
from register.people.meetings import AHEAD, Meeting
from register.people.records import Matter, Organisation, Person
from register.values.date import day

_How = Literal["named", "found", "several", "unknown", "vacant", "circle", "filled"]
_DEPTH = 50
"""The longest chain of successors that is followed; a longer one is a mistake."""


@dataclass(frozen=True, order=True, slots=True)
class Replacement:
    """A cell that names a person who has left, and the id to replace them with.

    ``to`` is '' if the successor is not in the register yet.
    """

    tab: str
    row_id: str
    column: str
    to: str


@dataclass(frozen=True, slots=True)
class Departure:
    """A person who has left, how the successor is known, and what is left behind.

    - ``named``: ``successor`` names them, directly or through a chain.
    - ``found``: one newcomer has the mailbox or role.
    - ``several``: more than one newcomer has.
    - ``unknown``: ``successor`` names a person who is not in the register.
    - ``vacant``: there is no successor.
    - ``circle``: ``successor`` leads back to the person.
    - ``filled``: ``person`` is a vacant post, and one newcomer has it now.

    ``heirs`` are ids, ``name`` is the text of ``successor`` for an unknown person.
    """

    person: str
    how: _How
    heirs: tuple[str, ...]
    moves: tuple[Replacement, ...]
    name: str = ""
    day: str = ""
    """The ISO day on which a filled post was noticed, else ''."""


def departures(book: Book, today: date) -> Iterator[Departure]:
    """Yield people who left things or a post behind, and vacant posts that are filled now."""
    there = _There(book, today)
    people = there.people
    posts = {Person.current_id(book, row.successor) for row in people.values()}
    for person, row in people.items():
        if person in posts and row.is_vacant and not row.successor:
            heirs = tuple(_newcomers(there, person))
            if heirs and not row.ended(today):
                filled: _How = "several" if heirs[1:] else "filled"
                moves = tuple(sorted(_left_behind(there, person, heirs[0])))
                yield Departure(person, filled, heirs, moves, day=today.isoformat())
            continue
        if person.startswith("#") or not row.ended(today):
            continue
        how, heirs, name = _heirs(there, person)
        to = heirs[0] if len(heirs) == 1 else ""
        moves = tuple(sorted(_left_behind(there, person, to)))
        alone = not there.colleagues(person)
        if moves or (how == "vacant" and alone and row.org_id):
            yield Departure(person, how, heirs, moves, name)


class _There:
    """People by organisation and name, and what each of them holds, read in one pass over each tab.

    ``matters`` are the open ones as ``(row id, organisation)``, ``hosted`` the meetings to come,
    ``networks`` all networks, each by the id of the person that the row names.
    """

    def __init__(self, book: Book, today: date) -> None:
        self.book, self.today = book, today
        self.people = {one.id: one for one in Person.live(book)}
        self._of_org: dict[str, list[str]] = {}
        self._of_name: dict[frozenset[str], list[str]] = {}
        for person, row in self.people.items():
            if not row.ended(today):
                self._of_org.setdefault(row.org_id, []).append(person)
                self._of_name.setdefault(row.name_keys, []).append(person)
        self.matters: dict[str, list[tuple[str, str]]] = {}
        for matter in Matter.all(book).values():
            if matter.is_open and matter.person:
                who = Person.current_id(book, matter.person)
                org = Organisation.current_id(book, matter.org)
                self.matters.setdefault(who, []).append((matter.id, org))
        self.hosted = self._named(
            (one.id, one.host)
            for one in Meeting.all(book).values()
            if one.state in AHEAD and day(one.date) >= today.isoformat()
        )
        self.networks = self._named(book.table("networks").column("person"))

    def colleagues(self, person: str) -> list[str]:
        """Return the other people of a person's organisation who have not left."""
        org = self.people[person].org_id
        return [other for other in self._of_org.get(org, ()) if org and other != person]

    def namesakes(self, person: str) -> list[str]:
        """Return the other rows with the same name whose post has not ended."""
        name = self.people[person].name_keys
        return [other for other in self._of_name.get(name, ()) if name and other != person]

    def _named(self, cells: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for row_id, cell in cells:
            if cell:
                found.setdefault(Person.current_id(self.book, cell), []).append(row_id)
        return found


def _heirs(there: _There, person: str) -> tuple[_How, tuple[str, ...], str]:
    """Return how the successor is known, their ids, and the name of an unknown one.

    The successor is the first person of the chain who has not left.
    """
    people = there.people
    at, seen = person, {person}
    for _ in range(_DEPTH):
        cell = people[at].successor
        heir = Person.current_id(there.book, cell)
        if cell and heir not in people:
            return ("unknown", (), cell) if not reference_id(cell) else ("vacant", (), "")
        if heir in seen:
            return "circle", (), ""
        if not heir:
            found = tuple(p for p in _newcomers(there, at) if p not in seen)
            return ("found" if len(found) == 1 else "several" if found else "vacant"), found, ""
        if not people[heir].ended(there.today):
            return "named", (heir,), ""
        seen.add(heir)
        at = heir
    return "circle", (), ""


def _newcomers(there: _There, person: str) -> Iterator[str]:
    """Yield who seems to have taken over: same organisation, and the same mailbox, role or name.

    A colleague with the same role counts only if they began after the person left. A person whose
    ``successor`` had been this one, and who is back, counts as well.
    """
    row = there.people[person]
    left = day(row.end) or day(row.start)
    mailbox, role, name = row.mailbox, row.role.strip().casefold(), row.name_keys
    for other in there.colleagues(person):
        theirs = there.people[other]
        if theirs.is_vacant:
            continue
        began = day(theirs.start) or theirs.added_on
        same_task = bool(role) and theirs.role.strip().casefold() == role
        if (
            reference_id(theirs.successor) == person
            or (mailbox and theirs.mailbox == mailbox)
            or (same_task and began and began >= left)
            or (name and theirs.name_keys == name)
        ):
            yield other


def _left_behind(there: _There, person: str, heir: str) -> Iterator[Replacement]:
    """Yield the open matters, the meetings to come and the networks that name a person.

    A matter of another organisation where the same human still has a post stays with them.
    """
    home = Organisation.current_id(there.book, there.people[person].org)
    elsewhere = {there.people[other].org_id: other for other in there.namesakes(person)}
    for row_id, org in there.matters.get(person, ()):
        to = elsewhere.get(org, heir) if org != home else heir
        yield Replacement("cooperation", row_id, "person", to)
    for row_id in there.hosted.get(person, ()):
        yield Replacement("meetings", row_id, "host", heir)
    for row_id in there.networks.get(person, ()):
        yield Replacement("networks", row_id, "person", heir)
