"""Coverage: what each municipality has, and what it lacks.

The ranking is simple. A municipality gets the points of each of its gaps (:data:`POINTS`), and one
point for each organisation without a contact and each contact without an address, at most
:data:`MOST_OF_A_KIND` of either. Municipalities with more points come first; among equals, those of
the region with most organisations (help is near), then in alphabetical order.

Organisations and networks of the whole country fill no gap: they say nothing about this place.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from register.book.headers import fold_header
from register.book.ids import reference_id
from register.book.schema import Language
from register.book.table import Book
from register.lists.acquaintance import unknown_decision_makers
from register.lists.coverage_matrix import CoverageMatrix, NetworkReach, coverage_matrix
from register.lists.directory import Directory, ListedOrganisation
from register.lists.present import present_people
from register.people.meetings import Meeting
from register.people.records import OFFICE, Matter, Network
from register.values import email, places
from register.values.areas import Areas, all_codes, home_code, split_areas
from register.values.date import day
from register.words.display import finnish_sort_key

POINTS: Mapping[str, int] = {
    "no-organisation": 6,
    "no-network": 3,
    "no-trusted-decision-maker": 2,
    "nothing-together": 1,
}
"""The points of each gap that a municipality can have once."""

_EACH = ("organisation-without-contact", "contact-without-address")
"""The gaps that a municipality can have several times, one point each."""

MOST_OF_A_KIND = 3
"""The maximum points for each gap of :data:`_EACH`."""

_TOGETHER = frozenset(("cooperation", "meeting", "advocacy"))


@dataclass(frozen=True, slots=True)
class CoverageSpot:
    """A municipality with its figures and gaps.

    - ``home``: organisations at home; ``active``: organisations from elsewhere.
    - ``contacts``: present contacts of those at home; ``confirmed``: those confirmed within a year.
    - ``networks``: networks of the place, without those of the whole country.
    - ``decision_makers``: those whom we know; ``trusted``: those who trust us.
    - ``together``: what was done together within a year.
    - ``without_contact``: organisations at home without a contact.
    - ``without_address``: contacts without a valid e-mail address.
    """

    code: str
    home: int
    active: int
    contacts: int
    confirmed: int
    networks: int
    decision_makers: int
    trusted: int
    together: int
    without_contact: int
    without_address: int

    @property
    def gaps(self) -> tuple[str, ...]:
        """The codes of what is missing."""
        found = {
            "no-organisation": not (self.home or self.active),
            "no-network": not self.networks,
            "no-trusted-decision-maker": not self.trusted,
            "nothing-together": not self.together,
            "organisation-without-contact": bool(self.without_contact),
            "contact-without-address": bool(self.without_address),
        }
        return tuple(code for code, missing in found.items() if missing)

    @property
    def points(self) -> int:
        """The points for the ranking."""
        some = min(self.without_contact, MOST_OF_A_KIND) + min(self.without_address, MOST_OF_A_KIND)
        return some + sum(POINTS[gap] for gap in self.gaps if gap in POINTS)


@dataclass(frozen=True, slots=True)
class CoverageArea:
    """A region with its municipalities in alphabetical order."""

    code: str
    spots: tuple[CoverageSpot, ...]

    @property
    def home(self) -> int:
        """The number of organisations at home in the region."""
        return sum(spot.home for spot in self.spots)

    @property
    def covered(self) -> int:
        """The number of municipalities with an organisation at home or active."""
        return sum("no-organisation" not in spot.gaps for spot in self.spots)


@dataclass(frozen=True, slots=True)
class MissingContact:
    """An organisation without a contact, or a contact without an address (``kind``)."""

    kind: str
    municipality: str
    row_id: str
    name: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """The coverage on one day.

    ``ranked`` are the municipalities with gaps, the worst first. ``missing`` are the rows that lack
    something. ``matrix`` is coverage by place, topic and type.
    """

    day: date
    areas: tuple[CoverageArea, ...]
    ranked: tuple[CoverageSpot, ...]
    missing: tuple[MissingContact, ...]
    matrix: CoverageMatrix

    def count(self, gap: str) -> int:
        """Return the number of municipalities with a gap."""
        return sum(gap in spot.gaps for area in self.areas for spot in area.spots)


def coverage(
    book: Book,
    lists: Directory,
    today: date,
    language: Language,
    topics: frozenset[str] = frozenset(),
) -> Coverage:
    """Return the coverage of the municipalities of the lists.

    With ``topics`` (folded), networks, decision-makers and things done together count only if they
    have one of these topics, or none at all.
    """
    since = _a_year_before(today)
    reaches = [one for one in _networks(book) if one.fits(topics)]
    networks = Counter(code for one in reaches for code in one.codes)
    together = _together(book, lists, since, today.isoformat(), topics)
    people = [(one, trust) for one, trust in _near_us(book, today) if one.fits(topics)]
    knows = Counter(code for one, _ in people for code in one.codes)
    trusts = Counter(code for one, trust in people for code in one.codes if trust == "trusts_us")
    areas = tuple(
        CoverageArea(
            region.code,
            tuple(
                _spot(
                    spot.code,
                    spot.home,
                    len(spot.active),
                    since,
                    networks=networks[spot.code],
                    decision_makers=knows[spot.code],
                    trusted=trusts[spot.code],
                    together=together[spot.code],
                )
                for spot in region.localities
            ),
        )
        for region in lists.regions
    )
    at_home = [one for region in lists.regions for one in region.home]
    near = {area.code: area.home for area in areas}
    ranked = sorted(
        (spot for area in areas for spot in area.spots if spot.points),
        key=lambda spot: _rank(spot, near, language),
    )
    return Coverage(
        day=today,
        areas=areas,
        ranked=tuple(ranked),
        missing=tuple(_missing(at_home)),
        matrix=coverage_matrix(
            *(at_home, since, _within(reaches, lists), _within((p for p, _ in people), lists)),
            known=[cell for _, cell in book.table("choices").column("topics") if cell],
            only=topics,
        ),
    )


def _near_us(book: Book, today: date) -> Iterator[tuple[NetworkReach, str]]:
    """Yield place and topics of each decision-maker whom we know, with their ``trust``."""
    known = present_decision_makers(book, today)
    known = known[~known.index.isin(unknown_decision_makers(known, book, today))]
    for at, about, trust in zip(known["at"], known["topics"], known["trust"], strict=True):
        if at:
            yield NetworkReach(frozenset((at,)), tuple(split_areas(about))), trust


def _within(some: Iterable[NetworkReach], lists: Directory) -> Iterator[NetworkReach]:
    """Yield the reaches limited to the municipalities of the lists; those outside are left out."""
    here = frozenset(spot.code for region in lists.regions for spot in region.localities)
    return (NetworkReach(one.codes & here, one.topics) for one in some if one.codes & here)


def _spot(
    code: str, home: tuple[ListedOrganisation, ...], active: int, since: str, **counts: int
) -> CoverageSpot:
    contacts = [who for one in home for who in one.contacts]
    return CoverageSpot(
        code=code,
        home=len(home),
        active=active,
        contacts=len(contacts),
        confirmed=sum(day(who.verified_on) >= since for who in contacts),
        without_contact=sum(not one.contacts for one in home),
        without_address=sum(not _reachable(who.email) for who in contacts),
        **counts,
    )


def _missing(at_home: Iterable[ListedOrganisation]) -> Iterator[MissingContact]:
    for one in at_home:
        if not one.contacts:
            yield MissingContact(_EACH[0], one.municipality, one.id, one.name)
        for who in one.contacts:
            if not _reachable(who.email):
                name = who.name or who.role or who.id
                yield MissingContact(_EACH[1], one.municipality, who.id, f"{name} ({one.name})")


def present_decision_makers(book: Book, today: date) -> pd.DataFrame:
    """Return the present officials and elected people, with the columns of :func:`present_people`.

    The column ``at`` is added: the code of their own municipality, else of their organisation's, or
    ''.
    """
    people = present_people(book, today)
    people = people[people["group"].isin(OFFICE)]
    organisations = book.table("organisations")
    homes = {row_id: home_code(cell) for row_id, cell in organisations.column("municipality")}
    pairs = zip(people["municipality"], people["organisation"], strict=True)
    return people.assign(at=[home_code(own) or homes.get(owner, "") for own, owner in pairs])


def _networks(book: Book) -> Iterator[NetworkReach]:
    """Yield the reach of each network, except networks of the whole country."""
    areas = Areas(book)
    for network in Network.live(book):
        codes, _ = areas.codes(network.area)
        if network.name and codes != all_codes():
            yield NetworkReach(codes, tuple(split_areas(network.topics)))


def _together(
    book: Book, lists: Directory, since: str, until: str, topics: frozenset[str]
) -> Counter[str]:
    """Return by municipality how many things were done from ``since`` to ``until``.

    These are matters with organisations at home there, and network meetings held there.
    """
    homes = {one.id: one.municipality for one in lists.organisations if one.id}
    found = Counter[str]()
    for row in Matter.all(book).values():
        about = fold_header(row.topic)
        if topics and about and about not in topics:
            continue
        if row.kind in _TOGETHER and since <= day(row.date) <= until:
            found[homes.get(reference_id(row.org), "")] += 1
    areas = Areas(book)
    for one in Meeting.all(book).values():
        held = one.kind == "network_meeting" and one.state == "held"
        codes, _ = areas.codes(one.area)
        if held and since <= day(one.date) <= until and codes != all_codes():
            found.update(codes)
    del found[""]
    return found


def _rank(
    spot: CoverageSpot, near: Mapping[str, int], language: Language
) -> tuple[int, int, tuple[str, str]]:
    place = places.municipality(spot.code)
    return -spot.points, -near[place.region], finnish_sort_key(place.name(language))


def _reachable(address: str) -> bool:
    return bool(address) and bool(email.read(address).value)


def _a_year_before(today: date) -> str:
    try:
        return today.replace(year=today.year - 1).isoformat()
    except ValueError:
        return today.replace(year=today.year - 1, day=28).isoformat()
