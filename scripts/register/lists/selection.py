"""A part of the register: the organisations of an area, with a topic, of a type, in a network.

What is asked for is alternatives within a sort (two municipalities) and all sorts together (a
municipality and a topic). A name that nobody knows stops the list: an empty list would be read as
"there is nobody".
"""

from __future__ import annotations

from dataclasses import dataclass, field

from register.book.errors import UsageError
from register.book.headers import fold_header
from register.book.ids import reference_id
from register.book.phrase import Phrase
from register.book.schema import Language, schema
from register.book.table import Book
from register.lists.directory import Directory, ListedOrganisation, arrange_directory
from register.lists.unknown import (
    nearest_names,
    unknown_county,
    unknown_municipality,
    unknown_place,
    unknown_region,
)
from register.people.records import Organisation
from register.rules.references import rows_by_name
from register.values import places
from register.values.areas import Areas, split_areas


@dataclass(frozen=True, slots=True)
class SelectionCriteria:
    """What a list is of, as a person asked for it; () asks for all.

    ``counties`` are wellbeing services counties; ``areas`` anything that an area cell may say,
    the choices tab's own areas too; ``networks`` names or ids.
    """

    municipalities: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    counties: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    networks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Selection:
    """What was asked for, understood.

    ``codes`` are municipalities (None: no area was asked for); ``place`` is the one place that the
    list is of, or ''; ``words`` are the other names asked for; ``notes`` what is to be said.
    """

    codes: frozenset[str] | None = None
    place: str = ""
    topics: frozenset[str] = frozenset()
    types: frozenset[str] = frozenset()
    networks: frozenset[str] = frozenset()
    words: tuple[str, ...] = ()
    notes: tuple[Phrase, ...] = field(default=(), compare=False)

    def fits(self, one: ListedOrganisation) -> bool:
        """Whether an organisation has the topic, type and network; its place is not looked at."""
        if self.types and one.type not in self.types:
            return False
        if self.topics and not self.topics & set(map(fold_header, split_areas(one.topics))):
            return False
        return not self.networks or bool(
            self.networks & set(map(reference_id, split_areas(one.networks)))
        )


def select_part(
    book: Book, wanted: SelectionCriteria, language: Language | None = None
) -> Selection:
    """Return what was asked for; raises UsageError where a name is unknown or means several."""
    return _Reader(book, language or book.language).read(wanted)


def apply_selection(lists: Directory, chosen: Selection, language: Language) -> Directory:
    """Return the part of the lists that was asked for."""
    if chosen == Selection():
        return lists
    found = [one for one in lists.organisations if chosen.fits(one)]
    apart = lists.apart if not (chosen.types or chosen.networks) else ()
    if chosen.topics:
        apart = tuple(
            who for who in apart if chosen.topics & set(map(fold_header, split_areas(who.topics)))
        )
    return arrange_directory(
        *(found, lists.day, language),
        public=lists.public,
        apart=apart,
        area=chosen.codes,
        whole=False,
    )


