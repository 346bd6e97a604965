"""What people's answers teach: which signs say more, or less, in this register.

The shipped probabilities are a Dirichlet prior: answers count beside so many labelled pairs, among
those that people are asked about. Both answers do, "sama" for how likely a level is of two rows of
the same and "eri" for how likely of two different ones; else what all questions have in common
would seem to say something. It is used as far as it makes nothing worse.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from importlib.resources import files
from itertools import chain
from math import log2

from register.match.groups import LIKELY, prior_of_rows
from register.match.model import Model, Shifts, weight_of

FEWEST = 20
"""From so many answers on something is learned."""

FEWEST_OF_EACH = 5
"""So many of them must be "sama", and so many "eri"."""

_PRIOR, _SMOOTH = 100.0, 0.5
"""How many answers the labelled pairs count for, and what each level has at least."""

_MOST = 4.0
"""Bits by which a level may count more or less, at most."""

_FOLDS = 5
_DOUBT = 0.01
_LABELLED_ROWS = 4_000
"""How many rows each register had of which the labelled pairs are."""

_STRENGTHS = (1.0, 0.5, 0.25)
"""How much of what the answers say is tried, the most first."""

Levels = tuple[str, ...]
"""The level of each comparison of a pair, in the order of the model's."""

Counts = Mapping[tuple[str, str], int]
"""How many pairs have a level, by comparison and level."""


@dataclass(frozen=True, order=True, slots=True)
class LabelledLevels:
    """The levels of ``same`` pairs that are one, and of ``different`` ones that are two."""

    levels: Levels
    same: int
    different: int


@dataclass(frozen=True, slots=True)
class LearnedTab:
    """What the answers about one tab taught: counts of levels, and bits to add to weights.

    ``shifts`` are empty where nothing is used: too few answers, or they make something worse.
    """

    answered: tuple[int, int] = (0, 0)
    """How many "sama" and how many "eri"."""
    same: tuple[tuple[str, str, int], ...] = ()
    different: tuple[tuple[str, str, int], ...] = ()
    shifts: Shifts = ()

    @property
    def is_enough(self) -> bool:
        """Whether there are answers enough to learn from."""
        return sum(self.answered) >= FEWEST and min(self.answered) >= FEWEST_OF_EACH


@dataclass(frozen=True, slots=True)
class LearnedWeights:
    """What is kept of people's answers beside a register: counts of levels, and nobody's data.

    ``since`` is when everything was forgotten (local time, ISO, to the minute), '' for never: older
    answers teach nothing. ``digest`` is of all answers together, so that they are read once.
    """

    people: LearnedTab = LearnedTab()
    organisations: LearnedTab = LearnedTab()
    since: str = ""
    digest: str = ""

    def of(self, tab: str) -> LearnedTab:
        """Return what the answers about the rows of a tab taught."""
        return self.people if tab == "people" else self.organisations


UNTAUGHT = LearnedWeights()
"""Nothing is known but the shipped weights."""


def lesson_of(name: str, model: Model, answers: Sequence[LabelledLevels], rows: int) -> LearnedTab:
    """Return what answers teach a model, of which ``name`` is the labelled set's key.

    ``rows`` is how many rows the tab has: how likely two of them are one follows from it.
    """
    same, different = _counts(model, answers)
    answered = sum(one.same for one in answers), sum(one.different for one in answers)
    told = LearnedTab(answered, _sorted(same), _sorted(different))
    if not told.is_enough:
        return told
    shipped = labelled_pairs(name)
    for strength in _STRENGTHS:
        shifts = _shifts(model, shipped, answers, strength)
        if _is_no_worse(model, shipped, answers, shifts, strength, prior_of_rows(rows)):
            return LearnedTab(answered, told.same, told.different, shifts)
    return told


@cache
def shipped_weights() -> str:
    """Return a digest of what answers are learned beside: the weights and the labelled pairs."""
    room = files("register.match")
    names = ("people.json", "organisations.json", "labelled.json")
    kept = b"".join(room.joinpath(name).read_bytes() for name in names)
    return blake2b(kept, digest_size=8).hexdigest()


@cache
def labelled_pairs(name: str) -> tuple[LabelledLevels, ...]:
    """Return the shipped labelled pairs of a model, made by tests/match/training.py."""
    kept = json.loads(files("register.match").joinpath("labelled.json").read_text("utf-8"))
    return tuple(LabelledLevels(tuple(levels.split()), *counts) for levels, *counts in kept[name])


def _sorted(counts: Counts) -> tuple[tuple[str, str, int], ...]:
    return tuple((*key, count) for key, count in sorted(counts.items()) if count)


