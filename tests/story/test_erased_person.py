"""``privacy.py erase``: no byte of her is left but the keyed hashes, on both stores; others stay."""

import json
import re

import openpyxl
import pytest
from openpyxl.comments import Comment

from register.privacy.places import places
from register.privacy.search import texts_in
from tests.registers import FileRegister, configure
from tests.test_scripts import exits, run

LIST = """Nimi;Yhdistys;Sähköposti;Puh.;Kunta;Lupa
Päivi Kärnä-Ahola;Espoon kyläyhdistys ry;paivi.ka@kyla.example;040 765 4321;Espoo;kyllä
Pekka Testi;Espoon kyläyhdistys ry;pekka.testi@kyla.example;0400000002;Espoo;kyllä
"""
pytestmark = pytest.mark.timeout(900)

TRACES = re.compile(
    r"kärnä-ahola|paivi\.ka@|päivi\.x@|765[ -]?4321|koira puree|vaalea talo", re.IGNORECASE
)
MEETING = {
    "Nimi": "Syystapaaminen",
    "Laji": "verkostotapaaminen",
    "Pvm": "2036-10-10 00:00:00",
    "Alkaa": "17.30",
    "Paikka": "Kirjasto",
    "Alue": "Espoo",
    "Vastaa viimeistään": "2036-10-01 00:00:00",
}


def clean(register):
    exits(0, register.folder, "cleanup.py", *register.book, "--apply", "--fail-on", "never")


def number_of(register, tab, header, value):
    return register.column(tab, header).index(value) + 2


def typed(register, tab, row, **cells):
    for header, value in cells.items():
        register.types(tab, row, header.replace("_", " "), value)


def noted(register, tab, row, text):
    """Have a person write a note on the second cell of a row."""
    if isinstance(register, FileRegister):
        workbook = openpyxl.load_workbook(register.folder / "r.xlsx")
        workbook[tab].cell(row, 2).comment = Comment(text, "Anna")
        workbook.save(register.folder / "r.xlsx")
    else:
        register._person.note(tab, f"B{row}", text)


def everything(register):
    """Yield all bytes that are kept: the register's, and those of every file but people's own."""
    if isinstance(register, FileRegister):
        yield "book", (register.folder / "r.xlsx").read_bytes()
    else:
        sheets = register._sheet.sheets
        held = [[row.cells for row in sheet.rows] for sheet in sheets]
        yield "book", json.dumps([held, register._sheet.named_ranges], ensure_ascii=False).encode()
        yield "beside", repr([vars(sheet) for sheet in sheets]).encode()
    for path in register.folder.rglob("*"):
        if path.is_file() and path.name not in ("list.csv", "r.xlsx"):
            yield str(path), path.read_bytes()


def found_in(register):
    return {
        name: sorted({hit for text in texts_in(data) for hit in TRACES.findall(text)})
        for name, data in everything(register)
        if any(TRACES.search(text) for text in texts_in(data))
    }


