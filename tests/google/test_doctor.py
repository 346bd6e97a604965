"""doctor.py at each step of the way to a shared sheet, as a person runs it."""

import json

import pytest

from tests.sheets_server import SheetsServer, page, refused
from tests.test_scripts import exits

ROBOT = "robot@project.iam.example"


@pytest.fixture
def setting(tmp_path):
    """A server with an empty sheet, and a folder with a key and a configuration."""
    with SheetsServer() as server:
        sheet = server.create("Yhdistysrekisteri")
        key = tmp_path / "key.json"
        key.touch(mode=0o600)
        key.write_text(json.dumps(server.service_account(ROBOT)), encoding="utf-8")
        (tmp_path / "config.toml").write_text(
            f'[book]\nfile = "{sheet.url}"\n'
            f'[google]\nendpoint = "{server.url}"\nkey_file = "key.json"\n',
            encoding="utf-8",
        )
        yield server, sheet, tmp_path


def doctor(folder, code, *flags):
    return exits(code, folder, "doctor.py", "--lang", "en", *flags).stdout


def test_from_the_first_step_to_the_last(setting):
    _, sheet, folder = setting
    (folder / "key.json").chmod(0o644)
    assert "chmod 600" in doctor(folder, 2)
    (folder / "key.json").chmod(0o600)
    said = doctor(folder, 2)
    assert "share the sheet with this address, as an editor" in said
    assert f"✗ The sheet is not shared with {ROBOT}." in said
    sheet.share(ROBOT, "reader")
    said = doctor(folder, 2)
    assert "✓ The sheet “Yhdistysrekisteri” opens." in said
    assert f"✗ {ROBOT} may read the sheet but not edit it." in said
    sheet.share(ROBOT, "writer")
    said = doctor(folder, 4)
    assert "✓ It may be edited." in said
    assert "create.py --book" in said
    exits(0, folder, "create.py", "--apply")
    said = doctor(folder, 0)
    assert "It is laid out as a register: 0 organisations, 0 people." in said
    assert said.rstrip().endswith("Everything is in place.")


def test_looking_changes_nothing(setting):
    server, sheet, folder = setting
    sheet.share(ROBOT, "writer")
    exits(0, folder, "create.py", "--apply")
    person = server.person(sheet)
    person.type("Organisaatiot", "B2", "Esimerkki ry")
    before = person.everything()
    doctor(folder, 0)
    assert person.everything() == before


def test_it_is_silent_under_cron_where_all_is_well(setting):
    _, sheet, folder = setting
    sheet.share(ROBOT, "writer")
    exits(0, folder, "create.py", "--apply")
    assert doctor(folder, 0, "--cron") == ""


def test_programs_can_read_it(setting):
    _, _, folder = setting
    found = json.loads(doctor(folder, 2, "--format", "json"))
    assert ROBOT in " ".join(found["in_place"])
    assert "not shared" in found["fault"]


@pytest.mark.parametrize(
    ("fault", "code", "said"),
    [
        (page(403), 75, "guest network"),
        (
            refused(
                403, "Google Sheets API has not been used in project 1 before or it is disabled."
            ),
            2,
            "switched on",
        ),
        (refused(404), 2, "no Google Sheet at this address"),
    ],
)
def test_what_stands_in_the_way_is_named(setting, fault, code, said):
    server, sheet, folder = setting
    sheet.share(ROBOT, "writer")
    server.fault(lambda request: request.path.startswith("/v4/"), fault, times=9)
    assert said in doctor(folder, code)


def test_a_workbook_is_examined_too(tmp_path):
    done = exits(2, tmp_path, "doctor.py", "--book", "r.xlsx", "--lang", "en")
    assert "create.py --book" in done.stdout
    exits(0, tmp_path, "create.py", "--book", "r.xlsx", "--apply")
    assert "Everything is in place." in doctor(tmp_path, 0, "--book", "r.xlsx")
    (tmp_path / "r.xlsx").write_text("Nimi;Puhelin\n", encoding="utf-8")
    assert "✗" in doctor(tmp_path, 2, "--book", "r.xlsx")
