"""doctor.py --live: what it asks, where it refuses to, what it leaves behind, what it records."""

import json
import re
from pathlib import Path

import pytest

from register.configuration.sections import GoogleSection
from register.run.live_printing import as_markdown
from register.stores.google_live import LIVE_QUESTIONS, ask_questions, list_questions
from register.stores.google_live.answer import NOT_ASKED
from register.stores.google_live.desk import SCRATCH
from register.stores.google_signin import quota_client
from tests.server.conftest import Wire
from tests.server.replay import replay_recording
from tests.sheets_server import SheetsServer, refused
from tests.test_scripts import exits

ROBOT = "robot@project.iam.example"
PAGE = Path(__file__).parents[2] / "scripts" / "register" / "docs" / "google-live.md"


@pytest.fixture
def setting(tmp_path):
    """A server with an empty sheet, and a folder with a key and a configuration."""
    with SheetsServer(unfit_expected=True) as server:
        sheet = server.create("Kokeilu Kaisalle")
        sheet.share(ROBOT, "writer")
        key = tmp_path / "key.json"
        key.touch(mode=0o600)
        key.write_text(json.dumps(server.service_account(ROBOT)), encoding="utf-8")
        (tmp_path / "config.toml").write_text(
            f'[google]\nendpoint = "{server.url}"\nkey_file = "key.json"\n', encoding="utf-8"
        )
        yield server, sheet, tmp_path


def live(sheet, folder, code, *flags):
    return exits(code, folder, "doctor.py", "--live", "--book", sheet.url, "--lang", "en", *flags)


def titles(sheet):
    return [tab.title for tab in sheet.sheets]


def test_without_apply_it_lists_the_questions_and_asks_nothing(setting):
    server, sheet, folder = setting
    said = live(sheet, folder, 0).stdout
    assert f"Google would be asked {len(LIVE_QUESTIONS)} questions" in said
    assert "typed-iso-date: What does a typed ISO date become?" in said
    assert "Add --apply" in said
    assert server.requests == []
    assert not (folder / "google-live.json").exists()


def test_it_asks_and_takes_its_tabs_away_again(setting):
    server, sheet, folder = setting
    before = server.person(sheet).everything()
    said = live(sheet, folder, 0, "--apply", "--limit", "5").stdout
    assert "✓ typed-iso-date: 46083" in said
    assert "? date-far-away: " in said
    assert "3 answers as expected, 0 otherwise, 2 that nobody knew before" in said
    assert "are in google-live.json" in said
    assert (folder / "google-live.json").stat().st_mode & 0o777 == 0o600
    assert server.person(sheet).everything() == before


def test_programs_can_read_the_answers(setting):
    _, sheet, folder = setting
    done = live(
        sheet, folder, 0, "--apply", "--limit", "3", "--format", "json", "--report-dir", "r"
    )
    found = json.loads(done.stdout)
    assert (found["applied"], found["left"]) == (True, "")
    first, *_, last = found["answers"]
    assert (first["name"], first["found"], first["verdict"]) == (
        "typed-iso-date",
        "46083",
        "as-expected",
    )
    assert (last["name"], last["verdict"]) == ("date-far-away", "noted")
    assert (folder / "r" / "google-live.json").is_file()


def add_tab(server, sheet, title):
    person = server.person(sheet)
    person.add_tab(title)
    return person


@pytest.mark.parametrize("title", ["Organisaatiot", "Kontaktpersoner", "meetings"])
def test_it_refuses_a_sheet_with_a_tab_of_a_register(setting, title):
    server, sheet, folder = setting
    add_tab(server, sheet, title)
    before = titles(sheet)
    said = live(sheet, folder, 6, "--apply").stderr
    assert f"The tab “{title}” is one of a register's" in said
    assert "doctor.py --live --book URL --apply" in said
    assert titles(sheet) == before


def test_it_refuses_a_sheet_with_a_cell_in_it(setting):
    server, sheet, folder = setting
    server.person(sheet).type("Taulukko1", "Z900", "maito")
    said = live(sheet, folder, 6, "--apply").stderr
    assert "The tab “Taulukko1” is not empty" in said
    assert server.person(sheet).value("Taulukko1", "Z900") == "maito"


def test_it_refuses_a_sheet_with_a_note_in_it(setting):
    server, sheet, folder = setting
    server.person(sheet).note("Taulukko1", "B2", "muista")
    assert "is not empty" in live(sheet, folder, 6, "--apply").stderr


def test_it_refuses_a_workbook(tmp_path):
    done = exits(2, tmp_path, "doctor.py", "--live", "--book", "r.xlsx", "--lang", "en", "--apply")
    assert "--live asks Google itself; r.xlsx is a workbook." in done.stderr