@pytest.fixture
def planted(register):
    """She is in every place where the tool can put somebody, and where people can."""
    configure(register, '[letters]\nfrom_address = "me@yhdistys.example"\n')
    folder, book = register.folder, register.book
    (folder / "list.csv").write_text(LIST, encoding="utf-8")
    exits(0, folder, "contacts.py", "import", "list.csv", *book, "--apply")
    clean(register)
    her = number_of(register, "Yhteyshenkilöt", "Sukunimi", "Kärnä-Ahola")
    him = number_of(register, "Yhteyshenkilöt", "Sukunimi", "Testi")
    her_id = register.column("Yhteyshenkilöt", "Tunnus")[her - 2]
    whole = f"Päivi Kärnä-Ahola · {her_id}"
    typed(register, "Yhteyshenkilöt", her, Tehtävä="sihteeri", Huom="varo: koira puree")
    typed(register, "Yhteyshenkilöt", him, Tehtävä="puheenjohtaja", Seuraaja=whole)
    clean(register)
    typed(register, "Yhteyshenkilöt", her, Sähköposti="päivi.x@kyla.example")
    clean(register)
    typed(register, "Yhteyshenkilöt", her, Sähköposti="paivi.ka@kyla.example")
    typed(
        register,
        "Yhteistyö",
        2,
        Pvm="12.3.2026",
        Organisaatio="Espoon kyläyhdistys ry",
        Yhteyshenkilö=whole,
        Laji="yhteistyö",
        Asia="Kylätalo",
        Mitä_sovittiin="Päivi ja Pekka Testi hoitavat; Kärnä-Aholalta avain",
        Vastuu="Anna",
        Tilanne="auki",
    )
    typed(register, "Verkostot", 2, Nimi="Kylät", Alue="Espoo", Yhteyshenkilö=whole)
    typed(register, "Organisaatiot", 2, Huom="Avain Päivi Kärnä-Aholalla, 0407654321")
    for header, value in MEETING.items():
        register.types("Tapaamiset", 2, header, value if "-" not in value else "10.10.2036")
    register.types("Tapaamiset", 2, "Vastaa viimeistään", "1.10.2036")
    typed(register, "Tapaamiset", 2, Isäntä=whole, Meiltä_mukana="Päivi Kärnä-Ahola")
    noted(register, "Yhteyshenkilöt", her, "hänellä on vaalea talo")
    noted(register, "Organisaatiot", 2, "soita: Päivi Kärnä-Ahola, Pekka Testi")
    register.fills("Omat", [["Kuka", "Mitä"], ["Päivi Kärnä-Ahola", "avain"], ["Pekka", "ovi"],
                            ["Kärnä-Ahola", "Päivi"]])  # fmt: skip
    clean(register)
    exits(0, folder, "invite.py", "plan", "Syystapaaminen", *book, "--apply")
    exits(0, folder, "invite.py", "preview", "Syystapaaminen", *book)
    typed(register, "Tapaamiset", 2, Tila="saa lähettää")
    said = run(folder, "invite.py", "send", "Syystapaaminen", *book).stdout
    agreed = re.search(r"\d+:[0-9a-f]{8}", said)[0]
    exits(0, folder, "invite.py", "send", "Syystapaaminen", *book, "--apply", "--confirm", agreed)
    hers, his = (
        number_of(register, "Kutsut", "Osoite", address)
        for address in ("paivi.ka@kyla.example", "pekka.testi@kyla.example")
    )
    typed(register, "Kutsut", hers, Vastaus="tulossa", Henkilöitä="2", Tarpeet="koira puree")
    typed(register, "Kutsut", hers, Kysymys="Onko siellä vaalea talo?", Tilalla="koira puree")
    typed(
        register, "Kutsut", his, Tilalla="Päivi Kärnä-Ahola", Kysymys="Tuleeko Päivi Kärnä-Ahola?"
    )
    typed(register, "Jakelut", 2, Nimi="Kylät", Alue="Espoo", Lisäksi=whole, Ei_näitä=whole)
    typed(register, "Kirjeet", 2, Aihe="Päivi Kärnä-Ahola kiittää", Jakelu="Kylät")
    typed(register, "Kirjeet", 2, Teksti_fi="Soita: Päivi Kärnä-Ahola, 0407654321")
    clean(register)
    run(folder, "check.py", *book, "--report-dir", "reports", "--fail-on", "never")
    run(folder, "cleanup.py", *book, "--plan-out", "plan.json", "--fail-on", "never")
    run(folder, "regions.py", "lists", *book, "--report-dir", "lists")
    run(folder, "regions.py", "lists", *book, "--to-book", "--apply")
    run(folder, "handover.py", "packet", her_id, *book, "--report-dir", "reports")
    run(folder, "privacy.py", "export", her_id, *book, "--report-dir", "reports")
    exits(0, folder, "regions.py", "lists", *book, "--for", "Kumppani", "--report-dir", "reports")
    return her_id


