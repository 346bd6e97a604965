"""Learning from people's answers: which evidence says more, or less, in this register.

The shipped probabilities are a Dirichlet prior: they count as much as a hundred answers about pairs
like those that people are asked about. Both answers count: "sama" for the probability of a level in
two rows of the same, "eri" for that in two different ones. With one kind alone, whatever all
questions have in common would seem to be evidence. What was learned is used only as far as it makes
nothing worse.
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
"""Nothing is learned from fewer answers than this."""

FEWEST_OF_EACH = 5
"""At least this many answers must be "sama", and as many "eri"."""

_PRIOR, _SMOOTH = 100.0, 0.5
"""How many answers the labelled pairs are worth, and the minimum count of each level."""

_MOST = 4.0
"""At most this many bits are added to a level's weight or taken from it."""

_FOLDS = 5
_DOUBT = 0.01
_LABELLED_ROWS = 4_000
"""The number of rows in each of the registers that the labelled pairs come from."""

_STRENGTHS = (1.0, 0.5, 0.25)
"""The fractions of the answers' effect that are tried, the largest first."""

Levels = tuple[str, ...]
"""The level of each comparison for a pair, in the order of the model's comparisons."""

Counts = Mapping[tuple[str, str], int]
"""The number of pairs with a level, by comparison and level."""


@dataclass(frozen=True, order=True, slots=True)
class LabelledLevels:
    """How many pairs with these levels are one (``same``), and how many are two (``different``)."""

    levels: Levels
    same: int
    different: int


@dataclass(frozen=True, slots=True)
class LearnedTab:
    """What the answers about one tab taught: counts of levels, and bits to add to weights.

    ``shifts`` is empty if nothing is used: too few answers, or they make something worse.
    """

    answered: tuple[int, int] = (0, 0)
    """The number of "sama" and of "eri"."""
    same: tuple[tuple[str, str, int], ...] = ()
    different: tuple[tuple[str, str, int], ...] = ()
    shifts: Shifts = ()

    @property
    def is_enough(self) -> bool:
        """Whether there are enough answers to learn from."""
        return sum(self.answered) >= FEWEST and min(self.answered) >= FEWEST_OF_EACH


@dataclass(frozen=True, slots=True)
class LearnedWeights:
    """What is kept of people's answers beside a register: counts of levels, and no personal data.

    ``since`` is when the answers were last forgotten (local time, ISO, to the minute), '' for
    never: older answers are ignored. ``digest`` covers all answers, so that the same ones are not
    read again.
    """

    people: LearnedTab = LearnedTab()
    organisations: LearnedTab = LearnedTab()
    since: str = ""
    digest: str = ""

    def of(self, tab: str) -> LearnedTab:
        """Return what was learned about a tab."""
        return self.people if tab == "people" else self.organisations


UNTAUGHT = LearnedWeights()
"""The shipped weights alone."""


def lesson_of(name: str, model: Model, answers: Sequence[LabelledLevels], rows: int) -> LearnedTab:
    """Return what the answers teach a model; ``name`` is the key of its labelled pairs.

    ``rows`` is the number of rows in the tab; the prior follows from it.
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
    """Return a digest of the shipped weights and labelled pairs, which learning builds on."""
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
    """Return how many pairs have each level: of those that are one, and of those that are two."""
    same, different = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for pair in pairs:
        for told in _told(model, pair.levels):
            same[told] += pair.same
            different[told] += pair.different
    return same, different


def _told(model: Model, levels: Levels) -> Iterator[tuple[str, str]]:
    """Yield comparison and level, except where nothing is known."""
    for one, code in zip(model.comparisons, levels, strict=True):
        if code in model.u[one.name]:
            yield one.name, code


def _shifts(
    model: Model,
    shipped: Sequence[LabelledLevels],
    answers: Iterable[LabelledLevels],
    strength: float,
) -> Shifts:
    """Return the bits to add to the weight of each level; levels that gain none are left out.

    The bits are log2 of (m / u after the answers) / (m / u before them), both among pairs that are
    asked about.
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
    """Return log2 of how much likelier the answers make each level (the mean of a Dirichlet)."""
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
    """Return True if the answers are predicted better, and no more labelled pairs are mistaken.

    Each fifth of the answers is predicted from what the other four teach.
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
    """Return how many labelled pairs the weights would decide wrongly."""
    chances = _chances(model, pairs, shifts, prior_of_rows(_LABELLED_ROWS))
    return sum(pair.different if p >= LIKELY else pair.same for pair, p in chances)


def _surprise(
    model: Model, answers: Iterable[LabelledLevels], shifts: Shifts, prior: float
) -> float:
    """Return how improbable the answers were by the weights, in bits; none counts as impossible."""
    total = 0.0
    for pair, p in _chances(model, answers, shifts, prior):
        sure = min(max(p, _DOUBT), 1 - _DOUBT)
        total -= pair.same * log2(sure) + pair.different * log2(1 - sure)
    return total


def _chances(
    model: Model, pairs: Iterable[LabelledLevels], shifts: Shifts, prior: float
) -> Iterator[tuple[LabelledLevels, float]]:
    """Yield each pair with the probability that it is one."""
    weights = _weights(model, shifts)
    for pair in pairs:
        weight = prior + sum(weights[key] for key in _told(model, pair.levels))
        yield pair, 1 / (1 + 2.0 ** -max(-60.0, min(60.0, weight)))


def _weights(model: Model, shifts: Shifts) -> dict[tuple[str, str], float]:
    """Return the weight of each level in bits, with what was learned."""
    added = {(comparison, code): bits for comparison, code, bits in shifts}
    return {
        (name, code): weight_of(model, name, code) + added.get((name, code), 0.0)
        for name, shares in model.u.items()
        for code in shares
    }