def _counts(model: Model, pairs: Iterable[LabelledLevels]) -> tuple[Counter[tuple[str, str]], ...]:
    """Return how often each level is told of pairs that are one, and of those that are two."""
    same, different = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for pair in pairs:
        for told in _told(model, pair.levels):
            same[told] += pair.same
            different[told] += pair.different
    return same, different


def _told(model: Model, levels: Levels) -> Iterator[tuple[str, str]]:
    """Yield the comparisons of which something is known, with the level."""
    for one, code in zip(model.comparisons, levels, strict=True):
        if code in model.u[one.name]:
            yield one.name, code


def _shifts(
    model: Model,
    shipped: Sequence[LabelledLevels],
    answers: Iterable[LabelledLevels],
    strength: float,
) -> Shifts:
    """Return the bits that each level's weight gains by the answers, those that gain none left out.

    That is log2 of (m / u after them) / (m / u before them), both among pairs that are asked about.
    """
    before, after = _counts(model, shipped), _counts(model, answers)
    found: list[tuple[str, str, float]] = []
    for one in model.comparisons:
        keys = [(one.name, level.code) for level in one.levels]
        gains = [_gains(keys, *counts) for counts in zip(before, after, strict=True)]
        for key in keys:
            bits = strength * (gains[0][key] - gains[1][key])
            bits = round(max(-_MOST, min(_MOST, bits)), 2)
            if bits:
                found.append((*key, bits))
    return tuple(found)


def _gains(
    keys: Sequence[tuple[str, str]], before: Counts, after: Counts
) -> dict[tuple[str, str], float]:
    """Return log2 of how much likelier each level is after the answers: a Dirichlet's mean."""
    total = sum(before.get(key, 0) + _SMOOTH for key in keys)
    seen = sum(after.get(key, 0) for key in keys)
    gains = {}
    for key in keys:
        share = (before.get(key, 0) + _SMOOTH) / total
        gains[key] = log2((_PRIOR * share + after.get(key, 0)) / ((_PRIOR + seen) * share))
    return gains


def _is_no_worse(
    model: Model,
    shipped: Sequence[LabelledLevels],
    answers: Sequence[LabelledLevels],
    shifts: Shifts,
    strength: float,
    prior: float,
) -> bool:
    """Whether the answers are foretold better, and no more of the labelled pairs are mistaken.

    Each fifth of the answers is foretold by what the other four teach.
    """
    if _mistaken(model, shipped, shifts) > _mistaken(model, shipped, ()):
        return False
    before = after = 0.0
    for n in range(_FOLDS):
        others = chain(*(answers[k::_FOLDS] for k in range(_FOLDS) if k != n))
        taught = _shifts(model, shipped, others, strength)
        before += _surprise(model, answers[n::_FOLDS], (), prior)
        after += _surprise(model, answers[n::_FOLDS], taught, prior)
    return after < before


def _mistaken(model: Model, pairs: Iterable[LabelledLevels], shifts: Shifts) -> int:
    """Return how many labelled pairs would be called two that are one, or one that are two."""
    chances = _chances(model, pairs, shifts, prior_of_rows(_LABELLED_ROWS))
    return sum(pair.different if p >= LIKELY else pair.same for pair, p in chances)


def _surprise(
    model: Model, answers: Iterable[LabelledLevels], shifts: Shifts, prior: float
) -> float:
    """Return how unlikely the answers were held, in bits; nothing is held impossible."""
    total = 0.0
    for pair, p in _chances(model, answers, shifts, prior):
        sure = min(max(p, _DOUBT), 1 - _DOUBT)
        total -= pair.same * log2(sure) + pair.different * log2(1 - sure)
    return total


def _chances(
    model: Model, pairs: Iterable[LabelledLevels], shifts: Shifts, prior: float
) -> Iterator[tuple[LabelledLevels, float]]:
    """Yield the pairs with how likely they are one."""
    weights = _weights(model, shifts)
    for pair in pairs:
        weight = prior + sum(weights[key] for key in _told(model, pair.levels))
        yield pair, 1 / (1 + 2.0 ** -max(-60.0, min(60.0, weight)))


def _weights(model: Model, shifts: Shifts) -> dict[tuple[str, str], float]:
    """Return the weight of each level with what was learned."""
    added = {(comparison, code): bits for comparison, code, bits in shifts}
    return {
        (name, code): weight_of(model, name, code) + added.get((name, code), 0.0)
        for name, shares in model.u.items()
        for code in shares
    }
