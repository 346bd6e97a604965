"""What people ask for in the tab Pyynnöt: carried out once, answered in its row."""

import shutil
from email import message_from_bytes
from email.policy import default
from itertools import zip_longest

import openpyxl
import pytest

from register.state.folder import state_folder
from tests.registers import configure, living_in
from tests.test_both_stores import NEVER, does
from tests.test_older_register import FROZEN
from tests.test_scripts import CARDS, exits

CONFIG = """
[letters]
from_address = "rekisteri@yhdistys.example"
[requests]
to = "koordinaattori@yhdistys.example"
"""
CITIES = ("Espoo", "Vantaa")
NEW = [["Nimi", "Sähköposti", "Yhdistys"], ["Nils Ny", "nils@example.com", "Nya föreningen rf"]]


@pytest.fixture(params=["workbook", "google"])
def register(request, tmp_path):
    (tmp_path / "list.csv").write_text(CARDS, encoding="utf-8")
    with living_in(request.param, tmp_path) as made:
        does(0, made, "contacts.py", "import", "list.csv", "--apply")
        configure(made, CONFIG)
        runs(made)
        yield made


def runs(register, *flags):
    return does(0, register, "autopilot.py", "--apply", *NEVER, *flags)


def asks(register, *requests):
    """Write requests below those that are there, as a person does: {header: value} each."""
    row = 2 + len([*filter(None, register.column("Pyynnöt", "Tee"))])
    for number, request in enumerate(requests, start=row):
        register.types_row("Pyynnöt", number, request)


def answers(register):
    columns = (register.column("Pyynnöt", header) for header in ("Tee", "Tila", "Vastaus"))
    return [(state, text) for what, state, text in zip_longest(*columns) if what and what != "ajo"]


def mails(register):
    paths = sorted((register.folder / "outbox").glob("*.eml"))
    return [message_from_bytes(path.read_bytes(), policy=default) for path in paths]


def test_a_list_goes_to_the_configured_address_once(register):
    asks(register, {"Tee": "aluelista", "Alue": "Espoo", "Kenelle tai mistä": "thief@example.net"})
    for _ in range(2):
        runs(register)
        (mail,) = mails(register)
    assert mail["To"] == "koordinaattori@yhdistys.example" and mail["Auto-Submitted"]
    names = [part.get_filename() for part in mail.iter_attachments()]
    assert names == ["list.html", "list.xlsx"]
    assert "Espoon kyläyhdistys" in next(mail.iter_attachments()).get_content()
    ((state, text),) = answers(register)
    assert state == "tehty" and text.startswith("Organisaatioita luettelossa: 1.")


def test_the_people_of_a_mailing_go_nowhere_before_somebody_has_said_where(register):
    config = register.folder / "config.toml"
    told = config.read_text(encoding="utf-8")
    config.write_text(told.replace('to = "koordinaattori@yhdistys.example"', 'to = ""'), "utf-8")
    people = {one["Etunimi"]: one["Tunnus"] for one in register.rows("Yhteyshenkilöt")}
    for row, first in enumerate(people, start=2):
        register.types("Yhteyshenkilöt", row, "Kutsutaan", "kyllä" if first else "")
    meant = f"Seija Koe · {people['Seija']}, Maija Malli · {people['Maija']}"
    for header, value in {"Nimi": "Kuukausikirje", "Lisäksi": meant}.items():
        register.types("Jakelut", 2, header, value)
    asks(register, {"Tee": "jakelun väki", "Kenelle tai mistä": "Kuukausikirje"})
    runs(register)
    ((state, text),) = answers(register)
    assert state == "ei onnistunut" and "kohtaan [requests] to" in text and not mails(register)
    config.write_text(told, encoding="utf-8")
    asks(register, {"Tee": "jakelun väki", "Kenelle tai mistä": "Kuukausikirje"})
    runs(register)
    (mail,) = mails(register)
    page, _ = mail.iter_attachments()
    assert all(name in page.get_content() for name in ("Seija Koe", "Maija Malli"))
    assert "Pekka" not in page.get_content()
    said = answers(register)[1][1]
    assert said.startswith("Ihmisiä jakelussa: 2. Heidän organisaatioitaan luettelossa: 1.")


