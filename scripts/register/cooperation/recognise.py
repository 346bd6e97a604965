"""Which rows a few typed words refer to; the rest of this room asks only here."""

from collections.abc import Collection, Mapping, Sequence
from functools import cached_property

from rapidfuzz import fuzz, process

from register.book.headers import fold_header
from register.book.ids import reference_id
from register.book.table import Book
from register.people.named_in_text import people_called, person_named
from register.people.records import Organisation, Person
from register.values import organisation_name, person_name
from register.values.places import resolve_place

_ALIKE = 90
"""The lowest similarity (0–100, Indel) at which a mistyped name counts as the one it resembles."""

_LONGEST = 160

_Key = frozenset[str]


class KnownNames:
    """Finds people and organisations by name; each tab is read once, when needed."""

    def __init__(self, book: Book) -> None:
        self._book = book

    def organisations(self, words: str) -> tuple[str, ...]:
        """Return the ids of the organisations that words may refer to, in the order of the tab.

        They are found by id, name or short name; else a municipality's name ("Espoo") means its
        administration; else by the most similar name. If there are several, a person must choose.
        """
        if row_id := reference_id(words):
            return (row_id,) if row_id in self._book.table("organisations") else ()
        key = organisation_name.organisation_key(words[:_LONGEST])
        if not key:
            return ()
        if same := tuple(row_id for row_id, keys in self._orgs.items() if key in keys):
            return same
        place = resolve_place(words[:_LONGEST]).municipality
        if place and (offices := self._offices.get(fold_header(place.name_fi), ())):
            return tuple(offices)
        return _most_alike(key, self._written_orgs)

    def people(self, words: str, orgs: Collection[str] = ()) -> tuple[str, ...]:
        """Return the ids of the people that words may refer to, those of ``orgs`` first.

        They are found by id or name, else by the most similar name (a typing error, a case ending).
        A single first or last name is looked for only among the people of ``orgs``.
        """
        if row_id := reference_id(words):
            return (row_id,) if row_id in self._book.table("people") else ()
        first, last, *_ = person_name.split_name(words[:_LONGEST])
        wanted = person_name.name_keys(first, last)
        if not wanted:
            return ()
        near = [row_id for row_id in self._people if self._homes[row_id] in orgs]
        for among in (near, self._people):
            if same := tuple(row_id for row_id in among if self._people[row_id] == wanted):
                return same
        if len(wanted) == 1:
            return tuple(row_id for row_id in near if wanted <= self._people[row_id])
        said = " ".join(sorted(wanted))
        beside = set(near)
        written = self._written_people
        for names in ([one for one in written if one[0] in beside], written):
            if alike := _most_alike(said, names):
                return alike
        called, _ = person_named(self._book, words[:_LONGEST])
        return self.people(called, orgs) if called and called != words else ()

    def called(self, words: str) -> tuple[str, ...]:
        """Return the ids of the people that a first name alone may mean."""
        return tuple(one.id for one in people_called(self._book, words[:_LONGEST]))

    def home(self, person: str) -> str:
        """Return the id of a person's organisation, or ''."""
        return Person.at(self._book, person).org_id

    @cached_property
    def _orgs(self) -> Mapping[str, _Key]:
        return {one.id: _keys(one.name, one.short) for one in Organisation.live(self._book)}

    @cached_property
    def _offices(self) -> Mapping[str, list[str]]:
        found: dict[str, list[str]] = {}
        for row in Organisation.live(self._book):
            if row.type == "municipality":
                found.setdefault(fold_header(row.municipality), []).append(row.id)
        return found

    @cached_property
    def _people(self) -> Mapping[str, _Key]:
        return {one.id: one.name_keys for one in Person.live(self._book)}

    @cached_property
    def _written_orgs(self) -> Sequence[tuple[str, str]]:
        return [(row_id, name) for row_id, keys in self._orgs.items() for name in keys]

    @cached_property
    def _written_people(self) -> Sequence[tuple[str, str]]:
        return [
            (row_id, " ".join(sorted(names)))
            for row_id, names in self._people.items()
            if len(names) > 1
        ]

    @cached_property
    def _homes(self) -> Mapping[str, str]:
        return {row_id: self.home(row_id) for row_id in self._people}


def find_organisations(book: Book, words: str) -> tuple[str, ...]:
    """Return :meth:`KnownNames.organisations` for a register that is asked only once."""
    return KnownNames(book).organisations(words)


def _keys(*names: str) -> _Key:
    return frozenset({organisation_name.organisation_key(name) for name in names} - {""})


def _most_alike(key: str, names: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    written = [name for _, name in names]
    found = process.extract(key, written, scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=None)
    best = max((score for _, score, _ in found), default=0.0)
    alike = sorted(at for _, score, at in found if score == best)
    return tuple(dict.fromkeys(names[at][0] for at in alike))
