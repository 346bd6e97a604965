"""Run the whole test suite: lint, types, floors, tests. Arguments go to pytest.

What those may be is told by: .venv/bin/python -m pytest --help
"""

from environment import PROJECT, ensure

ensure()

import os
import subprocess
import sys
import time

CHECKS = (
    ("ruff check", ["-m", "ruff", "check", "scripts", "tests"]),
    ("ruff format", ["-m", "ruff", "format", "--check", "scripts", "tests"]),
    ("mypy", ["-m", "mypy"]),
    ("floors", ["-c", "from importlinter.cli import lint_imports as l; raise SystemExit(l())"]),
)
APART = ("browser", "office", "bench", "postfix", "story", "killed", "search", "spark")
"""The markers of what needs more than Python, or minutes; see pyproject.toml."""

MEMORY_OF_A_WORKER = 2 * 2**30
"""Bytes: in the end a worker has used 1.2 GB, and the programs that it starts need some too."""


def workers() -> int:
    """Return how many tests run at once: twice as many as cores, as far as the memory allows.

    Half of the time a test waits for a server, a process or the disk.
    """
    most = min(2 * (os.cpu_count() or 1), 8)
    if hasattr(os, "sysconf"):
        memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
        most = min(most, memory // MEMORY_OF_A_WORKER)
    return max(most, 2)


QUICK = [
    "-n",
    str(workers()),
    "--dist",
    "worksteal",
    "-m",
    " and ".join(f"not {marker}" for marker in APART),
]


def main() -> int:
    """Run every check, say which failed, and return 1 if any did."""
    chosen = sys.argv[1:]
    if "--help" in chosen:
        print(__doc__)
        return 0
    checks = () if chosen else CHECKS
    failed = []
    for name, arguments in (*checks, ("tests", ["-m", "pytest", *(chosen or QUICK)])):
        print(f"── {name}", flush=True)
        started = time.monotonic()
        environment = {**os.environ, "PYTHONPATH": str(PROJECT / "scripts")}
        command = [sys.executable, *arguments]
        code = subprocess.run(command, cwd=PROJECT, env=environment, check=False).returncode
        verdict = "FAILED" if code else "ok"
        print(f"   {verdict} in {time.monotonic() - started:.0f} s", flush=True)
        if code:
            failed.append(name)
    print(f"Failed: {', '.join(failed)}" if failed else "All is well.")
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
