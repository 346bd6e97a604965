"""Which people are one: what is compared, and in which order of levels."""

from __future__ import annotations

import numpy as np
import pandas as pd
from rapidfuzz.distance import JaroWinkler

from register.match.candidates import Pairs, candidates
from register.match.model import Comparison, Level


def _edits(one: str, two: str, most: str) -> str:
    """At most so many slips of the pen; what is not alike at all is not worth counting them."""
    return (
        f"case when jaro_similarity({one}, {two}) < 0.7 then false "
        f"else damerau_levenshtein({one}, {two}) <= {most} end"
    )


def _near(column: str) -> str:
    """Two spellings of a word that one slip of the pen may tell apart, two in a long one."""
    one, two = f"{column}_l", f"{column}_r"
    shorter = f"least(length({one}), length({two}))"
    return _edits(
        one, two, f"(case when {shorter} < 4 then 0 when {shorter} < 9 then 1 else 2 end)"
    )


def _like(column: str, least: float) -> str:
    return f"jaro_winkler_similarity({column}_l, {column}_r) >= {least}"


def _begins(one: str, two: str) -> str:
    """One is the other's initial."""
    return f"(least(length({one}), length({two})) = 1 and left({one}, 1) = left({two}, 1))"


def _letters(side: str) -> str:
    """An address without its digits: m.malli1 and m.malli2 are two people, not a slip."""
    return f"translate(email_{side}, '0123456789', '')"


_INITIAL = "(least(length(first_l), length(first_r)) = 1 and left(first_l, 1) = left(first_r, 1))"
_PART = (
    "len(list_intersect(string_split(first_l, ' '), string_split(first_r, ' '))) > 0 "
    "or starts_with(replace(first_l, ' ', ''), replace(first_r, ' ', '')) "
    "or starts_with(replace(first_r, ' ', ''), replace(first_l, ' ', ''))"
)
_LONGER = "greatest(length(street_l), length(street_r))"
_STREET = _edits("street_l", "street_r", f"{_LONGER} / 12")
_LIKE_STREET = (
    f"({_edits('street_l', 'street_r', f'{_LONGER} / 4')} "
    "or jaro_winkler_similarity(line_l, line_r) >= 0.92 "
    "or (length(least(line_l, line_r)) > 7 "
    "and starts_with(greatest(line_l, line_r), least(line_l, line_r))) "
    "or (len(list_intersect(string_split(street_l, ' '), string_split(street_r, ' '))) >= 2 "
    "and len(list_intersect(string_split(road_l, ' '), string_split(road_r, ' '))) >= 1))"
)
_CODE = f"coalesce({_edits('postcode_l', 'postcode_r', '1')}, true)"
_TOWN = f"coalesce(place_l = place_r or {_like('place', 0.85)}, true)"
_PART_OF_LAST = "len(list_intersect(string_split(last_l, ' '), string_split(last_r, ' '))) > 0"

_ALIKE = (
    f"({_near('first')}) or {_INITIAL} or {_PART} or first_l = last_r or last_l = first_r "
    f"or {_like('first', 0.82)} or whole_l = whole_r"
)

COMPARISONS = (
    Comparison(
        "name",
        "coalesce(first_l, last_l) is null or coalesce(first_r, last_r) is null",
        (
            Level("exact", "first_l = first_r and last_l = last_r", frequency="whole"),
            Level("swapped", "whole_l = whole_r", frequency="whole"),
            Level("typo", f"({_near('first')}) and ({_near('last')})", frequency="whole"),
            Level("short", f"({_near('last')}) and ({_INITIAL} or {_PART})"),
            Level("part_of_last", f"({_near('first')}) and {_PART_OF_LAST}"),
            Level(
                "swapped_typo",
                f"({_edits('first_l', 'last_r', '1')} and {_edits('last_l', 'first_r', '1')}) or "
                f"({_edits('first_l', 'last_r', '1')} and {_begins('last_l', 'first_r')}) or "
                f"({_edits('last_l', 'first_r', '1')} and {_begins('first_l', 'last_r')})",
            ),
            Level("spoiled", f"{_like('first', 0.82)} and {_like('last', 0.82)}"),
            Level(
                "half_known",
                "(first_l is null or first_r is null or last_l is null or last_r is null) and "
                "(first_l = first_r or last_l = last_r or first_l = last_r or last_l = first_r "
                f"or {_near('last')} or {_near('first')})",
            ),
            Level("other_last", f"{_near('first')}"),
            Level("other_first", f"{_near('last')}"),
            Level("different", "ELSE"),
        ),
    ),
    Comparison(
        "email",
        "email_l is null or email_r is null",
        (
            Level("same", "email_l = email_r"),
            Level("same_user", "mailbox_l = mailbox_r and length(mailbox_l) > 4"),
            Level(
                "typo",
                f"{_edits('email_l', 'email_r', '2')} and {_letters('l')} <> {_letters('r')}",
            ),
            Level("different", "ELSE"),
        ),
    ),
    Comparison(
        "phone",
        "phone_l is null or phone_r is null",
        (
            Level("of_two", f"phone7_l = phone7_r and first_l <> first_r and not ({_ALIKE})"),
            Level("same", "phone_l = phone_r"),
            Level("same_end", "phone7_l = phone7_r"),
            Level("typo", _edits("phone_l", "phone_r", "1")),
            Level("different", "ELSE"),
        ),
    ),
    Comparison(
        "affiliation",
        "org_l is null or org_r is null",
        (
            Level(
                "org_and_place", "org_l = org_r and (place_l = place_r or postcode_l = postcode_r)"
            ),
            Level("org", "org_l = org_r"),
            Level("org_alike", f"{_like('org', 0.94)} and coalesce(place_l = place_r, true)"),
            Level("code", "postcode_l = postcode_r"),
            Level("place", "place_l = place_r"),
            Level("different", "ELSE"),
        ),
    ),
    Comparison(
        "address",
        "street_l is null or street_r is null",
        (
            Level("same", f"{_STREET} and {_CODE} and {_TOWN}"),
            Level("same_place", f"{_STREET} and ({_CODE} or {_TOWN})"),
            Level("alike", f"{_LIKE_STREET} and {_CODE} and {_TOWN}"),
            Level("alike_place", f"{_LIKE_STREET} and ({_CODE} or {_TOWN})"),
            Level("same_elsewhere", f"{_STREET}"),
            Level("alike_elsewhere", f"{_LIKE_STREET}"),
            Level("place", f"{_CODE} and {_TOWN}"),
            Level("different", "ELSE"),
        ),
    ),
    Comparison(
        "place",
        "coalesce(org_l = org_r, street_l = street_r) is not null "
        "or ((place_l is null or place_r is null) and (postcode_l is null or postcode_r is null))",
        (
            Level("code", "postcode_l = postcode_r"),
            Level("place", "place_l = place_r"),
            Level("different", "ELSE"),
        ),
    ),
    Comparison(
        "role",
        "role_l is null or role_r is null",
        (Level("same", "role_l = role_r"), Level("different", "ELSE")),
    ),
)


