"""The list of places where personal data can be: each column of each tab, each state file.

``places.toml`` beside this module gives the sort of data of each. Export, erasure and description
all go by it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from register.book.package_data import package_table

PLACE_SENTENCES: Mapping[str, str] = package_table("register.privacy", "sentences")["places"]
"""The name of each sort of data."""

WITHOUT_PEOPLE = frozenset(("key", "lock", "description", "counts"))
"""The sorts of state files without personal data."""


@dataclass(frozen=True, slots=True)
class Places:
    """The sorts of data: ``columns`` by tab and column, ``state`` by name of the state file."""

    columns: Mapping[str, Mapping[str, str]]
    state: Mapping[str, str]

    def state_sort(self, name: str) -> str:
        """Return the sort of data in a state file, '' if it is not listed."""
        for known, sort in self.state.items():
            if name == known or (known.endswith("*") and name.startswith(known[:-1])):
                return sort
        return ""


@cache
def personal_data_places() -> Places:
    """Return the list."""
    raw = package_table("register.privacy", "places")
    columns = {
        tab: {column: sort for sort, named in sorts.items() for column in named}
        for tab, sorts in raw["tabs"].items()
    }
    return Places(columns, raw["state"])
