"""The words of a street that tell it apart, whichever way the address is written."""

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
"""How the last part of a street's name is shortened: Hauptstr., Storg., Kauppak."""

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
    """Return the telling words of an address, with its numbers; a number alone is none."""
    whole = _SHORTENED.sub(lambda found: dict(_SHORT)[found[0].casefold()], cell)
    words = frozenset(
        _ORDINALS.get(word, word) for word in fold_name(whole).split() if word not in _SAY_NOTHING
    )
    return words if any(map(is_street_name, words)) else frozenset()


def is_street_name(word: str) -> bool:
    """Whether a word of an address is of its street's name, no number of a house: Main, 46th."""
    return not word[0].isdecimal() or bool(_ORDINAL.fullmatch(word))


def are_two_streets(one: str, two: str) -> bool:
    """Whether two addresses are of two places: each tells something that the other does not."""
    left, right = words_of_street(one), words_of_street(two)
    return bool(left and right) and not (left <= right or right <= left)
