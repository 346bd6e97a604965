"""``doctor.py`` on a register in use: what it says of runs, lock, lease, secrets and upgrades."""

import json
import shutil
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from filelock import FileLock

from register.book.schema import schema
from register.state.folder import state_folder
from register.state.last_run import note_good_run
from register.stores.tab_headers import named_tabs
from tests.pymap_server import PASSWORD, USER, imap_server
from tests.registers import living_in
from tests.run.test_two_computers import at_work
from tests.test_both_stores import does
from tests.test_older_register import FROZEN
from tests.test_scripts import exits, run

NOW = datetime.now(ZoneInfo("Europe/Helsinki"))
BOOK = ("--book", "r.xlsx", "--lang", "en")
NEVER = ("--fail-on", "never")


@pytest.fixture
def place(tmp_path):
    exits(0, tmp_path, "create.py", *BOOK, "--apply")
    return tmp_path


def lines(folder, code=0, *flags):
    """Return what doctor said, by what it is about: its state, the sentence, what to do next."""
    done = exits(code, folder, "doctor.py", *BOOK, "--format", "json", *flags)
    found = json.loads(done.stdout)["lines"]
    assert all(bool(one["next"]) is (one["state"] != "ok") for one in found)
    return {one["about"]: (one["state"], one["said"], one["next"]) for one in found}


def test_everything_has_a_line(place):
    exits(0, place, "cleanup.py", *BOOK, "--apply")
    found = lines(place)
    assert {state for state, _, _ in found.values()} == {"ok"}
    assert {"version", "configuration", "secrets", "register", "schema", "upgrade"} <= set(found)
    assert {"lease", "lock", "last_run", "state", "private", "backups"} <= set(found)


def test_silence_is_told_until_a_run_ends_well(place):
    state = state_folder(place / "r.xlsx", place)
    assert "No run" in exits(0, place, "doctor.py", *BOOK, "--alive").stdout
    exits(0, place, "autopilot.py", *BOOK, "--apply", *NEVER)
    exits(0, place, "doctor.py", *BOOK, "--alive")
    note_good_run(state, NOW - timedelta(days=5, hours=1))
    assert "for 5 days" in exits(1, place, "doctor.py", *BOOK, "--alive").stdout
    state_of, _, remedy = lines(place, 1)["last_run"]
    assert state_of == "fault" and "autopilot.py --apply" in remedy
    (place / "config.toml").write_text("[autopilot]\nsilent_days = 30\n", encoding="utf-8")
    exits(0, place, "doctor.py", *BOOK, "--alive")
    (place / "config.toml").unlink()
    night = (*BOOK, "--apply", "--cron", *NEVER)
    assert "for 5 days" in exits(0, place, "autopilot.py", *night).stderr
    assert exits(0, place, "autopilot.py", *night).stderr == ""
    exits(0, place, "doctor.py", *BOOK, "--alive")


def test_a_part_that_fails_is_no_good_run(place):
    (place / "config.toml").write_text('[mailbox]\nkind = "local"\npath = "no"\n', encoding="utf-8")
    assert run(place, "autopilot.py", *BOOK, "--apply", *NEVER).returncode
    assert "No run" in exits(0, place, "doctor.py", *BOOK, "--alive").stdout


@pytest.mark.parametrize("kept", [b"", b"\xff\xfe", b"yesterday", b"9" * 5000, b"2026-11-01"])
def test_a_moment_that_cannot_be_read_is_none(place, kept):
    exits(0, place, "cleanup.py", *BOOK, "--apply")
    (state_folder(place / "r.xlsx", place) / "last-run").write_bytes(kept)
    assert "No run" in exits(0, place, "doctor.py", *BOOK, "--alive").stdout


def test_a_run_at_work_is_a_warning(place):
    exits(0, place, "cleanup.py", *BOOK, "--apply")
    with FileLock(state_folder(place / "r.xlsx", place) / "lock"):
        assert lines(place)["lock"][0] == "warning"
    assert lines(place)["lock"][0] == "ok"


@pytest.mark.parametrize(("minutes", "said"), [(30, "is at work"), (-5, "was cut off")])
def test_another_computer_is_a_warning(tmp_path, minutes, said):
    with living_in("workbook", tmp_path) as register:
        at_work(register, timedelta(minutes=minutes))
        done = does(0, register, "doctor.py", "--lang", "en", "--format", "json")
        (line,) = (one for one in json.loads(done.stdout)["lines"] if one["about"] == "lease")
    assert line["state"] == "warning" and said in line["said"] and "other 0a0a" in line["said"]


