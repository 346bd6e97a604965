"""The words of a street that tell it apart, whichever way the address is written."""

from __future__ import annotations

from register.match.folding import fold_name

_SAY_NOTHING = frozenset(
    (
        *("street", "st", "road", "rd", "avenue", "ave", "boulevard", "blvd", "drive", "dr"),
        *("lane",),
        *("suite", "ste", "floor", "fl", "north", "south", "east", "west", "n", "s", "e", "w"),
        *("katu", "tie", "gatan", "vagen", "as", "lh", "krs", "vaning", "between", "at", "off"),
    )
)


def words_of_street(cell: str) -> frozenset[str]:
    """Return the telling words of an address, with its numbers; a number alone is none."""
    words = frozenset(word for word in fold_name(cell).split() if word not in _SAY_NOTHING)
    return words if any(not word[0].isdecimal() for word in words) else frozenset()


def are_two_streets(one: str, two: str) -> bool:
    """Whether two addresses are of two places: each tells something that the other does not."""
    left, right = words_of_street(one), words_of_street(two)
    return bool(left and right) and not (left <= right or right <= left)
