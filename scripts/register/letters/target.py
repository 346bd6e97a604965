"""The audience cell (Kohderyhmä): alternatives within a sort, all sorts must match.

``association, foundation, official`` means officials of an association or a foundation. The sorts
are organisation types, person groups, topics, networks and mailings.
"""

from dataclasses import dataclass, field

from register.book.headers import fold_header
from register.book.ids import reference_id
from register.book.schema import schema
from register.book.table import Book
from register.people.records import Organisation, Person
from register.values.areas import split_areas


@dataclass(frozen=True, slots=True)
class Target:
    """What an ``audience`` cell asks for; an empty sort matches everybody.

    ``lists`` are ids of mailings; :mod:`register.letters.mailing_list` resolves them. ``unknown``
    are words that are none of the sorts.
    """

    types: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()
    topics: frozenset[str] = frozenset()
    networks: frozenset[str] = frozenset()
    lists: frozenset[str] = frozenset()
    unknown: tuple[str, ...] = field(default=())

    def misses(self, person: Person, home: Organisation | None) -> str:
        """Return the first sort that a person and their organisation do not match, or ''."""
        if self.types and not (home and fold_header(home.type) in self.types):
            return "type"
        if self.groups and self.groups.isdisjoint(person.every("group")):
            return "group"
        if self.topics and self.topics.isdisjoint(_topics(person) | _topics(home)):
            return "topic"
        networks = {reference_id(part) for part in split_areas(home.networks if home else "")}
        if self.networks and self.networks.isdisjoint(networks):
            return "network"
        return ""


def read_target(book: Book, cell: str) -> Target:
    """Read an audience cell: keys or labels of types and groups, networks, mailings, topics.

    A word that is none of these is ``unknown``. A topic that is not in ``choices`` is known if an
    organisation or a person has it.
    """
    own_types = {fold_header(text) for _, text in book.table("choices").column("types") if text}
    topics = register_topics(book)
    networks = {fold_header(name): row_id for row_id, name in book.table("networks").column("name")}
    lists = {fold_header(name): row_id for row_id, name in book.table("mailings").column("name")}
    sorts = ("types", "groups", "topics", "nets", "lists")
    found: dict[str, set[str]] = {one: set() for one in sorts}
    unknown: list[str] = []
    for part in split_areas(cell):
        word = fold_header(part)
        if key := _enum_key("organisation_type", word):
            found["types"].add(key)
        elif key := _enum_key("person_group", word):
            found["groups"].add(key)
        elif word in own_types:
            found["types"].add(word)
        elif (row_id := reference_id(part) or networks.get(word, "")) in book.table("networks"):
            found["nets"].add(row_id)
        elif (row_id := reference_id(part) or lists.get(word, "")) in book.table("mailings"):
            found["lists"].add(row_id)
        elif word in topics:
            found["topics"].add(word)
        else:
            unknown.append(part)
    return Target(
        types=frozenset(found["types"]),
        groups=frozenset(found["groups"]),
        topics=frozenset(found["topics"]),
        networks=frozenset(found["nets"]),
        lists=frozenset(found["lists"]),
        unknown=tuple(unknown),
    )


def register_topics(book: Book) -> dict[str, str]:
    """Return the register's topics as they are written, by their folded form."""
    cells = [text for _, text in book.table("choices").column("topics") if text]
    for tab in ("people", "organisations"):
        for _, text in book.table(tab).column("topics"):
            cells += split_areas(text)
    return {fold_header(one): one for one in reversed(cells)}


def _topics(row: Person | Organisation | None) -> set[str]:
    return {fold_header(part) for part in split_areas(row.topics)} if row else set()


def _enum_key(enum: str, word: str) -> str:
    for key, labels in schema().enum(enum).labels.items():
        if word == key or word in map(fold_header, labels.values()):
            return key
    return ""
