"""The tables that stand beside the code, as .toml files of the package."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def package_table(package: str, name: str) -> dict[str, Any]:
    """Return a table of a package, such as ``register.values`` and ``posts``; it is read once."""
    return tomllib.loads(files(package).joinpath(f"{name}.toml").read_text(encoding="utf-8"))


def table_words(package: str, name: str, key: str) -> frozenset[str]:
    """Return the words of a text in a table, which stand there between blanks."""
    return frozenset(package_table(package, name)[key].split())


def pattern_of(package: str, name: str, key: str) -> str:
    """Return the ways to say something that a table lists, as one regular expression."""
    return "|".join(package_table(package, name)[key])
