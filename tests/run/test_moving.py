"""``doctor.py --save`` and ``--restore``: a lost laptop loses no letter, no answer and no undo."""

import json
import os
import shutil
import zipfile
from datetime import datetime, timedelta

import pytest

from register.disk import write_private
from register.state.folder import state_folder
from tests.test_older_register import BOOK, older, phones  # noqa: F401 (a fixture)
from tests.test_scripts import exits, run

NEVER = ("--fail-on", "never")


@pytest.fixture
def moved(older, tmp_path):  # noqa: F811
    """Save the state, and take the register and the saved file to a folder without one."""
    exits(0, older, "doctor.py", *BOOK, "--save", "state.zip")
    assert (older / "state.zip").stat().st_mode & 0o077 == 0
    there = tmp_path / "there"
    there.mkdir()
    for name in ("r.xlsx", "state.zip"):
        shutil.copy2(older / name, there / name)
    return there


def test_a_new_computer_is_told_that_another_one_remembers_more(moved):
    def elsewhere():
        done = run(moved, "doctor.py", *BOOK, "--lang", "en", "--format", "json")
        return next(one for one in json.loads(done.stdout)["lines"] if one["about"] == "elsewhere")

    told = elsewhere()
    assert told["state"] != "ok" and "Another computer" in told["said"]
    assert "--save state.zip" in told["next"] and "--restore state.zip" in told["next"]
    exits(0, moved, "doctor.py", *BOOK, "--restore", "state.zip")
    assert elsewhere()["state"] == "ok"


def test_runs_can_be_undone_and_letters_do_not_go_twice(moved):
    exits(0, moved, "doctor.py", *BOOK, "--restore", "state.zip")
    state = state_folder(moved / "r.xlsx", moved)
    assert state.stat().st_mode & 0o077 == 0 and not (state / "computer").exists()
    exits(0, moved, "invite.py", "send", "Kevätkokous", *BOOK, "--apply")
    assert not [path for path in moved.rglob("*") if path.suffix == ".eml"]
    said = exits(0, moved, "undo.py", *BOOK, "--lang", "en").stdout
    assert "20261129-000421" in said
    exits(0, moved, "doctor.py", *BOOK, "--format", "json")


def test_a_state_that_is_there_is_never_written_over(moved):
    exits(0, moved, "doctor.py", *BOOK, "--restore", "state.zip")
    state = state_folder(moved / "r.xlsx", moved)
    before = {path.name: path.read_bytes() for path in state.iterdir() if path.is_file()}
    done = exits(2, moved, "doctor.py", *BOOK, "--restore", "state.zip", "--lang", "en")
    assert "state already" in done.stderr
    assert before == {path.name: path.read_bytes() for path in state.iterdir() if path.is_file()}


def test_every_file_of_a_state_comes_back(older, tmp_path):  # noqa: F811
    state = state_folder(older / "r.xlsx", older)
    write_private(state / "registers" / "reply", b"what a register answered")
    exits(0, older, "doctor.py", *BOOK, "--save", "state.zip")
    shutil.copytree(state, tmp_path / "before")
    shutil.rmtree(state)
    (state / "backups").mkdir(parents=True)
    exits(0, older, "doctor.py", *BOOK, "--restore", "state.zip")
    before, after = ({*_names(one)} for one in (tmp_path / "before", state))
    assert before - after <= {"lock", "ledger.lock", "computer"} and after <= before


def _names(folder):
    return (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_a_state_that_is_older_than_an_erasure_is_told_of_whatever_the_file_says(moved):
    def restored():
        return exits(0, moved, "doctor.py", *BOOK, "--restore", "state.zip", "--lang", "en").stderr

    assert "was erased" not in restored()
    shutil.copy(moved / "state.zip", moved / "copy.zip")
    exits(0, moved, "create.py", *BOOK, "--apply")
    exits(0, moved, "privacy.py", "erase", "maija.malli@verkosto.example", *BOOK, "--apply")
    assert not (moved / "state.zip").exists()
    (moved / "copy.zip").rename(moved / "state.zip")
    shutil.rmtree(moved / ".verkosto")
    copied = (datetime.now() + timedelta(days=2)).timestamp()
    os.utime(moved / "state.zip", (copied, copied))
    assert "was erased" in restored()


@pytest.mark.parametrize("name", ["notes/own.txt", "own.part", "journal.sqlite-wal"])
def test_nothing_that_lies_in_the_folder_is_taken_away(moved, name):
    own = state_folder(moved / "r.xlsx", moved) / name
    write_private(own, b"own")
    exits(2, moved, "doctor.py", *BOOK, "--restore", "state.zip")
    assert own.read_bytes() == b"own"


def test_without_the_register_nothing_is_restored(moved):
    (moved / "r.xlsx").rename(moved / "elsewhere.xlsx")
    assert run(moved, "doctor.py", *BOOK, "--restore", "state.zip").returncode
    assert not (moved / ".verkosto").exists()


@pytest.mark.parametrize("offset", [60, 200, -30, -400])
def test_a_damaged_file_is_refused(moved, offset):
    data = bytearray((moved / "state.zip").read_bytes())
    data[offset : offset + 20 or None] = b"\xa5" * 20
    (moved / "damaged.zip").write_bytes(data)
    assert run(moved, "doctor.py", *BOOK, "--restore", "damaged.zip").returncode == 2
    assert not (moved / ".verkosto").exists()


@pytest.mark.parametrize(
    "names",
    [
        *(["../out"], ["/out"], ["a/b/c"], ["notes/x"], ["key", "..\\out"], []),
        *(["backups/", "backups/x"], ["backups", "backups/x"], ["lock"], ["key", "computer"]),
    ],
)
def test_what_is_no_saved_state_is_refused(moved, names):
    with zipfile.ZipFile(moved / "bad.zip", "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    (moved / "plain.zip").write_bytes(b"no zip")
    for name in ("bad.zip", "plain.zip", "r.xlsx"):
        assert run(moved, "doctor.py", *BOOK, "--restore", name).returncode == 2
    assert not (moved / ".verkosto").exists() or not any((moved / ".verkosto").rglob("*.sqlite"))
    assert sorted(path.name for path in moved.iterdir() if path.is_file()) == [
        *("bad.zip", "plain.zip", "r.xlsx", "state.zip"),
    ]


def test_an_erasure_takes_the_saved_state_away(older):  # noqa: F811
    exits(0, older, "create.py", *BOOK, "--apply")
    exits(0, older, "doctor.py", *BOOK, "--save", "state.zip")
    people = json.loads(exits(0, older, "check.py", *BOOK, "--format", "json", *NEVER).stdout)
    assert people["rows"]["people"]
    exits(0, older, "privacy.py", "erase", "maija.malli@verkosto.example", *BOOK, "--apply")
    assert not (older / "state.zip").exists()


def test_there_is_nothing_to_save_before_the_first_run(tmp_path):
    assert run(tmp_path, "doctor.py", *BOOK, "--save", "state.zip").returncode == 2