def test_no_byte_of_her_is_left_and_she_does_not_come_back(register, planted):
    folder, book = register.folder, register.book
    before = found_in(register)
    assert {"book"} <= set(before) and len(before) > 10
    told = json.loads(
        exits(0, folder, "privacy.py", "export", planted, *book, "--format", "json").stdout
    )
    names = {place.rpartition("/")[2] for place in told["counts"]}
    assert {"people", "inbox", "invitations", "cooperation", "networks", "organisations"} <= names
    assert {"mailings", "letters"} <= names
    told_of = {(one["tab"], one["column"]) for one in told["register"]}
    assert {("mailings", "plus"), ("mailings", "minus"), ("letters", "text_fi")} <= told_of
    answer = {"rsvp", "party_size", "substitute", "needs", "question"}
    assert {("invitations", column) for column in answer} <= told_of
    assert {"meetings", "log", "journal.sqlite", "ledger.sqlite", "receivers.sqlite"} <= names
    (state,) = {path.parent for path in folder.rglob("journal.sqlite")}
    unsorted = [path.name for path in state.iterdir() if not places().state_sort(path.name)]
    assert unsorted == []
    assert {path.rpartition("/")[2] for path in before if path not in ("book", "beside")} <= names

    shown = json.loads(
        exits(0, folder, "privacy.py", "erase", planted, *book, "--format", "json").stdout
    )
    assert not shown["applied"] and found_in(register) == before
    done = run(folder, "privacy.py", "erase", planted, *book, "--apply")
    assert done.returncode == 0, done.stdout + done.stderr
    assert not TRACES.search(done.stdout)
    assert found_in(register) == {}

    # ids stay, others stay, how many were to come, the sentence is asked about
    assert [size for size in register.column("Kutsut", "Henkilöitä") if size] == ["2"]
    assert planted in register.column("Yhteyshenkilöt", "Tunnus")
    (agreed,) = register.column("Yhteistyö", "Mitä sovittiin")[:1]
    assert agreed.startswith(f"{planted} ja Pekka Testi hoitavat") and planted in agreed
    assert any("Mitä sovittiin" in text for text in register.column("Tarkista", "Mitä"))
    assert register.column("Verkostot", "Yhteyshenkilö")[0] == planted
    assert "Testi" in register.column("Yhteyshenkilöt", "Sukunimi")
    (ban,) = [row for row in register.column("Kiellot", "Tiiviste") if row]
    assert [why for why in register.column("Kiellot", "Syy") if why] == ["poistettu"]
    assert re.fullmatch(r"([0-9a-f]{4}:[0-9a-f]{32} ?)+", ban)

    # the same list again: he is known, she is refused, and said so
    again = exits(0, folder, "contacts.py", "import", "list.csv", *book, "--apply")
    assert "poistamista" in again.stdout
    clean(register)
    assert found_in(register) == {}

    # typed by hand into the people, she gets no letter, and is told why
    row = len(register.column("Yhteyshenkilöt", "Tunnus")) + 2
    typed(register, "Yhteyshenkilöt", row, Etunimi="P", Sähköposti="paivi.ka@kyla.example")
    typed(register, "Yhteyshenkilöt", row, Organisaatio="Espoon kyläyhdistys ry", Kutsutaan="kyllä")
    clean(register)
    planned = exits(0, folder, "invite.py", "plan", "Syystapaaminen", *book)
    assert "poistamista" in planned.stdout


def test_an_erasure_that_was_cut_off_is_gone_on_with(register, planted):
    folder, book = register.folder, register.book
    exits(0, folder, "privacy.py", "erase", planted, *book, "--apply")
    assert not list(folder.rglob("erasure.json"))
    again = exits(0, folder, "privacy.py", "erase", planted, *book, "--apply")
    assert not TRACES.search(again.stdout) and found_in(register) == {}