def test_it_says_who_may_not_edit(setting):
    _, sheet, folder = setting
    sheet.share(ROBOT, "reader")
    said = live(sheet, folder, 2, "--apply").stderr
    assert f"{ROBOT} may read the sheet but not edit it" in said
    assert titles(sheet) == ["Taulukko1"]


def asks_more(request):
    return request.writes and "updateCells" in json.dumps(request.body)


def test_a_question_that_fails_is_named_and_the_tabs_go_all_the_same(setting):
    server, sheet, folder = setting
    server.fault(asks_more, refused(500))
    said = live(sheet, folder, 1, "--apply", "--limit", "4").stdout
    assert "✗ date-shown: Google was asked to write" in said
    assert "1 questions without an answer" in said
    assert titles(sheet) == ["Taulukko1"]


def test_tabs_that_an_earlier_call_left_go_too(setting):
    server, sheet, folder = setting
    person = add_tab(server, sheet, f"{SCRATCH} 7")
    person.type(f"{SCRATCH} 7", "A1", "left")
    live(sheet, folder, 0, "--apply", "--limit", "1")
    assert titles(sheet) == ["Taulukko1"]


def test_it_refuses_a_sheet_with_a_named_range(setting):
    server, sheet, folder = setting
    named = {"name": "Jäsenet", "range": {"sheetId": 0}}
    server.person(sheet).do({"addNamedRange": {"namedRange": named}})
    assert "The sheet has a named range, “Jäsenet”" in live(sheet, folder, 6, "--apply").stderr


def goes_away(request):
    return request.writes and all("deleteSheet" in one for one in request.body["requests"])


def test_a_tab_that_cannot_be_taken_away_is_named(setting):
    server, sheet, folder = setting
    server.fault(goes_away, refused(400, "Not now."))
    done = live(sheet, folder, 1, "--apply", "--limit", "1")
    assert f"The tab “{SCRATCH} " in done.stderr
    assert "delete it by hand" in done.stderr


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """All questions asked of our server, without waiting for quota: the sheet, the answers."""
    key = tmp_path_factory.mktemp("key") / "key.json"
    with SheetsServer(unfit_expected=True) as server:
        sheet = server.create("Kokeilu Kaisalle")
        sheet.share(ROBOT, "writer")
        key.touch(mode=0o600)
        key.write_text(json.dumps(server.service_account(ROBOT)), encoding="utf-8")
        section = GoogleSection(endpoint=server.url, key_file=str(key))
        http = quota_client(section, sleep=lambda seconds: None)
        found = ask_questions(http, sheet.id, lambda answer: None)
        yield sheet, found


def test_every_question_has_an_answer(whole):
    sheet, found = whole
    assert [one.fault for one in found.answers if one.verdict == NOT_ASKED] == []
    assert all(one.found for one in found.answers)
    assert len(found.answers) >= 30
    assert titles(sheet) == ["Taulukko1"]


def test_the_recording_holds_nothing_of_anybodys(whole):
    sheet, found = whole
    text = json.dumps(found.recording, ensure_ascii=False)
    for secret in (
        sheet.id,
        "Kaisalle",
        "Taulukko1",
        ROBOT,
        "person@example.org",
        "ya29.",
        "Bearer",
    ):
        assert secret not in text
    assert not re.search(r"[\w.]+@[\w.]+", text.replace("@ x", ""))
    assert "<book>" in text


def test_the_recording_is_one_that_our_server_can_be_held_against(whole):
    _, found = whole
    recording = json.loads(json.dumps(found.recording))
    assert len(recording["exchanges"]) > 100
    with SheetsServer(anybody=True, unfit_expected=True) as server:
        replay_recording(Wire(server.url), recording)


def test_a_server_that_answers_otherwise_is_found_out(whole):
    _, found = whole
    recording = json.loads(json.dumps(found.recording))
    (read,) = [
        one for one in recording["exchanges"] if one["reply"].get("values") == [["2.3.2026"]]
    ]
    read["reply"]["values"] = [["2.3.26"]]
    with SheetsServer(anybody=True, unfit_expected=True) as server:
        wire = Wire(server.url)
        with pytest.raises(AssertionError):
            replay_recording(wire, recording)


def test_the_page_lists_the_questions():
    assert PAGE.read_text(encoding="utf-8") == as_markdown(list_questions())


def test_every_question_has_a_name_of_its_own():
    names = [question.name for question, _ in LIVE_QUESTIONS]
    assert len(names) == len(set(names))
