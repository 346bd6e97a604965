"""The directory: organisations of each region and municipality with their contacts.

An organisation is at home in its ``municipality``. Its ``area`` makes it active in further
municipalities. One that is active in the whole country is also listed separately, and fills no gap.
Merged and archived rows, and people who have left, are not listed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from register.book.schema import Language
from register.book.table import Book
from register.lists.acquaintance import unknown_decision_makers
from register.lists.present import frame_of, live_frame, present_people
from register.lists.signs import LastSign, last_signs
from register.values import phone, places
from register.values.areas import Areas, all_codes, home_code
from register.values.email import mailbox_key
from register.words.display import finnish_sort_key

_CELLS = (
    *("name", "short", "type", "municipality", "area", "topics", "email", "phone", "url"),
    "networks",
)

_CONTACT = (
    *("first", "last", "role", "email", "phone", "municipality", "verified_on", "topics"),
    "phone2",
)


@dataclass(frozen=True, slots=True)
class ListedContact:
    """A present contact; cells as in the Book, ``id`` '' for a row without one.

    ``municipality`` is the code of the person's own municipality, or ''.
    """

    id: str
    first: str
    last: str
    role: str
    email: str
    phone: str
    municipality: str = ""
    verified_on: str = ""
    topics: str = ""
    phone2: str = ""

    @property
    def name(self) -> str:
        """First name and surname, as far as they are known."""
        return " ".join(part for part in (self.first, self.last) if part)

    @property
    def region(self) -> str:
        """The code of the region of the person's municipality, or ''."""
        return places.municipality(self.municipality).region if self.municipality else ""


@dataclass(frozen=True, slots=True)
class ListedOrganisation:
    """An organisation; cells as in the Book, ``id`` '' for a row without one.

    - ``town``: the cell of the column ``municipality``; ``municipality``: its code, or ''.
    - ``active``: the codes of the other municipalities in its ``area``; empty if that is the whole
      country, which is ``nationwide``.
    - ``sign``: the day of its last sign of life (ISO), '' if unknown.
    """

    id: str
    name: str
    short: str
    type: str
    town: str
    municipality: str
    area: str
    topics: str
    email: str
    phone: str
    url: str
    networks: str
    active: frozenset[str]
    nationwide: bool
    contacts: tuple[ListedContact, ...]
    sign: str = ""

    def with_only(self, people: Collection[str]) -> ListedOrganisation:
        """Return the organisation with only those contacts whose ids are in ``people``."""
        return replace(self, contacts=tuple(one for one in self.contacts if one.id in people))

    @property
    def region(self) -> str:
        """The code of the region where it is at home, or ''."""
        return places.municipality(self.municipality).region if self.municipality else ""


@dataclass(frozen=True, slots=True)
class Locality:
    """A municipality: organisations at home there, and others that are active there."""

    code: str
    home: tuple[ListedOrganisation, ...]
    active: tuple[ListedOrganisation, ...]


@dataclass(frozen=True, slots=True)
class RegionalList:
    """A region: its municipalities in alphabetical order, and organisations from elsewhere."""

    code: str
    localities: tuple[Locality, ...]
    active: tuple[ListedOrganisation, ...]

    @property
    def home(self) -> tuple[ListedOrganisation, ...]:
        """The organisations at home in the region, municipality by municipality."""
        return tuple(one for locality in self.localities for one in locality.home)

    @property
    def without(self) -> tuple[str, ...]:
        """The codes of the municipalities without an organisation at home or active."""
        return tuple(one.code for one in self.localities if not (one.home or one.active))


