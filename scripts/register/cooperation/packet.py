"""The handover packet: partners, people, matters, networks and meetings for the next person."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from register.book.errors import UsageError
from register.book.headers import fold_header
from register.book.table import Book
from register.cooperation.events import (
    EXCHANGE,
    CooperationEvent,
    cooperation_events,
    merged_ids,
)
from register.cooperation.partnership import StageSince, stage_start_days
from register.people.meetings import Meeting
from register.people.owners import Owner
from register.people.records import OFFICE, Network, Organisation, Person
from register.people.refusals import Refusals
from register.rules.rule import ENDED
from register.values.date import day

_OF_A_NETWORK = 4
"""The most meetings shown of a network."""

_UNTOLD = "9999-12-31"
"""The sort key of a meeting without a readable day."""

_GREETED = 8
"""The most people named as those to greet first."""

GREETING_REASONS = {
    "overdue": "we have promised something that is late",
    "trust": "trusts us",
    "decider": "decides on things",
    "open": "something is open between us",
    "meeting": "hosts our next meeting",
    "new": "is new in the task",
}
"""The reasons to greet a person first (msgids), the weightiest first."""

NARROWER_WISHES = {
    "ban-letters": "{name} does not want letters to groups; invitations are fine.",
    "ban-reminders": "{name} does not want reminders.",
    "ban-topic": "{name} does not want to hear about this: {topic}.",
}
"""The sentences about people who want fewer letters (msgids)."""


@dataclass(frozen=True, slots=True)
class Partner:
    """An organisation, its present and former people, and its events, the oldest first."""

    org: Organisation
    people: tuple[Person, ...]
    former: tuple[Person, ...]
    events: tuple[CooperationEvent, ...]
    since: StageSince | None = None
    """Since when it is in its stage, None if it has no stage."""


@dataclass(frozen=True, slots=True)
class Greeting:
    """A person to greet early, and the reasons: keys of :data:`GREETING_REASONS`, by weight."""

    person: Person
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Packet:
    """Everything that is handed over about the partners of a person or an owner.

    ``title`` is the name of that person or owner, ``day`` when the packet was made. ``bans`` are
    (person id, ban) of people who must not be written to. ``narrower`` are (person id, ban, topic
    or '') of people who want no letters or reminders, or nothing about a topic. ``loose`` are
    events without an organisation. ``network_meetings`` are, by network id, the meetings to which
    its members were or will be invited, the latest first.
    """

    title: str
    day: date
    partners: tuple[Partner, ...]
    open: tuple[CooperationEvent, ...]
    greet: tuple[Greeting, ...]
    trusting: tuple[tuple[Person, tuple[str, ...]], ...]
    rest: tuple[CooperationEvent, ...]
    refusing: tuple[Organisation, ...]
    bans: tuple[tuple[str, str], ...]
    narrower: tuple[tuple[str, str, str], ...]
    networks: tuple[Network, ...]
    meetings: tuple[Meeting, ...]
    loose: tuple[CooperationEvent, ...]
    network_meetings: Mapping[str, tuple[Meeting, ...]]


def handover_packet(book: Book, whom: str, today: date) -> Packet:
    """Return the packet of a person's organisation, or of all partners of an owner.

    ``whom`` is an owner in ``choices``, ``H-…`` or the whole name of only one person. Raises
    UsageError if it is none of them.
    """
    now = today.isoformat()
    told, orgs, title, mine = _scope(book, " ".join(whom.split()), today)
    since = stage_start_days(book, orgs)
    partners = tuple(_partner(book, org, told, today, since.get(org)) for org in orgs)
    loose = tuple(e for e in told if e.org not in book.table("organisations") and mine(e))
    matters = [*(e for partner in partners for e in partner.events), *loose]
    unfinished = sorted(
        (e for e in matters if e.is_open and e.kind not in EXCHANGE),
        key=lambda e: (e.due or "9999", e.date, e.row_id),
    )
    here = [person for partner in partners for person in partner.people]
    meetings = _meetings(book, now)
    refusals = book.once(Refusals)
    networks = _networks(book, set(orgs), {person.id for person in here})
    return Packet(
        title=title,
        day=today,
        partners=partners,
        open=tuple(unfinished),
        greet=_greetings(book, here, unfinished, meetings, today),
        trusting=tuple(
            (person, _matters_of(book, person, matters))
            for partner in partners
            for person in (*partner.people, *partner.former)
            if person.trust == "trusts_us" and person.group in OFFICE
        ),
        rest=tuple(e for e in matters if e.state == "lapsed"),
        refusing=tuple(partner.org for partner in partners if partner.org.stage in ENDED),
        bans=tuple(
            (person.id, stopped)
            for person in here
            if (stopped := refusals.stops(person.email, "invitation", person.id))
        ),
        narrower=tuple(
            (person.id, *said) for person in here for said in _narrower(refusals, person)
        ),
        networks=networks,
        meetings=meetings,
        loose=loose,
        network_meetings={network.id: _meetings_of(book, network) for network in networks},
    )


def _narrower(refusals: Refusals, person: Person) -> Iterator[tuple[str, str]]:
    """Yield (ban, topic or '') of a person who may be invited but wants less than all letters."""
    if refusals.stops(person.email, "invitation", person.id):
        return
    for kind in ("letter", "reminder"):
        if stopped := refusals.stops(person.email, kind, person.id):
            yield stopped, ""
    for topic in refusals.unwanted_topics(person.email, person.id):
        yield "ban-topic", topic


def _scope(
    book: Book, whom: str, today: date
) -> tuple[Sequence[CooperationEvent], list[str], str, Callable[[CooperationEvent], bool]]:
    """Return all events, the organisation ids by name, the title, and a test for own events.

    An owner's organisations are those with a person or matter of theirs, and those whose owners
    have all left, since these belong to no present owner.
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
    here, left = Owner.named(book, today)
    owners = [*here, *left]
    owners += [e.owner for e in told if e.owner]
    owners += [cell for _, cell in people.column("owner") if cell]
    owner = next((name for name in owners if fold_header(name) == fold_header(whom)), "")
    called = [one.id for one in Person.live(book) if _is_called(one, whom)]
    if not owner and len(called) == 1:
        return _scope(book, called[0], today)
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
    gone = set(left)
    orphans = {org for org, names in held.items() if names & gone and not names - gone - {""}}
    mine = {org for org, names in held.items() if owner in names}
    return (
        *(told, _sorted(book, mine | orphans), owner),
        lambda event: event.owner == owner or event.owner in gone,
    )


