"""The figures of the matching on lists of others, which the training did not see.

    PYTHONPATH=scripts python -m tests.bench.unseen [FOLDER [ENVIRONMENT]]

FOLDER holds ``fodors.csv``, ``zagats.csv`` and ``matches_fodors_zagats.csv`` of the package
py-entitymatching 0.4.2 (restaurants of two guides). The other lists are a maker's without columns,
and those of :mod:`tests.match.lists_from_elsewhere`, ``lists_from_abroad``, ``lists_of_other_hands``,
``lists_from_programs`` and ``lists_with_births``, beside recordlinkage's ECM where ENVIRONMENT is one of
:mod:`tests.bench.peers`.
"""

import csv
import sys
from pathlib import Path

from splink.internals.exceptions import SplinkException

from register.match.judging import judge_people
from register.match.organisation_judging import judge_organisations
from tests.bench.matching import HEADER, line
from tests.bench.peers import environment, judged
from tests.bench.splink_defaults import judge_by_defaults, judge_organisations_by_defaults
from tests.match import (
    lists_from_abroad,
    lists_from_elsewhere,
    lists_from_programs,
    lists_of_other_hands,
    lists_with_births,
)
from tests.match.evaluation import figures
from tests.match.strangers import Lists

MADE = (
    *(lists_from_elsewhere, lists_from_abroad, lists_of_other_hands, lists_from_programs),
    lists_with_births,
)


def restaurants(folder, *without):
    """Return the restaurants of both guides, and which each row is; ``without`` some columns."""
    rows, names = [], []
    for guide in ("fodors", "zagats"):
        for cells in read(folder, f"{guide}.csv"):
            row = {
                "name": cells["name"],
                "street": cells["addr"],
                "municipality": cells["city"],
                "phone": cells["phone"],
            }
            rows.append({key: cell for key, cell in row.items() if key not in without})
            names.append(f"{guide} {cells['id']}")
    same = {
        f"zagats {pair['zagats_id']}": f"fodors {pair['fodors_id']}"
        for pair in read(folder, "matches_fodors_zagats.csv")
    }
    return rows, [same.get(name, name) for name in names]


def read(folder, name, delimiter=","):
    with Path(folder, name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter=delimiter))


def turned(seed, rows):
    """Return contacts of which some lists write the surname first, all in one cell."""
    lists = Lists(seed, rows)
    for number, row in enumerate(lists.rows):
        if number % 3 == 0:
            row["first"], row["last"] = row["last"], row["first"]
    return lists


def elsewhere(environment_folder=None):
    """Print the table of the lists from elsewhere: ours, Splink's defaults, ECM."""
    python = environment(environment_folder) if environment_folder else None
    print(
        "\n| set | rows | F1 | precision | recall | certain | of them right | Splink's defaults F1 "
        "| ECM F1 |\n|---|---|---|---|---|---|---|---|---|"
    )
    kinds = (
        *(
            (made.ORGANISATIONS, judge_organisations, judge_organisations_by_defaults)
            for made in MADE
        ),
        *((made.PEOPLE, judge_people, judge_by_defaults) for made in MADE),
    )
    reached = []
    for sets, judge, defaults in kinds:
        for name, make, arguments in sets:
            rows, who = make(*arguments)
            ours = figures(rows, who, judge)
            reached.append(ours.f1)
            try:
                splink = f"{figures(rows, who, defaults).f1:.3f}"
            except (ValueError, SplinkException):
                splink = "fails"
            ecm = judged(python, "ecm", rows, who).split(" | ")[0] if python else "–"
            right = f"{ours.certain_precision:.4f}" if ours.certain else "–"
            print(
                f"| {name} | {ours.rows:,} | **{ours.f1:.3f}** | {ours.precision:.3f} "
                f"| {ours.recall:.3f} | {ours.certain:,} | {right} | {splink} | {ecm} |",
                flush=True,
            )
    print(f"| mean | | {sum(reached) / len(reached):.3f} | | | | | | |")


def main(folder=None, environment_folder=None):
    print(HEADER)
    bodies = judge_organisations, judge_organisations_by_defaults
    people = judge_people, judge_by_defaults
    if folder:
        print(line("restaurants", *restaurants(folder), *bodies), flush=True)
        print(
            line("restaurants without phones", *restaurants(folder, "phone"), *bodies), flush=True
        )
        print(
            line("restaurants by name and town", *restaurants(folder, "phone", "street"), *bodies),
            flush=True,
        )
    for name, lists in (
        (
            "people by name, home and street",
            Lists(31, 2_000, lacks=("email", "phone", "org", "role")),
        ),
        (
            "people by name and phone",
            Lists(32, 2_000, lacks=("email", "org", "role", "municipality", "postcode")),
        ),
        (
            "people by name and mailbox",
            Lists(33, 2_000, lacks=("phone", "org", "role", "municipality", "postcode")),
        ),
        ("a third with the surname first", turned(34, 2_000)),
    ):
        print(line(name, lists.rows, lists.who, *people), flush=True)
    elsewhere(environment_folder)


if __name__ == "__main__":
    main(*sys.argv[1:])
