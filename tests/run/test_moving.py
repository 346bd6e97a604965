"""``doctor.py --save`` and ``--restore``: a lost laptop loses no letter, no answer and no undo."""

import json
import shutil
import zipfile

import pytest

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


@pytest.mark.parametrize(
    "names", [["../out"], ["/out"], ["a/b/c"], ["notes/x"], ["key", "..\\out"], []]
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
