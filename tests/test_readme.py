"""The README says what the scripts say."""

import re
import subprocess
import sys
from pathlib import Path

from tests import rule_catalogue

PROJECT = Path(__file__).parent.parent
README = (PROJECT / "README.md").read_text(encoding="utf-8")


def help_of(*words):
    script, *rest = words
    command = [sys.executable, str(PROJECT / "scripts" / script), *rest, "--help"]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=True).stdout


def test_the_flags_are_those_of_the_help():
    flags = help_of("undo.py").partition("Options:\n")[2].rstrip()
    assert f"```\n{flags}\n```" in README


def test_the_rules_are_those_of_the_modules():
    assert rule_catalogue.block() in README


def test_every_script_is_in_the_table_and_every_row_is_a_script():
    rows = set(re.findall(r"^\| `(\w+\.py)", README, re.MULTILINE))
    there = {path.name for path in (PROJECT / "scripts").glob("*.py")}
    assert rows == there - {"demo.py", "run_tests.py", "environment.py"}


def test_every_flag_that_is_named_is_taken_by_its_script():
    for line in re.findall(r"^(?:.*)python3 \S*scripts/(\w+\.py .*)$", README, re.MULTILINE):
        script, *rest = line.split()
        words = [word for word in rest if not word.startswith("-")]
        shown = (
            help_of(script, *words[:1])
            if script in ("contacts.py", "handover.py", "invite.py", "regions.py")
            else help_of(script)
        )
        for flag in re.findall(r"--[\w-]+", line):
            assert flag in shown, (script, flag)


def test_the_pictures_are_there():
    for picture in re.findall(r"!\[[^]]*\]\(([^)]+)\)", README):
        assert (PROJECT / picture).stat().st_size > 10_000