def people_candidates(frame: pd.DataFrame) -> Pairs:
    """Return the pairs of people worth a look."""
    known = frame.fillna("")
    first, last = known["first"], known["last"]

    def both(one: pd.Series, two: pd.Series) -> pd.Series:
        return (one + "|" + two).where((one != "") & (two != ""), "")

    keys = [
        known["whole"],
        known["email"],
        known["phone7"],
        both(known["org"], first.str[:2]),
        both(known["org"], last.str[:3]),
        both(last, first.str[:1]),
        both(first, last.str[:2]),
        both(known["street"], first.str[:1]),
        both(known["postcode"], last.str[:2]),
        both(known["postcode"], first.str[:3]),
    ]
    text = (
        " "
        + first
        + "  "
        + last
        + "  "
        + known["org"]
        + "  "
        + known["street"]
        + "  "
        + known["place"]
        + "  "
        + known["mailbox"]
        + "  "
        + known["phone7"]
        + " "
    )
    return candidates(frame, keys, text)


def name_frequencies(frame: pd.DataFrame) -> pd.DataFrame:
    """Return how frequent each whole name is: its parts' shares of the rows, smoothed.

    A small register does not tell how common a name is in the country, so each part counts as if it
    stood in a population of :data:`POPULATION` more people, one in a few hundred of whom has it.
    """
    known = frame.fillna("")
    share = {}
    for column, rare in (("first", 1 / 200), ("last", 1 / 1_000)):
        count = known[column].map(known[column].value_counts())
        share[column] = (count + POPULATION * rare) / (len(known) + POPULATION)
    found = pd.DataFrame({"whole": known["whole"], "tf_whole": share["first"] * share["last"]})
    return found[found["whole"] != ""].groupby("whole", as_index=False).max()


POPULATION = 2_000

_OTHERS = ("other_first", "different", "other_last", "half_known")
_FAMILIES, _SINGLY, _FEWEST_HOMES = 0.2, 8.0, 50


def comparable(frame: pd.DataFrame, pairs: Pairs) -> Pairs:
    """Return the pairs whose first names may be one's, in either order, or that have addresses.

    All others would be told apart in the end; so the engine need not look at them.
    """
    known = frame.fillna("")
    first, last, street = (known[key].tolist() for key in ("first", "last", "street"))

    def alike(a: int, b: int) -> bool:
        if not (first[a] or last[a]) or not (first[b] or last[b]):
            return False
        if (street[a] and street[b]) or not (first[a] and last[a] and first[b] and last[b]):
            return True
        one, two = first[a], first[b]
        if one[0] == two[0] or one[0] == last[b][0] or last[a][0] == two[0]:
            return True
        return JaroWinkler.similarity(one, two) >= 0.7 or not set(one.split()).isdisjoint(
            two.split()
        )

    keep = [alike(a, b) for a, b in pairs.tolist()]
    kept: Pairs = pairs[np.array(keep, dtype=bool)]
    return kept


def told_apart(found: pd.DataFrame, singly: pd.Series[float]) -> pd.Series[bool]:
    """Tell the pairs that are never one: two clearly different first names, or no names at all.

    Father and son with one phone, a couple with one mailbox and colleagues are different people.
    Only where addresses are lived in singly may a name be so badly written.
    """
    return found["level_name"].isin(("other_first", "different", "unknown")) & (singly <= 0)


def lived_in_singly(found: pd.DataFrame) -> pd.Series[float]:
    """Return what to add to each pair's weight where each address is one person's own.

    Two names at one address are a family or colleagues where a list has those. Where nearly all
    rows at one address have the same name, the rest are the same person, badly written, and who
    has the same name at quite another address is a namesake.
    """
    added = pd.Series(0.0, index=found.index)
    other = found["level_name"].isin(_OTHERS)
    two = found["level_name"].isin(("other_first", "different"))
    for level in ("same", "same_place", "alike", "alike_place"):
        home = found["level_address"].eq(level)
        if home.sum() >= _FEWEST_HOMES and (home & two).sum() < _FAMILIES * home.sum():
            added[home & other] = _SINGLY
    if added.any():
        near = found["level_address"].isin(("place", "alike_place"))
        half = found["level_name"].isin(("other_first", "other_last", "half_known", "spoiled"))
        added[near & half] = _SINGLY + 2
        added[found["level_address"].eq("different")] = -_SINGLY / 2
    return added
