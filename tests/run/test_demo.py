"""The demo: a line a step in the reader's language, all else in its log, nobody's folder emptied."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from register.run.demo import DemoStep, run_demo
from register.stores.workbook import Workbook

SCRIPT = Path(__file__).parents[2] / "scripts" / "demo.py"


def demo(folder, *arguments):
    return subprocess.run(
        [sys.executable, str(SCRIPT), *arguments],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_a_folder_that_the_demo_did_not_make_is_left_alone(tmp_path):
    theirs = tmp_path / "demo" / "thesis.txt"
    theirs.parent.mkdir()
    theirs.write_text("ten years of work", encoding="utf-8")
    done = demo(tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Aja esittely toisessa kansiossa." in done.stderr
    assert [path.name for path in theirs.parent.iterdir()] == ["thesis.txt"]


def test_a_step_that_fails_is_named_with_its_code_its_last_lines_and_the_log(
    tmp_path, monkeypatch, capfd
):
    monkeypatch.chdir(tmp_path)
    missing = ["check.py", "--book", "missing.xlsx", "--lang", "en"]
    assert run_demo("en", lambda say: [DemoStep("Check", "the list", missing)] * 2) == 2
    out, err = capfd.readouterr()
    said, *last, where = err.splitlines()
    assert said == "“Check” failed with exit code 2. Its last lines:"
    assert "missing.xlsx" in last[0]
    assert where == "All that the commands printed is in demo/demo.log."
    log = Path("demo", "demo.log").read_text(encoding="utf-8")
    assert log.startswith("$ python3 scripts/check.py --book missing.xlsx")
    assert all(line.strip() in log for line in last)
    assert "2. Check" not in out


@pytest.mark.story
def test_each_step_is_one_line_and_names_what_is_there_to_see(tmp_path):
    done = demo(tmp_path, "--lang", "sv")
    assert done.returncode == 0, done.stdout + done.stderr
    first, *steps, last = done.stdout.splitlines()
    assert first == "En rörig lista med 500 påhittade personer: demo/jasenlista.csv"
    for number, line in enumerate(steps, start=1):
        step = re.fullmatch(rf"{number}\. .+ … [0-9]+,[0-9] s → (.+)", line)
        assert step, line
        seen = [name for name in re.split("[,:] ", step[1]) if name.startswith("demo/")]
        assert seen, line
        assert all((tmp_path / name).exists() for name in seen), line
    assert last.endswith("demo/demo.log")
    log = (tmp_path / "demo" / "demo.log").read_text(encoding="utf-8")
    assert log.count("$ python3 scripts/") == len(steps)
    assert Workbook(tmp_path / "demo" / "register.xlsx").read().language == "fi"
