"""Makes the probabilities of the models from registers whose truth is known.

    PYTHONPATH=scripts python -m tests.match.training

writes ``people.json`` and ``organisations.json`` of scripts/register/match, and ``labelled.json``:
which levels hold together, of how many pairs that are one and of how many that are two, among those
that people would be asked about or nearly so. What answers teach is tried on that set. Other seeds
than those of the bench and the tests.
"""

import json
import sys
from collections import Counter
from pathlib import Path

import numpy as np

import register.match
from register.match.columns import people_columns
from register.match.judging import scored_people
from register.match.model import Model
from register.match.organisation_comparisons import ORGANISATION_COMPARISONS as ORGANISATIONS
from register.match.organisation_judging import scored_organisations
from register.match.organisations import organisation_columns
from register.match.person_comparisons import PEOPLE_COMPARISONS
from register.match.scoring import score_by_shipped
from tests.match.associations import Directory
from tests.match.contacts import Town
from tests.match.strangers import Lists

SEEDS = range(100, 104)
ROWS = 4_000
SMOOTH = 3.0
ASKED_OR_NEARLY = 0.05


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


def towns():
    """Yield registers of people: the frame, who each row is."""
    for seed in SEEDS:
        town = Town(seed, ROWS, streets=seed % 2 == 1)
        yield seed, people_columns(town.rows), town.who


def directories():
    """Yield registers of organisations: the frame, which each row is."""
    for seed in SEEDS:
        directory = Directory(seed, ROWS)
        yield seed, organisation_columns(directory.rows), directory.who


def trained(registers, comparisons, shipped):
    """Return m and u; what no register tells anything of (the streets of organisations) stands."""
    model = even(comparisons)
    same = {one.name: Counter() for one in comparisons}
    other = {one.name: Counter() for one in comparisons}
    for seed, frame, told in registers:
        truth = np.array(sorted(true_pairs(told)))
        random = np.random.default_rng(seed)
        drawn = np.unique(np.sort(random.integers(0, ROWS, (400_000, 2)), axis=1), axis=0)
        who = np.array(told)
        drawn = drawn[who[drawn[:, 0]] != who[drawn[:, 1]]]
        for pairs, counts in ((truth, same), (drawn, other)):
            seen = score_by_shipped(frame, pairs, model, {})
            for one in comparisons:
                counts[one.name].update(seen[f"level_{one.name}"])

    def shares(counts, smooth, before):
        found = {}
        for one in comparisons:
            codes = [level.code for level in one.levels]
            if not any(counts[one.name][code] for code in codes):
                found[one.name] = before[one.name]
                continue
            total = sum(counts[one.name][code] + smooth for code in codes)
            found[one.name] = {
                code: round((counts[one.name][code] + smooth) / total, 7) for code in codes
            }
        return found

    return {"m": shares(same, SMOOTH, shipped["m"]), "u": shares(other, 0.5, shipped["u"])}


def labelled():
    """Return, for each model, ``[levels, pairs that are one, pairs that are two]``, oftenest first; what held of
    one pair alone is left out.

    Levels are in the order of the comparisons, joined by spaces.
    """
    rooms = [Town(seed, ROWS, streets=seed % 2 == 1) for seed in SEEDS]
    rooms += [Lists(seed, ROWS) for seed in SEEDS[:2]]
    kept = {}
    for name, registers, scored, comparisons in (
        ("people", rooms, lambda rows: scored_people(rows)[1], PEOPLE_COMPARISONS),
        (
            "organisations",
            [Directory(seed, ROWS) for seed in SEEDS],
            lambda rows: scored_organisations(rows).found,
            ORGANISATIONS,
        ),
    ):
        counts = {}
        for one in registers:
            found = scored(one.rows)
            found = found[found["probability"] >= ASKED_OR_NEARLY]
            levels = found[[f"level_{each.name}" for each in comparisons]].agg(" ".join, axis=1)
            for left, right, told in zip(found["left"], found["right"], levels, strict=True):
                counts.setdefault(told, [0, 0])[one.who[left] != one.who[right]] += 1
        often = [item for item in counts.items() if sum(item[1]) > 1]
        ordered = sorted(often, key=lambda item: (-sum(item[1]), item[0]))
        kept[name] = [[told, *count] for told, count in ordered]
    return kept


def write_labelled(target):
    lines = [
        f' "{name}": [\n' + ",\n".join(f"  {json.dumps(one)}" for one in told) + "\n ]"
        for name, told in labelled().items()
    ]
    target.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


def main(*wanted):
    for name, registers, comparisons in (
        ("people", towns, PEOPLE_COMPARISONS),
        ("organisations", directories, ORGANISATIONS),
    ):
        if name in wanted or not wanted:
            target = Path(register.match.__file__).parent / f"{name}.json"
            shipped = json.loads(target.read_text("utf-8"))
            kept = json.dumps(trained(registers(), comparisons, shipped), indent=1)
            target.write_text(kept + "\n", encoding="utf-8")
    if "labelled" in wanted or not wanted:
        write_labelled(Path(register.match.__file__).parent / "labelled.json")


if __name__ == "__main__":
    main(*sys.argv[1:])
