"""What is found of each kind of difference, and which others who look alike are asked about.

PYTHONPATH=scripts python -m tests.bench.kinds
"""

import sys
from collections import Counter

from register.match.judging import judge_people
from register.match.organisation_judging import judge_organisations
from tests.match.associations import Directory
from tests.match.kinds import lookalikes, organisation_pairs, person_pairs
from tests.match.strangers import Lists

OTHERS, REGISTERS = 1_000, 12
"""So many rows that nobody is in twice stand around the pairs, and so many registers of them."""


def asked_by_kind(pairs, others, judge):
    """Return, by kind, how many pairs there are, how many are found, and the rows of the rest.

    They are looked for in several registers: one name in two lights would be found in both.
    """
    every, asked, missed = Counter(), Counter(), {}
    registers = [[] for _ in range(REGISTERS)]
    for kind, one, two in pairs:
        registers[every[kind] % REGISTERS].append((kind, one, two))
        every[kind] += 1
    for told in registers:
        rows = [row for _, one, two in told for row in (one, two)] + others
        found = {(one.left, one.right) for one in judge(rows)}
        for number, (kind, one, two) in enumerate(told):
            if (2 * number, 2 * number + 1) in found:
                asked[kind] += 1
            else:
                missed.setdefault(kind, []).append((one, two))
    return [
        (kind, count, asked[kind] / count, missed.get(kind, [])) for kind, count in every.items()
    ]


def tables(others=OTHERS):
    people, bodies = Lists(77, others, again=0).rows, Directory(77, others, twice=0).rows
    yield "people: the same", asked_by_kind(person_pairs(), people, judge_people)
    yield (
        "organisations: the same",
        asked_by_kind(organisation_pairs(), bodies, judge_organisations),
    )
    yield "people: two", asked_by_kind(lookalikes(), people, judge_people)


def main(*flags):
    for title, lines in tables():
        print(f"\n| {title} | pairs | asked about |\n|---|---:|---:|")
        for kind, count, share, missed in lines:
            print(f"| {kind} | {count} | {share:.2f} |", flush=True)
            for one, two in missed if "-v" in flags else ():
                print(f"    {' '.join(one.values())}  ≠  {' '.join(two.values())}")


if __name__ == "__main__":
    main(*sys.argv[1:])
