"""Offers and needs: who could help whom, with reasons that can be checked."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from register.book.headers import fold_header
from register.book.ids import fingerprint
from register.book.table import Book
from register.cooperation.events import CooperationEvent, cooperation_events
from register.cooperation.recognise import find_organisations
from register.people.records import Organisation
from register.values.places import Municipality, area_named, municipality_named

_WEIGHT = {
    "topic": 8,
    "words": 5,
    "home": 4,
    "area": 3,
    "region": 2,
    "urgent": 2,
    "time": 1,
    "language": 1,
}
"""The weight of each reason; ``topic`` or ``words`` must be among them."""

EXCHANGE_REASONS = {
    "topic": "the same topic",
    "words": "the same words",
    "home": "the same municipality",
    "area": "works in the area",
    "region": "the same region",
    "urgent": "needed soon",
    "time": "in time",
    "language": "the same language",
}
"""The name of each reason (msgids)."""

_SOON = timedelta(days=30)
_WORD = re.compile(r"[^\W\d_]{5,}")
_STEM = 6
"""How many first letters of words are compared: Finnish inflects the end."""


@dataclass(frozen=True, slots=True)
class ExchangeMatch:
    """An offer that meets a need.

    ``reasons`` are keys of EXCHANGE_REASONS, the weightiest first. ``ours`` is the side that is our
    own: ``need`` (a tip for us), ``offer`` (we can help), or '' if two partners could be brought
    together.
    """

    offer: CooperationEvent
    need: CooperationEvent
    reasons: tuple[str, ...]
    ours: str

    @property
    def id(self) -> str:
        """The id of its question; it stays the same whatever the cells of the two rows say."""
        return fingerprint("exchange", self.offer.row_id, self.need.row_id)

    @property
    def source(self) -> str:
        """The ``source`` of the row of ``cooperation`` that it leads to."""
        return f"{self.offer.row_id} + {self.need.row_id}"

    @property
    def score(self) -> int:
        """The sum of the reasons' weights."""
        return sum(_WEIGHT[reason] for reason in self.reasons)


def exchange_matches(book: Book, today: date, us: str = "") -> list[ExchangeMatch]:
    """Return the matches that have led to no row yet, the best first.

    ``us`` is the name of our own organisation; its rows, and rows without an organisation, are
    ours. A pair is no match if either side is closed or past its day, both are of one organisation,
    or they have no language in common.
    """
    ours = {"", *find_organisations(book, us)} if us else {""}
    done = {cell for _, cell in book.table("cooperation").column("source")}
    now = today.isoformat()
    live = [
        event
        for event in cooperation_events(book)
        if event.is_open and (event.due or now) >= now and not event.row_id.startswith("#")
    ]
    needs = [e for e in live if e.kind == "need"]
    found = []
    for offer in (e for e in live if e.kind == "offer"):
        for need in needs:
            if offer.org == need.org or {offer.org, need.org} <= ours:
                continue
            reasons = tuple(_reasons(book, offer, need, today))
            if not {"topic", "words"} & set(reasons) or "" in reasons:
                continue
            side = "need" if need.org in ours else "offer" if offer.org in ours else ""
            match = ExchangeMatch(offer, need, reasons, side)
            if match.source not in done:
                found.append(match)
    return sorted(found, key=lambda m: (-m.score, m.need.due or "9999", m.offer.row_id, m.id))


def _reasons(
    book: Book, offer: CooperationEvent, need: CooperationEvent, today: date
) -> Iterator[str]:
    """Yield the reasons for a pair, the weightiest first; '' if something rules it out."""
    giver, taker = (Organisation.at(book, one.org) for one in (offer, need))
    if offer.topic and fold_header(offer.topic) == fold_header(need.topic):
        yield "topic"
    if _stems(offer) & _stems(need):
        yield "words"
    home, there = (municipality_named(row.municipality) for row in (giver, taker))
    if home and home == there:
        yield "home"
    elif there and _covers(giver.area, there):
        yield "area"
    elif home and there and home.region == there.region:
        yield "region"
    if need.due:
        if need.due <= (today + _SOON).isoformat():
            yield "urgent"
        if offer.due:
            yield "time" if need.due <= offer.due else ""
    if giver.language and taker.language:
        shared = {*giver.language.split("+")} & {*taker.language.split("+")}
        yield "language" if shared else ""


def _stems(event: CooperationEvent) -> frozenset[str]:
    words = _WORD.findall(fold_header(f"{event.matter} {event.agreed}")[:2_000])
    return frozenset(word[:_STEM] for word in words)


def _covers(cell: str, home: Municipality) -> bool:
    """Whether an area of activity includes a municipality."""
    for part in cell.split(", "):
        area = area_named(part) if part else None
        if area and (area.kind, area.code) in (
            ("nationwide", ""),
            ("municipality", home.code),
            ("region", home.region),
            ("county", home.county),
        ):
            return True
    return False
