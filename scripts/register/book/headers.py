"""Columns are found by their header, in any language or by an alias, never by their position."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from register.book.schema import LANGUAGES, Language, Tab, schema

EXTRA = "+"
"""Prefix of the name of a column that people have added; the tool only carries it along."""


@dataclass(frozen=True, slots=True)
class Headers:
    """The columns of a tab's first row: ``columns[i]`` is a key, ``+Header`` (people's own) or ''.

    For ``missing``, ``doubled`` and ``absent`` see :func:`read_headers`.
    """

    columns: tuple[str, ...]
    missing: tuple[str, ...]
    doubled: tuple[str, ...]
    absent: tuple[str, ...]


@lru_cache(maxsize=1 << 14)
def fold_header(text: str) -> str:
    """Return a header or title for comparison: NFKC, single spaces, casefolded, no gear sign."""
    plain = unicodedata.normalize("NFKC", text).replace("⚙", " ")
    return " ".join(plain.split()).casefold()


def read_headers(tab: Tab, row: Sequence[str]) -> Headers:
    """Return the column keys of a tab's header row.

    ``missing`` are the required columns (and the id) that the row lacks, ``doubled`` the columns
    that are there twice, ``absent`` the other columns that it lacks.
    """
    known = _known(tab.key)
    found: list[str] = []
    doubled: list[str] = []
    extras: set[str] = set()
    for number, header in enumerate(row, start=1):
        key = known.get(fold_header(header), "")
        if key and key in found:
            doubled.append(key)
        if not key and header.strip():
            key = EXTRA + header.strip()
            if key in extras:
                key = f"{key} ({number})"
            extras.add(key)
        found.append(key)
    absent = [column for column in tab.columns if column.key not in found]
    missing = tuple(c.key for c in absent if c.required or c.key == "id")
    return Headers(
        columns=tuple(found),
        missing=missing,
        doubled=tuple(dict.fromkeys(doubled)),
        absent=tuple(c.key for c in absent if c.key not in missing),
    )


def tab_named(title: str) -> Tab | None:
    """Return the tab with this title in any language, or None."""
    return _by_title().get(fold_header(title))


def language_of(titles: Sequence[str]) -> Language:
    """Return the language of most of the titles; Finnish if none is known."""
    votes: dict[Language, int] = dict.fromkeys(LANGUAGES, 0)
    for title in titles:
        tab = tab_named(title)
        if tab is None:
            continue
        for language in LANGUAGES:
            votes[language] += fold_header(tab.titles[language]) == fold_header(title)
    return max(LANGUAGES, key=lambda language: votes[language])


@cache
def _by_title() -> Mapping[str, Tab]:
    tabs = reversed(list(schema().tabs.values()))
    return {fold_header(name): tab for tab in tabs for name in tab.titles.values()}


@cache
def _known(tab_key: str) -> Mapping[str, str]:
    names: dict[str, str] = {}
    for column in schema().tab(tab_key).columns:
        for name in (*column.headers.values(), *column.aliases):
            names.setdefault(fold_header(name), column.key)
    return names
