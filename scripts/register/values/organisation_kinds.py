"""What the words of an organisation's name suggest: its type and its topics, by a table.

Words suggest, they prove nothing: what comes from here is asked about, never written by itself.
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
    """A row of organisation_kinds.toml: a pattern of names, and what they suggest.

    ``type`` is a key of ``organisation_type`` or '', ``topics`` are those of a new register in
    Finnish, ``source`` says where it is from.
    """

    names: re.Pattern[str]
    type: str
    topics: tuple[str, ...]
    source: str


@lru_cache(maxsize=1 << 14)
def kinds_of(name: str) -> tuple[OrganisationKind, ...]:
    """Return the rows of the table that a name fits, in their order."""
    fit = {place for run in _runs(name) for place in _fitting(run)}
    return tuple(kinds()[place] for place in sorted(fit))


@lru_cache(maxsize=1 << 15)
def _fitting(run: str) -> tuple[int, ...]:
    """Return the places in the table of the kinds that words fit: names share most of theirs."""
    return tuple(place for place, kind in enumerate(kinds()) if kind.names.fullmatch(run))


def suggested_type(name: str) -> str:
    """Return the type (a key of ``organisation_type``) that a name tells or suggests, or ''."""
    return legal_form(name) or next((kind.type for kind in kinds_of(name) if kind.type), "")


def suggested_topics(name: str, topics: Collection[str]) -> list[str]:
    """Return those of a register's ``topics`` that a name suggests, as the register writes them."""
    return topics_as_written((topic for kind in kinds_of(name) for topic in kind.topics), topics)


def topics_as_written(wanted: Iterable[str], topics: Collection[str]) -> list[str]:
    """Return topics of a new register, in Finnish, as a register that has them writes them."""
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
    """Return the words of a name, and two and three that follow each other."""
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
def language_words() -> Mapping[str, re.Pattern[str]]:
    """Return what a word of a name in each language looks like."""
    return {
        language: re.compile("|".join(map(_pattern, names)))
        for language, names in _table()["languages"].items()
    }


def _table() -> Mapping[str, Any]:
    return package_table("register.values", "organisation_kinds")


def _pattern(name: str) -> str:
    """Return a pattern whose stars stand for letters of one word."""
    return re.escape(name).replace(r"\*", "[^ ]*")
