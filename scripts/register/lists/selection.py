"""Selecting a part of the register: an area, topics, types, networks, mailings.

Values of one criterion are alternatives (two municipalities); all criteria must be met (a
municipality and a topic). An unknown name is an error, because an empty list would be read as
"there is nobody".
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from rapidfuzz import process

from register.book.errors import UsageError
from register.book.headers import fold_header
from register.book.ids import reference_id
from register.book.phrase import Phrase
from register.book.schema import Language, schema
from register.book.table import Book
from register.letters.mailing_list import find_list, people_of_lists
from register.lists.directory import Directory, ListedOrganisation, arrange_directory
from register.people.records import Organisation
from register.rules.references import rows_by_name
from register.values import places
from register.values.areas import Areas, split_areas
from register.values.places.lookup import county_names
from register.values.places.tables import County

_NEAR = 5
_FEW = 12
"""If no name is similar, all names are offered, but only up to this many."""

_LIKE = 60
"""The minimum similarity of a name to be offered (0 to 100)."""

_SENTENCES: Mapping[str, str] = {
    "region": "“{name}” is a region.",
    "county": "“{name}” is a wellbeing services county.",
    "municipality": "“{name}” is a municipality.",
}


@dataclass(frozen=True, slots=True)
class SelectionCriteria:
    """The criteria as a person gave them; () selects all.

    ``counties`` are wellbeing services counties. ``areas`` may be anything that an area cell may
    say, including the own areas of the tab choices. ``networks`` and ``mailings`` are names or ids.
    """

    municipalities: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    counties: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    networks: tuple[str, ...] = ()
    mailings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Selection:
    """The criteria after reading.

    - ``codes``: municipalities, None if no area was given.
    - ``place``: the name of the area if only one was given, else ''.
    - ``people``: row ids, None for all people.
    - ``words``: the other names that were given.
    - ``notes``: sentences to print.
    """

    codes: frozenset[str] | None = None
    place: str = ""
    topics: frozenset[str] = frozenset()
    types: frozenset[str] = frozenset()
    networks: frozenset[str] = frozenset()
    people: frozenset[str] | None = None
    words: tuple[str, ...] = ()
    notes: tuple[Phrase, ...] = field(default=(), compare=False)

    def fits(self, one: ListedOrganisation) -> bool:
        """Return True if an organisation has the topic, type and network; places do not count."""
        if self.types and one.type not in self.types:
            return False
        if self.topics and not self.topics & set(map(fold_header, split_areas(one.topics))):
            return False
        return not self.networks or bool(
            self.networks & set(map(reference_id, split_areas(one.networks)))
        )


def select_part(
    book: Book,
    wanted: SelectionCriteria,
    language: Language | None = None,
    today: date = date.min,
) -> Selection:
    """Return the criteria read; raises UsageError if a name is unknown or ambiguous.

    ``today`` is the day on which the people of a mailing are determined.
    """
    return _Reader(book, language or book.language).read(wanted, today)


def apply_selection(lists: Directory, chosen: Selection, language: Language) -> Directory:
    """Return the selected part of the lists."""
    if chosen == Selection():
        return lists
    found = [one for one in lists.organisations if chosen.fits(one)]
    apart = lists.apart if not (chosen.types or chosen.networks) else ()
    if (people := chosen.people) is not None:
        found = [one for each in found if (one := each.with_only(people)).contacts]
        apart = tuple(who for who in apart if who.id in people)
    if chosen.topics:
        apart = tuple(
            who for who in apart if chosen.topics & set(map(fold_header, split_areas(who.topics)))
        )
    made = arrange_directory(
        *(found, lists.day, language),
        public=lists.public,
        apart=apart,
        area=chosen.codes,
        whole=False,
    )
    return made if chosen.people is None else made.inhabited


class _Reader:
    def __init__(self, book: Book, language: Language) -> None:
        self.book, self.language, self.areas = book, language, Areas(book)
        self.notes: list[Phrase] = []
        self.named: list[str] = []

    def read(self, wanted: SelectionCriteria, today: date) -> Selection:
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
        mailings = [find_list(self.book, name) for name in wanted.mailings]
        return Selection(
            codes=frozenset(codes) if any(asked) else None,
            place=place,
            topics=frozenset(map(fold_header, topics)),
            types=frozenset(types),
            networks=frozenset(networks),
            people=people_of_lists(self.book, mailings, today),
            words=(
                *listed,
                *topics,
                *types.values(),
                *networks.values(),
                *(self.book.row_name("mailings", one) for one in mailings),
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


def unknown_place(name: str, offered: Iterable[str]) -> UsageError:
    """Return the error for an unknown name; it offers names that may have been meant."""
    near = list(offered)
    remedy = "Did you mean: {near}?" if near else "Check its name."
    return UsageError("“{name}” is not known.", remedy=remedy, name=name[:80], near=near)


def unknown_municipality(name: str, language: Language) -> UsageError:
    """Return the error for a name that is not a municipality, or one divided between several."""
    found = places.resolve_place(name)
    heirs = [one.name(language) for one in found.candidates]
    if found.former and places.region_named(name):
        return UsageError(
            "“{name}” is a region, and was a municipality that is now a part of {near}.",
            remedy="Give --region {name}, or --municipality with the name of today.",
            name=name[:80],
            near=heirs,
        )
    if found.former:
        return UsageError(
            "“{name}” is no municipality any more: it was divided between {near}.",
            remedy="Give --municipality with the names of today, one or several times.",
            name=name[:80],
            near=heirs,
        )
    if places.region_named(name):
        return _elsewhere(name, "region")
    if places.county_named(name):
        return _elsewhere(name, "county")
    return unknown_place(name, heirs or _municipalities(name, language))


def unknown_region(name: str, language: Language) -> UsageError:
    """Return the error for a name that is not a region."""
    if places.resolve_place(name).municipality:
        return _elsewhere(name, "municipality")
    if places.county_named(name):
        return _elsewhere(name, "county")
    return unknown_place(
        name, nearest_names(name, (one.name(language) for one in places.regions()))
    )


def unknown_county(name: str, language: Language) -> UsageError:
    """Return the error for a name that is not a wellbeing services county."""
    known = {one.name(language): one for one in places.counties()}
    if offered := _containing(name, known):
        return unknown_place(name, offered)
    if places.resolve_place(name).municipality:
        return _elsewhere(name, "municipality")
    return unknown_place(name, nearest_names(name, known))


def nearest_names(name: str, known: Iterable[str]) -> list[str]:
    """Return up to five similar names; if there are none, all names, provided they are few."""
    called = {fold_header(one): one for one in known}
    found = process.extract(fold_header(name)[:80], list(called), score_cutoff=_LIKE, limit=_NEAR)
    if not found and len(called) <= _FEW:
        return list(called.values())
    return [called[match] for match, _, _ in found]


def _elsewhere(name: str, kind: str) -> UsageError:
    return UsageError(_SENTENCES[kind], remedy="Give it with --{kind}.", name=name[:80], kind=kind)


def _containing(name: str, known: Mapping[str, County]) -> list[str]:
    """Return the counties whose full or short name contains the text: "Uusimaa" is in three."""
    word = fold_header(name)
    named = [(short, one) for short, one in county_names().items() if word and word in short]
    met = {one.code for _, one in named}
    return [called for called, one in known.items() if one.code in met][: 2 * _NEAR]


def _municipalities(name: str, language: Language) -> list[str]:
    """Return the municipalities with a similar name, in Finnish or Swedish."""
    called = {
        fold_header(word): one
        for one in places.municipalities()
        for word in (one.name_sv, one.name_fi)
    }
    found = process.extract(fold_header(name)[:80], list(called), score_cutoff=_LIKE, limit=_NEAR)
    return list(dict.fromkeys(called[match].name(language) for match, _, _ in found))
