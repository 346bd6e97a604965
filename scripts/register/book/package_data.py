"""Tables in .toml files beside the code."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def package_table(package: str, name: str) -> dict[str, Any]:
    """Return a table of a package, such as ``register.values`` and ``posts``; each is read once."""
    return tomllib.loads(files(package).joinpath(f"{name}.toml").read_text(encoding="utf-8"))


def table_words(package: str, name: str, key: str) -> frozenset[str]:
    """Return the words of a text in a table, which are separated by spaces."""
    return frozenset(package_table(package, name)[key].split())


def pattern_of(package: str, name: str, key: str) -> str:
    """Return a list of patterns in a table as one regular expression."""
    return "|".join(package_table(package, name)[key])
