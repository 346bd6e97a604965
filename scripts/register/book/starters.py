"""What a new register starts with: topics to choose from, and the first networks to know of."""

from __future__ import annotations

import tomllib
from importlib.resources import files

from register.book.ids import new_id
from register.book.schema import Language


def starter_rows(language: Language) -> dict[str, list[dict[str, str]]]:
    """Return the first rows of a new register by tab, as the Book holds them."""
    text = files("register.book").joinpath("starters.toml").read_text(encoding="utf-8")
    raw = tomllib.loads(text)
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
