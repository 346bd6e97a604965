"""Elected councillors come to Saapuneet and become people: on a workbook and a Google sheet."""

import io
import zipfile

import pytest

from tests.election_files import as_csv, as_zip, candidate, county_candidate
from tests.register_server import RegisterServer
from tests.registers import configure
from tests.test_scripts import exits

ROWS = [
    candidate("Maija", "Malli", party="AAA"),
    candidate("Åsa", "Öberg", party="BBB", number=3),
    candidate("=1+1", "Testi", party="CCC", number=4),
    candidate("Vara", "Valittu", number=5, result="2"),
    candidate("Helsingin", "Edustaja", number=6, c3="091", c16="Helsinki"),
]
PATH = "/KV-2025/kv-2025_ehd_maa.csv.zip"


def import_councillors(register, *more, code=0, place="Espoo"):
    words = ("contacts.py", "import-councillors", place, *register.book, *more)
    return exits(code, register.folder, *words)


def cleanup(register):
    exits(0, register.folder, "cleanup.py", *register.book, "--apply", "--fail-on", "never")


def served(path, _query, headers):
    if path != PATH:
        return 404, {}, b""
    if headers.get("If-None-Match") == '"kv"':
        return 304, {}, b""
    return 200, {"ETag": '"kv"'}, as_zip(ROWS)


def people(register, *headers):
    columns = [register.column("Yhteyshenkilöt", header) for header in headers]
    return sorted(row for row in zip(*columns, strict=False) if any(row))


def test_those_elected_wait_and_become_people_with_party_and_basis(register):
    with RegisterServer(served) as server:
        configure(register, f'\n[registers]\nelections_url = "{server.url}"\n')
        before = register.content()
        assert "3 valittua; uusia 3" in import_councillors(register).stdout
        assert register.content() == before
        import_councillors(register, "--apply")
        waiting = register.content()
        import_councillors(register, "--apply")
        assert register.content() == waiting
        assert [path for path, _, _ in server.asked] == [PATH] * 3
        assert "If-None-Match" in server.asked[2][2]
    (kept,) = (path for path in register.folder.rglob("registers/*") if path.is_file())
    with zipfile.ZipFile(io.BytesIO(kept.read_bytes().partition(b"\n")[2])) as archive:
        text = archive.read("kv-2025_teat_maa.csv").decode()
    assert "Malli" in text and "sairaanhoitaja" not in text and "047" not in text
    assert [c for c in register.column("Saapuneet", "Sukunimi") if c] == ["Malli", "Öberg", "Testi"]
    cleanup(register)
    assert people(register, "Sukunimi", "Puolue", "Ryhmä", "Toimielin", "Tehtävä", "Peruste") == [
        (last, party, "luottamushenkilö", "valtuusto", "valtuutettu", "julkinen tehtävä")
        for last, party in (("Malli", "AAA"), ("Testi", "CCC"), ("Öberg", "BBB"))
    ]
    assert set(register.column("Yhteyshenkilöt", "Kutsutaan")[:3]) == {"ei"}
    assert all("Kuntavaalit 2025" in c for c in register.column("Yhteyshenkilöt", "Lähde")[:3])
    assert [c for c in register.column("Organisaatiot", "Nimi") if c] == ["Espoon valtuusto"]
    everything = str(register.content())
    assert "sairaanhoitaja" not in everything and "2025041612" not in everything
    kept = register.content()
    (register.folder / "kv.csv").write_bytes(as_csv(ROWS))
    import_councillors(register, "--file", "kv.csv", "--apply")
    cleanup(register)
    assert register.content() == kept
    said = exits(0, register.folder, "regions.py", "decision-makers", "Espoo", *register.book)
    assert "Öberg" in said.stdout and "BBB" in said.stdout


