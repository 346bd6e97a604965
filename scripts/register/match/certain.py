"""Pairs that are one for certain, by the evidence that the configuration trusts.

By default only a number (Y-tunnus, register number) with alike names, and the same name with the
same personal mailbox. What else may count is named under ``[apply] certain``.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import Literal, TypeVar

from register.book.ids import reference_id
from register.book.table import Book
from register.match.organisation_names import ParsedName, names_agree, names_differ, parse_name
from register.match.pair import Pair, live_rows_of
from register.match.sites import site_of
from register.values import association_no, business_id, person_name
from register.values.email import is_role_mailbox, mailbox_key

Certain = Literal["number", "mailbox", "phone", "organisation", "site", "place"]
SAFE_CERTAIN: tuple[Certain, ...] = ("number", "mailbox")

_SHARED = 4
"""From so many different names on, a mailbox, a phone or a site is nobody's own."""

_MOST = 60
"""Of so many rows with one value the pairs are looked at; of more, only each with the next."""


@dataclass(frozen=True, slots=True)
class _Person:
    row_id: str
    first: str
    names: frozenset[str]
    org: str
    mailbox: str
    phone: str

    @property
    def whole(self) -> str:
        return " ".join(sorted(self.names))


@dataclass(frozen=True, slots=True)
class _Organisation:
    row_id: str
    name: ParsedName
    numbers: tuple[str, str]
    mailbox: str
    site: str
    town: str

    @property
    def whole(self) -> str:
        return self.name.name


def certain_people(book: Book, trusted: Collection[Certain] = SAFE_CERTAIN) -> list[Pair]:
    """Return the pairs of people that are one for certain: the same whole name, and one of these.

    ``mailbox``: the same one of their own; ``phone``: the same one of their own; ``organisation``:
    the same organisation, where no mailbox and no phone says otherwise. A role mailbox, or what
    :data:`SHARED` or more different names have, is nobody's own.
    """
    rows = [_person(row_id, row) for row_id, row in live_rows_of(book, "people")]
    rows = [row for row in rows if len(row.names) > 1]
    found: dict[tuple[str, str], Pair] = {}
    ways: tuple[tuple[Certain, Callable[[_Person], str]], ...] = (
        ("mailbox", lambda row: row.mailbox),
        ("phone", lambda row: row.phone),
        ("organisation", lambda row: row.org),
    )
    for way, value in ways:
        if way not in trusted:
            continue
        for block in _blocks(rows, value, shared=way == "organisation"):
            same: dict[frozenset[str], _Person] = {}
            for row in block:
                first = same.setdefault(row.names, row)
                if first is row or (way == "organisation" and _otherwise(first, row)):
                    continue
                name = "name" if first.first == row.first else "name_swapped"
                ids = (first.row_id, row.row_id)
                evidence = {"organisation": "org"}.get(way, way)
                found.setdefault(ids, Pair("people", *ids, "certain", (name, evidence)))
    return sorted(found.values())


def certain_organisations(book: Book, trusted: Collection[Certain] = SAFE_CERTAIN) -> list[Pair]:
    """Return the pairs of organisations that are one for certain.

    ``number``: the same Y-tunnus or register number and alike names; ``site``: the same name and
    the same web or mail domain of their own; ``place``: the same name in the same municipality.
    Never: a different number, or names that differ in their place.
    """
    rows = [_organisation(row_id, row) for row_id, row in live_rows_of(book, "organisations")]
    found: dict[tuple[str, str], Pair] = {}

    def take(
        block: list[_Organisation], evidence: str, alike: Callable[[ParsedName, ParsedName], bool]
    ) -> None:
        for left, right in _pairs(block):
            ids = (left.row_id, right.row_id)
            if (
                ids not in found
                and not _numbers_differ(left, right)
                and alike(left.name, right.name)
            ):
                name = "name" if left.whole == right.whole else "name_alike"
                found[ids] = Pair("organisations", *ids, "certain", (name, evidence))

    if "number" in trusted:
        for block in _blocks(rows, lambda row: row.numbers[0], shared=True):
            take(block, "business_id", names_agree)
        for block in _blocks(rows, lambda row: row.numbers[1], shared=True):
            take(block, "assoc_no", names_agree)
    if "site" in trusted:
        for block in _blocks(rows, lambda row: row.site, shared=False):
            take(block, "site", _same_name)
    if "place" in trusted:
        for block in _blocks(
            rows,
            lambda row: f"{row.whole}|{row.town}" if row.whole and row.town else "",
            shared=True,
        ):
            take(block, "municipality", _same_name)
    return sorted(found.values())


_Row = TypeVar("_Row", _Person, _Organisation)


def _blocks(
    rows: Iterable[_Row], value: Callable[[_Row], str], *, shared: bool
) -> Iterator[list[_Row]]:
    """Yield the rows with one value in the order of their ids; not what too many names share."""
    blocks: dict[str, list[_Row]] = {}
    for row in rows:
        if key := value(row):
            blocks.setdefault(key, []).append(row)
    for block in blocks.values():
        if len(block) > 1 and (shared or len({row.whole for row in block}) < _SHARED):
            yield sorted(block, key=lambda row: row.row_id)


def _pairs(block: list[_Organisation]) -> Iterator[tuple[_Organisation, _Organisation]]:
    if len(block) <= _MOST:
        yield from combinations(block, 2)
    else:
        yield from pairwise(block)


def _same_name(left: ParsedName, right: ParsedName) -> bool:
    return bool(left.name) and left.name == right.name and not names_differ(left, right)


def _numbers_differ(left: _Organisation, right: _Organisation) -> bool:
    return any(a and b and a != b for a, b in zip(left.numbers, right.numbers, strict=True))


def _otherwise(left: _Person, right: _Person) -> bool:
    return bool(
        (left.mailbox and right.mailbox and left.mailbox != right.mailbox)
        or (left.phone and right.phone and left.phone != right.phone)
    )


def _person(row_id: str, row: dict[str, str]) -> _Person:
    first, last = (
        person_name.person_key(row.get("first", "")),
        person_name.person_key(row.get("last", "")),
    )
    address = row.get("email", "")
    return _Person(
        row_id,
        first,
        frozenset({first, last} - {""}),
        reference_id(row.get("org", "")),
        "" if is_role_mailbox(address) else mailbox_key(address),
        row.get("phone", ""),
    )


def _organisation(row_id: str, row: dict[str, str]) -> _Organisation:
    return _Organisation(
        row_id,
        parse_name(row.get("name", ""), row.get("short", "")),
        (
            business_id.read(row.get("business_id", "")).value,
            association_no.read(row.get("assoc_no", "")).value,
        ),
        mailbox_key(row.get("email", "")),
        site_of(row.get("url", ""), row.get("email", "")),
        row.get("municipality", "").casefold(),
    )
