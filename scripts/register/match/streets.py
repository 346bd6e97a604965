"""The distinctive words of street addresses, however an address is written."""

import re

from register.match.folding import fold_name

_SAY_NOTHING = frozenset(
    (
        *("street", "st", "road", "rd", "avenue", "ave", "av", "boulevard", "blvd", "drive", "dr"),
        *("lane", "rue", "r", "strasse", "str", "unit"),
        *("suite", "ste", "floor", "fl", "north", "south", "east", "west", "n", "s", "e", "w"),
        *("katu", "tie", "gatan", "vagen", "as", "lh", "krs", "vaning", "between", "at", "off"),
    )
)
_SHORT = (("str.", "strasse"), ("g.", "gatan"), ("v.", "vagen"), ("k.", "katu"), ("t.", "tie"))
"""Abbreviations of the last part of a street name: "Hauptstr.", "Storg.", "Kauppak."."""

_SHORTENED = re.compile(r"(?<=[^\W\d_]{3})(?:str|[gvkt])\.(?!\w)", re.IGNORECASE)
_ORDINALS = {
    word: f"{number}{ending}"
    for number, (word, ending) in enumerate(
        (
            *(
                ("first", "st"),
                ("second", "nd"),
                ("third", "rd"),
                ("fourth", "th"),
                ("fifth", "th"),
            ),
            *(
                ("sixth", "th"),
                ("seventh", "th"),
                ("eighth", "th"),
                ("ninth", "th"),
                ("tenth", "th"),
            ),
        ),
        1,
    )
}
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)")


def words_of_street(cell: str) -> frozenset[str]:
    """Return the distinctive words and numbers of an address; empty if there is no street name."""
    whole = _SHORTENED.sub(lambda found: dict(_SHORT)[found[0].casefold()], cell)
    words = frozenset(
        _ORDINALS.get(word, word) for word in fold_name(whole).split() if word not in _SAY_NOTHING
    )
    return words if any(map(is_street_name, words)) else frozenset()


def is_street_name(word: str) -> bool:
    """Return True if a word is part of a street's name, not a house number: "Main", "46th"."""
    return not word[0].isdecimal() or bool(_ORDINAL.fullmatch(word))


def are_two_streets(one: str, two: str) -> bool:
    """Return True if two addresses are two places: each has a word that the other lacks."""
    left, right = words_of_street(one), words_of_street(two)
    return bool(left and right) and not (left <= right or right <= left)
