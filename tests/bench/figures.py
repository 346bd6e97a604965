"""Every figure of the documentation, measured anew, or those of one subject.

    python -m tests.bench.figures [-k WORD] [--febrl FOLDER] [--restaurants FOLDER] [--peers FOLDER]

Runs the bench files one after another and the comparisons of matching, each in a process of its
own, and prints what they print; ``-k Matching`` runs only those whose title has the word. The first
two folders hold sets that are not ours (:mod:`tests.bench.matching`, :mod:`tests.bench.unseen`);
the third is for the environment of other packages, which :mod:`tests.bench.peers` makes. Without a
folder its part is left out. All of it takes about an hour on two cores that do nothing else.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SUBJECTS = (
    ("A Google Sheet", ["-m", "pytest", "-m", "bench", "-s", "tests/bench/test_google.py"]),
    ("Letters", ["-m", "pytest", "-m", "bench", "-s", "tests/bench/test_mail_speed.py"]),
    ("Lists", ["-m", "pytest", "-m", "bench", "-s", "tests/bench/test_lists_speed.py"]),
    (
        "Lists that come in",
        ["-m", "pytest", "-m", "bench", "-s", "tests/bench/test_lists_score.py"],
    ),
    ("Whole runs", ["-m", "pytest", "-m", "bench", "-s", "tests/bench/test_speed.py"]),
    ("Cleanup", ["-m", "pytest", "-m", "bench", "-s", "tests/bench/test_cleanup_speed.py"]),
    ("Cleanup of 20,000 rows", ["-m", "tests.bench.test_cleanup_speed"]),
    ("Start-up", ["-m", "pytest", "-m", "bench", "-s", "tests/bench/test_startup.py"]),
    ("Questions", ["-m", "tests.bench.questions"]),
    ("Matching", ["-m", "tests.bench.matching", "{febrl}"]),
    ("Matching, by kind of difference", ["-m", "tests.bench.kinds"]),
    ("Matching, lists of others", ["-m", "tests.bench.unseen", "{restaurants}", "{peers}"]),
    ("Matching, a second maker", ["-m", "tests.bench.strangers"]),
    ("Matching, beside other packages", ["-m", "tests.bench.peers", "{peers}", "{febrl}"]),
    ("Matching, large lists", ["-m", "tests.bench.large"]),
    ("Matching, large lists of organisations", ["-m", "tests.bench.large", "organisations"]),
)


def main() -> int:
    """Run them all; 1 if any failed."""
    reader = argparse.ArgumentParser()
    reader.add_argument("-k", default="")
    for folder in ("--febrl", "--restaurants", "--peers"):
        reader.add_argument(folder, default="", type=lambda path: str(Path(path).absolute()))
    told = reader.parse_args()
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "scripts")}
    failed = 0
    for title, arguments in SUBJECTS:
        if told.k not in title or (arguments[1] == "tests.bench.peers" and not told.peers):
            continue
        print(f"\n## {title}\n", flush=True)
        command = [sys.executable, *(argument.format(**vars(told)) for argument in arguments)]
        failed += subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode > 0
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
