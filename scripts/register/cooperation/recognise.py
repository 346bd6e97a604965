"""Which rows a few typed words mean: the one place where this room asks who is who."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz import fuzz

from register.book.headers import folded
from register.book.ids import reference_id
from register.book.table import Book
from register.fields import organisation_name, person_name
from register.places import resolve
from register.rules.rule import live_rows

_ALIKE = 90
"""From this likeness on (0–100, Indel), a mistyped name is taken for the one it resembles."""

_LONGEST = 160


def organisations(book: Book, words: str) -> tuple[str, ...]:
    """Return the ids of the organisations that these words may mean, in the order of the tab.

    By id, name or short name; else a municipality's name ("Espoo") means its administration; else
    the name that is most alike. Several: somebody must say which. None: nobody is so called.
    """
    if row_id := reference_id(words):
        return (row_id,) if row_id in book.table("organisations") else ()
    key = organisation_name.key(words[:_LONGEST])
    if not key:
        return ()
    rows = list(live_rows(book.table("organisations")))
    names = {row_id: _keys(row.get("name", ""), row.get("short", "")) for row_id, row in rows}
    if same := tuple(row_id for row_id, _ in rows if key in names[row_id]):
        return same
    place = resolve(words[:_LONGEST]).municipality
    if place:
        home = folded(place.name_fi)
        offices = tuple(
            row_id
            for row_id, row in rows
            if row.get("type") == "municipality" and folded(row.get("municipality", "")) == home
        )
        if offices:
            return offices
    return _most_alike(key, names.items())


def people(book: Book, words: str, org: str = "") -> tuple[str, ...]:
    """Return the ids of the people who are so called; those of this organisation before others."""
    if row_id := reference_id(words):
        return (row_id,) if row_id in book.table("people") else ()
    first, last, *_ = person_name.split(words[:_LONGEST])
    wanted = frozenset({person_name.key(first), person_name.key(last)} - {""})
    if not wanted:
        return ()
    found = [
        (row_id, reference_id(row.get("org", "")))
        for row_id, row in live_rows(book.table("people"))
        if frozenset(
            {person_name.key(row.get("first", "")), person_name.key(row.get("last", ""))} - {""}
        )
        == wanted
    ]
    here = tuple(row_id for row_id, home in found if org and home == org)
    return here or tuple(row_id for row_id, _ in found)


def _keys(*names: str) -> frozenset[str]:
    return frozenset({organisation_name.key(name) for name in names} - {""})


def _most_alike(key: str, names: Iterable[tuple[str, frozenset[str]]]) -> tuple[str, ...]:
    scores = {
        row_id: max((fuzz.ratio(key, other) for other in keys), default=0.0)
        for row_id, keys in names
    }
    best = max(scores.values(), default=0.0)
    if best < _ALIKE:
        return ()
    return tuple(row_id for row_id, score in scores.items() if score == best)
