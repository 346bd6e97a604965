"""What each cell of two rows becomes when they are one: a rule for each kind of field.

A blank gives way to what the other has. Otherwise: lists become the union; of two forms of one name
the longest stays; permissions become the stricter; everything else is taken from the row that was
confirmed later, and from the survivor where neither was.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from rapidfuzz.distance import DamerauLevenshtein

from register.book.schema import Column
from register.values import organisation_name, person_name
from register.values.email import mailbox_key

_UNION = ("choices", "refs", "area")
_NARROWER = {"invite": "no", "publish": "no", "basis": "consent"}
"""Where two rows disagree, this value binds us most: no is stricter than yes."""

_LATER = ("verified_on", "consent_on")
_EARLIER = ("start",)
_WISHED = ("request", "erased", "deceased")
"""Bans that are about the person; one of an address that came back is about the address."""

_NOTES = 1_500
"""Longer notes than this are not put together: the merged row keeps its own."""

_Bans = Mapping[str, str]
"""Why letters to an address are stopped, by mailbox."""


def unite_cells(
    columns: Sequence[Column], mine: Mapping[str, str], other: Mapping[str, str], bans: _Bans
) -> dict[str, str]:
    """Return the cells of the survivor (``mine``) after the merge, by column key."""
    newer = other.get("verified_on", "") > mine.get("verified_on", "")
    found = {
        column.key: _value(column, mine.get(column.key, ""), other.get(column.key, ""), newer)
        for column in columns
    }
    if "last" in found:
        found |= _person(mine, other, newer)
    elif "name" in found:
        found |= _organisation(mine, other, newer)
    if "email" in found and "invite" in found:
        found |= _stopped(found, mine.get("email", ""), other.get("email", ""), bans)
    return found


def _value(column: Column, mine: str, other: str, newer: bool) -> str:
    if not mine or not other or mine == other:
        return mine or other
    if column.type in _UNION:
        parts = mine.split(", ")
        return ", ".join([*parts, *(part for part in other.split(", ") if part not in parts)])
    if column.key in _LATER:
        return max(mine, other)
    if column.key in _EARLIER:
        return min(mine, other)
    if column.key in _NARROWER and _NARROWER[column.key] in (mine, other):
        return _NARROWER[column.key]
    if column.key == "notes":
        together = mine if other in mine else f"{mine}; {other}"
        return together if len(together) <= _NOTES else mine
    if column.key == "source":
        return mine
    return other if newer else mine


def _organisation(mine: Mapping[str, str], other: Mapping[str, str], newer: bool) -> dict[str, str]:
    """Return the longest name; a name that is an acronym of it becomes the short name."""
    one, two = mine.get("name", ""), other.get("name", "")
    older = mine.get("verified_on", "") > other.get("verified_on", "")
    name = _longest(one, two, organisation_name.organisation_key, newer)
    left, right = organisation_name.organisation_key(one), organisation_name.organisation_key(two)
    if not newer and not older and len(right) > len(left) and _unlike(left, right):
        name = two
    loser = two if name == one else one
    short = mine.get("short", "") or other.get("short", "")
    bare = organisation_name.organisation_key(loser)
    if not short and bare and " " not in bare and len(bare) <= 7 < len(name) and loser != name:
        short = loser.rpartition(" ")[0] or loser
    return {"name": name, "short": short}


def _person(mine: Mapping[str, str], other: Mapping[str, str], newer: bool) -> dict[str, str]:
    """Return first, last and former name: each the longest, none in the other's column.

    Of two surnames that are not forms of one, the later confirmed stays, the other is the former.
    """
    one = (mine.get("first", ""), mine.get("last", ""))
    two = (other.get("first", ""), other.get("last", ""))
    key = person_name.person_key
    if person_name.is_swapped(*one) and not person_name.is_swapped(*two):
        one = one[::-1]
    elif person_name.is_swapped(*two):
        two = two[::-1]
    if {key(one[0]), key(one[1])} == {key(two[0]), key(two[1])} and key(one[0]) != key(two[0]):
        two = two[::-1]
    first = _longest(one[0], two[0], key, newer)
    last = _longest(one[1], two[1], key, newer)
    former = mine.get("former_name", "") or other.get("former_name", "")
    loser = two[1] if last == one[1] else one[1]
    if not former and loser and _unlike(key(last), key(loser)):
        former = loser
    return {"first": first, "last": last, "former_name": former}


def _longest(one: str, two: str, key: Callable[[str], str], newer: bool) -> str:
    """Return the longer of two forms of one name; of two that differ, the later confirmed."""
    if not one or not two:
        return one or two
    left, right = key(one), key(two)
    if left == right:
        return two if _is_shouted(one) and not _is_shouted(two) else one
    if _slip(left, right) or _unlike(left, right):
        return two if newer else one
    return one if len(left) >= len(right) else two


def _slip(left: str, right: str) -> bool:
    shortest = min(len(left), len(right))
    return shortest > 2 and DamerauLevenshtein.distance(left, right, score_cutoff=2) <= (
        1 if shortest < 9 else 2
    )


def _unlike(left: str, right: str) -> bool:
    """Whether no word of the shorter begins a word of the longer: two names, not forms of one."""
    short, long = sorted((left.split(), right.split()), key=lambda words: len("".join(words)))
    return (
        bool(short)
        and not any(word.startswith(begin) for begin in short for word in long)
        and "".join(short) not in "".join(word[0] for word in long)
        and not _slip(left, right)
    )


def _is_shouted(name: str) -> bool:
    return len(name) > 3 and name.upper() == name


def _stopped(found: Mapping[str, str], one: str, two: str, bans: _Bans) -> dict[str, str]:
    """Return the address whose ban is the person's own wish, and no invitations, if one is so.

    A merge never gives back an address to write to; but one that came back gives way.
    """
    reasons = {address: bans.get(mailbox_key(address), "") for address in (one, two) if address}
    wished = [address for address, reason in reasons.items() if reason in _WISHED]
    if wished:
        return {"email": wished[0], "invite": "no"}
    working = [address for address, reason in reasons.items() if not reason]
    if working and found["email"] not in working:
        return {"email": working[0]}
    return {}
