"""Duplicates of a register: pairs of rows, with the evidence for and against each."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from rapidfuzz.distance import DamerauLevenshtein

from register.book.ids import reference_id
from register.book.table import Book
from register.match.certain import SAFE_CERTAIN, Certain, certain_organisations
from register.match.certain_people import certain_people
from register.match.judging import judge_people
from register.match.model import Shifts
from register.match.organisation_judging import judge_organisations
from register.match.pair import JudgedPair, Pair
from register.people.records import Person, live_rows
from register.values import person_name
from register.values.placeholder import is_placeholder

DETAIL_CAP, SHORTEST_DETAIL = 4, 5
"""A detail in more rows than this, or of fewer characters, tells nobody apart."""


_DAY = re.compile(r"\s\d{1,2}\.\d{1,2}\.\d{4}$")
"""The date at the end of ``source`` in rows that come from one list."""


@dataclass(frozen=True, slots=True)
class _Person:
    row_id: str
    first: str
    last: str
    names: frozenset[str]
    org: str
    mailbox: str
    phone: str
    details: frozenset[str]

    @property
    def is_named(self) -> bool:
        return bool(self.names) and not is_placeholder(self.first, self.last)


def organisation_pairs(
    book: Book, trusted: Collection[Certain] = SAFE_CERTAIN, shifts: Shifts = ()
) -> list[Pair]:
    """Return the pairs of organisations that may be one, as :func:`judge_organisations` judges.

    Certain are only those of :func:`certain_organisations`; all others are asked about. ``shifts``
    are what was learned about the weights.
    """
    rows = list(live_rows(book.table("organisations")))
    judged = judge_organisations([row for _, row in rows], shifts=shifts)
    return _asked(
        "organisations", judged, [row_id for row_id, _ in rows],
        certain_organisations(book, trusted),
    )  # fmt: skip


def people_pairs(
    book: Book, trusted: Collection[Certain] = SAFE_CERTAIN, shifts: Shifts = ()
) -> list[Pair]:
    """Return the pairs of people that may be one, as :func:`judge_people` judges.

    Added are people with alike names whose ``notes`` share a rare detail (a list's own number, a
    date of birth). Two people in the result of one election for one council are never one.
    """
    rows = live_people(book)
    judged = [
        one
        for one in judge_people([row for _, row in rows], shifts=shifts)
        if (seat := _seat(rows[one.left][1])) is None or seat != _seat(rows[one.right][1])
    ]
    known = [*_with_details(book), *certain_people(book, trusted)]
    return _asked("people", judged, [row_id for row_id, _ in rows], known)


def _asked(
    tab: str, judged: Iterable[JudgedPair], ids: Sequence[str], known: Iterable[Pair]
) -> list[Pair]:
    """Return the known pairs, and the judged ones that are not among them as likely."""
    found = {(pair.left, pair.right): pair for pair in known}
    for one in judged:
        left, right = sorted((ids[one.left], ids[one.right]))
        if (left, right) in found:
            continue
        told = [(f"{reason.comparison}_{reason.level}", reason.weight) for reason in one.reasons]
        found[left, right] = Pair(
            *(tab, left, right, "likely", tuple(code for code, _ in told)),
            tuple(round(weight, 1) for _, weight in told),
            round(one.probability, 3),
        )
    return sorted(found.values())


def live_people(book: Book) -> list[tuple[str, dict[str, str]]]:
    """Return id and cells of all live people as they are judged, see :func:`row_to_judge`."""
    return [(row_id, row_to_judge(book, row)) for row_id, row in live_rows(book.table("people"))]


def _seat(row: dict[str, str]) -> tuple[str, str, str] | None:
    """Return organisation, body and election of an elected person, None if the row does not say."""
    election = _DAY.sub("", row.get("source", ""))
    if row.get("group") != "elected" or not row.get("body") or election == row.get("source"):
        return None
    return row["org"], row["body"], election


def row_to_judge(book: Book, row: Mapping[str, str]) -> dict[str, str]:
    """Return a person's cells for judging, with the name and place of their organisation."""
    home_id, organisations = reference_id(row.get("org", "")), book.table("organisations")
    home = organisations.row(home_id) if home_id in organisations else {}
    place = {key: row.get(key, "") or home.get(key, "") for key in ("municipality", "postcode")}
    name = home.get("name", "") or row.get("org", "").partition(" · ")[0]
    return {**row, **place, "org": name}


def _with_details(book: Book) -> list[Pair]:
    details: dict[str, list[str]] = {}
    rows = {row.id: _person(row) for row in Person.live(book) if ": " in row.notes}
    for row in rows.values():
        for detail in row.details if row.is_named else ():
            details.setdefault(detail, []).append(row.row_id)
    rare = [block for block in details.values() if len(block) <= DETAIL_CAP]
    found = (_people_alike(rows[left], rows[right]) for left, right in _candidates(rare))
    return sorted(pair for pair in found if pair)


def _people_alike(left: _Person, right: _Person) -> Pair | None:
    """Return the pair if the names are alike and rare details are the same, else None.

    One detail is enough if the names are the same; otherwise it takes two.
    """
    same = left.names == right.names
    if not (same or _near(left, right)):
        return None
    swapped = same and (left.first, left.last) != (right.first, right.last)
    evidence = ["name_swapped" if swapped else "name" if same else "name_alike"]
    if left.org and left.org == right.org:
        evidence.append("org")
    for key in ("mailbox", "phone"):
        if getattr(left, key) and getattr(left, key) == getattr(right, key):
            evidence.append(key)
    details = len(left.details & right.details)
    if details > 1 or (same and details):
        return Pair("people", left.row_id, right.row_id, "likely", (*evidence, "details"))
    return None


def _near(left: _Person, right: _Person) -> bool:
    """Return True if one of the names has a typing error, or the first name is an initial."""
    if left.last == right.last and left.first and right.first:
        short, long = sorted((left.first, right.first), key=len)
        return long.startswith(short) if len(short) == 1 else _typo(short, long)
    return bool(left.first) and left.first == right.first and _typo(left.last, right.last)


def _typo(one: str, two: str) -> bool:
    """Return True if two texts differ by one edit at most, by two if long, by none if short."""
    shortest = min(len(one), len(two))
    allowed = 0 if shortest < 4 else 1 if shortest < 12 else 2
    return DamerauLevenshtein.distance(one, two, score_cutoff=allowed) <= allowed


def _candidates(blocks: Iterable[list[str]]) -> set[tuple[str, str]]:
    return {pair for block in blocks for pair in combinations(sorted(set(block)), 2)}


def _person(row: Person) -> _Person:
    return _Person(
        row_id=row.id,
        first=person_name.person_key(row.first),
        last=person_name.person_key(row.last),
        names=row.name_keys,
        org=row.org_id,
        mailbox=row.mailbox,
        phone=row.phone,
        details=_details(row.notes),
    )


def _details(notes: str) -> frozenset[str]:
    """Return the labelled parts of an imported row's notes: {"date_of_birth: 19081209"}."""
    parts = (part.strip().casefold() for part in notes.split(";"))
    return frozenset(p for p in parts if ": " in p and len(p.partition(": ")[2]) >= SHORTEST_DETAIL)