def test_another_party_and_who_was_not_elected_are_asked_about(register):
    for row, (first, last, party, role) in enumerate(
        [
            ("Maija", "Malli", "", "valtuutettu"),
            ("Eila", "Entinen", "AAA", "kaupunginvaltuutettu"),
            ("Lauta", "Kunta", "AAA", "lautakunnan jäsen"),
        ],
        start=2,
    ):
        cells = {
            "Etunimi": first,
            "Sukunimi": last,
            "Tehtävä": role,
            "Ryhmä": "luottamushenkilö",
            "Puolue": party,
            "Organisaatio": "Espoon kaupunki",
            "Kutsutaan": "ei",
            "Lähde": "lista",
            "Peruste": "julkinen tehtävä",
        }
        register.types_row("Yhteyshenkilöt", row, cells)
    town = {"Nimi": "Espoon kaupunki", "Tyyppi": "kunta", "Kotikunta": "Espoo", "Lähde": "lista"}
    register.types_row("Organisaatiot", 2, town)
    cleanup(register)
    (register.folder / "kv.zip").write_bytes(as_zip(ROWS[:1]))
    import_councillors(register, "--file", "kv.zip", "--apply")
    asked = [c for c in register.column("Tarkista", "Mitä") if "Kuntavaalit" in c]
    assert len(asked) == 2 and not any("Lauta" in c for c in asked)
    assert not any(c for c in register.column("Saapuneet", "Sukunimi"))
    for number, message in enumerate(register.column("Tarkista", "Mitä"), start=2):
        if "Kuntavaalit" in message:
            register.types("Tarkista", number, "Päätös", "hyväksy")
    cleanup(register)
    assert register.column("Yhteyshenkilöt", "Puolue")[0] == "AAA"
    assert "2025" in register.column("Yhteyshenkilöt", "Päättyi")[1]
    kept = register.content()
    import_councillors(register, "--file", "kv.zip", "--apply")
    cleanup(register)
    assert register.content() == kept


def test_a_countys_council_has_one_organisation_and_its_members_their_own_homes(register):
    rows = [
        county_candidate("Alma", "Alue", c23="444", c12="AAA"),
        county_candidate("Otto", "Alainen", number=3, c12="BBB"),
    ]
    (register.folder / "av.zip").write_bytes(as_zip(rows, name="av-2025_teat_maa.csv"))
    said = import_councillors(
        register, "--file", "av.zip", "--apply", place="Länsi-Uudenmaan hyvinvointialue"
    ).stdout
    assert "Aluevaalit 2025" in said
    cleanup(register)
    assert [c for c in register.column("Organisaatiot", "Nimi") if c] == [
        "Länsi-Uudenmaan hyvinvointialue"
    ]
    assert people(register, "Sukunimi", "Kunta", "Toimielin") == [
        ("Alainen", "Espoo", "aluevaltuusto"),
        ("Alue", "Lohja", "aluevaltuusto"),
    ]
    kept = register.content()
    import_councillors(register, "--file", "av.zip", "--apply", place="Länsi-Uusimaa")
    assert register.content() == kept


@pytest.mark.parametrize(
    ("reply", "code"),
    [
        ((200, {}, b"<html>Huolto</html>"), 2),
        ((200, {}, as_zip(ROWS)[:-40]), 2),
        ((200, {}, as_zip([candidate("A", "B", c45="20210615120000")])), 2),
        ((200, {}, as_zip(ROWS, name="kv-2021_teat_maa.csv")), 2),
        ((302, {"Location": "http://127.0.0.1:9/"}, b""), 2),
        ((404, {}, b""), 2),
        ((503, {"Retry-After": "9999"}, b""), 75),
    ],
    ids=["html", "half", "2021-rows", "2021-name", "redirect", "404", "503"],
)
def test_a_file_that_cannot_be_used_changes_nothing(reply, code, register):
    with RegisterServer(lambda *_: reply) as server:
        configure(register, f'\n[registers]\nelections_url = "{server.url}"\n')
        before = register.content()
        said = import_councillors(register, "--apply", code=code).stderr
        assert said.count("\n") >= 2 and register.content() == before


def test_places_without_such_a_council_are_told(register):
    for place, word in (
        ("Esppo", "Espoo"),
        ("Maarianhamina", "Ahvenanmaan"),
        ("Tampre", "Tampere"),
    ):
        assert word in import_councillors(register, code=2, place=place).stderr
    assert "kunta.zip" in import_councillors(register, "--file", "kunta.zip", code=2).stderr
