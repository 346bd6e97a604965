"""Handovers: a person's matters go to a successor, or to another of our own people."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from register.book.change import Change, added_row
from register.book.headers import fold_header
from register.book.ids import new_id, reference_text
from register.book.table import Book
from register.cooperation.events import earlier_holders
from register.cooperation.succession import Departure
from register.people.meetings import Meeting
from register.people.owners import Owner
from register.people.records import Matter, Organisation, Person
from register.values import person_name
from register.values.date import day

_BETWEEN = re.compile(r"[,;/&]|\s(?:ja|sekä|och|samt|and)\s")
"""The separators between names in a cell."""


def handover_changes(book: Book, departure: Departure) -> tuple[Change, ...]:
    """Return the changes of a departure, in one group; none if a person must choose first.

    If there is no successor, or one who is not in the register, a row is added: the vacant post
    with the organisation's own mailbox, or the newcomer by name. The successor of a person who
    trusts us is marked as an acquaintance, unless the cell is filled in.
    """
    if departure.how in ("several", "circle"):
        return ()
    changes: list[Change] = []
    person = departure.person
    why = "handover"
    heir = departure.heirs[0] if departure.heirs else ""
    if not heir:
        cells = _post(book, departure)
        heir = cells["id"]
        changes += added_row("people", cells, why)
        shown = reference_text(f"{cells['first']} {cells['last']}", heir)
    else:
        shown = book.reference("people", heir)
    row, after = Person.at(book, person), Person.at(book, heir)
    if departure.how != "named":
        changes.append(Change("people", person, "successor", row.successor, shown, why))
    if departure.heirs:
        changes += _trust(row, after, why)
    if departure.how == "filled":
        began = post_start_day(book, departure) or day(departure.day)
        changes.append(Change("people", person, "end", row.end, began, why))
    for move in departure.moves:
        before = book.table(move.tab).cell(move.row_id, move.column)
        to = shown if move.to in ("", heir) else book.reference("people", move.to)
        changes.append(Change(move.tab, move.row_id, move.column, before, to, why))
        if move.tab == "cooperation" and move.to in ("", heir):
            held = Matter.at(book, move.row_id).handed_from
            earlier = [
                giver for giver in earlier_holders(book, held) if giver not in (person, heir)
            ]
            chain = ", ".join(book.reference("people", giver) for giver in (person, *earlier))
            changes.append(Change("cooperation", move.row_id, "handed_from", held, chain, why))
    group = f"handover {person}"
    return tuple(replace(one, group=group) for one in changes if one.before != one.after)


def post_start_day(book: Book, departure: Departure) -> str:
    """Return the ISO day since which the newcomer has the post, '' if their row does not tell."""
    heir = Person.at(book, departure.heirs[0] if departure.heirs else "")
    return day(heir.start) or day(heir.added_on)


def _trust(row: Person, heir: Person, why: str) -> Iterator[Change]:
    if row.trust == "trusts_us" and not heir.trust:
        yield Change("people", heir.id, "trust", "", "acquaintance", why)
    if not heir.owner and row.owner:
        yield Change("people", heir.id, "owner", "", row.owner, why)


def _post(book: Book, departure: Departure) -> dict[str, str]:
    """Return the cells of the vacant post, or of the newcomer that ``successor`` names."""
    row = Person.all(book)[departure.person]
    first, last, *_ = person_name.split_name(departure.name) if departure.name else ("", "")
    begins = day(row.end)
    vacant = not departure.name
    address = Organisation.at(book, row.org_id).email if vacant else ""
    return {
        "id": new_id("H", (row.id, departure.name, begins), book.taken()),
        "first": first,
        "last": last,
        "org": row.org,
        "municipality": row.municipality,
        "role": row.role,
        "group": row.group,
        "trust": "" if vacant or row.trust != "trusts_us" else "acquaintance",
        "body": row.body,
        "email": address,
        "language": row.language if vacant else "",
        "topics": row.topics,
        "invite": row.invite if address else "no",
        "start": (date.fromisoformat(begins) + timedelta(days=1)).isoformat() if begins else "",
        "source": f"{book.row_name('people', row.id)} · {row.id}",
        "basis": row.basis if row.basis != "consent" else "legitimate_interest",
        "owner": row.owner,
    }


@dataclass(frozen=True, slots=True)
class OwnerLeft:
    """An owner of ours who has left: the other owners, and the cells that still name them."""

    name: str
    others: tuple[str, ...]
    cells: tuple[tuple[str, str, str], ...]


def departed_owners(book: Book, today: date) -> Iterator[OwnerLeft]:
    """Yield the owners in ``choices`` who have left and whom rows in use still name.

    Closed matters keep their owner, as a record.
    """
    names, gone = Owner.named(book, today)
    here = tuple(dict.fromkeys(name for name in names if name not in gone))
    for name in dict.fromkeys(gone):
        cells = tuple(_named(book, name, today))
        if cells and name not in here:
            yield OwnerLeft(name, here, cells)


def replace_name(cell: str, name: str, heir: str) -> str:
    """Return a cell of names with ``heir`` in place of ``name``, each name once.

    A cell without ``name`` is returned unchanged; an empty ``heir`` removes the name.
    """
    parts = [part.strip() for part in _BETWEEN.split(cell)]
    if fold_header(name) not in map(fold_header, parts):
        return cell
    names = (heir if fold_header(part) == fold_header(name) else part for part in parts)
    return ", ".join(dict.fromkeys(part for part in names if part))


def _named(book: Book, name: str, today: date) -> Iterator[tuple[str, str, str]]:
    for matter in Matter.all(book).values():
        if matter.owner == name and matter.is_open:
            yield "cooperation", matter.id, "owner"
    for person in Person.live(book):
        if person.owner == name and not person.ended(today):
            yield "people", person.id, "owner"
    for meeting in Meeting.all(book).values():
        here = meeting.attending
        if replace_name(here, name, "") != here and day(meeting.date) >= today.isoformat():
            yield "meetings", meeting.id, "attending"
