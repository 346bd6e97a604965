"""Kohderyhmä: alternatives within a sort, all sorts together.

``association, foundation, official`` wants officials of an association or a foundation. The sorts
are organisation types, person groups, topics and networks.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from register.book.headers import folded
from register.book.ids import reference_id
from register.book.schema import schema
from register.book.table import Book
from register.letters.reach import parts
from register.people.kept import values

Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Target:
    """What a meeting's Kohderyhmä asks for; an empty sort asks for nothing."""

    types: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()
    topics: frozenset[str] = frozenset()
    networks: frozenset[str] = frozenset()
    unknown: tuple[str, ...] = field(default=())

    def misses(self, person: Row, organisation: Row | None) -> str:
        """Return the first sort that a person of an organisation does not fit, or ''."""
        home = organisation or {}
        if self.types and folded(home.get("type", "")) not in self.types:
            return "type"
        groups = values(person, schema().tab("people").column("group"))
        if self.groups and self.groups.isdisjoint(groups):
            return "group"
        if self.topics.isdisjoint(_topics(person) | _topics(home)) and self.topics:
            return "topic"
        networks = {reference_id(part) for part in parts(home.get("networks", ""))}
        if self.networks and self.networks.isdisjoint(networks):
            return "network"
        return ""


def target(book: Book, cell: str) -> Target:
    """Read a Kohderyhmä cell: keys or labels of types and groups, networks, topics of Valikot.

    What is none of these is ``unknown``; a topic that nobody has put into Valikot counts where
    some organisation or person has it.
    """
    choices = book.table("choices")
    own_types = {folded(text) for _, text in choices.column("types") if text}
    topics = {folded(text) for _, text in choices.column("topics") if text}
    for tab in ("organisations", "people"):
        for _, text in book.table(tab).column("topics"):
            topics.update(map(folded, parts(text)))
    networks = {folded(name): row_id for row_id, name in book.table("networks").column("name")}
    found: dict[str, set[str]] = {"types": set(), "groups": set(), "topics": set(), "nets": set()}
    unknown: list[str] = []
    for part in parts(cell):
        word = folded(part)
        if key := _enum_key("organisation_type", word):
            found["types"].add(key)
        elif key := _enum_key("person_group", word):
            found["groups"].add(key)
        elif word in own_types:
            found["types"].add(word)
        elif (row_id := reference_id(part) or networks.get(word, "")) in book.table("networks"):
            found["nets"].add(row_id)
        elif word in topics:
            found["topics"].add(word)
        else:
            unknown.append(part)
    return Target(
        types=frozenset(found["types"]),
        groups=frozenset(found["groups"]),
        topics=frozenset(found["topics"]),
        networks=frozenset(found["nets"]),
        unknown=tuple(unknown),
    )


def _topics(row: Row) -> set[str]:
    return {folded(part) for part in parts(row.get("topics", ""))}


def _enum_key(enum: str, word: str) -> str:
    for key, labels in schema().enum(enum).labels.items():
        if word == key or word in map(folded, labels.values()):
            return key
    return ""
