"""A register, its state and a saved plan that an older version made: all of it goes on working.

``data/older_register.zip`` was made in November 2026 by commit 7feee7c, before rows had types: a
meeting
whose five letters have gone, a cleanup to undo, and a plan of one cell that was saved and not yet
applied. People and addresses are invented.
"""

import json
import shutil
from pathlib import Path

import openpyxl
import pytest

from register.state.folder import state_folder
from tests.test_scripts import exits, run

FROZEN = Path(__file__).parent / "data" / "older_register.zip"
BOOK = ("--book", "r.xlsx")


@pytest.fixture
def older(tmp_path):
    shutil.unpack_archive(FROZEN, tmp_path)
    state = state_folder(tmp_path / "r.xlsx", tmp_path)
    state.parent.mkdir(parents=True)
    (tmp_path / "state").rename(state)
    (state / "key").chmod(0o600)
    return tmp_path


def phones(folder):
    headers, *rows = openpyxl.load_workbook(folder / "r.xlsx")["Yhteyshenkilöt"].values
    return [row[headers.index("Puhelin")] for row in rows[:2]]


def test_it_is_checked(older):
    found = json.loads(exits(0, older, "check.py", *BOOK, "--format", "json").stdout)
    assert {"phone-form"} <= {finding["code"] for finding in found["findings"]}


def test_its_saved_plan_is_applied_as_it_was_shown(older):
    assert phones(older) == ["+358400000001", "040 000 0002"]
    exits(0, older, "cleanup.py", *BOOK, "--plan", "plan.json", "--apply")
    assert phones(older) == ["+358400000001", "+358400000002"]


def test_its_last_run_is_undone(older):
    log = openpyxl.load_workbook(older / "r.xlsx")["Loki"]
    headers, *rows = log.values
    run_id = rows[-1][headers.index("Ajo")]
    exits(0, older, "undo.py", run_id, *BOOK, "--apply")
    assert phones(older) == ["040 000 0001", "040 000 0002"]


def test_a_cleanup_goes_on_where_the_last_one_ended(older):
    exits(0, older, "cleanup.py", *BOOK, "--apply", "--fail-on", "never")
    assert phones(older) == ["+358400000001", "+358400000002"]
    again = exits(0, older, "cleanup.py", *BOOK, "--format", "json", "--fail-on", "never").stdout
    assert json.loads(again)["changes"] == []


def test_its_ledger_says_who_has_got_a_letter(older):
    told = run(older, "invite.py", "status", "Kevätkokous", *BOOK, "--format", "json")
    letters = json.loads(told.stdout)["letters"]
    assert [letter["state"] for letter in letters] == ["sent"] * 5