def test_a_list_as_a_tab_leaves_other_tabs_where_they_are(register):
    asks(register, *({"Tee": "aluelista", "Alue": a, "Minne": "välilehdeksi"} for a in CITIES))
    runs(register)
    assert [text for _, text in answers(register)] == [
        f"Organisaatioita välilehdellä ⚙ {city}: 1." for city in CITIES
    ]
    assert all(city in register.beside(f"⚙ {city}") for city in CITIES)
    assert not mails(register)
    assert len([*filter(None, register.column("Pyynnöt", "Linkki"))]) == len(CITIES)


def test_a_pasted_list_comes_into_the_inbox_once(register):
    register.fills("Uudet", NEW)
    before = len([*filter(None, register.column("Saapuneet", "Nimi"))])
    asks(register, *[{"Tee": "tuo välilehti", "Kenelle tai mistä": "Uudet"}] * 2)
    runs(register)
    assert len([*filter(None, register.column("Saapuneet", "Nimi"))]) == before + 1
    assert "Nils" in register.column("Yhteyshenkilöt", "Etunimi")
    assert [text for _, text in answers(register)] == [
        "Rivejä tuli välilehdelle Saapuneet: 1; siellä oli jo: 0; pois jäi: 0.",
        "Rivejä tuli välilehdelle Saapuneet: 0; siellä oli jo: 1; pois jäi: 0.",
    ]


def test_a_run_is_taken_back(register):
    asks(register, {"Tee": "peru ajo"})
    runs(register)
    ((state, text),) = answers(register)
    assert state == "ei onnistunut" and text.startswith("Mikä ajo?")
    run_id = register.column("Loki", "Ajo")[0]
    asks(register, *[{"Tee": "peru ajo", "Kenelle tai mistä": run_id}] * 2)
    runs(register)
    _, (state, text), (again, nothing) = answers(register)
    assert state == again == "tehty" and nothing.endswith(": 0.") and not text.endswith(": 0.")


def test_what_cannot_be_done_is_said_in_the_row_and_nothing_else_is_done(register):
    asks(
        register,
        {"Tee": "keitä kahvia"},
        {"Tee": "tuo välilehti", "Kenelle tai mistä": "Ei ole"},
        {"Tee": "tuo välilehti", "Kenelle tai mistä": "Kiellot"},
        {"Tee": "aluelista", "Alue": "Tamperee"},
        {"Tee": "perehdytyspaketti"},
        {"Tee": "yhteistyöhistoria", "Kenelle tai mistä": "=1+1"},
    )
    register.fills("Rikki", [["vain otsikko"]])
    asks(register, {"Tee": "tuo välilehti", "Kenelle tai mistä": "Rikki"})
    runs(register)
    found = answers(register)
    assert len(found) == 7 and {state for state, _ in found} == {"ei onnistunut"}
    assert all(text for _, text in found) and "siivoa nyt" in found[0][1]
    assert not mails(register)


def test_one_that_a_run_left_behind_is_gone_on_with_and_its_letter_goes_once(register):
    asks(register, {"Tee": "puuttuvat", "Alue": "Uusimaa"})
    runs(register)
    row = 2 + register.column("Pyynnöt", "Tee").index("puuttuvat")
    register.types("Pyynnöt", row, "Tila", "työn alla")
    register.types("Pyynnöt", row, "Vastaus", "")
    runs(register)
    assert len(mails(register)) == 1 and answers(register)[0][0] == "tehty"


