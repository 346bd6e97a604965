"""Every figure of the documentation, measured anew: ``python -m tests.bench.figures [FEBRL]``.

Runs the bench files one after another and the comparison of matching, each in a process of its own,
and prints what they print; ``FEBRL`` is a folder with those sets, which are not ours. It takes
about an hour on two cores that do nothing else.
"""

from __future__ import annotations

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
    ("Matching", ["-m", "tests.bench.matching"]),
    ("Matching, by kind of difference", ["-m", "tests.bench.kinds"]),
    ("Matching, lists of others", ["-m", "tests.bench.unseen"]),
    ("Matching, a second maker", ["-m", "tests.bench.strangers"]),
    ("Matching, large lists", ["-m", "tests.bench.large"]),
)


def main() -> int:
    """Run them all; 1 if any failed."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "scripts")}
    failed = 0
    for title, arguments in SUBJECTS:
        print(f"\n## {title}\n", flush=True)
        febrl = sys.argv[1:] if arguments[1] == "tests.bench.matching" else []
        command = [sys.executable, *arguments, *febrl]
        failed += subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode > 0
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
