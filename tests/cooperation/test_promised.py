"""What somebody promised at a meeting, in the note beside them, becomes an open matter."""

from datetime import date

import pytest

from register.cooperation.line import read_promise
from register.cooperation.next_steps import next_steps
from register.stores.workbook import Workbook
from tests.cooperation.story import Story
from tests.google_desk import GoogleDesk
from tests.sheets_server import SheetsServer
from tests.test_scripts import run

NEVER = ("--fail-on", "never")
MET = date(2026, 12, 1)
PROMISES = [
    # the note, then matter, agreed, next step, due day, and whether it opens without asking
    ("lupasi lähettää avustusohjeen 15.12. mennessä", "", "lupasi lähettää avustusohjeen 15.12. mennessä", "lupasi lähettää avustusohjeen 15.12. mennessä", "2026-12-15", True),
    ("vi kommer överens om lokalen, ringer i januari", "", "vi kommer överens om lokalen", "ringer i januari", "2027-01-31", True),
    ("Vi kom överens om en kväll 3.2.", "", "Vi kom överens om en kväll 3.2.", "Vi kom överens om en kväll 3.2.", "2027-02-03", True),
    ("Promised the hall. We call in April.", "", "Promised the hall", "We call in April", "2027-04-30", True),
    ("we agreed to meet in April; book the hall", "", "we agreed to meet in April", "book the hall", "2027-04-30", True),
    ("kotouttamishanke, lupasi tilan, soitetaan huhtikuussa", "kotouttamishanke", "lupasi tilan", "soitetaan huhtikuussa", "2027-04-30", True),
    ("avustus: lupasi ohjeen", "avustus", "lupasi ohjeen", "lupasi ohjeen", "", True),
    ("Sovittiin: yhteinen ilta 3.12.", "", "Sovittiin: yhteinen ilta 3.12.", "Sovittiin: yhteinen ilta 3.12.", "2026-12-03", True),
    ("Lupasi ohjeen\nsoitetaan 12.1.", "", "Lupasi ohjeen", "soitetaan 12.1.", "2027-01-12", True),
    ("15.12. lähettää ohjeen", "", "15.12. lähettää ohjeen", "15.12. lähettää ohjeen", "2026-12-15", False),
    ("hon skickar anvisningen senast 15.12.", "", "hon skickar anvisningen senast 15.12.", "hon skickar anvisningen senast 15.12.", "2026-12-15", False),
    ("soitetaan 12.1.", "", "", "soitetaan 12.1.", "2027-01-12", False),
]  # fmt: skip
CONCLUDED = [
    "lupasi ohjeen 15.12. (hoidettu)",
    "lovade lokalen – skickat",
    "promised it, sent 5.12.",
]
NO_PROMISES = [
    *("", "gluteeniton", "tarvitsee pyörätuolipaikan", "otetaan huomioon pähkinäallergia"),
    *("ei luvannut mitään", "asiasta ei sovittu", "inget avtalades", "nothing was agreed"),
    *("lupasi tuoda kahvit 1.12.", "soita ennen tapaamista", "puhuja, saapuu klo 18"),
    *("hyvä tyyppi, kiinnostunut hankkeesta", "sopi hyvin", "enligt avtal", "will be late"),
    *(",;.", "lähetetty kutsu 1.11.", "x" * 9_999),
]


@pytest.mark.parametrize(("note", "matter", "agreed", "step", "due", "is_said"), PROMISES)
def test_a_note_is_read(note, matter, agreed, step, due, is_said):
    said = read_promise(note, MET)
    assert (said.matter, said.agreed, said.next, said.due) == (matter, agreed, step, due)
    assert said.is_said == is_said and not said.is_concluded


@pytest.mark.parametrize("note", CONCLUDED)
def test_what_is_done_already_waits_for_nothing(note):
    said = read_promise(note, MET)
    assert (said.next, said.due, said.is_concluded) == ("", "", True)


@pytest.mark.parametrize("note", NO_PROMISES)
def test_what_promises_nothing_is_left_alone(note):
    assert read_promise(note, MET) is None


@pytest.fixture(params=["workbook", "google"])
def story(request, tmp_path):
    if request.param == "workbook":
        store = Workbook(tmp_path / "register.xlsx", "fi")
        store.create("fi", [], {}, apply=True)
        yield Story(store)
        return
    with SheetsServer() as server:
        desk = GoogleDesk(server, tmp_path)
        yield Story(desk.store, desk.types)


def met(story, note="", held="2026-12-01", **cells):
    """Have Maija come to a meeting that was held; return her invitation's id."""
    org = story.type("organisations", name="Espoon kaupunki", type="municipality", source="käsin")
    maija = story.type(
        "people", first="Maija", last="Malli", org=story.ref("organisations", org),
        email="maija@espoo.example.org", source="käsin", owner="Jari Alku",
    )  # fmt: skip
    meeting = story.type("meetings", name="Syystapaaminen", date=held, state="held")
    return story.type(
        "invitations", meeting=story.ref("meetings", meeting), person=story.ref("people", maija),
        attended="yes", notes=note, **cells,
    )  # fmt: skip


