"""Every script as a person runs it: a process, its exit code, what it prints; never a traceback."""

import json
import os
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

SCRIPTS = Path(__file__).parent.parent / "scripts"
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
    done = subprocess.run(
        [sys.executable, str(SCRIPTS / script), *arguments],
        cwd=folder,
        env={**os.environ, "NO_COLOR": "1", **environment},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert "Traceback" not in done.stderr + done.stdout
    return done


def exits(code, folder, script, *arguments):
    done = run(folder, script, *arguments)
    assert done.returncode == code, done.stdout + done.stderr
    return done


@pytest.fixture
def folder(tmp_path):
    exits(0, tmp_path, "create.py", "--book", "r.xlsx", "--apply")
    (tmp_path / "list.csv").write_text(CARDS, encoding="utf-8")
    return tmp_path


@pytest.fixture
def cleaned(folder):
    exits(0, folder, "contacts.py", "import", "list.csv", "--book", "r.xlsx", "--apply")
    exits(0, folder, "cleanup.py", "--book", "r.xlsx", "--apply", "--fail-on", "never")
    return folder


def types(folder, tab, row, header, value):
    """Type a value into a cell of the workbook, as a person does."""
    workbook = openpyxl.load_workbook(folder / "r.xlsx")
    sheet = workbook[tab]
    sheet.cell(row, [cell.value for cell in sheet[1]].index(header) + 1).value = value
    workbook.save(folder / "r.xlsx")


def plan(folder, *arguments):
    done = run(folder, "cleanup.py", "--book", "r.xlsx", "--format", "json", *arguments)
    return json.loads(done.stdout)


def test_the_whole_way_from_a_list_to_an_invitation(cleaned):
    meeting = {
        "Nimi": "Kevätkokous",
        "Laji": "verkostotapaaminen",
        "Pvm": "2030-04-09",
        "Alkaa": "17:00",
        "Paikka": "Espoo",
        "Alue": "Uusimaa",
        "Kutsupohja": "invitation",
        "Vastaa viimeistään": "2030-04-01",
        "Tila": "luonnos",
    }
    for header, value in meeting.items():
        types(cleaned, "Tapaamiset", 2, header, value)
    exits(0, cleaned, "cleanup.py", "--book", "r.xlsx", "--apply", "--fail-on", "never")
    sheet = openpyxl.load_workbook(cleaned / "r.xlsx")["Tapaamiset"]
    meeting_id = sheet["A2"].value
    on = (meeting_id, "--book", "r.xlsx")
    exits(0, cleaned, "invite.py", "plan", *on, "--apply")
    exits(6, cleaned, "invite.py", "send", *on, "--apply")
    types(cleaned, "Tapaamiset", 2, "Tila", "saa lähettää")
    exits(0, cleaned, "invite.py", "preview", *on, "--report-dir", "preview")
    exits(0, cleaned, "invite.py", "send", *on, "--apply")
    letters = list((cleaned / "outbox").glob("*.eml"))
    assert len(letters) == 1
    exits(0, cleaned, "invite.py", "send", *on, "--apply")
    assert list((cleaned / "outbox").glob("*.eml")) == letters
    status = json.loads(exits(0, cleaned, "invite.py", "status", *on, "--format", "json").stdout)
    (letter,) = status["letters"]
    assert set(letter) == {"person", "address", "state", "message_id", "rsvp"}
    assert (letter["address"], letter["state"]) == ("maija.malli@example.org", "rehearsed")
    assert (cleaned / "preview" / "outbox.html").is_file()


def test_a_second_cleanup_has_nothing_to_do(cleaned):
    assert plan(cleaned)["changes"] == []
    exits(0, cleaned, "cleanup.py", "--book", "r.xlsx", "--detailed-exitcode", "--fail-on", "never")


def test_the_json_of_check_and_cleanup_is_a_contract(folder):
    exits(0, folder, "contacts.py", "import", "list.csv", "--book", "r.xlsx", "--apply")
    done = run(folder, "check.py", "--book", "r.xlsx", "--format", "json")
    checked = json.loads(done.stdout)
    assert checked["rows"]["inbox"] == 4
    keys = {"tab", "row", "row_id", "column", "code", "severity", "message"}
    assert all(keys <= set(finding) for finding in checked["findings"])
    cleaned = plan(folder)
    assert {"changes", "findings", "applied", "run"} <= set(cleaned)
    keys = {"tab", "row_id", "column", "before", "after", "reason", "kind"}
    assert all(set(change) == keys for change in cleaned["changes"])
    assert not cleaned["applied"]


def test_without_apply_nothing_is_written(folder):
    before = (folder / "r.xlsx").read_bytes()
    there = sorted(folder.iterdir())
    exits(0, folder, "contacts.py", "import", "list.csv", "--book", "r.xlsx")
    exits(3, folder, "contacts.py", "import", "list.csv", "--book", "r.xlsx", "--detailed-exitcode")
    assert (folder / "r.xlsx").read_bytes() == before
    assert sorted(folder.iterdir()) == there


def test_a_list_comes_in_piece_by_piece(folder):
    on = ("contacts.py", "import", "list.csv", "--book", "r.xlsx", "--limit", "3", "--apply")
    for there in (3, 4, 4):
        exits(0, folder, *on)
        sheet = openpyxl.load_workbook(folder / "r.xlsx")["Saapuneet"]
        assert sum(bool(cell.value) for cell in sheet["A"]) - 1 == there


def test_a_saved_plan_is_applied_as_shown_or_not_at_all(folder):
    exits(0, folder, "contacts.py", "import", "list.csv", "--book", "r.xlsx", "--apply")
    book = ("--book", "r.xlsx", "--fail-on", "never")
    exits(0, folder, "cleanup.py", *book, "--plan-out", "plan.json")
    shown = json.loads((folder / "plan.json").read_text(encoding="utf-8"))
    kept = (folder / "r.xlsx").read_bytes()
    types(folder, "Saapuneet", 2, "Kunta", "Helsinki")
    types(folder, "Saapuneet", 2, "Tulos", "minun")
    edited = (folder / "r.xlsx").read_bytes()
    done = exits(4, folder, "cleanup.py", *book, "--plan", "plan.json", "--apply")
    assert "minun" in done.stderr
    assert (folder / "r.xlsx").read_bytes() == edited
    (folder / "r.xlsx").write_bytes(kept)
    exits(0, folder, "cleanup.py", *book, "--plan", "plan.json", "--apply")
    names = [cell.value for cell in openpyxl.load_workbook(folder / "r.xlsx")["Organisaatiot"]["B"]]
    added = {
        c["after"] for c in shown["changes"] if (c["tab"], c["column"]) == ("organisations", "name")
    }
    assert added <= set(names)


def test_a_run_is_listed_and_taken_back(cleaned):
    runs = json.loads(exits(0, cleaned, "undo.py", "--book", "r.xlsx", "--format", "json").stdout)
    last = runs[0]["run"]
    exits(0, cleaned, "undo.py", last, "--book", "r.xlsx", "--apply")
    sheet = openpyxl.load_workbook(cleaned / "r.xlsx")["Organisaatiot"]
    assert {cell.value for cell in sheet["B"][1:]} == {None}
    exits(2, cleaned, "undo.py", last, "--book", "r.xlsx", "--apply")


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


def test_a_tab_without_headers_and_a_missing_and_a_doubled_column(folder):
    types(folder, "Organisaatiot", 1, "Nimi", "Muu")
    types(folder, "Organisaatiot", 1, "Lyhenne", "Tunnus")
    workbook = openpyxl.load_workbook(folder / "r.xlsx")
    workbook["Verkostot"].delete_rows(1, 10)
    workbook["Verkostot"]["A1"] = "jotain muuta"
    workbook.save(folder / "r.xlsx")
    before = (folder / "r.xlsx").read_bytes()
    done = exits(4, folder, "cleanup.py", "--book", "r.xlsx", "--apply")
    for word in ("Nimi", "Tunnus", "Verkostot"):
        assert word in done.stderr
    assert (folder / "r.xlsx").read_bytes() == before


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


def test_a_template_with_an_undefined_name_stops_every_letter(cleaned):
    (cleaned / "letters").mkdir()
    for letter in (SCRIPTS.parent / "templates" / "letters").iterdir():
        text = letter.read_text(encoding="utf-8")
        if letter.name.startswith("invitation."):
            text += "\n{{ person.shoe_size }}\n"
        (cleaned / "letters" / letter.name).write_text(text, encoding="utf-8")
    (cleaned / "config.toml").write_text('[letters]\ntemplates = "letters"\n', encoding="utf-8")
    for header, value in {
        "Tunnus": "T-00000",
        "Nimi": "Kevätkokous",
        "Laji": "verkostotapaaminen",
        "Pvm": "2030-04-09",
        "Alkaa": "17:00",
        "Paikka": "Espoo",
        "Alue": "Uusimaa",
        "Kutsupohja": "invitation",
        "Tila": "saa lähettää",
    }.items():
        types(cleaned, "Tapaamiset", 2, header, value)
    on = ("T-00000", "--book", "r.xlsx")
    exits(0, cleaned, "invite.py", "plan", *on, "--apply")
    done = exits(2, cleaned, "invite.py", "send", *on, "--apply")
    assert "shoe_size" in done.stderr
    assert "invitation.fi.md.j2" in done.stderr
    assert not (cleaned / "outbox").exists()


@pytest.mark.parametrize("script", VERBS)
def test_a_wrong_flag_is_a_usage_error(tmp_path, script):
    exits(2, tmp_path, script, *VERBS[script][:1], "--no-such-flag")


@pytest.mark.parametrize("script", VERBS)
def test_help_and_version(tmp_path, script):
    words = VERBS[script][:1] or (["lists"] if script == "regions.py" else [])
    assert "--apply" in exits(0, tmp_path, script, *words, "--help").stdout


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_register_and_its_messages_speak_the_same_language(tmp_path, language):
    exits(0, tmp_path, "create.py", "--book", "r.xlsx", "--apply", "--lang", language)
    (tmp_path / "list.csv").write_text(CARDS, encoding="utf-8")
    book = ("--book", "r.xlsx", "--lang", language, "--fail-on", "never")
    exits(0, tmp_path, "contacts.py", "import", "list.csv", *book, "--apply")
    exits(0, tmp_path, "cleanup.py", *book, "--apply")
    assert (
        json.loads(exits(0, tmp_path, "cleanup.py", *book, "--format", "json").stdout)["changes"]
        == []
    )


def test_a_swedish_register_is_asked_in_swedish_whoever_runs_the_cleanup(tmp_path):
    exits(0, tmp_path, "create.py", "--book", "r.xlsx", "--apply", "--lang", "sv")
    (tmp_path / "list.csv").write_text(CARDS, encoding="utf-8")
    exits(0, tmp_path, "contacts.py", "import", "list.csv", "--book", "r.xlsx", "--apply")
    book = ("--book", "r.xlsx", "--fail-on", "never")
    done = exits(0, tmp_path, "cleanup.py", *book, "--apply", "--lang", "en")
    assert "Review" in done.stdout
    sheet = openpyxl.load_workbook(tmp_path / "r.xlsx")["Granska"]
    sentences = [cell.value for cell in sheet["E"][1:]]
    assert any("är tom" in sentence or "Är det" in sentence for sentence in sentences), sentences
    assert plan(tmp_path)["changes"] == []


def test_cron_is_silent_without_news(cleaned):
    done = exits(
        0, cleaned, "cleanup.py", "--book", "r.xlsx", "--apply", "--cron", "--fail-on", "never"
    )
    assert (done.stdout, done.stderr) == ("", "")
