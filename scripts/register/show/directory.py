"""The directory as a page to read and print.

Text, Markdown, CSV and JSON are made by :mod:`register.show.directory_lists`, the workbook by
:mod:`register.show.directory_sheets`. In all of them cells are mere data.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from markupsafe import Markup

from register.lists.directory import (
    Directory,
    ListedContact,
    ListedOrganisation,
    RegionalList,
    region_counts,
)
from register.show.directory_cells import (
    LIST_COLUMNS,
    cached_national_phone,
    cell_link,
    clean_cell,
    list_cell,
    person_cell,
    phones_of,
    place_name,
    region_name,
)
from register.show.directory_lists import FIGURES, empty_regions, figure_headers, nobody_sentence
from register.show.pages import page_environment
from register.values import places
from register.values.areas import split_areas
from register.words.display import finnish_sort_key
from register.words.sentences import Sentences

_REGION_SIZES = Counter(one.region for one in places.municipalities())
"""The number of municipalities in each region."""

_Line = tuple[str, str]
"""A line of a card: its text, and the address that it links to, or ''."""


class ContactCard(NamedTuple):
    """A contact on the page: name (else role), role, and lines with phones and mailbox."""

    name: str
    role: str
    lines: tuple[_Line, ...]


class DirectoryRow(NamedTuple):
    """An organisation on the page; scripts find it by its ``number`` and the places ``at``.

    A person without an organisation has the number -1 and is not counted.
    """

    number: int
    at: str
    type: str
    name: str
    short: str
    under: tuple[str, ...]
    lines: tuple[_Line, ...]
    contacts: tuple[ContactCard, ...]
    topics: str


class DirectoryGroup(NamedTuple):
    """Rows under one heading: a municipality, or organisations active from elsewhere."""

    title: str
    rows: tuple[DirectoryRow, ...]


class DirectorySection(NamedTuple):
    """A region on the page, or one of the separate lists; ``note`` explains it."""

    key: str
    title: str
    groups: tuple[DirectoryGroup, ...]
    note: str = ""


def directory_page(
    directory: Directory, say: Sentences, *, title: str = "", people: bool = True
) -> str:
    """Return the directory as one page that works without network and without JavaScript.

    Without ``people`` it has no column for them.
    """
    figures = region_counts(directory)
    present = figures[(figures["organisations"] > 0) | (figures["active"] > 0)]
    page = page_environment(say.language).get_template("directory.html.j2")
    return page.render(
        title=title or say("Organisations by region"),
        day=directory.day,
        public=directory.public,
        people=people,
        organisations=len(directory.organisations),
        without_contact=directory.without_contact,
        totals={key: int(figures[key].sum()) for key in FIGURES},
        heads=figure_headers(say),
        figures=[
            (str(code), region_name(str(code), say), {str(k): int(v) for k, v in row.items()})
            for code, row in present.iterrows()
        ],
        gaps=list(empty_regions(directory, say)),
        sections=list(_Sections(directory, say).all()),
        empty="" if present.size else nobody_sentence(directory, say),
        choices=[
            (f"r{one.code}", region_name(one.code, say), _choices(one, say))
            for one in directory.regions
            if one.home or one.active
        ],
        types=sorted({one.type for one in directory.organisations if one.type}),
        topics=sorted(
            {
                clean_cell(part): None
                for one in directory.organisations
                for part in split_areas(one.topics)
            },
            key=finnish_sort_key,
        ),
    )


class _Sections:
    def __init__(self, directory: Directory, say: Sentences) -> None:
        self.directory, self.say = directory, say
        self.numbers = {id(one): n for n, one in enumerate(directory.organisations)}
        self.area = say.header("organisations", "area")

    def all(self) -> Iterator[DirectorySection]:
        """Yield the regions with an organisation, then the separate lists."""
        say = self.say
        for region in self.directory.regions:
            if groups := tuple(self._groups(region)):
                yield DirectorySection(f"r{region.code}", region_name(region.code, say), groups)
        if some := self.directory.nationwide:
            note = say("They count for their own municipality only, and fill no gap elsewhere.")
            yield self._apart("n", say("Active in the whole country"), some, note)
        if some := self.directory.unplaced:
            note = say(
                "Correct the municipality in the register; python3 scripts/check.py tells "
                "which rows."
            )
            yield self._apart("u", say("No municipality that is known"), some, note)
        if alone := self.directory.apart:
            note = say("Their organisation is not in the register, or they have none.")
            rows = tuple(self._person(who) for who in alone)
            yield DirectorySection(
                "p", say("People without an organisation"), (DirectoryGroup("", rows),), note
            )

    def _groups(self, region: RegionalList) -> Iterator[DirectoryGroup]:
        key = f"r{region.code}"
        whole = frozenset(spot.code for spot in region.localities)
        for spot in region.localities:
            if spot.home:
                at = ((key, spot.code, *sorted(one.active & whole)) for one in spot.home)
                yield DirectoryGroup(
                    place_name(spot.code, self.say), tuple(map(self._row, spot.home, at))
                )
        if region.active:
            at = ((key, *sorted(one.active & whole)) for one in region.active)
            places = (self._where(one, whole) for one in region.active)
            rows = tuple(map(self._row, region.active, at, places))
            yield DirectoryGroup(self.say("Active here from elsewhere"), rows)

    def _apart(
        self, key: str, title: str, some: Iterable[ListedOrganisation], note: str
    ) -> DirectorySection:
        homes = ((one, list_cell(one, None, LIST_COLUMNS[1], self.say)) for one in some)
        rows = tuple(self._row(one, (key,), home) for one, home in homes)
        return DirectorySection(key, title, (DirectoryGroup("", rows),), note)

    def _where(self, one: ListedOrganisation, whole: frozenset[str]) -> str:
        here = one.active & whole
        if here == whole and len(whole) == _REGION_SIZES[places.municipality(min(whole)).region]:
            return self.say("the whole region")
        return ", ".join(place_name(code, self.say) for code in sorted(here))

    def _row(self, one: ListedOrganisation, at: Iterable[str], place: str = "") -> DirectoryRow:
        sort = list_cell(one, None, ("organisations", "type"), self.say)
        what = " · ".join(part for part in (sort, clean_cell(one.topics)) if part)
        area = f"{self.area}: {clean_cell(one.area)}" if one.area and not place else ""
        site = clean_cell(one.url).removeprefix("https://").removeprefix("http://")
        return DirectoryRow(
            number=self.numbers[id(one)],
            at=" ".join(at),
            type=one.type,
            name=_safe(clean_cell(one.name) or one.id),
            short=_safe(clean_cell(one.short)) if one.short != one.name else "",
            under=tuple(_safe(part) for part in (what, place, area) if part),
            lines=(
                *_reach(one),
                *(((_safe(site), _safe(cell_link(one.url, "url"))),) if site else ()),
            ),
            contacts=tuple(
                ContactCard(
                    _safe(clean_cell(who.name or who.role or who.email)),
                    _safe(clean_cell(who.role)) if who.name else "",
                    _reach(who),
                )
                for who in one.contacts
            ),
            topics=_safe("|".join(map(clean_cell, split_areas(one.topics)))),
        )

    def _person(self, who: ListedContact) -> DirectoryRow:
        told = (
            clean_cell(who.role) if who.name else "",
            person_cell(who, "municipality", self.say),
        )
        return DirectoryRow(
            number=-1,
            at=f"r{who.region} {who.municipality}" if who.municipality else "",
            type="",
            name=_safe(clean_cell(who.name or who.role or who.email) or who.id),
            short="",
            under=tuple(_safe(part) for part in told if part),
            lines=_reach(who),
            contacts=(),
            topics=_safe("|".join(map(clean_cell, split_areas(who.topics)))),
        )


_safe = Markup.escape
"""Text from ``clean_cell`` is safe to show: marked so, it is not cleaned again by the page."""


def _reach(whose: ListedContact | ListedOrganisation) -> tuple[_Line, ...]:
    lines = (
        *(
            (_safe(clean_cell(cached_national_phone(number))), _safe(cell_link(number, "phone")))
            for number in phones_of(whose)
        ),
        (_safe(clean_cell(whose.email)), _safe(cell_link(whose.email, "email"))),
    )
    return tuple(line for line in lines if line[0])


def _choices(region: RegionalList, say: Sentences) -> list[tuple[str, str]]:
    return [(p.code, place_name(p.code, say)) for p in region.localities if p.home or p.active]
