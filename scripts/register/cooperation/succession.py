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
from register.fields.email import mailbox_key
from register.rules.rule import day, has_left, live_rows

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
    now = today.isoformat()
    people = dict(live_rows(book.table("people")))
    posts = {current(book, "people", row.get("successor", "")) for row in people.values()}
    for person, row in people.items():
        if person in posts and is_vacant(row) and not row.get("successor"):
            heirs = tuple(_newcomers(people, person, now))
            moves = tuple(sorted(_left_behind(book, people, person, (*heirs, "")[0], now)))
            if heirs and not has_left(row, now):
                filled: How = "several" if heirs[1:] else "filled"
                yield Departure(person, filled, heirs, moves, day=now)
            continue
        if person.startswith("#") or not has_left(row, now):
            continue
        how, heirs, name = _heirs(book, people, person, now)
        to = heirs[0] if len(heirs) == 1 else ""
        moves = tuple(sorted(_left_behind(book, people, person, to, now)))
        if moves or (how == "vacant" and _is_alone(people, person, now)):
            yield Departure(person, how, heirs, moves, name)


def _heirs(
    book: Book, people: dict[str, dict[str, str]], person: str, now: str
) -> tuple[How, tuple[str, ...], str]:
    """Return who comes after a person: the first of the chain who has not left."""
    at, seen = person, {person}
    for _ in range(_DEPTH):
        cell = people[at].get("successor", "")
        heir = current(book, "people", cell)
        if cell and heir not in people:
            return ("unknown", (), cell) if not reference_id(cell) else ("vacant", (), "")
        if heir in seen:
            return "circle", (), ""
        if not heir:
            found = tuple(p for p in _newcomers(people, at, now) if p not in seen)
            return ("found" if len(found) == 1 else "several" if found else "vacant"), found, ""
        if not has_left(people[heir], now):
            return "named", (heir,), ""
        seen.add(heir)
        at = heir
    return "circle", (), ""


def _newcomers(people: dict[str, dict[str, str]], person: str, now: str) -> Iterator[str]:
    """Yield who seems to have taken over: same organisation, and their mailbox or their task.

    Who was there beside them all along with another task is not a newcomer; whose matters they had
    taken over, and who is there again, is.
    """
    row = people[person]
    org = reference_id(row.get("org", ""))
    left = day(row.get("end", "")) or day(row.get("start", ""))
    mailbox, role = mailbox_key(row.get("email", "")), row.get("role", "").strip().casefold()
    name = _name(row)
    for other, theirs in people.items():
        if other == person or has_left(theirs, now) or reference_id(theirs.get("org", "")) != org:
            continue
        if is_vacant(theirs):
            continue
        if org and reference_id(theirs.get("successor", "")) == person:
            yield other
            continue
        began = day(theirs.get("start", "")) or theirs.get("added_on", "")
        later = bool(began) and began >= left
        same_mailbox = bool(mailbox) and mailbox_key(theirs.get("email", "")) == mailbox
        same_task = bool(role) and theirs.get("role", "").strip().casefold() == role
        if org and (
            same_mailbox or (same_task and later) or (bool(name) and _name(theirs) == name)
        ):
            yield other


def _left_behind(
    book: Book, people: dict[str, dict[str, str]], person: str, heir: str, now: str
) -> Iterator[Move]:
    """Yield the open matters, the meetings to come and the networks that name a person.

    A matter of another organisation, where the same human still has a task, stays with them.
    """
    elsewhere = _other_tasks(people, person, now)
    home = current(book, "organisations", people[person].get("org", ""))
    for row_id, row in live_rows(book.table("cooperation")):
        if row.get("state") in OPEN and current(book, "people", row.get("person", "")) == person:
            org = current(book, "organisations", row.get("org", ""))
            to = elsewhere.get(org, heir) if org != home else heir
            yield Move("cooperation", row_id, "person", to)
    for row_id, row in live_rows(book.table("meetings")):
        comes = row.get("state") in _TO_COME and day(row.get("date", "")) >= now
        if comes and current(book, "people", row.get("host", "")) == person:
            yield Move("meetings", row_id, "host", heir)
    for row_id, row in live_rows(book.table("networks")):
        if current(book, "people", row.get("person", "")) == person:
            yield Move("networks", row_id, "person", heir)


def is_vacant(row: Mapping[str, str]) -> bool:
    """Whether a row of Yhteyshenkilöt is a post that nobody holds: a task without a name."""
    return bool(row.get("role")) and not (row.get("first") or row.get("last"))


def _other_tasks(people: dict[str, dict[str, str]], person: str, now: str) -> dict[str, str]:
    """Return the rows of the same human in other organisations, by organisation."""
    name = _name(people[person])
    return {
        reference_id(row.get("org", "")): other
        for other, row in people.items()
        if name and other != person and _name(row) == name and not has_left(row, now)
    }


def _is_alone(people: dict[str, dict[str, str]], person: str, now: str) -> bool:
    """Whether nobody else of the organisation is left in the register."""
    org = reference_id(people[person].get("org", ""))
    return bool(org) and not any(
        reference_id(row.get("org", "")) == org and not has_left(row, now)
        for row in people.values()
    )


def _name(row: dict[str, str]) -> frozenset[str]:
    keys = {person_name.key(row.get("first", "")), person_name.key(row.get("last", ""))}
    return frozenset(keys - {""})
