"""Lists, gaps and directory of 20,000 organisations: seconds, as a ratio to a plain pandas count."""

import resource
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest

from register.book.change import Change
from register.book.plan import Plan
from register.lists.present import frame_of
from register.lists.regional import regional_directory, regional_gaps
from register.lists.selection import Selection
from register.show import coverage
from register.show.directory import directory_page
from register.stores.workbook import Workbook
from register.words.sentences import Sentences
from tests.bench.test_speed import doubled
from tests.large_register import large_register

pytestmark = pytest.mark.bench
MEASURED = """
import os, subprocess, sys
child = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL)
_, status, used = os.wait4(child.pid, 0)
child.returncode = status
print(status, used.ru_utime + used.ru_stime, used.ru_maxrss)
"""
"""Runs a command from a small process: a child's peak of memory counts that of who started it."""

TODAY = date(2026, 11, 23)
SCRIPTS = Path(__file__).parents[2] / "scripts"


def test_twenty_thousand_organisations(capsys):
    book, say, steps = doubled(large_register(1, 10_000, 10_000)), Sentences("fi"), {}

    def timed(name, work):
        started = time.perf_counter()
        result = work()
        steps[name] = time.perf_counter() - started
        return result

    frame = frame_of(book.table("organisations"))
    timed("count", lambda: frame.groupby(["municipality", "type"]).size())
    found = timed("lists", lambda: regional_directory(book, TODAY))
    gaps = timed("gaps", lambda: regional_gaps(book, TODAY, Selection(), "fi"))
    page = timed("directory", lambda: directory_page(found, say))
    timed("gaps page", lambda: coverage.coverage_page(gaps, say, "Aukot"))
    assert len(found.organisations) > 19_000
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    with capsys.disabled():
        print(f"\n{len(found.organisations):,} organisations, {len(page) >> 20} MB page, {used} MB")
        for name, seconds in steps.items():
            print(f"{name:10} {seconds:6.2f} s {seconds / steps['count']:8.0f} x count")


def test_the_commands_on_twenty_thousand_organisations(tmp_path, capsys):
    """Each command whole, as a person gives it: seconds of processor time, megabytes at most."""
    path = tmp_path / "r.xlsx"
    store = Workbook(path)
    store.create("fi", [], {}, apply=True)
    large = doubled(large_register(1, 10_000, 10_000))
    store.write(
        Plan.of(
            Change(tab, row_id, column, "", value, "bench", "add")
            for tab in ("organisations", "people")
            for row_id, row in large.table(tab).rows()
            for column, value in row.items()
            if value
        ),
        lambda changes, book: [],
    )
    figures = []
    for words in (["lists"], ["lists", "--report-dir", "all"], ["gaps", "--report-dir", "all"]):
        command = [sys.executable, str(SCRIPTS / "regions.py"), *words, "--book", str(path)]
        run = [sys.executable, "-c", MEASURED, *command]
        told = subprocess.run(run, cwd=tmp_path, check=True, capture_output=True, encoding="ascii")
        status, spent, memory = told.stdout.split()
        assert status == "0"
        figures.append((" ".join(words), float(spent), int(memory) // 1024))
    with capsys.disabled():
        for words, spent, memory in figures:
            print(f"\nregions.py {words:26} {spent:6.1f} s of processor time, {memory} MB", end="")
