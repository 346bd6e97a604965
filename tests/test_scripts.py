"""Every script as a person runs it: a process, its exit code, what it prints; never a traceback."""

import shutil
import signal
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from tests.script_server import SCRIPTS, SERVER

VERBS = {
    "create.py": [],
    "check.py": [],
    "cleanup.py": [],
    "regions.py": [],
    "undo.py": [],
    "replies.py": ["--mailbox", "."],
    "contacts.py": ["import", "list.csv"],
    "invite.py": ["plan", "T-00000"],
}
CARDS = """Nimi;Yhdistys;Sähköposti;Puh.;Kunta;Lupa
Maija Malli;Espoon kyläyhdistys ry;maija.malli@example.org;040 000 0001;Espoo;kyllä
Malli Maija;Espoon kyläyhdistys r.y.;MAIJA.MALLI@example.org;;Espoo;kyllä
Pekka Testi;Vantaan asukasyhdistys ry;pekka.testi@example.com;0400000002;Vantaa;ei
Seija Koe;;seija.koe (at) example.org;;Vantaa;
"""


def run(folder, script, *arguments, **environment):
    done = SERVER.run(folder, (script, *arguments), {"NO_COLOR": "1", **environment}, timeout=120)
    assert "Traceback" not in done.stderr + done.stdout
    return done


def exits(code, folder, script, *arguments):
    done = run(folder, script, *arguments)
    assert done.returncode == code, done.stdout + done.stderr
    return done


@pytest.fixture(scope="module")
def laid_out(tmp_path_factory):
    """A register without rows, and a list beside it: made once, never written to."""
    folder = tmp_path_factory.mktemp("laid_out")
    exits(0, folder, "create.py", "--book", "r.xlsx", "--apply")
    (folder / "list.csv").write_text(CARDS, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def gone_through(laid_out, tmp_path_factory):
    """The register with the list in it, gone through once: made once, never written to."""
    folder = copied(laid_out, tmp_path_factory.mktemp("gone_through"))
    exits(0, folder, "contacts.py", "import", "list.csv", "--book", "r.xlsx", "--apply")
    exits(0, folder, "cleanup.py", "--book", "r.xlsx", "--apply", "--fail-on", "never")
    return folder


def copied(folder, to):
    return Path(shutil.copytree(folder, to, dirs_exist_ok=True))


@pytest.fixture
def folder(laid_out, tmp_path):
    return copied(laid_out, tmp_path)


@pytest.fixture
def cleaned(gone_through, tmp_path):
    return copied(gone_through, tmp_path)


def types(folder, tab, row, header, value):
    """Type a value into a cell of the workbook, as a person does."""
    workbook = openpyxl.load_workbook(folder / "r.xlsx")
    sheet = workbook[tab]
    sheet.cell(row, [cell.value for cell in sheet[1]].index(header) + 1).value = value
    workbook.save(folder / "r.xlsx")


@pytest.mark.parametrize("script", [*VERBS, "demo.py", "doctor.py"])
def test_every_script_starts_by_itself(tmp_path, script):
    done = subprocess.run(
        [sys.executable, str(SCRIPTS / script), "--help"],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "") and "--help" in done.stdout


INTERRUPTED = """
import os, runpy, signal, sys

class Interrupting:
    def find_spec(self, name, path=None, target=None):
        if name == {module!r}:
            sys.meta_path.remove(self)
            os.kill(os.getpid(), signal.SIGINT)

sys.meta_path.insert(0, Interrupting())
sys.argv = [{script!r}, "--book", "r.xlsx"]
sys.path[0] = os.path.dirname({script!r})
runpy.run_path({script!r}, run_name="__main__")
"""


@pytest.mark.parametrize(
    "module",
    ["click", "register.run.options", "numpy", "pandas", "register.run.cleanup", "python_calamine"],
)
def test_ctrl_c_never_shows_a_traceback_whatever_is_being_loaded(folder, module):
    script = str(SCRIPTS / "cleanup.py")
    done = subprocess.run(
        [sys.executable, "-c", INTERRUPTED.format(module=module, script=script)],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert done.returncode in (2, -signal.SIGINT)
    assert "Traceback" not in done.stderr and "ei olisi" not in done.stderr


def test_a_check_loads_no_frames_no_database_and_nothing_of_google_s(folder):
    done = subprocess.run(
        [sys.executable, "-X", "importtime", SCRIPTS / "check.py", "--book", "r.xlsx"],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=True,
    )
    loaded = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert "register.rules" in loaded
    assert not loaded & {"pandas", "numpy", "pyarrow", "duckdb", "scipy", "gspread", "google.auth"}


@pytest.mark.parametrize("script", VERBS)
def test_a_missing_register_is_said_with_the_next_command(tmp_path, script):
    (tmp_path / "list.csv").write_text(CARDS, encoding="utf-8")
    if script == "create.py":
        done = exits(2, tmp_path, script, "--book", "no/such/r.xlsx", "--apply")
        assert "--book" in done.stderr
        return
    done = exits(2, tmp_path, script, *VERBS[script], "--book", "no.xlsx")
    assert "create.py --book no.xlsx --apply" in done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["list.csv"]


@pytest.mark.parametrize("script", VERBS)
def test_no_register_named_is_said(tmp_path, script):
    (tmp_path / "list.csv").write_text(CARDS, encoding="utf-8")
    done = exits(2, tmp_path, script, *VERBS[script])
    assert "--book" in done.stderr


def test_a_file_that_is_no_workbook(tmp_path):
    (tmp_path / "r.xlsx").write_text("Nimi;Puhelin\n", encoding="utf-8")
    exits(2, tmp_path, "check.py", "--book", "r.xlsx")


def test_an_open_workbook_is_not_written(folder):
    (folder / ".~lock.r.xlsx#").touch()
    exits(5, folder, "contacts.py", "import", "list.csv", "--book", "r.xlsx", "--apply")
    exits(0, folder, "check.py", "--book", "r.xlsx")


def test_a_config_with_five_faults_names_all_five(folder):
    (folder / "config.toml").write_text(
        '[book]\nlanguage = "de"\n[limits]\nmax_changes = "many"\nstale_months = 0\n'
        '[apply]\nrules = ["no-such"]\n[colour]\nred = 1\n',
        encoding="utf-8",
    )
    done = exits(2, folder, "check.py", "--book", "r.xlsx")
    for where in (
        "book.language",
        "limits.max_changes",
        "limits.stale_months",
        "apply.rules",
        "colour",
    ):
        assert where in done.stderr


@pytest.mark.parametrize("script", VERBS)
def test_a_wrong_flag_is_a_usage_error(tmp_path, script):
    exits(2, tmp_path, script, *VERBS[script][:1], "--no-such-flag")


@pytest.mark.parametrize("script", VERBS)
def test_help_and_version(tmp_path, script):
    named = [word for word in VERBS[script][:1] if not word.startswith("-")]
    words = named or (["lists"] if script == "regions.py" else [])
    assert "--apply" in exits(0, tmp_path, script, *words, "--help").stdout
