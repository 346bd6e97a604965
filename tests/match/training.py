"""Makes the probabilities of the models from registers whose truth is known.

    PYTHONPATH=scripts python -m tests.match.training

writes ``scripts/register/match/people.json``. Other seeds than those of the bench and the tests.
"""

import json
from collections import Counter
from pathlib import Path

import numpy as np

import register.match
from register.match.columns import people_columns
from register.match.model import Model, levels
from register.match.people import COMPARISONS
from tests.match.contacts import Town

SEEDS = range(100, 104)
ROWS = 4_000
SMOOTH = 3.0


def even(comparisons):
    """Return a model that knows nothing: every level alike."""
    share = {
        one.name: {level.code: 1 / len(one.levels) for level in one.levels} for one in comparisons
    }
    return Model(comparisons, share, share)


def true_pairs(who):
    groups = {}
    for row, person in enumerate(who):
        groups.setdefault(person, []).append(row)
    return {(a, b) for rows in groups.values() for i, a in enumerate(rows) for b in rows[i + 1 :]}


def trained():
    model = even(COMPARISONS)
    same = {one.name: Counter() for one in COMPARISONS}
    other = {one.name: Counter() for one in COMPARISONS}
    for seed in SEEDS:
        town = Town(seed, ROWS, streets=seed % 2 == 1)
        frame = people_columns(town.rows)
        truth = np.array(sorted(true_pairs(town.who)))
        random = np.random.default_rng(seed)
        drawn = np.unique(np.sort(random.integers(0, ROWS, (400_000, 2)), axis=1), axis=0)
        who = np.array(town.who)
        drawn = drawn[who[drawn[:, 0]] != who[drawn[:, 1]]]
        for pairs, counts in ((truth, same), (drawn, other)):
            seen = levels(frame, pairs, model)
            for one in COMPARISONS:
                counts[one.name].update(seen[f"level_{one.name}"])

    def shares(counts, smooth):
        found = {}
        for one in COMPARISONS:
            codes = [level.code for level in one.levels]
            total = sum(counts[one.name][code] + smooth for code in codes)
            found[one.name] = {
                code: round((counts[one.name][code] + smooth) / total, 7) for code in codes
            }
        return found

    return {"m": shares(same, SMOOTH), "u": shares(other, 0.5)}


if __name__ == "__main__":
    target = Path(register.match.__file__).parent / "people.json"
    target.write_text(json.dumps(trained(), indent=1) + "\n", encoding="utf-8")
