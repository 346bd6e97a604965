"""One run that does all that is due: each part on its own, quiet unless there is news."""

import json
import platform

import pytest

from tests.registers import configure, living_in, new_register
from tests.sheets_server import SheetsServer
from tests.sheets_server.faults import refused
from tests.test_both_stores import NEVER, does
from tests.test_scripts import CARDS, run


@pytest.fixture(params=["workbook", "google"])
def register(request, tmp_path):
    (tmp_path / "list.csv").write_text(CARDS, encoding="utf-8")
    with living_in(request.param, tmp_path) as made:
        does(0, made, "contacts.py", "import", "list.csv", "--apply")
        yield made


def parts(code, register, *flags):
    said = json.loads(does(code, register, "autopilot.py", "--format", "json", *flags).stdout)
    assert said["exit_code"] == code
    return {part["part"]: part for part in said["parts"]}


def mailbox(register, folder="mail"):
    (register.folder / "mail").mkdir()
    configure(register, f'\n[mailbox]\nkind = "local"\npath = "{folder}"\n')


def test_one_run_does_what_the_verbs_do_one_by_one(register):
    mailbox(register)
    before = register.content()
    shown = parts(0, register, "--plan", *NEVER)
    assert shown["cleanup"]["changes"] and register.content() == before
    done = parts(0, register, "--apply", *NEVER)
    assert done["cleanup"]["applied"] and done["replies"]["applied"]
    assert "Maija" in register.column("Yhteyshenkilöt", "Etunimi")
    assert not parts(0, register, "--apply", *NEVER)["cleanup"]["changes"]


def test_what_a_killed_match_of_lists_left_goes_with_the_night(register):
    configure(register, f'\n[match]\nfolder = "{register.folder}"\n')
    left = register.folder / f"verkosto-{platform.node()}-999999999-a"
    left.mkdir()
    (left / "matching.duckdb").write_text("Maija")
    does(0, register, "autopilot.py", *NEVER)
    assert left.exists()
    does(0, register, "autopilot.py", "--apply", "--cron", *NEVER)
    assert not left.exists()


def test_a_part_that_fails_is_told_and_stops_no_other(register):
    mailbox(register, "nowhere")
    done = does(2, register, "autopilot.py", "--apply", "--cron", *NEVER)
    assert "nowhere" in done.stdout
    assert "Maija" in register.column("Yhteyshenkilöt", "Etunimi")


def test_a_ledger_that_cannot_be_read_is_told_where_no_meeting_asks_for_letters(register):
    does(0, register, "autopilot.py", "--apply", "--cron", *NEVER)
    (ledger,) = (register.folder / ".verkosto").glob("*/ledger.sqlite")
    ledger.write_bytes(b"spoilt" * 1000)
    done = does(2, register, "autopilot.py", "--apply", "--cron", *NEVER)
    assert str(ledger) in done.stdout


def test_cron_says_nothing_where_nothing_is_new(register):
    first = does(0, register, "autopilot.py", "--apply", "--cron", *NEVER)
    again = does(0, register, "autopilot.py", "--apply", "--cron", *NEVER)
    assert first.stdout and (again.stdout, again.stderr) == ("", "")


def test_cron_names_the_findings_that_are_to_fail_a_run(register):
    """Warnings, where they count; where only errors do, they wait for the digest."""
    register.types_down("Organisaatiot", "Y-tunnus", {2: "1234567-8"})
    register.types_down("Organisaatiot", "Sähköposti", {2: "kyla@example"})
    does(1, register, "autopilot.py", "--apply", "--cron")
    again = does(1, register, "autopilot.py", "--apply", "--cron")
    named = does(1, register, "autopilot.py", "--apply", "--cron", "--fail-on", "warning")
    assert again.stdout == ""
    assert "”kyla@example” ei ole" in named.stdout and "Kotikunta on tyhjä" in named.stdout


def test_a_register_that_cannot_be_read_any_more_hides_nothing_that_was_done(tmp_path):
    (tmp_path / "list.csv").write_text(CARDS, encoding="utf-8")
    with SheetsServer() as server:
        register = new_register("google").twin(tmp_path, server)
        does(0, register, "contacts.py", "import", "list.csv", "--apply")
        written = []

        def is_read_after(request):
            written.extend([request] * request.writes)
            return len(written) > 2 and not request.writes

        server.fault(is_read_after, refused(403, "The caller does not have permission"), times=99)
        told = parts(2, register, "--apply", *NEVER)
    assert told["cleanup"]["applied"] and told["cleanup"]["changes"]
    assert "jaettu" in told["invite advance"]["fault"] and "jaettu" in told["autopilot"]["fault"]


def test_to_show_and_to_do_are_not_asked_for_at_once(register):
    assert run(register.folder, "autopilot.py", "--plan", "--apply").returncode == 2


def test_the_weekly_letter_goes_only_where_the_configuration_lets_it(register):
    register.types("Valikot", 2, "Vastuuhenkilöt", "Liisa")
    register.types("Valikot", 2, "Vastuuhenkilön sähköposti", "liisa@example.org")
    cells = {"Pvm": "2026-01-02", "Organisaatio": "Espoon kyläyhdistys ry", "Laji": "yhteistyö"}
    cells |= {"Asia": "tila", "Vastuu": "Liisa", "Tilanne": "auki", "Seuraava askel": "soita"}
    cells |= {"Määräpäivä": "2026-01-09"}
    register.types_row("Yhteistyö", 2, cells)
    does(0, register, "autopilot.py", "--apply", *NEVER)
    assert not (register.folder / "outbox").exists()
    configure(register, '\n[letters]\nautomatic = ["digest"]\nfrom_address = "me@example.net"\n')
    for _ in range(2):
        does(0, register, "autopilot.py", "--apply", *NEVER)
        assert len([*(register.folder / "outbox").rglob("*.eml")]) == 1


def test_lists_are_kept_as_tabs_and_made_anew_only_where_somebody_has_changed(register):
    configure(register, "\n[autopilot]\nlists = true\n")
    assert parts(0, register, "--plan", *NEVER)["lists"]["notes"]
    for _ in range(2):
        said = parts(0, register, "--apply", *NEVER)["lists"]["notes"]
    assert said == [] and "Espoo" in register.beside("⚙ Uusimaa")
    register.types("Yhteyshenkilöt", 2, "Huom", "uusi")
    assert parts(0, register, "--apply", *NEVER)["lists"]["notes"]


def test_a_cleanup_with_nothing_to_do_is_not_done_again_before_something_changes(register):
    """What is wrong with rows is told all the same, with the same exit code."""
    register.types("Yhteyshenkilöt", 2, "Etunimi", "Aku")
    register.types("Yhteyshenkilöt", 2, "Puhelin", "soita")
    for _ in range(3):
        done = run(register.folder, "autopilot.py", *register.book, "--apply", *NEVER)
    kept = next(register.folder.rglob("clean-digest"))
    whole, kept_before = parts(0, register, "--apply", *NEVER)["cleanup"], kept.read_bytes()
    kept.write_bytes(b"")
    again = parts(0, register, "--apply", *NEVER)["cleanup"]
    assert done.returncode == 0 and kept.read_bytes() == kept_before
    assert whole["findings"] and whole["findings"] == again["findings"]
    strict = run(register.folder, "autopilot.py", *register.book, "--apply", "--fail-on", "warning")
    assert strict.returncode == 1
    register.types("Yhteyshenkilöt", 2, "Sukunimi", "  ankka ")
    assert parts(0, register, "--apply", *NEVER)["cleanup"]["changes"]
    assert register.column("Yhteyshenkilöt", "Sukunimi")[0] == "ankka"
