"""The services of PTV v11, from which a new register takes an organisation's topics.

A service has classes (``serviceClasses``) and target groups (``targetGroups``) of Suomi.fi's own.
ptv_topics.toml maps them to topics, and names its sources.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from register.book.package_data import package_table
from register.sources.ptv import is_guid, localised_texts

_MOST_SERVICES = 20
"""The most services of one organisation that are asked for; further ones add nothing new."""


@dataclass(frozen=True, slots=True)
class ServiceTopic:
    """A row of ptv_topics.toml: a topic in Finnish, and what it is recognised by.

    ``classes`` are patterns for the Finnish names of service classes, ``groups`` codes of target
    groups.
    """

    topic: str
    classes: tuple[re.Pattern[str], ...]
    groups: frozenset[str]


def offered_services(row: object) -> tuple[str, ...]:
    """Return the ids of the services that an organisation is responsible for or produces."""
    services = row.get("services") if isinstance(row, Mapping) else ()
    found = (
        one.get("service", {}).get("id")
        for one in (services if isinstance(services, list) else ())
        if isinstance(one, Mapping) and isinstance(one.get("service"), Mapping)
    )
    return tuple(dict.fromkeys(guid for guid in found if is_guid(guid)))[:_MOST_SERVICES]


def service_topics(rows: Iterable[object]) -> dict[str, tuple[str, ...]]:
    """Return the topics of each service by its id; a broken service has none."""
    found: dict[str, tuple[str, ...]] = {}
    for row in rows:
        if isinstance(row, Mapping) and is_guid(row.get("id")):
            try:
                found[row["id"]] = tuple(dict.fromkeys(_topics(row)))
            except (TypeError, ValueError, KeyError, AttributeError):
                found[row["id"]] = ()
    return found


def _topics(row: Mapping[str, Any]) -> Iterator[str]:
    names = [
        name.casefold()
        for one in row.get("serviceClasses") or ()
        for name in localised_texts(one.get("name"), "value", "fi")
    ]
    groups = {str(one.get("code")) for one in row.get("targetGroups") or ()}
    for known in topic_table():
        if groups & known.groups or any(
            pattern.search(name) for pattern in known.classes for name in names
        ):
            yield known.topic


@cache
def topic_table() -> tuple[ServiceTopic, ...]:
    """Return the rows of ptv_topics.toml."""
    return tuple(
        ServiceTopic(
            topic=row["topic"],
            classes=tuple(re.compile(rf"\b{re.escape(name)}") for name in row.get("classes", ())),
            groups=frozenset(row.get("groups", ())),
        )
        for row in package_table("register.sources", "ptv_topics")["topics"]
    )
