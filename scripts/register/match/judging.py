"""Judging people: which rows are one person, how likely, and the evidence for and against.

Families and colleagues, who live or work together, are different people. Scored pairs become
decisions: clusters, certain pairs, and the reasons of each pair.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import TYPE_CHECKING

from register.match.agreement import agreeing_pairs
from register.match.births import tells_day
from register.match.groups import LIKELY, clusters
from register.match.judgements import JUDGEMENTS, judge_in_order
from register.match.mailbox_owner import (
    has_several_owners,
    is_called_by_name,
    is_named_for_another,
    is_written_out,
    may_be_misspelt,
    may_be_turned,
    stand_in_order,
    tells_first_name,
)
from register.match.model import ModelComparison, Shifts, pair_evidence
from register.match.pair import Decision, EvidenceWeight, JudgedPair

if TYPE_CHECKING:
    import pandas as pd

_CELLS = (
    *("first", "last", "email", "phone", "org", "municipality", "postcode", "role"),
    *("street", "region", "born"),
)
"""The column keys that are compared."""

_SAME_NAME = ("exact", "swapped")
TOGETHER = ("org_and_place", "org", "org_alike")
SAME_PHONE = ("same", "same_end")


def judge_people(
    rows: Sequence[Mapping[str, str]], size: int = 0, listed: int = 0, shifts: Shifts = ()
) -> tuple[JudgedPair, ...]:
    """Return the pairs of rows that are or may be one person, after clustering.

    Certain: the same full name and the same personal mailbox, except where :func:`_doubtful` finds
    a doubt, such as another organisation together with another phone. A pair that only a chain of
    other pairs connects is likely at most. The order of the rows does not matter.

    ``size`` is the number of rows in the whole register, if ``rows`` are only a part of it. If
    ``listed`` is given, the first ``listed`` rows are a list, and only pairs of it with the other
    rows are returned. ``shifts`` are what was learned about the weights: they make more or fewer
    pairs likely, but none certain.
    """
    cells = [tuple(row.get(key, "").strip() for key in _CELLS) for row in rows]
    return judge_in_order(_judged, cells, size, listed, shifts)


@JUDGEMENTS.remembered
def _judged(
    cells: tuple[tuple[str, ...], ...], size: int, sides: tuple[bool, ...], shifts: Shifts
) -> tuple[JudgedPair, ...]:
    from register.match.person_comparisons import PEOPLE_COMPARISONS

    rows = [dict(zip(_CELLS, row, strict=True)) for row in cells]
    frame, found = scored_people(rows, size, sides, shifts)
    if not len(found):
        return ()
    own = found["level_name"].isin(_SAME_NAME) & found["level_email"].eq("same")
    own &= ~_doubtful(frame, found) & found["shipped"].gt(LIKELY)
    return settle_pairs(found, own, PEOPLE_COMPARISONS)


def scored_people(
    rows: Sequence[Mapping[str, str]],
    size: int = 0,
    sides: Sequence[bool] = (),
    shifts: Shifts = (),
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the compared columns of each row, and the scored candidate pairs.

    The pairs have their ``probability``, and in ``shipped`` the probability without what was
    learned. They are an empty frame if there are no candidates.
    """
    # Imported late: a run whose rows were judged before needs none of this.
    import pandas as pd

    from register.match.candidates import pairs_between
    from register.match.columns import people_columns
    from register.match.groups import probabilities
    from register.match.model import load_model
    from register.match.people import (
        comparable_people,
        people_candidates,
        person_name_frequencies,
    )
    from register.match.person_comparisons import PEOPLE_COMPARISONS
    from register.match.scoring import learned_weight, score_pairs

    frame = people_columns(rows)
    pairs = comparable_people(frame, pairs_between(people_candidates(frame), sides))
    if not len(pairs):
        return frame, pd.DataFrame()
    model = load_model("people", PEOPLE_COMPARISONS)
    found = score_pairs(frame, pairs, model, person_name_frequencies(frame))
    singly = single_address_weight(found).mask(_misspelt(frame, found), SINGLY)
    apart = different_people(frame, found, singly)
    found["weight"] = (found["weight"] + singly).where(~apart, -60)
    several = max(size, len(frame)), sum(sides)
    found["shipped"] = found["probability"] = probabilities(found["weight"], *several)
    if shifts:
        found["weight"] += learned_weight(found, shifts)
        found["probability"] = probabilities(found["weight"], *several)
    found.loc[apart, ["shipped", "probability"]] = 0.0
    return frame, found


