"""The wheel, installed where nothing of the project is: its one command runs every script."""

import re
import shutil
import subprocess
import sys
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest

from register.run.options import VERSION

ROOT = Path(__file__).parent.parent
SOURCES = ("scripts", "templates", ".github", "pyproject.toml", "requirements.txt", "LICENSE")
LIBRARIES = next(Path(one) for one in sys.path if one.endswith("site-packages"))
COMMAND = "import sys; from verkosto.scripts.register.run.entry import main; main()"


@pytest.fixture(scope="module")
def python(tmp_path_factory):
    """An environment with the libraries and the wheel, and no file of this folder."""
    folder = tmp_path_factory.mktemp("wheel")
    (folder / "copy").mkdir()
    for name in SOURCES:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy2
        copy(ROOT / name, folder / "copy" / name)
    pip = [sys.executable, "-m", "pip", "wheel", "--no-deps", "-q"]
    subprocess.run([*pip, "-w", str(folder), str(folder / "copy")], check=True)
    shutil.rmtree(folder / "copy")
    venv.create(folder / "there", symlinks=True)
    (there,) = (folder / "there" / "lib").glob("*/site-packages")
    with zipfile.ZipFile(next(folder.glob("verkosto-*.whl"))) as wheel:
        wheel.extractall(there)
    assert not [*there.rglob("verkosto/**/__pycache__")]
    (there / "libraries.pth").write_text(f"{LIBRARIES}\n", encoding="utf-8")
    return folder / "there" / "bin" / "python"


def verkosto(python, folder, *words):
    return subprocess.run(
        [str(python), "-c", COMMAND, *words], cwd=folder, capture_output=True, encoding="utf-8"
    )


def test_a_register_is_made_and_its_pages_are_written(python, tmp_path):
    book = ("--book", "r.xlsx", "--lang", "en")
    assert verkosto(python, tmp_path, "create", *book, "--apply").returncode == 0
    done = verkosto(python, tmp_path, "check", *book, "--report-dir", "out")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out" / "overview.html").is_file()
    assert verkosto(python, tmp_path, "invite", "--help").returncode == 0
    lost = verkosto(python, tmp_path, "check", "--book", "lost.xlsx", "--lang", "en").stderr
    assert "verkosto create --book lost.xlsx --apply" in lost and "python3" not in lost
    wrong = verkosto(python, tmp_path, "nothing")
    assert wrong.returncode == 2 and "autopilot, check" in wrong.stderr


@pytest.mark.story
def test_the_demo_runs(python, tmp_path):
    done = verkosto(python, tmp_path, "demo", "--lang", "en")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Done in" in done.stdout and (tmp_path / "demo" / "outbox").is_dir()


def test_the_wheel_says_what_it_is():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == VERSION


def test_the_wheel_needs_what_the_scripts_run_on_and_nothing_that_tests_them(python):
    (lib,) = (python.parent.parent / "lib").glob("*/site-packages")
    (metadata,) = lib.glob("verkosto-*.dist-info/METADATA")
    needed = re.findall(r"^Requires-Dist: ([\w.-]+)==", metadata.read_text("utf-8"), re.MULTILINE)
    assert {"gspread", "google-auth", "pandas", "jinja2"} <= {name.lower() for name in needed}
    assert not {"pytest", "aiosmtpd", "pymap"} & set(needed)