def _is_called(one: Person, name: str) -> bool:
    return fold_header(f"{one.first} {one.last}") == fold_header(name)


def _sorted(book: Book, orgs: set[str]) -> list[str]:
    known = (org for org in orgs if org in book.table("organisations"))
    return sorted(known, key=lambda org: (fold_header(book.row_name("organisations", org)), org))


def _partner(
    book: Book,
    org: str,
    told: Sequence[CooperationEvent],
    today: date,
    since: StageSince | None,
) -> Partner:
    theirs = [
        person for person in Person.live(book) if Organisation.current_id(book, person.org) == org
    ]
    return Partner(
        org=Organisation.at(book, org),
        people=tuple(person for person in theirs if not person.ended(today)),
        former=tuple(person for person in theirs if person.ended(today)),
        events=tuple(e for e in told if e.org == org),
        since=since,
    )


def _greetings(
    book: Book,
    here: list[Person],
    unfinished: list[CooperationEvent],
    meetings: tuple[Meeting, ...],
    today: date,
) -> tuple[Greeting, ...]:
    now = today.isoformat()
    hosts = {Person.current_id(book, meeting.host) for meeting in meetings}
    late = {e.person for e in unfinished if e.due and e.due < now}
    waiting = {e.person for e in unfinished}
    found = []
    for person in here:
        began = day(person.start)
        facts = {
            "overdue": person.id in late,
            "trust": person.trust == "trusts_us",
            "decider": person.group in OFFICE,
            "open": person.id in waiting and person.id not in late,
            "meeting": person.id in hosts,
            "new": bool(began) and began >= f"{today.year - 1}-{now[5:]}",
        }
        reasons = tuple(key for key in GREETING_REASONS if facts[key])
        if reasons and reasons != ("decider",):
            found.append(Greeting(person, reasons))
    weight = {
        key: 1 << (len(GREETING_REASONS) - place) for place, key in enumerate(GREETING_REASONS)
    }
    found.sort(key=lambda one: (-sum(weight[key] for key in one.reasons), one.person.id))
    return tuple(found[:_GREETED])


def _matters_of(book: Book, person: Person, matters: list[CooperationEvent]) -> tuple[str, ...]:
    """Return a person's matters, and those of their time that their successors have now."""
    heirs, at = set[str](), person.id
    while at and at not in heirs:
        heirs.add(at)
        at = Person.current_id(book, Person.at(book, at).successor)
    left = day(person.end)
    mine = (
        e.matter
        for e in matters
        if person.id in (e.person, *e.handed_from)
        or (left and e.date <= left and {e.person, *e.handed_from} & heirs)
    )
    return tuple(dict.fromkeys(matter for matter in mine if matter))


def _networks(book: Book, orgs: set[str], people: set[str]) -> tuple[Network, ...]:
    """Return the networks that we are in, and those of these organisations and people."""
    return tuple(
        network
        for network in Network.live(book)
        if network.member in ("yes", "applied")
        or Organisation.current_id(book, network.org) in orgs
        or Person.current_id(book, network.person) in people
    )


def _meetings(book: Book, now: str) -> tuple[Meeting, ...]:
    """Return the meetings to come, the next one first, those without a readable day last."""
    coming = [
        (day(meeting.date) or _UNTOLD, meeting.id, meeting)
        for meeting in Meeting.all(book).values()
        if meeting.name and meeting.state not in ("cancelled", "held")
    ]
    return tuple(meeting for on, _, meeting in sorted(coming) if on >= now)


def _meetings_of(book: Book, network: Network) -> tuple[Meeting, ...]:
    """Return the latest meetings of a network, future ones included, the latest first."""
    theirs = [
        meeting
        for meeting in Meeting.all(book).values()
        if network.name and network.name in meeting.audience.split(", ")
        if meeting.state != "cancelled" and meeting.date
    ]
    return tuple(sorted(theirs, key=lambda one: day(one.date), reverse=True)[:_OF_A_NETWORK])
