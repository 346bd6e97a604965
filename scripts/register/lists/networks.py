"""The networks of an area or on a topic: coordinator, how to join, members, our membership."""

from datetime import date

from register.book.headers import fold_header
from register.book.ids import reference_id
from register.book.table import Book
from register.lists.listing import Listing, ListingColumn, ListingGroup, columns_of
from register.lists.selection import Selection
from register.people.records import Network, Organisation, Person
from register.values.areas import Areas, all_codes, split_areas
from register.words.display import finnish_sort_key

_COLUMNS = (
    *columns_of("networks", "id", "name", "area", "topics"),
    ListingColumn("coordinator", "networks", "org"),
    ListingColumn("contact", "networks", "person"),
    *columns_of("networks", "join", "member"),
    ListingColumn("members", "", "Members"),
)

_PIONEER = (
    "There is none to join: be the pioneer (python3 scripts/regions.py pioneer MUNICIPALITY)."
)


def network_listing(book: Book, chosen: Selection, today: date) -> Listing:
    """Return the networks that fit: those we are in, those to consider joining, then the rest.

    To consider are networks that we are not in, whose area overlaps ours and that have a topic of
    ours, or no topic at all. Ours are the given municipalities and topics, else those of the
    organisations of the register. Contacts who have left are not named.
    """
    areas, members = Areas(book), _members(book)
    ours, topics = chosen.codes or _homes(book, areas), chosen.topics or _topics(book)
    mine: list[tuple[str, ...]] = []
    consider: list[tuple[str, ...]] = []
    others: list[tuple[str, ...]] = []
    named = (one for one in Network.live(book) if one.name)
    for network in sorted(named, key=lambda one: finnish_sort_key(one.name)):
        codes, _ = areas.codes(network.area)
        about = set(map(fold_header, split_areas(network.topics)))
        near = bool(codes & (ours or all_codes()))
        fits = near and (not about or not topics or bool(about & topics))
        if (chosen.codes is not None and not near) or (chosen.topics and not fits):
            continue
        if chosen.networks and network.id not in chosen.networks:
            continue
        line = (
            *(network.id, network.name, network.area, network.topics, network.org),
            *(Person.present(book, network.person, today), network.join, network.member),
            ", ".join(members.get(network.id, ())),
        )
        kind = mine if network.member == "yes" else consider if fits else others
        kind.append(line)
    return Listing(
        _COLUMNS,
        (
            ListingGroup("mine", "We are in", tuple(mine), "We are in no network here."),
            ListingGroup("consider", "To consider joining", tuple(consider), _PIONEER),
            *((ListingGroup("others", "Other networks", tuple(others)),) if others else ()),
        ),
    )


def _members(book: Book) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in Organisation.live(book):
        for part in split_areas(one.networks):
            if network := reference_id(part):
                found.setdefault(network, []).append(one.name or one.id)
    return {key: sorted(names, key=finnish_sort_key) for key, names in found.items()}


def _homes(book: Book, areas: Areas) -> frozenset[str]:
    cells = {one.municipality for one in Organisation.live(book)}
    return frozenset(code for cell in cells for code in areas.codes(cell)[0])


def _topics(book: Book) -> frozenset[str]:
    return frozenset(
        fold_header(topic) for one in Organisation.live(book) for topic in split_areas(one.topics)
    )
