"""What the next person needs to know, gathered: partners, people, matters, networks, meetings."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from register.book.errors import UsageError
from register.book.headers import fold_header
from register.book.ids import reference_id
from register.book.table import Book
from register.cooperation.events import (
    EXCHANGE,
    CooperationEvent,
    cooperation_events,
    merged_ids,
)
from register.cooperation.partnership import StageSince, in_stage_since
from register.people.records import Organisation, Person, live_rows
from register.people.refusals import Refusals
from register.people.tenure import ended
from register.rules.rule import ENDED
from register.values.date import day

BookRow = dict[str, str]
_DECIDERS = ("official", "elected")
_OF_A_NETWORK = 4
"""So many of its meetings are told of a network."""

_GREETED = 8
"""So many people are named as those to greet first."""


@dataclass(frozen=True, slots=True)
class Partner:
    """An organisation: its row, who is there, who was, and what was done, the oldest first."""

    org: str
    row: BookRow
    people: tuple[tuple[str, BookRow], ...]
    former: tuple[tuple[str, BookRow], ...]
    events: tuple[CooperationEvent, ...]
    since: StageSince | None = None
    """Since when it is in its stage; None where it has none."""


@dataclass(frozen=True, slots=True)
class Greeting:
    """Somebody to greet early, and why: keys of :data:`REASONS` in the order of weight."""

    person: str
    row: BookRow
    reasons: tuple[str, ...]


GREETING_REASONS = {
    "overdue": "we have promised something that is late",
    "trust": "trusts us",
    "decider": "decides on things",
    "open": "something is open between us",
    "meeting": "hosts our next meeting",
    "new": "is new in the task",
}
"""Why somebody is to be greeted first (msgids), the weightiest first."""


@dataclass(frozen=True, slots=True)
class Packet:
    """All that is handed over about a person's or an owner's partners.

    ``title`` is whose it is, ``day`` when it was made. ``bans`` are people who are not to be
    written to, by what is banned. ``networks`` and ``meetings`` are ``(id, row)``. ``loose`` is
    what is on record without an organisation; ``network_meetings`` are, by network, the meetings
    that its members were or will be invited to, the latest first.
    """

    title: str
    day: date
    partners: tuple[Partner, ...]
    open: tuple[CooperationEvent, ...]
    greet: tuple[Greeting, ...]
    trusting: tuple[tuple[str, BookRow, tuple[str, ...]], ...]
    rest: tuple[CooperationEvent, ...]
    refusing: tuple[tuple[str, BookRow], ...]
    bans: tuple[tuple[str, str], ...]
    networks: tuple[tuple[str, BookRow], ...]
    meetings: tuple[tuple[str, BookRow], ...]
    loose: tuple[CooperationEvent, ...]
    network_meetings: Mapping[str, tuple[BookRow, ...]]


def packet(book: Book, whom: str, today: date) -> Packet:
    """Return what is to be handed over: of a person's organisation, or of all that an owner has.

    ``whom`` is ``H-…`` or one of the choices tab's owners. Raises UsageError where it is neither.
    """
    now = today.isoformat()
    told, orgs, title, mine = _scope(book, " ".join(whom.split()), today)
    everyone = dict(live_rows(book.table("people")))
    since = in_stage_since(book, orgs)
    partners = tuple(_partner(book, everyone, org, told, today, since.get(org)) for org in orgs)
    loose = tuple(e for e in told if e.org not in book.table("organisations") and mine(e))
    matters = [*(e for partner in partners for e in partner.events), *loose]
    unfinished = sorted(
        (e for e in matters if e.is_open and e.kind not in EXCHANGE),
        key=lambda e: (e.due or "9999", e.date, e.row_id),
    )
    here = {person: row for partner in partners for person, row in partner.people}
    meetings = _meetings(book, now)
    refusals = book.once(Refusals)
    networks = _networks(book, set(orgs), set(here))
    return Packet(
        title=title,
        day=today,
        partners=partners,
        open=tuple(unfinished),
        greet=_greetings(book, here, unfinished, meetings, today),
        trusting=tuple(
            (person, row, _matters_of(book, person, row, matters))
            for partner in partners
            for person, row in (*partner.people, *partner.former)
            if row.get("trust") == "trusts_us" and row.get("group") in _DECIDERS
        ),
        rest=tuple(e for e in matters if e.state == "lapsed"),
        refusing=tuple((p.org, p.row) for p in partners if p.row.get("stage") in ENDED),
        bans=tuple(
            (person, stopped)
            for person, row in here.items()
            if (stopped := refusals.stops(row.get("email", ""), "invitation", person))
        ),
        networks=networks,
        meetings=meetings,
        loose=loose,
        network_meetings={row_id: _meetings_of(book, row) for row_id, row in networks},
    )


def _scope(
    book: Book, whom: str, today: date
) -> tuple[Sequence[CooperationEvent], list[str], str, Callable[[CooperationEvent], bool]]:
    """Return all events, the organisations in the order of their names, the title, whose is what.

    An owner's are the organisations where a person or a matter is theirs, and those whose every
    owner has left us: they are nobody's else.
    """
    told = cooperation_events(book)
    people = book.table("people")
    if whom.upper() in people:
        person = Person.current_id(book, whom.upper())
        ids = merged_ids(book, person)
        theirs = [e.org for e in told if ids & {e.person, *e.handed_from}]
        home = Organisation.current_id(book, Person.at(book, person).org)
        orgs = _sorted(book, {home, *theirs})
        return (
            *(told, orgs, book.row_name("people", person)),
            lambda event: bool(ids & {event.person, *event.handed_from}),
        )
    owners = [cell for _, cell in book.table("choices").column("owners") if cell]
    owners += [e.owner for e in told if e.owner]
    owners += [cell for _, cell in people.column("owner") if cell]
    owner = next((name for name in owners if fold_header(name) == fold_header(whom)), "")
    if not owner:
        raise UsageError(
            "“{whom}” is neither a person's id nor one of the owners.",
            remedy="Give H-… from {column:people.id}, or a name from the column of owners in"
            " {tab:choices}.",
            whom=whom,
        )
    held: dict[str, set[str]] = {}
    for event in told:
        held.setdefault(event.org, set()).add(event.owner)
    for one in Person.live(book):
        held.setdefault(Organisation.current_id(book, one.org), set()).add(one.owner)
    gone = {
        row["owners"]
        for _, row in book.table("choices").rows()
        if row.get("owners") and ended(row, today, "owner_end")
    }
    orphans = {org for org, names in held.items() if names & gone and not names - gone - {""}}
    mine = {org for org, names in held.items() if owner in names}
    return (
        *(told, _sorted(book, mine | orphans), owner),
        lambda event: event.owner == owner or event.owner in gone,
    )


def _sorted(book: Book, orgs: set[str]) -> list[str]:
    known = (org for org in orgs if org in book.table("organisations"))
    return sorted(known, key=lambda org: (fold_header(book.row_name("organisations", org)), org))


def _partner(
    book: Book,
    everyone: dict[str, BookRow],
    org: str,
    told: Sequence[CooperationEvent],
    today: date,
    since: StageSince | None,
) -> Partner:
    theirs = [
        (person, row)
        for person, row in everyone.items()
        if Organisation.current_id(book, row.get("org", "")) == org
    ]
    return Partner(
        org=org,
        row=book.table("organisations").row(org),
        people=tuple((p, row) for p, row in theirs if not ended(row, today)),
        former=tuple((p, row) for p, row in theirs if ended(row, today)),
        events=tuple(e for e in told if e.org == org),
        since=since,
    )


def _greetings(
    book: Book,
    here: dict[str, BookRow],
    unfinished: list[CooperationEvent],
    meetings: tuple[tuple[str, BookRow], ...],
    today: date,
) -> tuple[Greeting, ...]:
    now = today.isoformat()
    hosts = {Person.current_id(book, row.get("host", "")) for _, row in meetings}
    late = {e.person for e in unfinished if e.due and e.due < now}
    waiting = {e.person for e in unfinished}
    found = []
    for person, row in here.items():
        began = day(row.get("start", ""))
        facts = {
            "overdue": person in late,
            "trust": row.get("trust") == "trusts_us",
            "decider": row.get("group") in _DECIDERS,
            "open": person in waiting and person not in late,
            "meeting": person in hosts,
            "new": bool(began) and began >= f"{today.year - 1}-{now[5:]}",
        }
        reasons = tuple(key for key in GREETING_REASONS if facts[key])
        if reasons and reasons != ("decider",):
            found.append(Greeting(person, row, reasons))
    weight = {
        key: 1 << (len(GREETING_REASONS) - place) for place, key in enumerate(GREETING_REASONS)
    }
    found.sort(key=lambda one: (-sum(weight[key] for key in one.reasons), one.person))
    return tuple(found[:_GREETED])


def _matters_of(
    book: Book, person: str, row: BookRow, matters: list[CooperationEvent]
) -> tuple[str, ...]:
    """Return a person's matters, and those of their time that their successors have now."""
    heirs, at = set[str](), person
    while at and at not in heirs:
        heirs.add(at)
        at = Person.current_id(book, Person.at(book, at).successor)
    left = day(row.get("end", ""))
    mine = (
        e.matter
        for e in matters
        if person in (e.person, *e.handed_from)
        or (left and e.date <= left and {e.person, *e.handed_from} & heirs)
    )
    return tuple(dict.fromkeys(matter for matter in mine if matter))