def _doubtful(frame: pd.DataFrame, found: pd.DataFrame) -> pd.Series[bool]:
    """Return which pairs are never certain, although name and mailbox are the same.

    - a different birth;
    - initials only, or half a name;
    - a mailbox shared by several people, or with another person's name;
    - senior and junior;
    - first name and surname exchanged, where that may be another person's name;
    - a mailbox without the name, and another organisation or nothing else in common;
    - another phone, and another organisation or a mailbox without the first name.
    """
    import pandas as pd

    known = frame[["first", "last", "email", "generation"]].fillna("")
    cells = list(known[["first", "last", "email"]].itertuples(index=False))
    either = _either(found, shared_mailboxes(frame))
    short = [not is_written_out(first, last) for first, last, _ in cells]
    either |= _either(found, pd.Series(short, frame.index))
    either |= found["level_birth"].isin(("near", "different"))
    generation = known["generation"]
    either |= found["left"].map(generation) != found["right"].map(generation)
    swaps = [may_be_turned(first, last) for first, last, _ in cells]
    either |= found["level_name"].eq("swapped") & found["left"].map(pd.Series(swaps, frame.index))
    ends = found[["left", "right"]].to_numpy()
    either |= pd.Series(
        [not stand_in_order(cells[a][:2], cells[b][:2]) for a, b in ends], found.index, dtype=bool
    )
    elsewhere = found["level_affiliation"].isin(("different", "place", "code"))
    own = [is_called_by_name(address, first, last) for first, last, address in cells]
    alone = ~found["level_affiliation"].isin(TOGETHER) & ~found["level_phone"].isin(SAME_PHONE)
    alone &= ~found["level_address"].isin(HOMES) & found["level_birth"].ne("same")
    either |= (elsewhere | alone) & ~found["left"].map(pd.Series(own, frame.index))
    firsts = set(known["first"])
    another = [is_named_for_another(address, one, two, firsts) for one, two, address in cells]
    either |= _either(found, pd.Series(another, frame.index))
    called = [tells_first_name(address, first, last) for first, last, address in cells]
    elsewhere |= ~found["left"].map(pd.Series(called, frame.index))
    return either | (elsewhere & found["level_phone"].isin(("different", "of_two")))


def _either(found: pd.DataFrame, told: pd.Series[bool]) -> pd.Series[bool]:
    """Return which pairs have at least one row for which ``told`` is True."""
    return found["left"].map(told) | found["right"].map(told)


def shared_mailboxes(frame: pd.DataFrame) -> pd.Series[bool]:
    """Return which rows have a mailbox that first names of several people share."""
    known = frame[["first", "last", "email"]].fillna("")
    names: dict[str, set[tuple[str, str]]] = {}
    for first, last, address in known.itertuples(index=False):
        if address and (first or last):
            names.setdefault(address, set()).add((first, last))
    shared = {address for address, named in names.items() if has_several_owners(named)}
    return known["email"].isin(shared)


OTHER_NAMES = ("other_first", "different", "other_last", "half_known", "unknown")
HOMES = ("same", "same_place", "alike", "alike_place", "part")
NEAR_HOMES = ("house", "place", "part_place", "alike_place")
HALF_NAMES = ("other_first", "other_last", "half_known", "spoiled")
UNLIKE_NAMES = ("spoiled", "swapped_typo", "other_first", "other_last", "different")
FAMILIES, SINGLY, SINGLY_NEAR, FEWEST_HOMES = 0.2, 8.0, 10.0, 50


def different_people(
    frame: pd.DataFrame, found: pd.DataFrame, singly: pd.Series[float]
) -> pd.Series[bool]:
    """Return which pairs are never one: two clearly different first names, or no names at all.

    Father and son with one phone, a couple with one mailbox, colleagues, and unlike names born on
    different days are different people. Two first names may be one name badly written only where
    ``singly`` is positive: each address has one resident, or birth or contacts tell one person.

    A row without a name may be the owner of its mailbox if that is personal; a placeholder for a
    name is nobody. Never one are also an initial beside a shared mailbox with another phone, and
    senior and junior.
    """
    two = found["level_name"].isin(("other_first", "different")) & (singly <= 0)
    two |= found["level_name"].isin(UNLIKE_NAMES) & found["level_birth"].eq("different")
    nameless = found["level_name"].eq("unknown") & (singly <= 0)
    shared, unnamed = shared_mailboxes(frame), frame["unnamed"].eq("1")
    whose = found["level_email"].eq("same") & ~_either(found, shared | unnamed)
    initials = _either(found, frame["first"].str.len().eq(1) & shared)
    initials &= found["level_phone"].isin(("different", "of_two"))
    generations = [found[side].map(frame["generation"]) for side in ("left", "right")]
    elders = generations[0].ne(generations[1]) & generations[0].notna() & generations[1].notna()
    return two | (nameless & ~whose) | initials | elders


