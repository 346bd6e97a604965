"""Next year's places: asked for or given as files, shown, written, and then the program's own."""

import json
import os
import shutil
import subprocess
import sys

import pytest

from register.run.reference_tables import HOME, read_place_tables
from tests.reference_files import Year
from tests.register_server import RegisterServer
from tests.test_scripts import SCRIPTS, exits

OLD = read_place_tables(HOME)
KASKINEN, NARPIO = "231", "545"


@pytest.fixture
def year():
    made = Year(OLD)
    made.ends(KASKINEN, NARPIO)
    return made


def refresh(folder, *more, code=0):
    return exits(code, folder, "contacts.py", "refresh-places", *more)


def at(server, folder):
    lines = f'classifications_url = "{server.url}"\nposti_url = "{server.url}"\n'
    (folder / "config.toml").write_text(f"[registers]\n{lines}", encoding="utf-8")


def own_tables():
    return {path.name: path.read_bytes() for path in HOME.iterdir() if path.is_file()}


def test_the_years_places_are_shown_then_written_and_a_second_time_differ_in_nothing(
    tmp_path, year
):
    before = own_tables()
    with RegisterServer(year.scene()) as server:
        at(server, tmp_path)
        said = refresh(tmp_path, "--into", "new", "--detailed-exitcode", code=3).stdout
        assert "Kaskinen (231) ei ole enää kunta; sen alue on nyt: Närpiö" in said
        assert "--apply" in said
        assert not (tmp_path / "new").exists()
        refresh(tmp_path, "--into", "new", "--apply")
        again = refresh(tmp_path, "--into", "new", "--year", "2027", "--detailed-exitcode").stdout
        assert "eroja ei ole" in again
        posti = [path for path, _, _ in server.asked if path.endswith(".dat")]
        assert set(posti) == {"/PCF_20270102.dat"}
        assert all("Verkosto" in headers["User-Agent"] for _, _, headers in server.asked)
    kept = {path.name for path in (tmp_path / "new").iterdir()}
    assert kept == {f"{name}.csv" for name in OLD} | {"README.md"}
    assert "kuntaluokitukset 2027" in (tmp_path / "new" / "README.md").read_text(encoding="utf-8")
    assert own_tables() == before


def test_the_program_reads_the_tables_that_were_written(tmp_path, year):
    for name, data in year.files().items():
        (tmp_path / name).write_bytes(data)
    given = [word for name in year.files() for word in ("--file", name)]
    said = refresh(tmp_path, *given, "--into", "new", "--apply", "--format", "json").stdout
    assert json.loads(said)["differences"][0]["code"] == KASKINEN
    copy = tmp_path / "register"
    shutil.copytree(SCRIPTS / "register", copy, ignore=shutil.ignore_patterns("__pycache__"))
    for path in (tmp_path / "new").iterdir():
        shutil.copy(path, copy / "values" / "places")
    asked = (
        "from register.values import places as p; r = p.resolve_place('Kaskinen'); "
        "print(len(p.municipalities()), r.how, r.municipality.name_fi, "
        "p.postal_code('64260').municipality)"
    )
    done = subprocess.run(
        [sys.executable, "-c", asked],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.stdout.split() == ["307", "former", "Närpiö", NARPIO], done.stderr


@pytest.mark.parametrize(
    ("reply", "code", "word"),
    [
        ((404, {}, b""), 2, "ei ole julkaissut vuoden 2027"),
        ((200, {}, b"<html>Huolto</html>"), 2, "ei ole Tilastokeskuksen luokitus"),
        ((200, {}, b"[{"), 2, "ei ole kokonainen"),
        ((302, {"Location": "http://127.0.0.1:9/"}, b""), 2, "toiseen osoitteeseen"),
        ((503, {"Retry-After": "9999"}, b""), 75, "ei vastaa nyt"),
    ],
)
def test_what_cannot_be_used_writes_nothing(reply, code, word, tmp_path):
    with RegisterServer(lambda *_: reply) as server:
        at(server, tmp_path)
        said = refresh(tmp_path, "--into", "new", "--apply", code=code).stderr
    assert word in said and said.count("\n") >= 2
    assert not (tmp_path / "new").exists()


def test_a_folder_that_cannot_be_written_to_is_named(tmp_path, year):
    (tmp_path / "PCF.dat").write_bytes(year.files()["PCF_20270102.dat"])
    (tmp_path / "new").write_text("a file", encoding="utf-8")
    said = refresh(tmp_path, "--file", "PCF.dat", "--into", "new", "--apply", code=2).stderr
    assert "new" in said and "--into" in said
