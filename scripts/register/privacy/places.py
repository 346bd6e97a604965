"""The one list of places where a person's data can be: each column of each tab, each state file.

``places.toml`` beside this module says of each what sort of data it holds. What is exported, erased
and described goes by it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from register.book.package_data import package_table

PLACE_SENTENCES: Mapping[str, str] = package_table("register.privacy", "sentences")["places"]
"""What each sort of data is called."""

WITHOUT_PEOPLE = frozenset(("key", "lock", "description", "counts"))
"""Sorts of state files that hold nobody's data."""


@dataclass(frozen=True, slots=True)
class Places:
    """``columns`` are the sorts by tab and column, ``state`` those of state files by name."""

    columns: Mapping[str, Mapping[str, str]]
    state: Mapping[str, str]

    def state_sort(self, name: str) -> str:
        """Return what a state file holds, by its name; '' where nobody has said so."""
        for known, sort in self.state.items():
            if name == known or (known.endswith("*") and name.startswith(known[:-1])):
                return sort
        return ""


@cache
def personal_data_places() -> Places:
    """Return the list; it never changes while a process lives."""
    raw = package_table("register.privacy", "places")
    columns = {
        tab: {column: sort for sort, named in sorts.items() for column in named}
        for tab, sorts in raw["tabs"].items()
    }
    return Places(columns, raw["state"])
