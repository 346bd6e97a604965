"""How much of the processor a command takes before it has done anything, beside ``import click``."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.bench.test_lists_speed import MEASURED

pytestmark = pytest.mark.bench
SCRIPTS = Path(__file__).parents[2] / "scripts"
COMMANDS = sorted(
    path.name
    for path in SCRIPTS.glob("*.py")
    if path.name not in ("demo.py", "environment.py", "run_tests.py")
)


def seconds(*command, runs=3):
    """Return the least processor time of a command over some runs."""
    used = []
    for _ in range(runs):
        done = subprocess.run(
            [sys.executable, "-c", MEASURED, sys.executable, *command],
            capture_output=True,
            encoding="utf-8",
            env={**os.environ, "PYTHONPATH": str(SCRIPTS)},
            check=True,
        )
        status, processor, _ = done.stdout.split()
        assert status == "0", (command, done.stderr)
        used.append(float(processor))
    return min(used)


def test_help_and_a_check_of_an_empty_register(tmp_path, capsys):
    click = seconds("-c", "import click")
    book = str(tmp_path / "empty.xlsx")
    seconds(str(SCRIPTS / "create.py"), "--book", book, "--apply", runs=1)
    found = {f"{name} --help": seconds(str(SCRIPTS / name), "--help") for name in COMMANDS}
    found["check.py, empty register"] = seconds(str(SCRIPTS / "check.py"), "--book", book)
    with capsys.disabled():
        print(f"\nimport click {click:.3f} s")
        for name, processor in found.items():
            print(f"{name:28} {processor:.3f} s {processor / click:6.1f} x")
    assert all(processor < 6 * click for name, processor in found.items() if "--help" in name)