def test_an_upgrade_that_waits_is_told_with_its_command(tmp_path):
    shutil.unpack_archive(FROZEN, tmp_path)
    state, said, remedy = lines(tmp_path)["upgrade"]
    assert state == "warning" and "lacks" in said and "create.py --book" in remedy
    exits(0, tmp_path, "create.py", *BOOK, "--apply")
    assert lines(tmp_path)["upgrade"][0] == "ok"


def room(register, *flags):
    done = does(0, register, "doctor.py", "--lang", "en", "--format", "json", *flags)
    (line,) = (one for one in json.loads(done.stdout)["lines"] if one["about"] == "room")
    return line["state"], line["said"], line["next"]


def test_a_log_that_has_grown_long_is_told_with_what_to_do(tmp_path):
    """The last of its lines stands far down: so many would be too slow for a test."""
    with living_in("workbook", tmp_path) as register:
        register.types_row("Loki", 90_001, {"Tunnus": "L-000000000", "Ajo": "20260302-093000.0"})
        state, said, remedy = room(register)
        assert state == "warning" and "Loki is nearly full; its rows: 90,000" in said
        assert f"“Loki {NOW.year}”" in remedy and "create.py --book" in remedy
        night = does(0, register, "autopilot.py", "--lang", "en", "--apply", *NEVER).stdout
        assert "Loki is nearly full" in night and "create.py --book" in night


def test_a_log_with_words_for_a_moment_is_no_fault(tmp_path):
    with living_in("workbook", tmp_path) as register:
        register.types_row("Loki", 2, {"Tunnus": "L-000000000", "Aika": "eilen illalla"})
        done = does(0, register, "doctor.py", "--lang", "en", "--format", "json")
        (line,) = (one for one in json.loads(done.stdout)["lines"] if one["about"] == "elsewhere")
        assert line["state"] == "ok"


@pytest.mark.parametrize("store", ["workbook", "google"])
def test_a_log_may_be_set_aside_for_a_new_one(tmp_path, store):
    with living_in(store, tmp_path) as register:
        register.types_row(
            "Organisaatiot", 2, {"Nimi": "Espoon Martat ry", "Puhelin": "0401112222"}
        )
        does(0, register, "cleanup.py", "--apply", *NEVER)
        lines_then = register.rows("Loki")
        register.rename_tab("Loki", "Loki 2026")
        assert "create.py" in does(4, register, "cleanup.py", "--apply", "--lang", "en").stderr
        does(0, register, "create.py", "--apply")
        register.types("Organisaatiot", 2, "Puhelin", "0401113333")
        does(0, register, "cleanup.py", "--apply", *NEVER)
        assert lines_then and register.rows("Loki 2026") == lines_then
        assert [one for one in register.rows("Loki") if "Puhelin" in one.values()]
        assert room(register)[0] == "ok"


@pytest.mark.parametrize("title", ["Loki 2", "Vanha loki", "Lokki"])
def test_a_log_of_another_name_is_still_asked_about(title):
    others = [tab.titles["fi"] for tab in schema().tabs.values() if tab.key != "log"]
    _, (fault,) = named_tabs([*others, title])
    assert fault[1]["guess"] == title


def test_secrets_that_others_can_read_are_a_fault(place):
    (place / "password").write_text("sala", encoding="utf-8")
    (place / "password").chmod(0o644)
    config = '[post]\nkind = "smtp"\nhost = "mail.example"\npassword_file = "password"\n'
    (place / "config.toml").write_text(config, encoding="utf-8")
    found = lines(place, 2)
    state, said, remedy = found["secrets"]
    assert state == "fault" and "password" in said and "chmod 600" in remedy
    assert {found[one][0] for one in ("register", "schema")} == {"ok"}, "the rest is looked at too"
    (place / "password").chmod(0o600)
    assert lines(place)["secrets"][0] == "ok"


def test_the_mailbox_is_opened_as_answers_are_read(place, monkeypatch):
    letters = '[letters]\nfrom_address = "me@verkosto.example"\n'
    with imap_server() as port:
        (place / "config.toml").write_text(
            f'{letters}[mailbox]\nkind = "imap"\nhost = "127.0.0.1"\nport = {port}\n'
            f'security = "none"\nuser = "{USER}"\n',
            encoding="utf-8",
        )
        monkeypatch.setenv("VERKOSTO_IMAP_PASSWORD", PASSWORD)
        assert lines(place, 0, "--mail")["imap"][0] == "ok"
        monkeypatch.setenv("VERKOSTO_IMAP_PASSWORD", "wrong")
        state, said, _ = lines(place, 2, "--mail")["imap"]
        assert state == "fault" and "wrong" not in said