def _misspelt(frame: pd.DataFrame, found: pd.DataFrame) -> pd.Series[bool]:
    """Return which pairs have unlike names that birth or contacts tell to be one, badly written.

    Born on the same day; with the same mailbox and born at nearly the same time; or with the same
    mailbox, phone and organisation, but not the same surname, as a family has. Twins and relatives
    have clearly different names (:func:`may_be_misspelt`).
    """
    import pandas as pd

    columns = ("first", "last", "born", "org", "phone7")
    first, last, born, org, phone = (frame[column].fillna("").tolist() for column in columns)
    same = found["level_email"].eq("same")
    by_birth = found["level_birth"].eq("same") | found["level_birth"].isin(("slip", "near")) & same
    unlike = found["level_name"].isin(("other_first", "different"))
    near = found.assign(by_birth=by_birth)[unlike & (by_birth | same)]
    told = pd.Series(False, index=found.index)
    for at, left, right, birth in near[["left", "right", "by_birth"]].itertuples():
        days = birth and tells_day(born[left]) and tells_day(born[right])
        contacts = phone[left] == phone[right] != "" and org[left] == org[right]
        if days or (same[at] and contacts and last[left] != last[right]):
            told[at] = may_be_misspelt((first[left], last[left]), (first[right], last[right]))
    return told


def single_address_weight(found: pd.DataFrame) -> pd.Series[float]:
    """Return the weight (bits) to add to each pair if each address in this list has one resident.

    Two names at one address are usually a family or colleagues. But where nearly all pairs at one
    address have the same name, the rest are one person, badly written, and the same name at a very
    different address is a namesake.
    """
    import pandas as pd

    added = pd.Series(0.0, index=found.index)
    other = found["level_name"].isin(OTHER_NAMES)
    two = found["level_name"].isin(("other_first", "different"))
    home = found["level_address"].isin(HOMES)
    if home.sum() >= FEWEST_HOMES and (home & two).sum() < FAMILIES * home.sum():
        added[home & other] = SINGLY
        near = found["level_address"].isin(NEAR_HOMES)
        half = found["level_name"].isin(HALF_NAMES)
        added[near & half] = SINGLY_NEAR
        added[found["level_address"].eq("different")] = -SINGLY / 2
    return added


def settle_pairs(
    found: pd.DataFrame,
    sure: pd.Series[bool],
    comparisons: Sequence[ModelComparison],
    least: float = LIKELY,
    unscored: float = 0.0,
    always: pd.Series[bool] | None = None,
) -> tuple[JudgedPair, ...]:
    """Return the pairs that are or may be one, after clustering.

    ``found`` are scored pairs with their ``probability``, ``sure`` says which of them the evidence
    makes certain. Pairs of at least ``least`` are asked about. ``unscored`` is the probability of a
    pair that was not scored, when two clusters are joined. ``always`` says which pairs are asked
    about whatever their clusters. A pair that only a chain of other pairs connects is likely at
    most.
    """
    cluster = clusters(found, least, unscored)
    known: dict[tuple[int, int], tuple[float, Decision, tuple[EvidenceWeight, ...]]] = {}
    near = found["left"].map(cluster).eq(found["right"].map(cluster))
    if always is not None:
        near |= always
    rows = found["left"].isin(found.loc[sure, ["left", "right"]].to_numpy().ravel())
    certain, doubtful = (
        list(map(tuple, found.loc[these, ["left", "right"]].to_numpy().tolist()))
        for these in (sure, rows & ~sure)
    )
    settled = agreeing_pairs(certain, doubtful)
    for told in found[near].to_dict("records"):
        row = {str(key): value for key, value in told.items()}
        reasons = tuple(EvidenceWeight(*one) for one in pair_evidence(row, comparisons))
        pair = int(row["left"]), int(row["right"])
        known[pair] = (
            float(row["probability"]),
            "certain" if pair in settled and row["probability"] > least else "likely",
            reasons,
        )
    members: dict[int, list[int]] = {}
    for each, top in cluster.items():
        members.setdefault(top, []).append(each)
    chained = {pair for rows in members.values() for pair in combinations(sorted(rows), 2)}
    judged = []
    for left, right in sorted(chained | known.keys()):
        probability, decision, reasons = known.get((left, right), (least, "likely", ()))
        if probability:
            judged.append(JudgedPair(left, right, max(probability, least), decision, reasons))
    return tuple(judged)
