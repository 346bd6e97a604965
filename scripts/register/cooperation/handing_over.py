"""What is written when a person's matters go to somebody else, and when our own people change."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from register.book.headers import folded
from register.book.ids import new_id, reference
from register.book.plan import Change
from register.book.table import Book
from register.cooperation.events import OPEN, givers
from register.cooperation.succession import Departure
from register.fields import person_name
from register.fields.date import day
from register.people.tenure import ended
from register.rules.rule import live_rows

_BETWEEN = re.compile(r"[,;/&]|\s(?:ja|sekä|och|samt|and)\s")
"""What stands between two names of a cell."""


def handed_over(book: Book, departure: Departure) -> tuple[Change, ...]:
    """Return the changes that a person's departure asks for; none where it must be asked first.

    Where nobody comes after them, or somebody whom the register does not have yet, a row is added:
    the vacant post with the organisation's own mailbox, or the newcomer by name. Who takes over
    from somebody who trusts us is marked as an acquaintance, unless the cell says something. All
    of it is one group.
    """
    if departure.how in ("several", "circle"):
        return ()
    changes: list[Change] = []
    person = departure.person
    why = "handover"
    heir = departure.heirs[0] if departure.heirs else ""
    if not heir:
        heir, cells = _post(book, departure)
        changes += [
            Change("people", heir, column, "", value, why, kind="add")
            for column, value in cells.items()
            if value
        ]
        shown = reference(f"{cells['first']} {cells['last']}", heir)
    else:
        shown = book.reference("people", heir)
    people = book.table("people")
    if departure.how != "named":
        changes.append(
            Change("people", person, "successor", people.cell(person, "successor"), shown, why)
        )
    if departure.heirs:
        changes += _trust(book, person, heir, why)
    if departure.how == "filled":
        row = people.row(heir)
        began = day(row.get("start", "")) or day(row.get("added_on", "")) or day(departure.day)
        changes.append(Change("people", person, "end", people.cell(person, "end"), began, why))
    for move in departure.moves:
        before = book.table(move.tab).cell(move.row_id, move.column)
        to = shown if move.to in ("", heir) else book.reference("people", move.to)
        changes.append(Change(move.tab, move.row_id, move.column, before, to, why))
        if move.tab == "cooperation" and move.to in ("", heir):
            held = book.table("cooperation").cell(move.row_id, "handed_from")
            earlier = [giver for giver in givers(book, held) if giver not in (person, heir)]
            chain = ", ".join(book.reference("people", giver) for giver in (person, *earlier))
            changes.append(Change("cooperation", move.row_id, "handed_from", held, chain, why))
    group = f"handover {person}"
    return tuple(replace(one, group=group) for one in changes if one.before != one.after)


def _trust(book: Book, person: str, heir: str, why: str) -> Iterator[Change]:
    people = book.table("people")
    if people.cell(person, "trust") == "trusts_us" and not people.cell(heir, "trust"):
        yield Change("people", heir, "trust", "", "acquaintance", why)
    if not people.cell(heir, "owner") and people.cell(person, "owner"):
        yield Change("people", heir, "owner", "", people.cell(person, "owner"), why)


def _post(book: Book, departure: Departure) -> tuple[str, dict[str, str]]:
    """Return the row of the vacant post, or of the newcomer whom Seuraaja names."""
    row = book.table("people").row(departure.person)
    first, last, *_ = person_name.split(departure.name) if departure.name else ("", "")
    org = book.table("organisations")
    home = row.get("org", "").rpartition(" · ")[2]
    begins = day(row.get("end", ""))
    vacant = not departure.name
    address = org.cell(home, "email") if vacant else ""
    row_id = new_id("H", (departure.person, departure.name, begins), book.taken())
    return row_id, {
        "id": row_id,
        "first": first,
        "last": last,
        "org": row.get("org", ""),
        "municipality": row.get("municipality", ""),
        "role": row.get("role", ""),
        "group": row.get("group", ""),
        "trust": "" if vacant or row.get("trust") != "trusts_us" else "acquaintance",
        "body": row.get("body", ""),
        "email": address,
        "language": row.get("language", "") if vacant else "",
        "topics": row.get("topics", ""),
        "invite": row.get("invite", "") if address else "no",
        "start": (date.fromisoformat(begins) + timedelta(days=1)).isoformat() if begins else "",
        "source": f"{book.row_name('people', departure.person)} · {departure.person}",
        "basis": row.get("basis", "") if row.get("basis") != "consent" else "legitimate_interest",
        "owner": row.get("owner", ""),
    }


@dataclass(frozen=True, slots=True)
class OwnerLeft:
    """One of our own has left: who else there is, and the cells that still name them."""

    name: str
    others: tuple[str, ...]
    cells: tuple[tuple[str, str, str], ...]


def owners_left(book: Book, today: date) -> Iterator[OwnerLeft]:
    """Yield those of Valikot's owners whose time is over and whom rows in use still name.

    Done matters keep who took care of them: that is the record.
    """
    rows = [row for _, row in book.table("choices").rows() if row.get("owners")]
    gone = [row["owners"] for row in rows if ended(row, today, "owner_end")]
    here = tuple(dict.fromkeys(row["owners"] for row in rows if row["owners"] not in gone))
    for name in dict.fromkeys(gone):
        cells = tuple(_named(book, name, today))
        if cells and name not in here:
            yield OwnerLeft(name, here, cells)


def instead(cell: str, name: str, heir: str) -> str:
    """Return a cell of names with ``heir`` in the place of ``name``; nobody stands in it twice.

    A cell that does not name them stays as it is.
    """
    parts = [part.strip() for part in _BETWEEN.split(cell)]
    if folded(name) not in map(folded, parts):
        return cell
    names = (heir if folded(part) == folded(name) else part for part in parts)
    return ", ".join(dict.fromkeys(part for part in names if part))


def _named(book: Book, name: str, today: date) -> Iterator[tuple[str, str, str]]:
    for row_id, row in live_rows(book.table("cooperation")):
        if row.get("owner") == name and row.get("state") in OPEN:
            yield "cooperation", row_id, "owner"
    for row_id, row in live_rows(book.table("people")):
        if row.get("owner") == name and not ended(row, today):
            yield "people", row_id, "owner"
    for row_id, row in live_rows(book.table("meetings")):
        here = row.get("attending", "")
        if instead(here, name, "") != here and day(row.get("date", "")) >= today.isoformat():
            yield "meetings", row_id, "attending"
