"""What goes out: a public directory, and sheets to give back to public registers."""

import json

from tests.test_scripts import exits


def filled(register):
    rows = (
        {"Nimi": "Apu ry", "Kotikunta": "Espoo", "Y-tunnus": "1572860-0", "Aiheet": "nuoret"},
        {"Nimi": "Muualla ry", "Kotikunta": "Turku"},
        {"Nimi": "Paikaton ry"},
    )
    for number, cells in enumerate(rows, start=2):
        for header, cell in {**cells, "Tyyppi": "yhdistys", "Lähde": "lista"}.items():
            register.types("Organisaatiot", number, header, cell)
    exits(0, register.folder, "cleanup.py", *register.book, "--apply", "--fail-on", "never")


def test_a_municipalitys_directory_is_four_files_of_organisations(register):
    filled(register)
    before = register.content()
    more = ("--municipality", "Espoo", "--licence", "CC-BY-4.0", "--report-dir", "sivusto")
    done = exits(0, register.folder, "regions.py", "publish", *register.book, *more)
    assert "1 organisaatio" in done.stdout and register.content() == before
    assert "Yhdeltä organisaatiolta puuttuvat" in done.stderr
    made = {one.name for one in (register.folder / "sivusto").iterdir()}
    assert made == {"index.html", "organisations.csv", "organisations.json", "datapackage.json"}
    text = (register.folder / "sivusto" / "organisations.json").read_text(encoding="utf-8")
    assert [one["name"] for one in json.loads(text)] == ["Apu ry"]
    assert "Apu ry" in (register.folder / "sivusto" / "index.html").read_text(encoding="utf-8")


def test_a_sheet_an_organisation_says_what_is_known_and_what_to_ask(register):
    filled(register)
    more = ("--municipality", "Espoo", "--format", "json")
    (sheet,) = json.loads(
        exits(0, register.folder, "regions.py", "give-back", *register.book, *more).stdout
    )
    assert (sheet["Nimi"], sheet["Y-tunnus"], sheet["Aiheet"]) == ("Apu ry", "1572860-0", "nuoret")
    assert sheet["Sähköposti"] == "(kysy)"
    more = ("--municipality", "Espoo", "--report-dir", "lehdet")
    exits(0, register.folder, "regions.py", "give-back", *register.book, *more)
    page = (register.folder / "lehdet" / "give-back.html").read_text(encoding="utf-8")
    assert "1572860-0" in page and "Muualla ry" not in page
