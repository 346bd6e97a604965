"""Each line of ``doctor.py``'s report, made to be a warning or a fault: what it says to do next.

Others are in ``test_upkeep``, ``test_kept_state``, ``test_doctor_mail`` and ``google/test_doctor``.
"""

import json
import shutil
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from register.state.folder import state_folder
from register.state.last_run import note_beginning
from tests.postfix.test_postfix import MEETING
from tests.registers import FileRegister
from tests.sheets_server import SheetsServer, refused
from tests.test_scripts import exits, run

BOOK = ("--book", "r.xlsx")
KEYS = {"lines", "in_place", "fault", "faults"}
LETTERS = '[letters]\nfrom_address = "me@verkosto.example"\n'
TWENTY = [f"H{n};Malli;h{n}@verkosto.example;Espoo;kyllä" for n in range(20)]


@pytest.fixture(scope="module")
def lived(tmp_path_factory):
    """A register with a meeting ahead; one who was in it is erased."""
    folder = tmp_path_factory.mktemp("lived")
    rows = ["Etunimi;Sukunimi;Sähköposti;Kunta;Kutsutaan", *TWENTY]
    (folder / "list.csv").write_text("\n".join(rows), encoding="utf-8")
    exits(0, folder, "create.py", *BOOK, "--apply")
    exits(0, folder, "contacts.py", "import", "list.csv", *BOOK, "--apply")
    meeting = {**MEETING, "Pvm": "3.5.2099", "Vastaa viimeistään": "26.4.2099"}
    FileRegister(folder).types_row("Tapaamiset", 2, meeting)
    exits(0, folder, "cleanup.py", *BOOK, "--apply", "--fail-on", "never")
    exits(0, folder, "privacy.py", "erase", "h7@verkosto.example", *BOOK, "--apply")
    return folder


@pytest.fixture
def place(lived, tmp_path):
    shutil.copytree(lived, tmp_path / "r")
    return tmp_path / "r"


def state(place):
    return state_folder(place / "r.xlsx", place)


def configured(place, text):
    (place / "config.toml").write_text(text, encoding="utf-8")


def unreadable_configuration(place):
    configured(place, "[post\n")


def open_to_all(place):
    (state(place) / "journal.sqlite").chmod(0o644)


def cut_off_erasure(place):
    (state(place) / "erasure.json").write_text("{}", encoding="utf-8")


def lost_key(place):
    (state(place) / "key").unlink()


def no_copies(place):
    configured(place, f"{LETTERS}[backup]\nkeep = 0\n")


def file_for_state(place):
    shutil.rmtree(place / ".verkosto")
    (place / ".verkosto").write_text("", encoding="utf-8")


def renamed_column(place):
    FileRegister(place).types("Yhteyshenkilöt", 1, "Sähköposti", "Sähköpostiosoite")


def lost_column(place):
    FileRegister(place).types("Yhteyshenkilöt", 1, "Seuraaja", "Muuta")


def no_register(place):
    (place / "r.xlsx").unlink()


def runs_that_never_end_well(place):
    (state(place) / "last-run").unlink()
    note_beginning(state(place), datetime.now(ZoneInfo("Europe/Helsinki")) - timedelta(days=4))


def example_sender(place):
    configured(place, "")


def no_mailbox(place):
    configured(place, f'{LETTERS}[mailbox]\nkind = "local"\npath = "no"\n')


def too_many_letters(place):
    configured(place, f"{LETTERS}[post]\nmax_letters = 10\n")


@pytest.mark.parametrize(
    ("condition", "about", "found", "code", "next_step"),
    [
        (unreadable_configuration, "configuration", "fault", 2, "config.example.toml"),
        (no_register, "register", "fault", 2, "python3 scripts/create.py --book"),
        (renamed_column, "schema", "fault", 4, "python3 scripts/doctor.py"),
        (lost_column, "schema", "warning", 0, "python3 scripts/create.py --book"),
        (lost_column, "upgrade", "warning", 0, "python3 scripts/create.py --book"),
        (runs_that_never_end_well, "last_run", "fault", 1, "python3 scripts/autopilot.py --apply"),
        (file_for_state, "state", "fault", 2, "[state] dir"),
        (open_to_all, "private", "fault", 2, "chmod -R go-rwx"),
        (cut_off_erasure, "erasure", "fault", 2, "python3 scripts/privacy.py erase --apply"),
        (no_copies, "backups", "warning", 0, "[backup] keep"),
        (lost_key, "key", "fault", 2, "python3 scripts/"),
        (example_sender, "letters", "fault", 2, "[letters]"),
        (no_mailbox, "mailbox", "fault", 2, "[mailbox] path"),
        (too_many_letters, "limits", "fault", 6, "[post] max_letters"),
    ],
    ids=lambda one: getattr(one, "__name__", None),
)
def test_it_says_what_to_do(place, condition, about, found, code, next_step):
    configured(place, f'{LETTERS}[mailbox]\nkind = "local"\npath = "."\n')
    assert _lines(place, 0)[about] == {("ok", False)}
    condition(place)
    assert (found, True) in _lines(place, code)[about]
    done = json.loads(_said(place, code))
    (said,) = (
        one["next"] for one in done["lines"] if (one["about"], one["state"]) == (about, found)
    )
    assert next_step in said


def _said(place, code):
    return exits(
        code, place, "doctor.py", *BOOK, "--lang", "en", "--mail", "--format", "json"
    ).stdout


def _lines(place, code):
    """Return by what each line is about: its states, and whether it says what to do next."""
    done = json.loads(_said(place, code))
    assert done.keys() == KEYS
    found = {}
    for line in done["lines"]:
        assert line.keys() == {"about", "state", "said", "next"}
        found.setdefault(line["about"], set()).add((line["state"], bool(line["next"])))
    return found


def test_google_that_lets_it_wait(tmp_path):
    with SheetsServer() as server:
        sheet = server.create("Rekisteri")
        sheet.share("robot@project.iam.example", "writer")
        key = tmp_path / "key.json"
        key.touch(mode=0o600)
        key.write_text(json.dumps(server.service_account("robot@project.iam.example")), "utf-8")
        google = f'[google]\nendpoint = "{server.url}"\nkey_file = "key.json"\n'
        configured(tmp_path, f'[book]\nfile = "{sheet.url}"\nlanguage = "en"\n{google}')
        exits(0, tmp_path, "create.py", "--apply")

        def quota():
            done = json.loads(run(tmp_path, "doctor.py", "--lang", "en", "--format", "json").stdout)
            return next(one for one in done["lines"] if one["about"] == "quota")

        assert quota()["state"] == "ok"
        server.fault(lambda request: request.path.startswith("/v4/"), refused(429), times=1)
        told = quota()
        assert told["state"] == "warning" and "other moments" in told["next"]
        key.unlink()
        done = json.loads(
            exits(2, tmp_path, "doctor.py", "--lang", "en", "--format", "json").stdout
        )
        assert done["lines"][-1]["about"] == "sign_in" and done["lines"][-1]["next"]