def test_nobody_is_sent_anything_where_no_address_is_configured(register):
    (register.folder / "config.toml").write_text(
        (register.folder / "config.toml")
        .read_text("utf-8")
        .replace("koordinaattori@yhdistys.example", ""),
        encoding="utf-8",
    )
    asks(register, {"Tee": "osoitetarrat"})
    runs(register)
    ((state, text),) = answers(register)
    assert state == "ei onnistunut" and "[requests] to" in text and not mails(register)


def test_a_register_without_the_tab_goes_on_without_it_and_says_so(tmp_path):
    shutil.unpack_archive(FROZEN, tmp_path)
    state = state_folder(tmp_path / "r.xlsx", tmp_path)
    state.parent.mkdir(parents=True)
    (tmp_path / "state").rename(state)
    (state / "key").chmod(0o600)  # an archive does not keep that
    book = ("--book", "r.xlsx")
    said = exits(0, tmp_path, "autopilot.py", *book, "--apply", *NEVER)
    assert "Pyynnöt" in said.stderr
    exits(0, tmp_path, "create.py", *book, "--apply")
    assert "Pyynnöt" in openpyxl.load_workbook(tmp_path / "r.xlsx").sheetnames
    assert "Pyynnöt" not in exits(0, tmp_path, "autopilot.py", *book, "--apply", *NEVER).stderr


def test_a_row_that_does_not_say_what_is_to_be_done_is_asked_and_waits(register):
    asks(register, {"Alue": "Espoo"})
    row = register.column("Pyynnöt", "Alue").index("Espoo")
    for _ in range(2):
        runs(register)
    said = register.column("Pyynnöt", "Vastaus")[row]
    assert said == "Valitse sarakkeesta Tee, mitä tehdään. Seuraava ajo tekee sen."
    assert not [*register.column("Pyynnöt", "Tila"), "", "", ""][row]
    register.types("Pyynnöt", row + 2, "Tee", "aluelista")
    runs(register)
    assert answers(register)[0][0] == "tehty" and len(mails(register)) == 1


def test_what_is_typed_over_the_row_of_the_runs_is_done_and_gets_a_row_of_its_own(register):
    ours = register.column("Pyynnöt", "Tee").index("ajo") + 2
    computer = register.rows("Pyynnöt")[ours - 2]["Kenelle tai mistä"]
    for header, value in {"Tee": "aluelista", "Alue": "Espoo", "Minne": "välilehdeksi"}.items():
        register.types("Pyynnöt", ours, header, value)
    runs(register)
    row, *more = (row for row in register.rows("Pyynnöt") if row["Tee"] == "aluelista")
    assert (row["Alue"], row["Tila"], row["Kenelle tai mistä"], more) == ("Espoo", "tehty", "", [])
    row, *more = (row for row in register.rows("Pyynnöt") if row["Tee"] == "ajo")
    assert (row["Alue"], row["Kenelle tai mistä"], more) == ("", computer, [])
    register.types("Pyynnöt", ours, "Aihe", "nuoret")
    runs(register)
    (row,) = (row for row in register.rows("Pyynnöt") if row["Aihe"] == "nuoret")
    assert row["Tee"] == "" and "Valitse" in row["Vastaus"]


def test_free_words_are_read_and_the_answer_says_how(register):
    asks(
        register,
        {"Tee": "lista espoolaisista yhdistyksistä"},
        {"Tee": "mitä Maijan kanssa on sovittu"},
        {"Tee": "tee lista"},
        {"Tee": "älä tee Espoon listaa"},
    )
    runs(register)
    (done, first), (told, second), (lacking, third), (not_asked, fourth) = answers(register)
    assert done == told == "tehty" and lacking == not_asked == "ei onnistunut"
    assert first.startswith("Ymmärretty näin: aluelista espoo.") and "luettelossa: 1." in first
    assert second.startswith("Ymmärretty näin: yhteistyöhistoria Maija Malli · H-")
    assert "Alue" in third and "aluelista" in third and "ei tunneta" in fourth
    assert len(mails(register)) == 2
