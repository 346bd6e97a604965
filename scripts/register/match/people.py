"""People: the candidate pairs, and the frequencies of names."""

from __future__ import annotations

import numpy as np
import pandas as pd
from rapidfuzz.distance import JaroWinkler

from register.match.births import tells_day
from register.match.candidates import Pairs, candidates, every_pair, joined_keys
from register.match.columns import SHORT_LIST, shares_by_value


def people_candidates(frame: pd.DataFrame) -> Pairs:
    """Return the candidate pairs of people."""
    if len(frame) <= SHORT_LIST:
        return every_pair(len(frame))
    known = frame.fillna("")
    first, last = known["first"], known["last"]

    keys = [
        known["whole"],
        known["email"],
        known["phone7"],
        joined_keys(known["org"], first.str[:2]),
        joined_keys(known["org"], last.str[:3]),
        joined_keys(last, first.str[:1]),
        joined_keys(first, last.str[:2]),
        joined_keys(known["street"], first.str[:1]),
        joined_keys(known["postcode"], last.str[:2]),
        joined_keys(known["postcode"], first.str[:3]),
        known["born"].where(known["born"].map(tells_day), ""),
    ]
    others = known[["last", "org", "street", "place", "mailbox", "phone7"]]
    text = " " + first.str.cat(others, sep="  ") + " "
    return candidates(frame, keys, text)


def person_name_frequencies(frame: pd.DataFrame) -> dict[str, dict[str, float]]:
    """Return how frequent whole names, first names, surnames and births are, smoothed.

    The frequencies are shares of the rows. A small register does not show how common a name is in
    the country, so each part counts as if it stood among :data:`POPULATION` more people, one in a
    few hundred of whom has it. A surname includes the chance that two first names are alike or one
    is short for the other. A whole name counts by its own rows if more have it than one person
    would: in a list with few different names many are namesakes.
    """
    known = frame.fillna("")
    share = {}
    for column, rare in (("first", RARE_FIRST), ("last", RARE_LAST)):
        count = known[column].map(known[column].value_counts())
        share[column] = (count + POPULATION * rare) / (len(known) + POPULATION)
    bearers = known["whole"].map(known["whole"].value_counts()) - ONES_OWN
    likely = {
        "whole": (share["first"] * share["last"]).clip(lower=bearers / (len(known) + POPULATION)),
        "first": share["first"],
        "last": share["last"] * LAST_ALIKE_BY_CHANCE,
    }
    alike = known["born"].map(known["born"].value_counts()) - 1
    expected = known["born"].map(tells_day).map({True: RARE_DAY, False: RARE_YEAR})
    likely["born"] = (alike + POPULATION * expected) / (len(known) + POPULATION)
    return {column: shares_by_value(known[column], chance) for column, chance in likely.items()}


LAST_ALIKE_BY_CHANCE = 0.03
ONES_OWN = 8
"""Up to this many rows of one name may be one person: several posts, and duplicates."""

POPULATION = 2_000
RARE_FIRST, RARE_LAST = 1 / 200, 1 / 1_000
RARE_YEAR, RARE_DAY = 1 / 80, 1 / 20_000


def comparable_people(frame: pd.DataFrame, pairs: Pairs) -> Pairs:
    """Return the pairs whose first names may be one, in either order, and all pairs with a street.

    All other pairs would be told apart in the end, so the engine need not score them. Kept are also
    a row without a name beside one with the same mailbox, and unlike names with the same mailbox
    and phone, or born on the same day.
    """
    known = frame.fillna("")
    first, last, street = (known[key].tolist() for key in ("first", "last", "street"))
    address, phone = known["email"].tolist(), known["phone7"].tolist()
    sound, born = known["first_sound"].tolist(), known["born"].tolist()
    words, firsts = ([set(cell.split("|")) for cell in known[key]] for key in ("words", "firsts"))

    def alike(a: int, b: int) -> bool:
        if street[a] or street[b] or (tells_day(born[a]) and born[a] == born[b]):
            return True
        if address[a] and address[a] == address[b]:
            nameless = not (first[a] or last[a]) or not (first[b] or last[b])
            if nameless or (phone[a] and phone[a] == phone[b]):
                return True
        if not (first[a] or last[a]) or not (first[b] or last[b]):
            return False
        if not (first[a] and last[a] and first[b] and last[b]):
            return True
        one, two = first[a], first[b]
        if sound[a] == sound[b] or one[0] == two[0] or one[0] == last[b][0] or last[a][0] == two[0]:
            return True
        if not words[a].isdisjoint(firsts[b]) or not firsts[a].isdisjoint(words[b]):
            return True
        return JaroWinkler.similarity(one, two) >= 0.7

    keep = [alike(a, b) for a, b in pairs.tolist()]
    kept: Pairs = pairs[np.array(keep, dtype=bool)]
    return kept