@dataclass(frozen=True, slots=True)
class Directory:
    """The regional lists on one day.

    - ``nationwide``: organisations active in the whole country (also listed where they are at
      home).
    - ``unplaced``: organisations without a known home or area.
    - ``apart``: present people without an organisation in the register.
    - ``public``: only people who have agreed to be published are listed.
    - ``whole``: no part of the register was left out.
    """

    day: date
    public: bool
    organisations: tuple[ListedOrganisation, ...]
    regions: tuple[RegionalList, ...]
    nationwide: tuple[ListedOrganisation, ...]
    unplaced: tuple[ListedOrganisation, ...]
    apart: tuple[ListedContact, ...]
    whole: bool = True

    @property
    def people(self) -> frozenset[str]:
        """The ids of all people in the lists."""
        of_organisations = (person for one in self.organisations for person in one.contacts)
        return frozenset(person.id for person in (*of_organisations, *self.apart) if person.id)

    @property
    def inhabited(self) -> Directory:
        """The directory without places that have no organisation: in mailings they are no gaps."""
        regions = (
            replace(one, localities=tuple(at for at in one.localities if at.home or at.active))
            for one in self.regions
        )
        return replace(self, regions=tuple(one for one in regions if one.localities))

    @property
    def without_contact(self) -> int:
        """The number of organisations without a contact in these lists."""
        return sum(not one.contacts for one in self.organisations)


def directory(book: Book, today: date, *, public: bool = False) -> Directory:
    """Return the directory of a register today.

    A councillor whom none of us knows and who has no address or phone does not count as a contact
    of the town. Public lists leave out people whose Saa julkaista is not yes, and an organisation's
    e-mail address or phone if it is also such a person's.
    """
    people = present_people(book, today)
    nowhere = (people[["email", "phone", "phone2"]] == "").all(axis="columns")
    bare = (people["group"] == "elected") & nowhere
    people = people[~people.index.isin(unknown_decision_makers(people[bare], book, today))]
    listed = set(live_frame(book.table("organisations")).index)
    contacts = people[people["organisation"].isin(listed)]
    withheld: frozenset[str] = frozenset()
    if public:
        contacts = contacts[contacts["publish"] == "yes"]
        withheld = _withheld(book)
    by_organisation: dict[str, list[ListedContact]] = {}
    for owner, contact in _contacts(contacts):
        by_organisation.setdefault(owner, []).append(contact)
    signs = {} if public else last_signs(book, today)
    found = sorted(_organisations(book, by_organisation, withheld, signs), key=_by_name)
    apart = people[~people["organisation"].isin(listed)]
    if public:
        apart = apart[apart["publish"] == "yes"]
    alone = (contact for _, contact in _contacts(apart))
    return arrange_directory(found, today, book.language, public=public, apart=alone)


def arrange_directory(
    found: Iterable[ListedOrganisation],
    today: date,
    language: Language,
    *,
    public: bool = False,
    apart: Iterable[ListedContact] = (),
    area: frozenset[str] | None = None,
    whole: bool = True,
) -> Directory:
    """Return the directory of these organisations, which must be sorted by name.

    With ``area`` (municipality codes) it has only these municipalities, and only the organisations
    that are at home or active in them or nationwide. ``apart`` are people without an organisation,
    sorted by name.
    """
    if area is not None:
        apart = [who for who in apart if who.municipality in area]
        found = [one for one in found if one.nationwide or ({one.municipality} | one.active) & area]
    found = tuple(found)
    return Directory(
        day=today,
        public=public,
        organisations=found,
        regions=_regions(found, language, area),
        nationwide=tuple(one for one in found if one.nationwide),
        unplaced=tuple(
            one for one in found if not (one.municipality or one.nationwide or one.active)
        ),
        apart=tuple(apart),
        whole=whole,
    )


def region_counts(lists: Directory) -> pd.DataFrame:
    """Return the figures of each region, indexed by its code, in the order of the lists.

    - ``organisations``: at home; ``contacts``: how many of them have a contact.
    - ``active``: active, but at home elsewhere.
    - ``municipalities``: all; ``covered``: those with an organisation at home or active;
      ``without``: the others.
    """
    frame = pd.DataFrame(
        {
            "organisations": [len(one.home) for one in lists.regions],
            "contacts": [sum(bool(o.contacts) for o in one.home) for one in lists.regions],
            "active": [len(one.active) for one in lists.regions],
            "municipalities": [len(one.localities) for one in lists.regions],
            "without": [len(one.without) for one in lists.regions],
        },
        index=pd.Index([one.code for one in lists.regions], dtype=object),
    )
    frame.insert(4, "covered", frame["municipalities"] - frame["without"])
    return frame


