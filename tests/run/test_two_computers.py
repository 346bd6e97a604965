"""Two computers, one register: a row of Pyynnöt says which of them is at work."""

import shutil
import subprocess
import sys
from datetime import datetime, timedelta
from email import message_from_bytes
from zoneinfo import ZoneInfo

import pytest

from register.autopilot.lease import LEASE_ID
from tests.registers import configure, living_in, new_register
from tests.run.test_requests import CONFIG, answers, asks
from tests.script_server import SCRIPTS
from tests.sheets_server import SheetsServer
from tests.test_both_stores import NEVER, does
from tests.test_scripts import CARDS

HELSINKI = ZoneInfo("Europe/Helsinki")


@pytest.fixture(params=["workbook", "google"])
def register(request, tmp_path):
    (tmp_path / "list.csv").write_text(CARDS, encoding="utf-8")
    with living_in(request.param, tmp_path) as made:
        configure(made, CONFIG)
        yield made


def at_work(register, ahead):
    """Have another computer be at work until a moment that is so far ahead."""
    until = datetime.now(HELSINKI) + ahead
    cells = {"Tunnus": LEASE_ID, "Kenelle tai mistä": "other 0a0a", "Tila": "työn alla"}
    register.types_row("Pyynnöt", 2, {**cells, "Aika": f"{until:%Y-%m-%d %H:%M}"})


def test_nothing_is_done_while_another_computer_is_at_work(register):
    does(0, register, "contacts.py", "import", "list.csv", "--apply")
    at_work(register, timedelta(minutes=60))
    before = register.content()
    said = does(75, register, "autopilot.py", "--apply", *NEVER)
    assert "other 0a0a" in said.stderr and register.content() == before


@pytest.mark.parametrize("ahead", [timedelta(minutes=-2), timedelta(days=400)])
def test_one_that_was_cut_off_is_waited_for_no_longer_than_it_said(register, ahead):
    does(0, register, "contacts.py", "import", "list.csv", "--apply")
    at_work(register, ahead)
    does(0, register, "autopilot.py", "--apply", *NEVER)
    assert "Maija" in register.column("Yhteyshenkilöt", "Etunimi")
    assert register.column("Pyynnöt", "Tila")[0] == "tehty"


def test_a_run_with_nothing_to_do_writes_nothing(register):
    does(0, register, "autopilot.py", "--apply", *NEVER)
    before = register.content()
    does(0, register, "autopilot.py", "--apply", *NEVER)
    assert register.content() == before


def test_two_at_once_carry_a_request_out_once(tmp_path):
    (tmp_path / "one").mkdir()
    with SheetsServer() as server:
        made = new_register("google").twin(tmp_path / "one", server, settle_seconds=1.0)
        configure(made, CONFIG)
        asks(made, {"Tee": "osoitetarrat"})
        shutil.copytree(tmp_path / "one", tmp_path / "two", ignore=lambda *_: [".verkosto"])
        command = [sys.executable, str(SCRIPTS / "autopilot.py"), *made.book, "--apply", *NEVER]
        runs = [
            subprocess.Popen(command, cwd=tmp_path / name, stderr=subprocess.PIPE)
            for name in ("one", "two")
        ]
        codes = sorted(run.wait(240) for run in runs)
        for run in runs:
            run.stderr.close()
        letters = [*tmp_path.glob("*/outbox/*.eml")]
        assert (len(letters), codes[0]) == (1, 0), (codes, letters)
        assert [state for state, text in answers(made) if "Tarroja" in text] == ["tehty"]
        (labels,) = message_from_bytes(letters[0].read_bytes()).get_payload()[1:]
        assert labels.get_content_type() == "application/pdf"
        assert labels.get_payload(decode=True).startswith(b"%PDF-")
