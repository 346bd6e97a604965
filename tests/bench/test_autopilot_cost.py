"""What one run for all costs on a shared sheet of 2,000 rows where there is nothing to do."""

import re
import resource
import subprocess
import sys

import pytest

from register.book.change import Change
from register.book.plan import Plan
from register.configuration.sections import GoogleSection
from register.stores.google import GoogleSheet
from register.stores.google_signin import quota_client
from tests.large_register import large_register
from tests.registers import configure, living_in
from tests.script_server import SCRIPTS
from tests.test_both_stores import NEVER

pytestmark = pytest.mark.bench
ROWS = 2_000
MOST_REQUESTS = 4
MOST_TIMES_A_CHECK = 2
"""A check reads the register and applies the rules; the run for all is held to so many of it."""


def spent(register, script, *flags):
    """Run a script; return its processor time in seconds, and what it says."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, str(SCRIPTS / script), *register.book, *NEVER, "-v", *flags]
    done = subprocess.run(command, cwd=register.folder, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, done.stderr


def fill(register, server_url):
    large = large_register(1, ROWS // 2, ROWS // 2)
    cells = [
        Change(tab, row_id, column, "", value, "bench", "add")
        for tab in ("organisations", "people")
        for row_id, row in large.table(tab).rows()
        for column, value in row.items()
        if value
    ]
    key = str(register.folder / "key.json")
    http = quota_client(GoogleSection(endpoint=server_url, key_file=key))
    store = GoogleSheet(http, register._sheet.id)
    store.read()
    assert not store.write(Plan.of(cells), lambda changes, book: []).conflicts


def test_a_run_with_nothing_to_do(tmp_path, capsys):
    with living_in("google", tmp_path) as register:
        configured = (tmp_path / "config.toml").read_text("utf-8")
        fill(register, re.search(r'endpoint = "(\S+)"', configured)[1])
        (tmp_path / "mail").mkdir()
        configure(register, '[mailbox]\nkind = "local"\npath = "mail"\n')
        for _ in range(2):
            spent(register, "autopilot.py", "--apply", "--max-changes", "100%")
        check, _ = min(spent(register, "check.py") for _ in range(2))
        runs = [spent(register, "autopilot.py", "--apply") for _ in range(2)]
    seconds, said = min(runs)
    reads, writes = map(int, re.search(r"(\d+)\D+(\d+)", said[said.index("Google:") :]).groups())
    with capsys.disabled():
        print(f"\n{reads} reads, {writes} writes, {seconds:.1f} s, check {check:.1f} s")
    assert reads + writes <= MOST_REQUESTS
    assert seconds <= MOST_TIMES_A_CHECK * check
