"""Run the whole test suite: lint, types, floors, tests. Arguments go to pytest."""

from __future__ import annotations

from environment import PROJECT, ensure

ensure()

import os
import subprocess
import sys
import time

CHECKS = (
    ("ruff check", ["ruff", "check", "scripts", "tests"]),
    ("ruff format", ["ruff", "format", "--check", "scripts", "tests"]),
    ("mypy", ["mypy"]),
    ("floors", ["importlinter.cli"]),
)
EVERYTHING = ["pytest", "-n", "2", "-m", "not browser and not office and not bench"]


def main() -> int:
    """Run every check, say which failed, and return 1 if any did."""
    failed = []
    environment = {**os.environ, "PYTHONPATH": str(PROJECT / "scripts")}
    chosen = sys.argv[1:]
    checks = () if chosen else CHECKS
    for name, module in (*checks, ("tests", ["pytest", *chosen] if chosen else EVERYTHING)):
        started = time.monotonic()
        print(f"── {name}", flush=True)
        command = [sys.executable, "-m", *module]
        code = subprocess.run(command, cwd=PROJECT, env=environment, check=False).returncode
        verdict = "FAILED" if code else "ok"
        print(f"   {verdict} in {time.monotonic() - started:.0f} s", flush=True)
        if code:
            failed.append(name)
    print(f"Failed: {', '.join(failed)}" if failed else "All is well.")
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
