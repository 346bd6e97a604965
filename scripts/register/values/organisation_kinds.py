"""Type and topics that the words of an organisation's name suggest, by a table.

A suggestion is no proof: it is a question to people, and never written automatically.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from register.book.headers import fold_header
from register.book.package_data import package_table
from register.book.starters import topic_names
from register.values.organisation_name import legal_form
from register.values.text import tidy


@dataclass(frozen=True, slots=True)
class OrganisationKind:
    """A row of organisation_kinds.toml: a pattern of names, and what it suggests.

    ``type`` is a key of ``organisation_type`` or ''. ``topics`` are the Finnish names of starter
    topics. ``source`` says where the row comes from.
    """

    names: re.Pattern[str]
    type: str
    topics: tuple[str, ...]
    source: str


@lru_cache(maxsize=1 << 14)
def kinds_of(name: str) -> tuple[OrganisationKind, ...]:
    """Return the rows of the table that a name matches, in the order of the table."""
    fit = {place for run in _runs(name) for place in _fitting(run)}
    return tuple(kinds()[place] for place in sorted(fit))


@lru_cache(maxsize=1 << 15)
def _fitting(run: str) -> tuple[int, ...]:
    """Return the indexes of the matching rows; cached, because names share most of their words."""
    if not _any_kind(run.count(" ")).fullmatch(run):
        return ()
    return tuple(place for place, kind in enumerate(kinds()) if kind.names.fullmatch(run))


def suggested_type(name: str) -> str:
    """Return the type (a key of ``organisation_type``) that a name states or suggests, or ''."""
    return legal_form(name) or next((kind.type for kind in kinds_of(name) if kind.type), "")


def suggested_topics(name: str, topics: Collection[str]) -> list[str]:
    """Return those of a register's ``topics`` that a name suggests, in the register's spelling."""
    return topics_as_written((topic for kind in kinds_of(name) for topic in kind.topics), topics)


def topics_as_written(wanted: Iterable[str], topics: Collection[str]) -> list[str]:
    """Return those starter topics (Finnish) that are in ``topics``, in the register's spelling."""
    written = {fold_header(topic): topic for topic in topics}
    found = (
        next(
            (
                written[fold_header(one)]
                for one in topic_names(topic)
                if fold_header(one) in written
            ),
            "",
        )
        for topic in dict.fromkeys(wanted)
    )
    return [topic for topic in found if topic]


@lru_cache(maxsize=1 << 14)
def _runs(name: str) -> tuple[str, ...]:
    """Return all sequences of one to three words of a name."""
    words = re.findall(r"[\w'’:-]+", tidy(name[:400]).casefold())
    return tuple(
        " ".join(words[start:end])
        for start in range(len(words))
        for end in range(start + 1, min(start + 3, len(words)) + 1)
    )


@cache
def kinds() -> Sequence[OrganisationKind]:
    """Return the table of kinds."""
    return [
        OrganisationKind(
            names=re.compile("|".join(map(_pattern, row["names"]))),
            type=row.get("type", ""),
            topics=tuple(row.get("topics", ())),
            source=row["source"],
        )
        for row in _table()["kinds"]
    ]


@cache
def _any_kind(spaces: int) -> re.Pattern[str]:
    """Return a pattern for what any row fits with so many spaces: most words fit none."""
    names = (name for row in _table()["kinds"] for name in row["names"])
    return re.compile("|".join(_pattern(name) for name in names if name.count(" ") == spaces))


@cache
def language_words() -> Mapping[str, re.Pattern[str]]:
    """Return by language a pattern for words of names in it."""
    return {
        language: re.compile("|".join(map(_pattern, names)))
        for language, names in _table()["languages"].items()
    }


def _table() -> Mapping[str, Any]:
    return package_table("register.values", "organisation_kinds")


def _pattern(name: str) -> str:
    """Return a regular expression in which each star stands for letters of one word."""
    return re.escape(name).replace(r"\*", "[^ ]*")
