"""Judges one list in a process of its own: ours, dedupe with 60 labels, or recordlinkage's ECM.

    python peer_judges.py ours|dedupe|ecm ROWS.json FOUND.json

Run by :mod:`tests.bench.peers`, the peers in an environment that has nothing of ours. Blank cells
are missing values to both. FOUND tells the cluster of each row, CPU seconds and megabytes.
"""

import json
import random
import resource
import sys
import time
from pathlib import Path

LABELS = 60
PEOPLE = ("first", "last", "email", "phone", "org", "municipality", "postcode", "street")
ORGANISATIONS = (
    *("name", "business_id", "assoc_no", "email", "url", "phone", "municipality", "postcode"),
)
EXACT = ("business_id", "assoc_no", "postcode")
"""Compared as they are; everything else by how alike the letters are."""


def columns_of(rows):
    """Return the columns that at least a twentieth of the rows fill."""
    known = ORGANISATIONS if any(row.get("name") for row in rows) else PEOPLE
    return [key for key in known if sum(bool(row.get(key)) for row in rows) * 20 >= len(rows)]


def ours(rows, who):
    from register.match.judging import judge_people
    from register.match.organisation_judging import judge_organisations

    judge = judge_organisations if any(row.get("name") for row in rows) else judge_people
    return closed(len(rows), ((one.left, one.right) for one in judge(rows)))


def dedupe(rows, who):
    """Train actively: 60 times the pair that it is least sure of, answered from the truth."""
    import dedupe
    from dedupe import variables

    random.seed(1)
    columns = columns_of(rows)
    fields = [
        (variables.Exact if key in EXACT else variables.String)(key, has_missing=True)
        for key in columns
    ]
    data = {
        number: {key: row.get(key, "").lower().strip() or None for key in columns}
        for number, row in enumerate(rows)
    }
    at = {id(row): number for number, row in data.items()}
    judge = dedupe.Dedupe(fields, num_cores=1, in_memory=True)
    judge.prepare_training(data, sample_size=1_500)
    for _ in range(LABELS):
        ((left, right),) = judge.uncertain_pairs()
        sort = "match" if who[at[id(left)]] == who[at[id(right)]] else "distinct"
        other = "distinct" if sort == "match" else "match"
        judge.mark_pairs({sort: [(left, right)], other: []})
    judge.train()
    clusters = list(range(len(rows)))
    for number, (members, _) in enumerate(judge.partition(data, 0.5), start=len(rows)):
        for member in members:
            clusters[member] = number
    return clusters


def ecm(rows, who):
    """Block on each column, compare by Jaro and Winkler at .85, and let ECM tell links apart."""
    import pandas
    import recordlinkage

    columns = columns_of(rows)
    frame = pandas.DataFrame(
        [{key: row.get(key, "").lower().strip() or None for key in columns} for row in rows]
    )
    index = recordlinkage.Index()
    for key in columns:
        if key != "municipality":
            index.block(key)
    compare = recordlinkage.Compare()
    for key in columns:
        if key in EXACT:
            compare.exact(key, key, label=key)
        else:
            compare.string(key, key, method="jarowinkler", threshold=0.85, label=key)
    vectors = compare.compute(index.index(frame), frame)
    told = vectors.loc[:, vectors.nunique() > 1]
    return closed(len(rows), recordlinkage.ECMClassifier().fit_predict(told))


def closed(count, pairs):
    """Return the cluster of each row: chains of pairs hold together."""
    above = list(range(count))

    def top(row):
        while above[row] != row:
            above[row] = above[above[row]]
            row = above[row]
        return row

    for left, right in pairs:
        above[top(int(left))] = top(int(right))
    return [top(row) for row in range(count)]


def main(judge, given, found):
    value = json.loads(Path(given).read_text("utf-8"))
    clusters = {"ours": ours, "dedupe": dedupe, "ecm": ecm}[judge](value["rows"], value["who"])
    told = {
        "clusters": clusters,
        "seconds": time.process_time(),
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }
    Path(found).write_text(json.dumps(told), "utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
