"""Candidate pairs and the evidence for and against each: names, mailboxes, numbers, places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from rapidfuzz import fuzz
from rapidfuzz.distance import DamerauLevenshtein

from register.book.ids import reference_id
from register.book.table import Book
from register.fields import organisation_name, person_name
from register.fields.email import is_role_mailbox, mailbox_key
from register.match.judging import judge_people
from register.places import municipality_named, region_named

Certainty = Literal["certain", "likely"]

GONE = ("merged", "archived")
BLOCK_CAP = 60
"""A block larger than this says nothing of who is who, and would cost its square."""

SHARED = 4
"""From so many different names on, a mailbox is nobody's own."""

DETAIL_CAP, SHORTEST_DETAIL = 4, 5
"""A detail that more rows share, or with fewer characters, tells nobody apart."""


@dataclass(frozen=True, order=True, slots=True)
class Pair:
    """Two rows that may be one, in the order of their ids; ``evidence`` names what agrees."""

    tab: str
    left: str
    right: str
    certainty: Certainty
    evidence: tuple[str, ...]
    weights: tuple[float, ...] = ()
    """For people: of each piece of evidence, for (+) or against (-); log2 Bayes factors."""
    probability: float = 0.0


@dataclass(frozen=True, slots=True)
class _Organisation:
    row_id: str
    key: str
    short: str
    numbers: tuple[str, str]
    municipality: str
    places: frozenset[str]
    mailbox: str
    phone: str


@dataclass(frozen=True, slots=True)
class _Person:
    row_id: str
    first: str
    last: str
    names: frozenset[str]
    org: str
    mailbox: str
    shared: bool
    phone: str
    details: frozenset[str]


def organisation_pairs(book: Book) -> list[Pair]:
    """Return the pairs of organisations that may be one.

    Certain: the same Y-tunnus or register number and alike names. Never: different numbers, or
    names that are alike but for the place in them. All else that is alike is likely.
    """
    rows = [_organisation(row_id, row) for row_id, row in _live(book, "organisations")]
    by_id = {row.row_id: row for row in rows}
    blocks: dict[tuple[str, str], list[str]] = {}
    for row in rows:
        for number in row.numbers:
            if number:
                blocks.setdefault(("number", number), []).append(row.row_id)
        if row.key:
            blocks.setdefault(("key", row.key), []).append(row.row_id)
            blocks.setdefault(("sorted", " ".join(sorted(row.key.split()))), []).append(row.row_id)
            blocks.setdefault((row.municipality, row.key[:4]), []).append(row.row_id)
            blocks.setdefault((row.municipality, row.key[-5:]), []).append(row.row_id)
        if row.short:
            blocks.setdefault(("short", row.short), []).append(row.row_id)
            blocks.setdefault(("key", row.short), []).append(row.row_id)
    found = (
        _organisations_alike(by_id[left], by_id[right])
        for left, right in _candidates(blocks.values())
    )
    return sorted(pair for pair in found if pair)


def certain_people(book: Book) -> list[Pair]:
    """Return the pairs of people that are one for certain: the same name, the same own mailbox.

    A role mailbox, or one that :data:`SHARED` or more different names have, is nobody's own.
    """
    rows = [_person(row_id, row) for row_id, row in _live(book, "people")]
    known: dict[str, list[_Person]] = {}
    for row in rows:
        if row.mailbox and not row.shared and row.first and row.last:
            known.setdefault(row.mailbox, []).append(row)
    found = []
    for owners in known.values():
        if len({row.names for row in owners}) >= SHARED:
            continue
        same: dict[frozenset[str], _Person] = {}
        for row in sorted(owners, key=lambda row: row.row_id):
            first = same.setdefault(row.names, row)
            if first is not row:
                name = "name" if first.first == row.first else "name_swapped"
                ids = (first.row_id, row.row_id)
                found.append(Pair("people", *ids, "certain", (name, "mailbox")))
    return sorted(found)


def people_pairs(book: Book) -> list[Pair]:
    """Return the pairs of people that may be one, as :func:`judge_people` tells.

    So may those whose Huom holds the same details that hardly anybody else has (a list's own
    number, a date of birth).
    """
    sure = certain_people(book)
    found = {(pair.left, pair.right): pair for pair in (*_with_details(book), *sure)}
    live = live_people(book)
    for one in judge_people([row for _, row in live]):
        left, right = sorted((live[one.left][0], live[one.right][0]))
        if (left, right) in found:
            continue
        told = [(f"{reason.comparison}_{reason.level}", reason.weight) for reason in one.reasons]
        found[left, right] = Pair(
            *("people", left, right, "likely", tuple(code for code, _ in told)),
            tuple(round(weight, 1) for _, weight in told),
            round(one.probability, 3),
        )
    return sorted(found.values())


def live_people(book: Book) -> list[tuple[str, dict[str, str]]]:
    """Return the people by id as they are judged: with their organisation's name and place."""
    homes = dict(book.table("organisations").rows())
    return [
        (row_id, _cells(row, homes.get(reference_id(row.get("org", "")), {})))
        for row_id, row in _live(book, "people")
    ]


def _cells(row: dict[str, str], home: dict[str, str]) -> dict[str, str]:
    """Return a person's cells for judging, with their organisation's name and place."""
    place = {key: row.get(key, "") or home.get(key, "") for key in ("municipality", "postcode")}
    name = home.get("name", "") or row.get("org", "").partition(" · ")[0]
    return {**row, **place, "org": name}


