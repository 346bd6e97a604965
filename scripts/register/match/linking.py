"""Newcomers against the register: which rows they may be. Rows must share a mark to be judged."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

from register.match.folding import fold_name
from register.match.judging import judge_people
from register.match.model import Shifts
from register.match.organisation_judging import judge_organisations
from register.match.organisation_names import parse_name
from register.match.pair import JudgedPair, Pair
from register.match.sites import site_of
from register.values import organisation_name
from register.values.email import one_mailbox_key

_Row = Mapping[str, str]
_Rows = Sequence[tuple[str, _Row]]
"""Ids with cells."""


def linked_people(newcomers: _Rows, known: _Rows, shifts: Shifts = ()) -> list[Pair]:
    """Return the pairs of a newcomer and a known row, in this order, that may be one person."""
    return _linked("people", newcomers, known, _person_marks, partial(judge_people, shifts=shifts))


def linked_organisations(newcomers: _Rows, known: _Rows, shifts: Shifts = ()) -> list[Pair]:
    """Return the pairs of a newcomer and a known row, in this order: maybe one organisation."""
    judge = partial(judge_organisations, shifts=shifts)
    return _linked("organisations", newcomers, known, _organisation_marks, judge)


def _linked(
    tab: str,
    newcomers: _Rows,
    known: _Rows,
    marks: Callable[[_Row], Iterator[tuple[str, str]]],
    judge: Callable[[Sequence[_Row], int], Sequence[JudgedPair]],
) -> list[Pair]:
    wanted = {mark for _, row in newcomers for mark in marks(row)}
    worth = [(row_id, row) for row_id, row in known if not wanted.isdisjoint(marks(row))]
    if not worth:
        return []
    found = []
    several = [*newcomers, *worth]
    size = len(newcomers) + len(known)
    for one in judge([row for _, row in several], size):
        if one.left < len(newcomers) <= one.right:
            reasons = [(f"{r.comparison}_{r.level}", round(r.weight, 1)) for r in one.reasons]
            found.append(
                Pair(
                    *(tab, several[one.left][0], several[one.right][0], "likely"),
                    tuple(code for code, _ in reasons),
                    tuple(weight for _, weight in reasons),
                    round(one.probability, 3),
                )
            )
    return sorted(found)


def _person_marks(row: _Row) -> Iterator[tuple[str, str]]:
    """Yield marks of a row; two rows of one person have at least one in common."""
    for word in fold_name(f"{row.get('first', '')} {row.get('last', '')}").split():
        if len(word) > 1:
            yield "begins", word[:4]
            yield "ends", word[-5:]
    yield from _contacts(row)


def _organisation_marks(row: _Row) -> Iterator[tuple[str, str]]:
    """Yield marks of a row; two rows of one organisation have at least one in common."""
    name = parse_name(row.get("name", ""), row.get("short", ""))
    for word in {*name.words, *name.meaning} - name.places:
        yield "begins", word[:5]
        yield "ends", word[-5:]
    for key in (*name.names, *name.acronyms, *name.initials):
        yield "called", key
    for key in ("business_id", "assoc_no"):
        if row.get(key):
            yield key, row[key]
    if site := site_of(row.get("url", ""), row.get("email", "")):
        yield "site", site
    if not name.words:
        yield "called", organisation_name.organisation_key(row.get("name", ""))
    yield from _contacts(row)


def _contacts(row: _Row) -> Iterator[tuple[str, str]]:
    if address := one_mailbox_key(row.get("email", "")):
        yield "mailbox", address
    digits = "".join(c for c in row.get("phone", "") if c.isdigit())
    if len(digits) >= 7:
        yield "phone", digits[-7:]