class _Reader:
    def __init__(self, book: Book, language: Language) -> None:
        self.book, self.language, self.areas = book, language, Areas(book)
        self.notes: list[Phrase] = []
        self.named: list[str] = []

    def read(self, wanted: SelectionCriteria) -> Selection:
        codes: set[str] = set()
        for name in wanted.municipalities:
            codes.add(self._municipality(name))
        for name in wanted.regions:
            codes |= self._region(name)
        for name in wanted.counties:
            codes |= self._county(name)
        for name in wanted.areas:
            codes |= self._area(name)
        asked = (wanted.municipalities, wanted.regions, wanted.counties, wanted.areas)
        place = self.named[0] if len(self.named) == 1 else ""
        listed = self.named if len(self.named) > 1 else []
        types, topics, networks = self._types(wanted), self._topics(wanted), self._networks(wanted)
        return Selection(
            codes=frozenset(codes) if any(asked) else None,
            place=place,
            topics=frozenset(map(fold_header, topics)),
            types=frozenset(types),
            networks=frozenset(networks),
            words=(
                *listed,
                *topics,
                *types.values(),
                *networks.values(),
            ),
            notes=tuple(self.notes),
        )

    def _municipality(self, name: str) -> str:
        found = places.resolve_place(name)
        if (one := found.municipality) is None:
            raise unknown_municipality(name, self.language)
        if found.former:
            now = one.name(self.language)
            self.notes.append(
                ("{former} is now a part of {place}.", {"former": name, "place": now})
            )
        self.named.append(one.name(self.language))
        return one.code

    def _region(self, name: str) -> set[str]:
        one = places.region_named(name)
        if one is None:
            raise unknown_region(name, self.language)
        self.named.append(one.name(self.language))
        return {m.code for m in places.municipalities() if m.region == one.code}

    def _county(self, name: str) -> set[str]:
        if (one := places.county_named(name)) is None:
            raise unknown_county(name, self.language)
        self.named.append(one.name(self.language))
        return {m.code for m in places.municipalities() if m.county == one.code}

    def _area(self, name: str) -> set[str]:
        if places.resolve_place(name).former and not places.region_named(name):
            return {self._municipality(name)}
        codes, strange = self.areas.codes(name)
        if strange or not codes:
            own = [cell for _, cell in self.book.table("choices").column("areas")]
            known = [m.name(self.language) for m in places.municipalities()]
            regions = [r.name(self.language) for r in places.regions()]
            raise unknown_place(name, nearest_names(name, [*filter(None, own), *regions, *known]))
        self.named.append(self._called(name))
        return set(codes)

    def _called(self, name: str) -> str:
        resolved = places.resolve_place(name).municipality
        found = resolved or places.region_named(name) or places.county_named(name)
        return found.name(self.language) if found else name

    def _types(self, wanted: SelectionCriteria) -> dict[str, str]:
        enum = schema().enum("organisation_type")
        known = {
            fold_header(word): key
            for key in enum.labels
            for word in (key, *(enum.label(key, spoken) for spoken in ("fi", "sv", "en")))
        }
        own = [cell for _, cell in self.book.table("choices").column("types")]
        known |= {fold_header(word): word for word in own if word}
        found: dict[str, str] = {}
        for name in wanted.types:
            if (key := known.get(fold_header(name))) is None:
                labels = [enum.label(one, self.language) for one in enum.labels]
                raise unknown_place(
                    name, nearest_names(name, [*labels, *filter(None, own)]) or labels
                )
            found[key] = enum.label(key, self.language) if key in enum.labels else key
        return found

    def _topics(self, wanted: SelectionCriteria) -> list[str]:
        if not wanted.topics:
            return []
        choices = self.book.table("choices").column("topics")
        known = {fold_header(cell): cell for _, cell in choices if cell}
        for one in Organisation.all(self.book).values():
            for part in split_areas(one.topics):
                known.setdefault(fold_header(part), part)
        found: list[str] = []
        for name in wanted.topics:
            if fold_header(name) not in known or not name.strip():
                raise unknown_place(name, nearest_names(name, filter(None, known.values())))
            found.append(known[fold_header(name)])
        return found

    def _networks(self, wanted: SelectionCriteria) -> dict[str, str]:
        table, names = self.book.table("networks"), rows_by_name(self.book, "networks")
        found: dict[str, str] = {}
        for name in wanted.networks:
            row_id = reference_id(name)
            ids = [row_id] if row_id else names.get(fold_header(name), [])
            if len(ids) > 1:
                raise UsageError(
                    "{count} networks are called “{name}”.",
                    remedy="Give the id instead: {near}.",
                    name=name[:80],
                    count=len(ids),
                    near=ids,
                )
            if len(ids) != 1 or ids[0] not in table:
                raise unknown_place(
                    name, nearest_names(name, [cell for _, cell in table.column("name")])
                )
            found[ids[0]] = table.cell(ids[0], "name")
        return found
