"""Every verb does the same on a workbook and on a Google Sheet, run as a person runs it."""

import json
import re

import pytest

from tests.registers import FileRegister, GoogleRegister, configure, created, living_in
from tests.sheets_server import SheetsServer
from tests.test_scripts import CARDS, SCRIPTS, exits, run

MEETING = {
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
NEVER = ("--fail-on", "never")


@pytest.fixture(params=["workbook", "google"])
def blank(request, tmp_path):
    """No register yet."""
    (tmp_path / "list.csv").write_text(CARDS, encoding="utf-8")
    if request.param == "workbook":
        yield FileRegister(tmp_path)
        return
    with SheetsServer() as server:
        yield GoogleRegister(tmp_path, server)


@pytest.fixture
def register(register):
    (register.folder / "list.csv").write_text(CARDS, encoding="utf-8")
    return register


@pytest.fixture(scope="module", params=["workbook", "google"])
def cleaned_once(request, tmp_path_factory):
    with living_in(request.param, tmp_path_factory.mktemp("cleaned")) as made:
        (made.folder / "list.csv").write_text(CARDS, encoding="utf-8")
        does(0, made, "contacts.py", "import", "list.csv", "--apply")
        does(0, made, "cleanup.py", "--apply", *NEVER)
        yield made


@pytest.fixture
def cleaned(cleaned_once, tmp_path):
    with SheetsServer() as server:
        yield cleaned_once.twin(tmp_path, server)


def does(code, register, script, *arguments):
    return exits(code, register.folder, script, *arguments, *register.book)


def plan(register):
    done = run(register.folder, "cleanup.py", *register.book, "--format", "json", *NEVER)
    return json.loads(done.stdout)


def test_from_a_list_to_an_invitation(cleaned):
    cleaned.types_row("Tapaamiset", 2, MEETING)
    does(0, cleaned, "cleanup.py", "--apply", *NEVER)
    (meeting,) = filter(None, cleaned.column("Tapaamiset", "Tunnus"))
    does(0, cleaned, "invite.py", "plan", meeting, "--apply")
    does(6, cleaned, "invite.py", "send", meeting, "--apply")
    cleaned.types("Tapaamiset", 2, "Tila", "saa lähettää")
    does(0, cleaned, "invite.py", "preview", meeting, "--report-dir", "preview")
    does(0, cleaned, "invite.py", "send", meeting, "--apply")
    letters = list((cleaned.folder / "outbox").glob("*.eml"))
    assert len(letters) == 1
    again = does(0, cleaned, "invite.py", "send", meeting, "--apply").stdout
    assert "0 kirjettä" not in again and "Yhtään kirjettä ei ollut odottamassa" in again
    assert list((cleaned.folder / "outbox").glob("*.eml")) == letters
    shown = does(0, cleaned, "invite.py", "status", meeting, "--format", "json").stdout
    (letter,) = json.loads(shown)["letters"]
    assert set(letter) == {"person", "address", "state", "message_id", "rsvp"}
    assert (letter["address"], letter["state"]) == ("maija.malli@example.org", "rehearsed")
    assert (cleaned.folder / "preview" / "outbox.html").is_file()


def test_a_second_cleanup_has_nothing_to_do(cleaned):
    assert plan(cleaned)["changes"] == []
    does(0, cleaned, "cleanup.py", "--detailed-exitcode", *NEVER)


def test_loki_tells_once_that_a_row_was_deleted(cleaned):
    person = cleaned.rows("Yhteyshenkilöt")[0]["Tunnus"]
    cleaned.deletes("Yhteyshenkilöt", 2)
    for _ in range(2):
        does(0, cleaned, "cleanup.py", "--apply", *NEVER)
    told = [line["Rivi"] for line in cleaned.rows("Loki") if line["Sarake"] == "×"]
    assert told == [person]


def test_the_json_of_check_and_cleanup_is_a_contract(register):
    does(0, register, "contacts.py", "import", "list.csv", "--apply")
    checked = json.loads(
        run(register.folder, "check.py", *register.book, "--format", "json").stdout
    )
    assert checked["rows"]["inbox"] == 4
    keys = {"tab", "row", "row_id", "column", "code", "severity", "message"}
    assert all(keys <= set(finding) for finding in checked["findings"])
    cleaned = plan(register)
    assert {"changes", "findings", "applied", "run"} <= set(cleaned)
    keys = {"tab", "row_id", "column", "before", "after", "reason", "kind", "group"}
    assert all(set(change) == keys for change in cleaned["changes"])
    assert not cleaned["applied"]


def test_both_stores_find_and_plan_the_same(tmp_path):
    found = []
    with SheetsServer() as server:
        (tmp_path / "file").mkdir()
        (tmp_path / "google").mkdir()
        for register in (
            FileRegister(tmp_path / "file"),
            GoogleRegister(tmp_path / "google", server),
        ):
            (register.folder / "list.csv").write_text(CARDS, encoding="utf-8")
            created(register)
            does(0, register, "contacts.py", "import", "list.csv", "--apply")
            register.types_row("Tapaamiset", 2, MEETING)
            planned = plan(register)
            found.append(
                [
                    [(c["tab"], c["column"], c["kind"]) for c in planned["changes"]],
                    [(f["tab"], f["row"], f["code"], f["message"]) for f in planned["findings"]],
                ]
            )
    assert found[0] == found[1]
    assert len(found[0][0]) > 10


def test_without_apply_nothing_is_written(register):
    before = register.content()
    there = sorted(register.folder.iterdir())
    does(0, register, "contacts.py", "import", "list.csv")
    does(3, register, "contacts.py", "import", "list.csv", "--detailed-exitcode")
    assert register.content() == before
    assert sorted(register.folder.iterdir()) == there


def test_a_list_comes_in_piece_by_piece(register):
    for there in (3, 4, 4):
        does(0, register, "contacts.py", "import", "list.csv", "--limit", "3", "--apply")
        assert sum(map(bool, register.column("Saapuneet", "Tunnus"))) == there


def test_a_saved_plan_is_applied_as_shown_or_not_at_all(register):
    does(0, register, "contacts.py", "import", "list.csv", "--apply")
    does(0, register, "cleanup.py", *NEVER, "--plan-out", "plan.json")
    shown = json.loads((register.folder / "plan.json").read_text(encoding="utf-8"))
    register.types("Saapuneet", 2, "Kunta", "Helsinki")
    register.types("Saapuneet", 2, "Tulos", "minun")
    edited = register.content()
    done = does(4, register, "cleanup.py", *NEVER, "--plan", "plan.json", "--apply")
    assert "minun" in done.stderr
    assert register.content() == edited
    register.types("Saapuneet", 2, "Kunta", "Espoo")
    register.types("Saapuneet", 2, "Tulos", "")
    does(0, register, "cleanup.py", *NEVER, "--plan", "plan.json", "--apply")
    added = {
        c["after"] for c in shown["changes"] if (c["tab"], c["column"]) == ("organisations", "name")
    }
    assert added <= set(register.column("Organisaatiot", "Nimi"))


def test_a_run_is_listed_and_taken_back(cleaned):
    runs = json.loads(does(0, cleaned, "undo.py", "--format", "json").stdout)
    last = runs[0]["run"]
    does(0, cleaned, "undo.py", last, "--apply")
    assert not any(cleaned.column("Organisaatiot", "Nimi"))
    does(2, cleaned, "undo.py", last, "--apply")


def test_the_lists_of_the_regions(cleaned):
    does(0, cleaned, "regions.py", "lists", "--report-dir", "lists")
    pages = [page.read_text(encoding="utf-8") for page in cleaned.folder.rglob("lists/**/*.html")]
    assert any("Espoon kyläyhdistys ry" in page for page in pages)


def test_headers_that_are_gone_are_named_and_nothing_is_written(register):
    register.renames("Organisaatiot", "Nimi", "Muu")
    register.renames("Organisaatiot", "Lyhenne", "Tunnus")
    register.clears("Verkostot")
    before = register.content()
    done = does(4, register, "cleanup.py", "--apply")
    for word in ("Nimi", "Tunnus", "Verkostot"):
        assert word in done.stderr
    assert register.content() == before


def test_a_template_with_an_undefined_name_stops_every_letter(cleaned):
    (cleaned.folder / "letters").mkdir()
    for letter in (SCRIPTS.parent / "templates" / "letters").iterdir():
        text = letter.read_text(encoding="utf-8")
        if letter.name.startswith("invitation."):
            text += "\n{{ person.shoe_size }}\n"
        (cleaned.folder / "letters" / letter.name).write_text(text, encoding="utf-8")
    configure(cleaned, '[letters]\ntemplates = "letters"\n')
    cleaned.types_row("Tapaamiset", 2, {**MEETING, "Tunnus": "T-00000", "Tila": "saa lähettää"})
    does(0, cleaned, "invite.py", "plan", "T-00000", "--apply")
    done = does(2, cleaned, "invite.py", "send", "T-00000", "--apply")
    assert "shoe_size" in done.stderr
    assert "invitation.fi.md.j2" in done.stderr
    assert not (cleaned.folder / "outbox").exists()


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_register_and_its_messages_speak_the_same_language(blank, language):
    created(blank, language)
    speaking = ("--lang", language, *NEVER)
    does(0, blank, "contacts.py", "import", "list.csv", "--lang", language, "--apply")
    does(0, blank, "cleanup.py", *speaking, "--apply")
    again = does(0, blank, "cleanup.py", *speaking, "--format", "json").stdout
    assert json.loads(again)["changes"] == []


def test_a_swedish_register_is_asked_in_swedish_whoever_runs_the_cleanup(blank):
    created(blank, "sv")
    does(0, blank, "contacts.py", "import", "list.csv", "--apply")
    done = does(0, blank, "cleanup.py", *NEVER, "--apply", "--lang", "en")
    assert "Granska" in done.stdout and "Review" not in done.stdout
    sentences = " ".join(blank.column("Granska", "Vad"))
    assert "är tom" in sentences or "Är det" in sentences
    assert plan(blank)["changes"] == []


def test_what_is_printed_names_the_tabs_as_they_are_in_the_register(cleaned):
    """A reader of English has to find in the sheet what an English sentence names."""
    other = re.compile(r"\b(Contacts|Organisations|Review|Inbox|Log|Granska|Kontaktpersoner)\b")
    ours = re.compile(r"\b(Yhteyshenkilöt|Organisaatiot|Tarkista|Saapuneet)\b")
    cleaned.types("Yhteyshenkilöt", 2, "Sähköposti", "ei ole")
    for script in ("check.py", "cleanup.py", "undo.py"):
        said = does(0, cleaned, script, "--lang", "en", *NEVER).stdout
        assert ours.search(said) and not other.search(said), said


def test_cron_is_silent_without_news(cleaned):
    done = does(0, cleaned, "cleanup.py", "--apply", "--cron", *NEVER)
    assert (done.stdout, done.stderr) == ("", "")


def test_an_existing_register_gets_what_it_lacks_and_nothing_else(cleaned):
    cleaned.types("Organisaatiot", 9, "Huom", "Soita ensin")
    before = cleaned.content()
    does(0, cleaned, "create.py", "--apply")
    assert cleaned.content() == before
    cleaned.renames("Organisaatiot", "Lyhenne", "Oma sarake")
    does(0, cleaned, "create.py", "--apply")
    assert cleaned.column("Organisaatiot", "Huom")[7] == "Soita ensin"
    assert not any(cleaned.column("Organisaatiot", "Lyhenne"))


def test_the_doctor_finds_everything_in_place(cleaned):
    assert "✓" in does(0, cleaned, "doctor.py").stdout


def test_what_a_run_cost_is_told_when_asked(tmp_path):
    with SheetsServer() as server:
        register = GoogleRegister(tmp_path, server)
        created(register)
        for _ in range(2):
            done = does(0, register, "cleanup.py", "--apply", "-v", "--lang", "en", *NEVER)
    assert "Google: 3 reads, 0 writes, 0 kB sent" in done.stderr


def test_doubles_are_found_decided_merged_regretted_and_never_asked_again(register):
    people = (
        {"Etunimi": "Maija", "Sukunimi": "Aalto", "Puhelin": "040 123 4567"},
        {"Etunimi": "Maija", "Sukunimi": "Alto", "Puhelin": "0401234567"},
    )
    for number, person in enumerate(people, start=2):
        register.types_row("Yhteyshenkilöt", number, person)
    clean = ("cleanup.py", "--apply", *NEVER)
    does(0, register, *clean)
    row = 2 + register.column("Tarkista", "Laji").index("kaksoiskappale")
    asked = register.column("Tarkista", "Laji").count("kaksoiskappale")
    register.types("Tarkista", row, "Päätös", "sama")
    does(0, register, *clean)
    assert "yhdistetty" in register.column("Yhteyshenkilöt", "Tila")
    merged = [
        n for n, key in enumerate(register.column("Loki", "Yhdessä")) if key.startswith("merge ")
    ]
    register.types("Tarkista", row, "Päätös", "eri")
    register.types("Loki", 2 + merged[0], "Kumoa", "kumoa")
    does(0, register, *clean)
    assert "yhdistetty" not in register.column("Yhteyshenkilöt", "Tila")
    assert register.column("Yhteyshenkilöt", "Sukunimi") == ["Aalto", "Alto"]
    does(0, register, *clean)
    assert "yhdistetty" not in register.column("Yhteyshenkilöt", "Tila")
    assert register.column("Tarkista", "Laji").count("kaksoiskappale") == asked
    assert plan(register)["changes"] == []