def _with_details(book: Book) -> list[Pair]:
    details: dict[str, list[str]] = {}
    rows = {row_id: _person(row_id, row) for row_id, row in _live(book, "people")}
    for row in rows.values():
        for detail in row.details if row.names else ():
            details.setdefault(detail, []).append(row.row_id)
    rare = [block for block in details.values() if len(block) <= DETAIL_CAP]
    found = (_people_alike(rows[left], rows[right]) for left, right in _candidates(rare))
    return sorted(pair for pair in found if pair)


def _organisations_alike(left: _Organisation, right: _Organisation) -> Pair | None:
    evidence: list[str] = []
    for name, one, two in zip(
        ("business_id", "assoc_no"), left.numbers, right.numbers, strict=True
    ):
        if one and two and one != two:
            return None
        if one and one == two:
            evidence.append(name)
    if left.places != right.places and left.places and right.places:
        return None
    same_name = bool(left.key) and left.key == right.key
    score = fuzz.token_sort_ratio(left.key, right.key) if left.key and right.key else 0.0
    acronym = bool({left.short, right.short} & {left.key, right.key} - {""})
    if same_name:
        evidence.append("name")
    elif score >= 88 and _typo(left.key, right.key):
        evidence.append("name_alike")
    elif acronym:
        evidence.append("short")
    numbers = bool({"business_id", "assoc_no"} & set(evidence))
    if numbers and (same_name or score >= 60 or acronym):
        return Pair("organisations", left.row_id, right.row_id, "certain", tuple(evidence))
    if left.municipality and right.municipality and left.municipality != right.municipality:
        if not numbers:
            return None
    elif left.municipality and left.municipality == right.municipality:
        evidence.append("municipality")
    evidence += [key for key in ("mailbox", "phone") if _same(left, right, key)]
    if numbers or {"name", "name_alike", "short"} & set(evidence):
        return Pair("organisations", left.row_id, right.row_id, "likely", tuple(evidence))
    return None


def _people_alike(left: _Person, right: _Person) -> Pair | None:
    """Return the pair if the names are alike and so are details that hardly anybody has."""
    same = left.names == right.names
    if not (same or _near(left, right)):
        return None
    swapped = same and (left.first, left.last) != (right.first, right.last)
    evidence = ["name_swapped" if swapped else "name" if same else "name_alike"]
    if left.org and left.org == right.org:
        evidence.append("org")
    evidence += [key for key in ("mailbox", "phone") if _same(left, right, key)]
    details = len(left.details & right.details)
    if details > 1 or (same and details):
        return Pair("people", left.row_id, right.row_id, "likely", (*evidence, "details"))
    return None


def _near(left: _Person, right: _Person) -> bool:
    """One slip of the pen in one of the names, or an initial for a first name."""
    if left.last == right.last and left.first and right.first:
        short, long = sorted((left.first, right.first), key=len)
        return long.startswith(short) if len(short) == 1 else _typo(short, long)
    return bool(left.first) and left.first == right.first and _typo(left.last, right.last)


def _typo(one: str, two: str) -> bool:
    """At most one edit, two in a text of twelve letters or more; short words must be equal."""
    shortest = min(len(one), len(two))
    allowed = 0 if shortest < 4 else 1 if shortest < 12 else 2
    return DamerauLevenshtein.distance(one, two, score_cutoff=allowed) <= allowed


def _same(left: object, right: object, key: str) -> bool:
    value = getattr(left, key)
    return bool(value) and value == getattr(right, key)


def _candidates(blocks: Iterable[list[str]]) -> Iterator[tuple[str, str]]:
    seen: set[tuple[str, str]] = set()
    for block in blocks:
        if not 2 <= len(block) <= BLOCK_CAP:
            continue
        for pair in combinations(sorted(set(block)), 2):
            if pair not in seen:
                seen.add(pair)
                yield pair


def _live(book: Book, tab: str) -> Iterator[tuple[str, dict[str, str]]]:
    for row_id, row in book.table(tab).rows():
        if row.get("status") not in GONE:
            yield row_id, row


def _organisation(row_id: str, row: dict[str, str]) -> _Organisation:
    key = organisation_name.key(row.get("name", ""))
    return _Organisation(
        row_id=row_id,
        key=key,
        short=organisation_name.key(row.get("short", "")),
        numbers=(row.get("business_id", ""), row.get("assoc_no", "")),
        municipality=row.get("municipality", "").casefold(),
        places=frozenset(word for word in key.split() if _is_place(word)),
        mailbox=mailbox_key(row.get("email", "")),
        phone=row.get("phone", ""),
    )


def _person(row_id: str, row: dict[str, str]) -> _Person:
    first, last = person_name.key(row.get("first", "")), person_name.key(row.get("last", ""))
    return _Person(
        row_id=row_id,
        first=first,
        last=last,
        names=frozenset({first, last} - {""}),
        org=reference_id(row.get("org", "")),
        mailbox=mailbox_key(row.get("email", "")),
        shared=is_role_mailbox(row.get("email", "")),
        phone=row.get("phone", ""),
        details=_details(row.get("notes", "")),
    )


def _details(notes: str) -> frozenset[str]:
    """Return what an imported row's Huom says under headers: ``{"date_of_birth: 19081209"}``."""
    parts = (part.strip().casefold() for part in notes.split(";"))
    return frozenset(p for p in parts if ": " in p and len(p.partition(": ")[2]) >= SHORTEST_DETAIL)


def _is_place(word: str) -> bool:
    return place_of(word) != ""


def place_of(word: str) -> str:
    """Return the code of the municipality or region that one word of a name stands for, or ''."""
    from register.places import resolve

    if len(word) < 3:
        return ""
    if found := municipality_named(word):
        return f"m{found.code}"
    if region := region_named(word):
        return f"r{region.code}"
    place = resolve(word)
    if place.how == "form" and place.municipality:
        return f"m{place.municipality.code}"
    return ""