def _networks(book: Book, orgs: set[str], people: set[str]) -> tuple[tuple[str, BookRow], ...]:
    """Return the networks that we are in, and those of these organisations and people."""
    return tuple(
        (row_id, row)
        for row_id, row in live_rows(book.table("networks"))
        if row.get("member") in ("yes", "applied")
        or Organisation.current_id(book, row.get("org", "")) in orgs
        or Person.current_id(book, row.get("person", "")) in people
    )


def _meetings(book: Book, now: str) -> tuple[tuple[str, BookRow], ...]:
    """Return the meetings to come, the next one first."""
    coming = (
        (row_id, row)
        for row_id, row in live_rows(book.table("meetings"))
        if day(row.get("date", "")) >= now and row.get("state") != "cancelled"
    )
    return tuple(sorted(coming, key=lambda one: (day(one[1]["date"]), one[0])))


def _meetings_of(book: Book, network: BookRow) -> tuple[BookRow, ...]:
    """Return the latest meetings of a network and those to come, the latest first."""
    theirs = [
        row
        for _, row in live_rows(book.table("meetings"))
        if network.get("name") and network["name"] in row.get("audience", "").split(", ")
        if row.get("state") != "cancelled" and row.get("date")
    ]
    return tuple(sorted(theirs, key=lambda row: day(row["date"]), reverse=True)[:_OF_A_NETWORK])


def host_of(row: BookRow) -> str:
    """Return the id of a meeting's host, '' where nobody is named."""
    return reference_id(row.get("host", ""))
