"""The contents of a new register: topics to choose from, and the first networks."""

from collections.abc import Mapping
from typing import Any

from register.book.ids import new_id
from register.book.package_data import package_table
from register.book.schema import Language


def starter_rows(language: Language) -> dict[str, list[dict[str, str]]]:
    """Return the first rows of a new register by tab; cells are as in the Book."""
    raw = _starters()
    topics = [{"topics": topic[language]} for topic in raw["topics"]]
    networks = [
        {
            "id": new_id("V", ("starter", network["name"]["fi"]), ()),
            **{key: value[language] for key, value in network.items()},
            "member": "no",
        }
        for network in raw["networks"]
    ]
    return {"choices": topics, "networks": networks}


def topic_names(finnish: str) -> tuple[str, ...]:
    """Return the names of a starter topic in each language; raises KeyError for any other topic."""
    names = {topic["fi"]: tuple(topic.values()) for topic in _starters()["topics"]}
    return names[finnish]


def topic_spellings(topic: str) -> tuple[str, ...]:
    """Return the names that people may use for a topic: in each language, and inflected Finnish."""
    names = topic_translations(topic)
    about: Mapping[str, str] = _starters()["about"]
    return (*names.values(), *filter(None, [about.get(names.get("fi", ""))]))


def topic_translations(topic: str) -> Mapping[Language, str]:
    """Return the names of a topic by language; {} if it is not a starter topic."""
    word = topic.casefold()
    every: list[Mapping[Language, str]] = _starters()["topics"]
    return next((one for one in every if word in map(str.casefold, one.values())), {})


def _starters() -> Mapping[str, Any]:
    return package_table("register.book", "starters")
