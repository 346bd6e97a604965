"""Pairs of organisations that something tells apart for certain, however alike they look."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
import pandas as pd
from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from register.match.blocks import SHARED
from register.match.candidates import Pairs
from register.match.name_comparison import (
    are_units,
    are_whole_and_unit,
    has_other_word,
    is_initials_of,
    names_differ,
    places_agree,
    values_of_several,
)
from register.match.organisation_names import ParsedName
from register.values.places import heir_of


def comparable_organisations(
    frame: pd.DataFrame, pairs: Pairs, names: Sequence[ParsedName]
) -> np.ndarray:
    """Return for each pair whether it may be one: nothing tells the two apart for certain.

    These are told apart: different Y-tunnus or register numbers; different places, sides or numbers
    in the names; names with nothing in common, unless they share a number of their own or two
    contacts; and namesakes (a name without a place) in different towns without a common contact or
    address.
    """
    known, stated = own_numbers(frame).fillna(""), frame.fillna("")
    columns = ("business_id", "assoc_no", "town", "postcode", "mailbox", "site", "phone7")
    ids, numbers, towns, postcodes, *contacts = (known[column].tolist() for column in columns)
    business_ids, association_nos = (stated[key].tolist() for key in ("business_id", "assoc_no"))
    streets = known["street_words"].tolist()
    counts = Counter(word for name in names for word in {*name.raw, *name.words})
    several = share_contacts(frame, pairs)
    wholes = [
        values_of_several(stated[key].tolist(), names)
        for key in ("business_id", "assoc_no", "host")
    ]

    def may_be_one(a: int, b: int, both: bool) -> bool:
        one, two = names[a], names[b]
        if any(
            number[a] and number[b] and number[a] != number[b]
            for number in (business_ids, association_nos)
        ):
            return False
        same_number = (ids[a] and ids[a] == ids[b]) or (numbers[a] and numbers[a] == numbers[b])
        units = any(whole[a] and whole[a] == whole[b] for whole in wholes)
        if same_number or (both and not (units and are_units(one, two))):
            return True
        if not one.name or not two.name or (units and not both and are_whole_and_unit(one, two)):
            return False
        apart = bool(towns[a] and towns[b] and towns[a] != towns[b])
        if apart and one.lands and two.lands and one.lands.isdisjoint(two.lands):
            return False
        if not any(column[a] and column[a] == column[b] for column in contacts):
            if one.places and two.places and not places_agree(one, two, strictly=True):
                return False
            same_place = one.places and one.places == two.places
            if apart and not same_place and not is_one_address(a, b):
                return False
        if names_differ(one, two):
            return False
        alike = one.names & two.names or one.meaning == two.meaning or one.words == two.words
        alike = alike or is_initials_of(one, two) or _have_alias_alike(one, two)
        return bool(alike) or not has_other_word(one, two, counts)

    def is_one_address(a: int, b: int) -> bool:
        if postcodes[a] and postcodes[a] == postcodes[b]:
            return True
        return _is_one_house(streets[a], streets[b])

    found: np.ndarray = ~_told_apart(known, stated, pairs, names) | several
    left, right = pairs[found].T.tolist()
    found[found] = [*map(may_be_one, left, right, several[found].tolist())]
    return found


def _told_apart(
    own: pd.DataFrame, stated: pd.DataFrame, pairs: Pairs, names: Sequence[ParsedName]
) -> np.ndarray:
    """Return which pairs are told apart at first sight: most are, by their numbers or places.

    Places say so if neither number is the same, and the names differ by more than a typing error.
    """
    one, two = pairs[:, 0], pairs[:, 1]
    differ = np.zeros(len(pairs), dtype=bool)
    same = np.zeros(len(pairs), dtype=bool)
    for column in ("business_id", "assoc_no"):
        cells = stated[column].to_numpy(dtype=object)
        differ |= (cells[one] != "") & (cells[two] != "") & (cells[one] != cells[two])
        cells = own[column].to_numpy(dtype=object)
        same |= (cells[one] != "") & (cells[one] == cells[two])
    numbers: dict[frozenset[str], int] = {frozenset(): 0}
    heirs = (frozenset(map(heir_of, name.places)) for name in names)
    places = np.array([numbers.setdefault(codes, len(numbers)) for codes in heirs])
    apart = (places[one] > 0) & (places[two] > 0) & (places[one] != places[two]) & ~same
    at = np.flatnonzero(apart & ~differ)
    called = [name.name for name in names]
    apart[at] = (
        process.cpdist(
            [called[row] for row in one[at]],
            [called[row] for row in two[at]],
            scorer=DamerauLevenshtein.distance,
            score_cutoff=1,
        )
        > 1
    )
    told: np.ndarray = differ | apart
    return told


def _have_alias_alike(one: ParsedName, two: ParsedName) -> bool:
    """Return True if a second name of either ("formerly …") is one of the other's, mistyped."""
    if len(one.names) < 2 and len(two.names) < 2:
        return False
    return any(
        min(len(a), len(b)) > _LONG_ALIAS and DamerauLevenshtein.distance(a, b, score_cutoff=1) <= 1
        for a in one.names
        for b in two.names
    )


_LONG_ALIAS = 9
"""One letter makes another name of a shorter one."""


def _is_one_house(street: str, other: str) -> bool:
    """Return True if two addresses are one street and house, as far as both state them."""
    one, two = set(street.split("|")), set(other.split("|"))
    both = one & two
    numbered = any(word[:1].isdecimal() for word in both)
    return numbered and len(both) > 1 and (one <= two or two <= one)


def share_contacts(frame: pd.DataFrame, pairs: Pairs) -> np.ndarray:
    """Return for each pair whether two contacts are the same: phone, mailbox, web site.

    A mail domain does not count in addition to a mailbox in it.
    """

    def equal(column: str) -> np.ndarray:
        cells = frame[column].fillna("").to_numpy()
        one, two = cells[pairs[:, 0]], cells[pairs[:, 1]]
        same: np.ndarray = (one == two) & (one != "")
        return same

    mailbox, phone = equal("mailbox"), equal("phone7")
    site = equal("host") | (equal("site") & ~mailbox)
    several: np.ndarray = mailbox.astype(int) + phone + site >= 2
    return several


def own_numbers(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the rows without numbers that :data:`SHARED` or more names have.

    The branches of a parish or a town carry its number, so it does not tell them apart.
    """
    own = frame.copy()
    for column in ("business_id", "assoc_no"):
        names = own.groupby(column)["meaning"].transform("nunique")
        own.loc[names >= SHARED, column] = None
    return own
