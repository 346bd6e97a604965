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


BOX = "box:"
_CODE = re.compile(
    r"(?<!\w)(?:[A-Z]{1,2}\d[\dA-Z]?\s?\d[A-Z]{2}|\d{4}\s?[A-Z]{2}|\d{2}-\d{3}|\d{5}-\d{3,4}"
    r"|\d{3}\s\d{2}|\d{5,6})(?!\w)"
)
"""Postal codes of several lands: 00100, 100 05, EX4 3PL, 3511 AB, 30-001, 01310-100."""

_STATE = re.compile(r"\s+[A-Z]{2}$")
_BOX = re.compile(
    r"(?:p\.?\s?o\.?\s?box|pl|pb|box|postbox|postfach|postbus|apartado|bp)\s*(\d+)\b", re.IGNORECASE
)


def split_whole_address(cell: str) -> tuple[str, str, str]:
    """Return street, postal code and town of an address in one cell with commas, in any land.

    The town stands beside the code, or in the part before it: "1 Main St, Austin TX 78701". Without
    a code after a street the whole cell is the street, because any part may be a quarter.
    """
    parts = [part for piece in re.split("[,;]", cell) if (part := piece.strip())]
    for at in range(len(parts) - 1, 0, -1):
        if found := _CODE.search(parts[at]):
            beside = f"{parts[at][: found.start()]} {parts[at][found.end() :]}"
            town = _STATE.sub("", f" {beside}".rstrip()).strip()
            street = parts[:at]
            if not town and len(street) > 1:
                town = street.pop()
            return ", ".join(street), found[0], town
    return cell, "", ""


def words_of_street(cell: str) -> frozenset[str]:
    """Return the distinctive words and numbers of an address; empty if there is no street name.

    A post-office box is one word, :data:`BOX` and its number.
    """
    if box := _BOX.match(cell.strip()):
        return frozenset((f"{BOX}{box[1]}",))
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