def _regions(
    found: Iterable[ListedOrganisation], language: Language, area: frozenset[str] | None
) -> tuple[RegionalList, ...]:
    home: dict[str, list[ListedOrganisation]] = {}
    active: dict[str, list[ListedOrganisation]] = {}
    for one in found:
        home.setdefault(one.municipality, []).append(one)
        for code in one.active:
            active.setdefault(code, []).append(one)
    of_region: dict[str, list[Locality]] = {region.code: [] for region in places.regions()}
    for place in sorted(places.municipalities(), key=lambda m: finnish_sort_key(m.name(language))):
        if area is not None and place.code not in area:
            continue
        locality = Locality(
            place.code, tuple(home.get(place.code, ())), tuple(active.get(place.code, ()))
        )
        of_region[place.region].append(locality)
    made = [
        RegionalList(code, tuple(some), _visitors(some))
        for code, some in of_region.items()
        if some or area is None
    ]
    return tuple(sorted(made, key=lambda r: finnish_sort_key(places.region(r.code).name(language))))


def _visitors(localities: Iterable[Locality]) -> tuple[ListedOrganisation, ...]:
    spots = list(localities)
    here = {spot.code for spot in spots}
    seen = {id(one): one for s in spots for one in s.active if one.municipality not in here}
    return tuple(sorted(seen.values(), key=_by_name))


def _organisations(
    book: Book,
    contacts: Mapping[str, list[ListedContact]],
    withheld: frozenset[str],
    signs: Mapping[str, LastSign],
) -> Iterator[ListedOrganisation]:
    areas = Areas(book)
    frame = live_frame(book.table("organisations")).reindex(columns=list(_CELLS), fill_value="")
    for row_id, *cells in frame.itertuples(name=None):
        cell = dict(zip(_CELLS, cells, strict=True))
        home = home_code(cell["municipality"])
        active, _ = areas.codes(cell["area"], home) if cell["area"] else (frozenset[str](), ())
        nationwide = active == all_codes()
        yield ListedOrganisation(
            id="" if row_id.startswith("#") else row_id,
            name=cell["name"] or cell["short"],
            short=cell["short"],
            type=cell["type"],
            town=cell["municipality"],
            municipality=home,
            area=cell["area"],
            topics=cell["topics"],
            email="" if mailbox_key(cell["email"]) in withheld else cell["email"],
            phone="" if withheld and _number(cell["phone"]) in withheld else cell["phone"],
            url=cell["url"],
            networks=cell["networks"],
            active=frozenset() if nationwide else active - {home},
            nationwide=nationwide,
            contacts=tuple(contacts.get(row_id, ())),
            sign=signs[row_id].day if row_id in signs else "",
        )


def _contacts(people: pd.DataFrame) -> Iterator[tuple[str, ListedContact]]:
    """Yield the people of :func:`present_people`, each with the id of their organisation."""
    rows = people[["organisation", *_CONTACT]].itertuples(name=None)
    for row_id, owner, *cells in rows:
        cell = dict(zip(_CONTACT, cells, strict=True))
        cell["municipality"] = home_code(cell["municipality"])
        yield owner, ListedContact("" if row_id.startswith("#") else row_id, **cell)


def _withheld(book: Book) -> frozenset[str]:
    """Return the mailbox keys and phones of people who have not agreed to be published."""
    people = frame_of(book.table("people")).reindex(
        columns=["publish", "email", "phone", "phone2"], fill_value=""
    )
    private = people[people["publish"] != "yes"]
    numbers = map(_number, (*private["phone"], *private["phone2"]))
    return frozenset((*map(mailbox_key, private["email"]), *numbers)) - {""}


def _number(cell: str) -> str:
    return phone.read(cell).value or cell


def _by_name(one: ListedOrganisation) -> tuple[tuple[str, str], str]:
    return finnish_sort_key(one.name), one.id
