"""``regions.py pioneer``: the starter kit of a municipality that has no network yet.

"If there is no network in your area yet, be the pioneer: make a list of the area's organisations
and invite them to a joint meeting." The kit is that list, of the register, of what waits in
Saapuneet and of what the open registers have besides, and a draft of the meeting in Tapaamiset; a
person gives it a day and a place.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from register.book.errors import UsageError
from register.book.headers import folded
from register.book.ids import new_id
from register.book.outcome import Outcome, run_id
from register.book.plan import Change, Plan
from register.book.table import Book
from register.imports.registers import known_organisations, waiting_organisations
from register.intake.registered import Answer
from register.lists.directory import Directory, Organisation, alphabetical
from register.lists.listing import Column, Group, Listing
from register.lists.selection import Selection
from register.values import organisation_name, places
from register.values.area_forms import area_form
from register.values.areas import Areas, home_code
from register.words.sentences import Sentences

REASON = "pioneer"
COLUMNS = (
    Column("id", "organisations", "id"),
    Column("name", "organisations", "name"),
    Column("municipality", "organisations", "municipality"),
    Column("type", "organisations", "type"),
    Column("topics", "organisations", "topics"),
    Column("email", "organisations", "email"),
    Column("contact", "invitations", "person"),
    Column("source", "organisations", "source"),
)
_CONTACTS = 3
_NONE_MORE = "We have them all."
_NONE_WAITING = "Nothing waits there from this municipality."


def kit(
    book: Book, lists: Directory, chosen: Selection, answers: Mapping[str, Answer] | None = None
) -> Listing:
    """Return the organisations of one municipality: at home, active there, waiting in Saapuneet.

    ``answers`` are those of the open registers that were asked, by name: a group of each tells what
    it has and we have not. Raises UsageError where not just one municipality was asked for.
    """
    code = one_municipality(chosen)
    spots = [spot for region in lists.regions for spot in region.localities if spot.code == code]
    home = [one for spot in spots for one in spot.home]
    active = [one for spot in spots for one in spot.active]
    groups = [
        Group("home", "At home here", _lines(home), "Nobody yet."),
        Group("active", "Active here from elsewhere", _lines(active), "Nobody yet."),
        Group("waiting", "Waiting in Saapuneet", _waiting(book, code), _NONE_WAITING),
    ]
    answers = answers or {}
    if "PRH" in answers:
        lines = _missing(book, answers["PRH"])
        groups.append(Group("prh", "Associations that PRH has and we have not", lines, _NONE_MORE))
    if "PTV" in answers:
        lines = _missing(book, answers["PTV"])
        groups.append(Group("ptv", "Public bodies that PTV has and we have not", lines, _NONE_MORE))
    return Listing(COLUMNS, tuple(groups))


def pioneer(book: Book, chosen: Selection, now: datetime, say: Sentences) -> Outcome:
    """Return the plan that adds a draft of the first joint meeting, unless one is being prepared.

    Day, time and place stay blank for a person to fill; nothing goes before it is released.
    ``say`` speaks the book's language.
    """
    code = one_municipality(chosen)
    place = places.municipality(code).name(book.language)
    areas = Areas(book)
    for row_id, row in book.table("meetings").rows():
        open_ = row.get("state") in ("draft", "released", "sent")
        here = areas.codes(row.get("area", ""))[0] == {code}
        if open_ and here and row.get("kind") == "network_meeting":
            note = ("{meeting} is being prepared already.", {"meeting": row.get("name") or row_id})
            return Outcome("pioneer", book, run=run_id(now), notes=(note,))
    of = area_form(place, "of" if book.language == "fi" else "in", book.language)
    cells = {
        "name": say("First joint meeting of the organisations {place}", place=of),
        "kind": "network_meeting",
        "area": place,
        "state": "draft",
    }
    row_id = new_id("T", ("pioneer", code, now.date().isoformat()), book.taken())
    changes = [
        Change("meetings", row_id, key, "", value, REASON, kind="add")
        for key, value in {"id": row_id, **cells}.items()
    ]
    return Outcome("pioneer", book, run=run_id(now), plan=Plan.of(changes))


def one_municipality(chosen: Selection) -> str:
    """Return the code of the only municipality; raises UsageError."""
    if chosen.codes is None or len(chosen.codes) != 1:
        raise UsageError(
            "A pioneer starts in one municipality.", remedy="Give its name, as in: Espoo"
        )
    (code,) = chosen.codes
    return code


def _lines(some: list[Organisation]) -> tuple[tuple[str, ...], ...]:
    return tuple(
        (
            *(one.id, one.name, one.town, one.type, one.topics, one.email),
            _some([who.name or who.role for who in one.contacts]),
            "",
        )
        for one in some
    )


def _some(names: list[str]) -> str:
    """Return the first names, and how many more there are: a town's council is a long list."""
    more = f" (+{len(names) - _CONTACTS})" if len(names) > _CONTACTS else ""
    return ", ".join(names[:_CONTACTS]) + more


def _missing(book: Book, answer: Answer) -> tuple[tuple[str, ...], ...]:
    """Return the organisations of an open register that are neither here nor in Saapuneet."""
    known, waiting = known_organisations(book), waiting_organisations(book)
    found = (
        (
            *(one.business_id, one.name),
            places.municipality(one.municipality).name(book.language) if one.municipality else "",
            *(one.type, "", one.email, "", answer.source),
        )
        for one in answer.found
        if not (one.ended or known.row_of(one) or waiting.row_of(one))
    )
    return tuple(sorted(found, key=lambda line: alphabetical(line[1])))


def _waiting(book: Book, code: str) -> tuple[tuple[str, ...], ...]:
    """Return the organisations that Saapuneet has for this place and the register has not."""
    names = (cell for _, cell in book.table("organisations").column("name"))
    known = {organisation_name.key(name) for name in names if name}
    found: dict[str, tuple[str, ...]] = {}
    for row_id, row in book.table("inbox").rows():
        name = row.get("org", "")
        if not name or row.get("result") or home_code(row.get("municipality", "")) != code:
            continue
        key = organisation_name.key(name) or folded(name)
        if key not in known:
            cells = (row_id, name, row.get("municipality", ""), "", "", row.get("email", ""))
            found.setdefault(key, (*cells, row.get("name", ""), row.get("source", "")))
    return tuple(sorted(found.values(), key=lambda line: alphabetical(line[1])))