def matters(story):
    """Return the matters that came of notes, by id."""
    rows = story.read().table("cooperation").rows()
    return {row_id: row for row_id, row in rows if "K-" in row["source"]}


def open_cases(story):
    rows = story.read().table("review").rows()
    return [row for _, row in rows if row["kind"] == "matter" and not row["done"]]


def test_a_promise_is_a_matter_once_whatever_becomes_of_it(story):
    invitation = met(story, "lupasi lähettää avustusohjeen 15.12. mennessä")
    story.clean("2026-12-02")
    ((row_id, row),) = matters(story).items()
    assert row["person"].startswith("Maija Malli · H-") and "Espoon kaupunki" in row["org"]
    assert (row["date"], row["matter"], row["kind"]) == ("2026-12-01", "Syystapaaminen", "meeting")
    assert (row["due"], row["state"], row["owner"]) == ("2026-12-15", "open", "Jari Alku")
    assert row["source"].startswith("Syystapaaminen · T-") and invitation in row["source"]
    (steps,) = next_steps(story.read(), date(2026, 12, 2)).values()
    assert [step.row_id for step in steps] == [row_id]
    story.set("cooperation", row_id, state="in_progress", next="soitin, lähettää viikolla 51")
    story.clean("2026-12-03")
    assert list(matters(story)) == [row_id] and open_cases(story) == []


def test_a_changed_note_asks_before_the_matter_changes(story):
    invitation = met(story, "lupasi ohjeen 15.12.")
    story.clean("2026-12-02")
    (row_id,) = matters(story)
    story.set("invitations", invitation, notes="lupasi ohjeen 20.12., soitetaan tammikuussa")
    story.clean("2026-12-03")
    assert matters(story)[row_id]["due"] == "2026-12-15"
    story.accept("on muuttunut")
    row = matters(story)[row_id]
    assert (row["due"], row["next"]) == ("2026-12-20", "soitetaan tammikuussa")
    story.set("cooperation", row_id, next="sovittu soitto 7.1.", state="in_progress")
    story.clean("2026-12-04")
    assert list(matters(story)) == [row_id] and open_cases(story) == []


def cleans(register, now):
    done = run(register.folder, "cleanup.py", *register.book, "--apply", *NEVER, TESTS_NOW=now)
    assert done.returncode == 0, done.stdout + done.stderr
    return [row for row in register.rows("Yhteistyö") if row["Tilanne"]]


def test_what_was_undone_in_the_log_stays_so(register):
    """The row of who came goes with it where both are taken back, and neither comes again."""
    cells = {
        "Organisaatiot": {"Nimi": "Espoon kaupunki"},
        "Yhteyshenkilöt": {"Etunimi": "Maija", "Sukunimi": "Malli", "Organisaatio": "Espoon kaupunki"},
        "Tapaamiset": {"Nimi": "Syystapaaminen", "Pvm": "2026-12-01", "Tila": "pidetty"},
    }  # fmt: skip
    for tab, row in cells.items():
        for header, value in row.items():
            register.types(tab, 2, header, value)
    cleans(register, "2026-12-02T09:00:00+02:00")
    meeting, person = (register.rows(tab)[0]["Tunnus"] for tab in ("Tapaamiset", "Yhteyshenkilöt"))
    row = {"Tapaaminen": meeting, "Yhteyshenkilö": person, "Osallistui": "kyllä"}
    for header, value in {**row, "Huom": "lupasi tilan, soitetaan 12.1."}.items():
        register.types("Kutsut", 2, header, value)
    found = cleans(register, "2026-12-02T10:00:00+02:00")
    assert [(row["Tilanne"], row["Seuraava askel"]) for row in found] == [
        ("valmis", ""),
        ("auki", "soitetaan 12.1."),
    ]
    lines = enumerate(register.rows("Loki"), start=2)
    ours = [number for number, line in lines if line["Välilehti"] == "Yhteistyö"]
    register.types_down("Loki", "Kumoa", dict.fromkeys(ours, "kumoa"))
    for hour in (11, 12):
        assert cleans(register, f"2026-12-02T{hour}:00:00+02:00") == []
    register.types("Kutsut", 2, "Huom", "lupasi tilan ja avaimet")
    (again,) = cleans(register, "2026-12-03T09:00:00+02:00")
    assert again["Mitä sovittiin"] == "lupasi tilan ja avaimet"


def test_what_is_not_certain_is_asked(story):
    met(story, "lähettää ohjeen 15.12.")
    story.clean("2026-12-02")
    assert matters(story) == {}
    story.accept("kertoo asiasta")
    assert [row["due"] for row in matters(story).values()] == ["2026-12-15"]


def test_notes_of_long_ago_are_asked_about(story):
    met(story, "lupasi tilan", held="2026-03-01")
    story.clean("2026-12-02")
    assert matters(story) == {} and len(open_cases(story)) == 1


def test_a_substitute_is_named_and_is_not_the_invited_person(story):
    met(story, "lupasi tilan", substitute="Liisa Ek")
    story.clean("2026-12-02")
    (row,) = matters(story).values()
    assert (row["person"], row["agreed"]) == ("", "Liisa Ek: lupasi tilan")
