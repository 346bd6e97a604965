"""Coverage by place, topic and type: for each municipality, each region and the country.

Networks and decision-makers have topics but no type, so their numbers are given for each topic.
Without a topic they count for all topics; an organisation without a topic has the topic ''.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from register.book.headers import fold_header
from register.lists.directory import ListedOrganisation
from register.values import places
from register.values.areas import split_areas
from register.values.date import day
from register.words.display import finnish_sort_key

_Topic = str
COUNTRY = ""
"""The code of the whole country; a region is ``r01``, a municipality ``049``."""


@dataclass(frozen=True, slots=True)
class NetworkReach:
    """Where a network or a decision-maker works (municipality codes), and the topics; () is all."""

    codes: frozenset[str]
    topics: tuple[_Topic, ...]

    def fits(self, topics: frozenset[_Topic]) -> bool:
        """Return True if it has one of these topics (folded), or no topics, or none were given."""
        return not topics or not self.topics or bool(topics & set(map(fold_header, self.topics)))


@dataclass(frozen=True, slots=True)
class CoverageMatrix:
    """Figures by place, topic and type.

    - ``cells`` has a row for each (``place``, ``topic``, ``type``) with an organisation: the number
      of ``organisations`` at home there, of their ``contacts``, of those ``confirmed`` within 12
      months, and of the ``networks`` and ``decision_makers`` of the place and the topic.
    - ``beside`` has the last two for each (``place``, ``topic``), even without organisations.
    - ``topics`` are all topics of the register in alphabetical order, then '' if an organisation
      has none.
    """

    topics: tuple[_Topic, ...]
    types: tuple[str, ...]
    cells: pd.DataFrame
    beside: Mapping[tuple[str, _Topic], tuple[int, int]]


def coverage_matrix(
    at_home: Iterable[ListedOrganisation],
    since: str,
    networks: Iterable[NetworkReach],
    decision_makers: Iterable[NetworkReach],
    *,
    known: Iterable[_Topic] = (),
    only: frozenset[_Topic] = frozenset(),
) -> CoverageMatrix:
    """Return the matrix; contacts confirmed from ``since`` on (ISO day) count as confirmed.

    ``known`` are the register's own topics (``choices``): one without any organisation is a gap as
    well. With ``only`` (folded), other topics are left out.
    """
    rows = [row for one in at_home for row in _rows(one, since, only)]
    named = {fold_header(topic): topic for topic in known if not only or fold_header(topic) in only}
    for row in rows:
        topic = row[1]
        named.setdefault(fold_header(topic), topic)
    blank = named.pop("", None)
    topics = tuple(sorted(named.values(), key=finnish_sort_key)) + (() if blank is None else ("",))
    beside = _beside(tuple(networks), tuple(decision_makers), topics)
    keys = ["place", "topic", "type"]
    columns = [*keys, "organisations", "contacts", "confirmed"]
    spread = [
        (place, named.get(fold_header(topic), ""), sort, 1, contacts, confirmed)
        for at, topic, sort, contacts, confirmed in rows
        for place in _levels(at)
    ]
    cells = pd.DataFrame(spread, columns=columns).groupby(keys, as_index=False).sum()
    pairs = list(zip(cells["place"], cells["topic"], strict=True))
    cells["networks"] = [beside.get(pair, (0, 0))[0] for pair in pairs]
    cells["decision_makers"] = [beside.get(pair, (0, 0))[1] for pair in pairs]
    types = Counter(row[2] for row in rows)
    return CoverageMatrix(topics, tuple(sort for sort, _ in types.most_common()), cells, beside)


def _rows(
    one: ListedOrganisation, since: str, only: frozenset[_Topic]
) -> Iterator[tuple[str, _Topic, str, int, int]]:
    """Yield municipality, topic, type, number of contacts and of confirmed ones, for each topic."""
    confirmed = sum(day(who.verified_on) >= since for who in one.contacts)
    for topic in {fold_header(topic): topic for topic in split_areas(one.topics)}.values() or [""]:
        if not only or fold_header(topic) in only:
            yield one.municipality, topic, one.type, len(one.contacts), confirmed


def _levels(code: str) -> tuple[str, str, str]:
    return code, f"r{places.municipality(code).region}", COUNTRY


def _beside(
    networks: tuple[NetworkReach, ...], people: tuple[NetworkReach, ...], topics: tuple[_Topic, ...]
) -> dict[tuple[str, _Topic], tuple[int, int]]:
    counts: tuple[Counter[tuple[str, _Topic]], ...] = (Counter(), Counter())
    for count, reaches in zip(counts, (networks, people), strict=True):
        for one in reaches:
            spots = {place for code in one.codes for place in _levels(code)}
            about = [topic for topic in topics if one.fits(frozenset((fold_header(topic),)))]
            count.update((place, topic) for place in spots for topic in about)
    pairs = counts[0].keys() | counts[1].keys()
    return {pair: (counts[0][pair], counts[1][pair]) for pair in pairs}
