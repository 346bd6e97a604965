"""Organisations that are certainly duplicates, by the configured evidence (``[apply] certain``).

By default only a number (Y-tunnus, register number) together with the same name is trusted. For
people see :mod:`register.match.certain_people`.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import Literal

from register.book.table import Book
from register.match.agreement import agreeing_pairs
from register.match.blocks import rows_by_value
from register.match.one_name import are_elsewhere, named_as_one
from register.match.organisation_names import ParsedName, parse_name
from register.match.pair import Pair
from register.match.sites import site_of
from register.match.streets import are_two_streets
from register.people.records import Organisation
from register.values import association_no, business_id
from register.values.areas import home_code

Certain = Literal["number", "mailbox", "phone", "organisation", "site", "place"]
SAFE_CERTAIN: tuple[Certain, ...] = ("number", "mailbox")

_MOST = 60
"""In a block of more rows only adjacent rows are paired, not all with all."""


@dataclass(frozen=True, slots=True)
class _Organisation:
    """An organisation; all but its numbers is derived only for rows in a block, as few are."""

    row: Organisation
    numbers: tuple[str, str]

    @property
    def row_id(self) -> str:
        return self.row.id

    @property
    def name(self) -> ParsedName:
        return parse_name(self.row.name, self.row.short)

    @property
    def whole(self) -> str:
        return self.name.name

    @property
    def site(self) -> str:
        return site_of(self.row.url, self.row.email)

    @property
    def town(self) -> str:
        return home_code(self.row.municipality) or self.row.municipality.casefold()


def certain_organisations(book: Book, trusted: Collection[Certain] = SAFE_CERTAIN) -> list[Pair]:
    """Return the pairs of organisations that are certainly one, by the ``trusted`` evidence.

    - ``number``: the same Y-tunnus or register number and the same name (:func:`named_as_one`).
    - ``site``: the same name and the same web or mail domain of their own.
    - ``place``: the same name in the same municipality.

    Branches and units under one number are a question, not certain. So no pair is certain if its
    rows are in two municipalities and the name does not say which one, or if both street and phone
    differ. Nor is a pair with two different numbers, or one in a group of which other rows
    contradict each other (:func:`agreeing_pairs`).
    """
    rows = [_Organisation(row, _numbers(row)) for row in Organisation.live(book)]
    found: dict[tuple[str, str], Pair] = {}
    looked_at: set[tuple[str, str]] = set()

    def take(
        block: list[_Organisation], evidence: str, alike: Callable[[ParsedName, ParsedName], bool]
    ) -> None:
        for left, right in _pairs(block):
            ids = (left.row_id, right.row_id)
            looked_at.add(ids)
            if (
                ids not in found
                and not _numbers_differ(left, right)
                and not are_elsewhere(left.name, right.name, left.town, right.town)
                and not _are_units(left, right)
                and alike(left.name, right.name)
            ):
                name = "name" if left.whole == right.whole else "name_alike"
                found[ids] = Pair("organisations", *ids, "certain", (name, evidence))

    if "number" in trusted:
        for block in rows_by_value(rows, lambda row: row.numbers[0], shared=True):
            take(block, "business_id", named_as_one)
        for block in rows_by_value(rows, lambda row: row.numbers[1], shared=True):
            take(block, "assoc_no", named_as_one)
    if "site" in trusted:
        for block in rows_by_value(rows, lambda row: row.site, shared=False):
            take(block, "site", _same_name)
    if "place" in trusted:
        for block in rows_by_value(
            rows,
            lambda row: f"{row.whole}|{row.town}" if row.whole and row.town else "",
            shared=True,
        ):
            take(block, "municipality", _same_name)
    return sorted(found[ids] for ids in agreeing_pairs(found, looked_at))


def _pairs(block: list[_Organisation]) -> Iterator[tuple[_Organisation, _Organisation]]:
    if len(block) <= _MOST:
        yield from combinations(block, 2)
    else:
        yield from pairwise(block)


def _same_name(left: ParsedName, right: ParsedName) -> bool:
    return left.name == right.name and named_as_one(left, right)


def _numbers_differ(left: _Organisation, right: _Organisation) -> bool:
    return any(a and b and a != b for a, b in zip(left.numbers, right.numbers, strict=True))


def _are_units(left: _Organisation, right: _Organisation) -> bool:
    one, two = ({one.row.phone, one.row.phone2} - {""} for one in (left, right))
    return bool(one and two and one.isdisjoint(two)) and are_two_streets(
        left.row.address, right.row.address
    )


def _numbers(row: Organisation) -> tuple[str, str]:
    return business_id.read(row.business_id).value, association_no.read(row.assoc_no).value
